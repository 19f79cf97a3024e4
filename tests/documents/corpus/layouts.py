"""Ways in which agencies lay out the same report: paragraphs and tables, before any file format."""

from __future__ import annotations

from collections.abc import Callable

from tests.documents.corpus.agencies import INDICATORS, Agency, Row

Block = str | list[list[str]]
"""A paragraph, or the rows of a table."""

OFFICIAL = ["ประเด็นที่ต้องปรับปรุงแก้ไข", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ",
            "การรายงานผลและการกำกับติดตาม กำหนดเวลาแล้วเสร็จ", "ระยะเวลาดำเนินการ",
            "สรุปผลการดำเนินการ", "ผลลัพธ์/ความสำเร็จ"]  # fmt: skip


def head(agency: Agency) -> list[Block]:
    return [
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        f"ประจำปีงบประมาณ พ.ศ. {agency.year} รอบ 12 เดือน",
        agency.name,
        f"อำเภอ{agency.district} จังหวัด{agency.province}",
    ]


def heading(row: Row) -> str:
    tool, name = INDICATORS[row.indicator]
    return f"ตัวชี้วัดที่ {row.indicator} {name} ({tool})"


def titled(row: Row) -> str:
    return f"{row.item} {row.title}".strip()


def seven(row: Row, title: str) -> list[str]:
    return [title, row.units, row.steps, row.monitoring, row.period, row.result, row.outcome]


def in_the_cell(row: Row) -> str:
    tool, name = INDICATORS[row.indicator]
    return f"ตัวชี้วัดที่ {row.indicator} {name} เครื่องมือการประเมิน {tool} - {titled(row)}"


def official(agency: Agency) -> list[Block]:
    """Seven columns, the indicator in the first cell."""
    return [*head(agency), [OFFICIAL, *(seven(row, in_the_cell(row)) for row in agency.rows)]]


def numbered(agency: Agency) -> list[Block]:
    """A number column first."""
    rows = [[f"{n}.", *seven(row, in_the_cell(row))] for n, row in enumerate(agency.rows, 1)]
    return [*head(agency), [["ลำดับที่", *OFFICIAL], *rows]]


def reordered(agency: Agency) -> list[Block]:
    """The same columns in another order."""
    order = [0, 4, 2, 3, 1, 5, 6]
    rows = [OFFICIAL, *(seven(row, in_the_cell(row)) for row in agency.rows)]
    return [*head(agency), [[row[index] for index in order] for row in rows]]


def own_column(agency: Agency) -> list[Block]:
    """The indicator in a column of its own."""
    rows = [[heading(row), *seven(row, titled(row))] for row in agency.rows]
    return [*head(agency), [["ตัวชี้วัด", *OFFICIAL], *rows]]


def heading_rows(agency: Agency) -> list[Block]:
    """The indicator in a row of its own within the table."""
    rows: list[list[str]] = [OFFICIAL]
    for row in agency.rows:
        rows += [[heading(row), *[""] * 6], seven(row, titled(row))]
    return [*head(agency), rows]


def headings_between(agency: Agency) -> list[Block]:
    """A table for every measure, the indicator in a heading above it."""
    blocks = head(agency)
    for row in agency.rows:
        blocks += [heading(row), [OFFICIAL, seven(row, titled(row))]]
    return blocks


def renamed(agency: Agency) -> list[Block]:
    """Other names for the columns."""
    names = ["มาตรการ/กิจกรรม", "ส่วนงานที่รับผิดชอบ", "แนวทางการดำเนินการ", "การกำกับติดตาม",
             "ระยะเวลา", "ผลการดำเนินงาน", "ผลที่ได้รับ"]  # fmt: skip
    return [*head(agency), [names, *(seven(row, in_the_cell(row)) for row in agency.rows)]]


def repeated_header(agency: Agency) -> list[Block]:
    """A new page's table repeats the header."""
    blocks = head(agency)
    for row in agency.rows:
        blocks += [[OFFICIAL, seven(row, in_the_cell(row))]]
    return blocks


def continued_rows(agency: Agency) -> list[Block]:
    """Steps and monitoring go on in rows with empty first cells, as in merged cells."""
    rows = [OFFICIAL]
    for row in agency.rows:
        first, *more = row.steps.replace(" ๒.", "\n๒.").replace(" 2.", "\n2.").split("\n")
        cells = seven(row, in_the_cell(row))
        cells[2] = first
        rows.append(cells)
        rows += [["", "", words, "", "", "", ""] for words in more]
    return [*head(agency), rows]


def own_date_column(agency: Agency) -> list[Block]:
    """Tool, indicator, item and date of publication each in a column of its own."""
    names = ["ที่", "เครื่องมือ", "ตัวชี้วัด", "ข้อคำถาม", *OFFICIAL]
    rows = []
    for number, row in enumerate(agency.rows, 1):
        tool, name = INDICATORS[row.indicator]
        rows.append(
            [str(number), tool, f"{row.indicator}. {name}", row.item, *seven(row, row.title)]
        )
    return [*head(agency), [names, *rows]]


def signed(agency: Agency) -> list[Block]:
    """Another table above, a total and signatures below."""
    budget = [["รายการ", "งบประมาณ", "เบิกจ่าย"], ["ค่าวัสดุ", "10,000", "9,500"]]
    rows = [seven(row, in_the_cell(row)) for row in agency.rows]
    total = [f"รวม {len(rows)} มาตรการ", *[""] * 6]
    sign = ["", "", "", "", "ลงชื่อ", "........", "ผู้รายงาน"]
    return [*head(agency), budget, "ผลการดำเนินการมีดังนี้", [OFFICIAL, *rows, total, sign]]


LAYOUTS: tuple[Callable[[Agency], list[Block]], ...] = (
    official, numbered, reordered, own_column, heading_rows, headings_between, renamed,
    repeated_header, continued_rows, own_date_column, signed,
)  # fmt: skip
