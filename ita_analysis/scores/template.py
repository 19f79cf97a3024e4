"""An empty workbook for scores: what is filled in imports without a fault."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ita_analysis.frameworks import Framework, known_years
from ita_analysis.register.template import template_framework
from ita_analysis.texts import load_texts

ROWS = 200
"""Rows with drop-downs below the example."""

# A row whose agency begins with this word is a note to every reader of scores.
EXAMPLE = "หมายเหตุ: แถวนี้เป็นตัวอย่าง ไม่ถูกนำเข้า"
_GREY = PatternFill("solid", fgColor="EEEEEE")


def scores_template(fiscal_year_be: int | None = None, data_dir: str | Path | None = None) -> bytes:
    """Return the workbook: one row for each agency and year.

    Years and ratings are drop-downs, scores are checked to lie between 0 and 100 as they are typed.

    Args:
        fiscal_year_be: Year whose ratings are offered and which the example shows; this year
            where None.
        data_dir: The data folder.

    Raises:
        DataError: There are no rules for the year.
    """
    framework = template_framework(fiscal_year_be, data_dir)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 # a new workbook has one
    sheet.title = "คะแนน"
    headings = _headings(framework)
    sheet.append(headings)
    bands = [band.code for band in framework.ratings.entries]
    year = framework.fiscal_year_be
    sheet.append([EXAMPLE, year, 90.41, bands[0], *[90.41] * (len(headings) - 4)])
    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(1, column)
        cell.font, cell.fill = Font(bold=True), _GREY
        sheet.cell(2, column).font = Font(italic=True, color="666666")
        sheet.column_dimensions[get_column_letter(column)].width = max(12, len(heading) * 1.1)
    sheet.freeze_panes = "B2"
    years = ",".join(str(each) for each in known_years(data_dir))
    _choose(sheet, "B", f'"{years}"')
    _choose(sheet, "D", '"' + ",".join(bands) + '"')
    numbers = DataValidation(type="decimal", operator="between", formula1="0", formula2="100")
    numbers.errorTitle, numbers.error = "คะแนน", "คะแนนต้องเป็นตัวเลข 0 ถึง 100"
    sheet.add_data_validation(numbers)
    numbers.add(f"C3:C{ROWS}")
    numbers.add(f"E3:{get_column_letter(len(headings))}{ROWS}")
    guide = book.create_sheet("วิธีกรอก")
    for line in load_texts("th")("template.scores.guide").strip().splitlines():
        guide.append([line])
    guide.column_dimensions["A"].width = 110
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _headings(framework: Framework) -> list[str]:
    return [
        "ชื่อหน่วยงาน",
        "ปีงบประมาณ",
        "คะแนนรวม",
        "ระดับผลการประเมิน",
        *(tool.code for tool in framework.tools.entries),
        *(f"ตัวชี้วัดที่ {each.indicator_no} {each.title_th}"
          for each in framework.indicators.entries),
    ]  # fmt: skip


def _choose(sheet: Worksheet, letter: str, choices: str) -> None:
    validation = DataValidation(type="list", formula1=choices, allow_blank=True)
    sheet.add_data_validation(validation)
    validation.add(f"{letter}3:{letter}{ROWS}")
