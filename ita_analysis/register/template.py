"""An empty workbook for an agency's measures: what is filled in imports without a fault."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ita_analysis.frameworks import Framework, known_years, load_framework
from ita_analysis.register.publication import THAI_TIME
from ita_analysis.register.tables import EXAMPLE
from ita_analysis.texts import load_texts
from ita_analysis.thai import fiscal_year_be as fiscal_year_of

ROWS = 60
"""Rows with drop-downs below the example."""

# Thai, whatever the language of messages: the workbook is an agency's document.
HEADINGS = (
    ("ลำดับที่", 12), ("เครื่องมือ", 11), ("ตัวชี้วัด", 26), ("ข้อคำถาม", 26),
    ("ประเด็นที่ต้องปรับปรุง", 28), ("ผู้รับผิดชอบ", 18), ("ขั้นตอนหรือวิธีการ", 36),
    ("การกำกับติดตาม กำหนดเวลาแล้วเสร็จ", 34), ("ระยะเวลาดำเนินการ", 20),
    ("ผลการดำเนินการ", 32), ("วันที่เผยแพร่", 16), ("ผลลัพธ์", 30),
)  # fmt: skip
_EDGE = Side(style="thin", color="999999")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_GREY = PatternFill("solid", fgColor="EEEEEE")


def measures_template(
    fiscal_year_be: int | None = None, data_dir: str | Path | None = None
) -> bytes:
    """Return the workbook.

    The sheet of measures comes first, with drop-downs for round, tool, indicator, item and kinds of
    deadline, and one filled example row that an import passes over; then instructions, then the
    lists behind the drop-downs.

    Args:
        fiscal_year_be: Year whose indicators and items are offered; this year where None.
        data_dir: The data folder.

    Raises:
        DataError: There are no rules for the year.
    """
    framework = template_framework(fiscal_year_be, data_dir)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 # a new workbook has one
    sheet.title = "มาตรการ"
    head = _write_head(sheet, framework)
    guide = book.create_sheet("วิธีกรอก")
    for line in load_texts("th")("template.measures.guide").strip().splitlines():
        guide.append([line])
    guide.column_dimensions["A"].width = 110
    _add_choices(sheet, book.create_sheet("รายการ"), head + 1, framework)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def template_framework(
    fiscal_year_be: int | None = None, data_dir: str | Path | None = None
) -> Framework:
    """Return the rules of a year; of this year, or the last known one before it, where None.

    Raises:
        DataError: There are no rules for the year.
    """
    today = fiscal_year_of(dt.datetime.now(THAI_TIME).date())
    known = [year for year in known_years(data_dir) if year <= today]
    return load_framework(fiscal_year_be or (known[-1] if known else today), data_dir)


def _write_head(sheet: Worksheet, framework: Framework) -> int:
    """Write the title lines, the header and the example; return the header's row."""
    year = framework.fiscal_year_be
    lines = [
        ("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", None),
        ("ชื่อหน่วยงาน", None),
        ("อำเภอ", None),
        ("จังหวัด", None),
        ("ประจำปีงบประมาณ พ.ศ.", year),
        ("รอบ", "12 เดือน"),
    ]
    for number, (label, value) in enumerate(lines, 1):
        sheet.cell(number, 1, label).font = Font(bold=True)
        if value is not None:
            sheet.cell(number, 3, value)
    rounds = DataValidation(type="list", formula1='"6 เดือน,12 เดือน"', allow_blank=True)
    sheet.add_data_validation(rounds)
    rounds.add(sheet.cell(len(lines), 3))
    head = len(lines) + 2
    example = _example(framework)
    for column, (heading, width) in enumerate(HEADINGS, 1):
        cell = sheet.cell(head, column, heading)
        cell.font, cell.fill = Font(bold=True), _GREY
        sheet.cell(head + 1, column, example[column - 1]).font = Font(italic=True, color="666666")
        sheet.column_dimensions[get_column_letter(column)].width = width
        for row in range(head, head + ROWS + 2):
            each = sheet.cell(row, column)
            each.border = _BORDER
            each.alignment = Alignment(wrap_text=True, vertical="top")
            if row > head:
                each.number_format = "@"  # text: Excel must not turn BE dates into CE ones
    sheet.freeze_panes = f"A{head + 1}"
    return head


def _example(framework: Framework) -> list[str]:
    year = framework.fiscal_year_be
    indicator = next(each for each in framework.indicators.entries if each.indicator_no == 9)
    return [
        EXAMPLE,
        indicator.tool,
        f"ตัวชี้วัดที่ {indicator.indicator_no} {indicator.title_th}",
        "",
        "ข้อมูลพื้นฐาน",
        "สำนักปลัด",
        "๑. จัดทำข้อมูลให้เป็นปัจจุบัน ๒. เผยแพร่บนเว็บไซต์",
        f"ภายในเดือนมกราคม {year}",
        f"ต.ค. {year - 1} - ก.ย. {year}",
        "ดำเนินการเรียบร้อยแล้ว",
        f"23 มกราคม {year}",
        "ประชาชนเข้าถึงข้อมูลได้",
    ]


def _deadlines(year: int) -> list[str]:
    return [
        f"ภายในเดือนมกราคม {year}",
        f"ภายในวันที่ 31 มีนาคม {year}",
        "ทุกเดือน",
        "ไตรมาสละ 1 ครั้ง",
        "ทุก 6 เดือน",
        "อย่างน้อยปีละ 1 ครั้ง",
        "ไม่เกิน 7 วัน หลังเสร็จสิ้นแต่ละภารกิจ",
        "อย่างสม่ำเสมอ",
    ]


def _add_choices(sheet: Worksheet, lists: Worksheet, first: int, framework: Framework) -> None:
    """Write the lists below each other, and a drop-down for each into its column."""
    indicators = [f"ตัวชี้วัดที่ {each.indicator_no} {each.title_th}"
                  for each in framework.indicators.entries]  # fmt: skip
    items = [f"{each.code} {each.title_th}" for each in framework.items.entries]
    choices = (
        ("เครื่องมือ", [tool.code for tool in framework.tools.entries], True),
        ("ตัวชี้วัด", indicators, True),
        ("ข้อคำถาม", items, True),
        # a choice is a beginning here: any other words may be typed
        ("การกำกับติดตาม กำหนดเวลาแล้วเสร็จ", _deadlines(framework.fiscal_year_be), False),
    )
    headings = [heading for heading, _ in HEADINGS]
    lists.column_dimensions["A"].width = 90
    row = 1
    for heading, values, is_closed in choices:
        if not values:
            continue
        for offset, value in enumerate(values):
            lists.cell(row + offset, 1, value)
        span = f"'{lists.title}'!$A${row}:$A${row + len(values) - 1}"
        validation = DataValidation(type="list", formula1=span, allow_blank=True)
        validation.showErrorMessage = is_closed
        sheet.add_data_validation(validation)
        letter = get_column_letter(headings.index(heading) + 1)
        validation.add(f"{letter}{first}:{letter}{first + ROWS}")
        row += len(values) + 1
