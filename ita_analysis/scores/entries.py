"""From sheets to entries: one entry for every score, long and wide tables alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_analysis.documents import Sheet, SheetRow
from ita_analysis.errors import Fault, Place
from ita_analysis.frameworks import Framework
from ita_analysis.scores.columns import (
    Column,
    doubled,
    is_head,
    is_ignored,
    is_repeated_head,
    read_columns,
)
from ita_analysis.scores.values import clean
from ita_analysis.texts import fault

_TITLE_YEAR = re.compile(r"(?<![0-9])(25[5-9][0-9])(?![0-9])")
_FOOTER = re.compile(
    r"(?:ผล)?รวม(?:ทั้งสิ้น|ทั้งหมด)?|(?:ค่า)?เฉลี่ย(?:รวม)?|คะแนนเฉลี่ย|total|average|mean|"
    r"(?:ลงชื่อ|ลายมือชื่อ|หมายเหตุ|ผู้จัดทำ|ผู้รายงาน|ที่มา|ข้อมูล ณ).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One score as it stands in a file, all as text.

    Attributes:
        place: File, sheet, row and, in a wide table, the column's heading.
        level: Level as written or told by the heading; empty where not given.
        code: Code as written or told by the heading.
        score: The score as written.
        fields: The row's other columns of the long form, by name.
        is_weighted: Whether the heading says it is a part out of 30 or 40.
    """

    place: Place
    level: str
    code: str
    score: str
    fields: dict[str, str]
    is_weighted: bool = False


@dataclass(slots=True)
class Reading:
    """What was read of a file.

    Attributes:
        entries: The scores.
        faults: What is wrong with sheets, headings and rows; these rows gave no entry.
        notes: What a reader should know and need not mend.
        rejected_rows: Rows and cells that gave no entry because of a fault, with their words.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    rejected_rows: list[tuple[Fault, tuple[str, ...]]] = field(default_factory=list)


def read_entries(sheets: list[Sheet], framework: Framework) -> Reading:
    """Read the scores of all sheets that hold a table of them.

    Title lines above a table and totals, notes and signatures below are passed over; a second
    table on a sheet starts at its own head.

    Args:
        sheets: The sheets of one file.
        framework: Rules of any year, for the indicators' titles.
    """
    reading = Reading()
    n_tables = 0
    for sheet in sheets:
        reading.faults += sheet.faults
        cells = [wrong for wrong in sheet.faults if wrong.place.column]
        reading.rejected_rows += [(wrong, (wrong.found,)) for wrong in cells]
        reading.notes += sheet.notes
        found = _read_sheet(sheet, framework, reading)
        n_tables += found
        if not found and len(sheets) > 1:
            reading.notes.append(fault("sheet_without_scores", Place(sheet.file, sheet.part)))
    if not n_tables:
        name = sheets[0].file if sheets else ""
        reading.faults.append(fault("no_score_table", Place(name)))
    elif not reading.entries and not reading.faults:
        reading.faults.append(fault("no_score_rows", Place(sheets[0].file)))
    return reading


@dataclass(slots=True)
class _Table:
    """The table that a row belongs to.

    Attributes:
        columns: Its columns; none above the first head.
        width: Number of cells of its head.
        title_year: The year that the lines above the first head name; empty for none.
    """

    columns: list[Column] = field(default_factory=list)
    width: int = 0
    title_year: str = ""


def _read_sheet(sheet: Sheet, framework: Framework, reading: Reading) -> int:
    table = _Table()
    n_tables = 0
    for row in sheet.rows:
        head = read_columns(row.texts, framework)
        if is_head(head) and (not n_tables or is_repeated_head(row.texts, head)):
            table.columns, table.width = head, len(row.texts)
            if not n_tables:
                reading.faults += _head_faults(sheet, row, head, framework)
                reading.notes += _unused(sheet, row, head)
            n_tables += 1
        elif not table.columns:
            found = _TITLE_YEAR.search(clean(" ".join(row.texts)))
            table.title_year = found[1] if found else table.title_year
        else:
            _read_row(sheet, row, table, reading)
    return n_tables


def _head_faults(
    sheet: Sheet, row: SheetRow, columns: list[Column], framework: Framework
) -> Iterator[Fault]:
    titles = {clean(each.title_th): each.indicator_no for each in framework.indicators.entries}
    for column in doubled(columns):
        place = Place(sheet.file, sheet.part, row.number, column.heading)
        yield fault("score_column_doubled", place)
    for column in columns:
        if column.level != "indicator":
            continue
        numbers = [no for title, no in titles.items() if clean(column.heading).endswith(title)]
        if numbers and str(numbers[0]) != column.code:
            place = Place(sheet.file, sheet.part, row.number, column.heading)
            yield fault("score_heading_contradicts", place, allowed=numbers[0])


def _unused(sheet: Sheet, row: SheetRow, columns: list[Column]) -> Iterator[Fault]:
    used = {column.index for column in columns}
    for index, heading in enumerate(row.texts):
        if index not in used and not is_ignored(heading):
            place = Place(sheet.file, sheet.part, row.number, heading)
            yield fault("score_column_unused", place)


def _read_row(sheet: Sheet, row: SheetRow, table: _Table, reading: Reading) -> None:
    columns, width = table.columns, table.width
    place = Place(sheet.file, sheet.part, row.number)
    texts = row.texts
    fields = {
        column.field: texts[column.index]
        for column in columns
        if column.field is not None and column.index < len(texts)
    }
    name = clean(fields.get("agency_name_th") or fields.get("agency_id") or "")
    filled = [text for text in texts if text]
    if (len(filled) == 1 and len(columns) > 2) or _FOOTER.fullmatch(name or clean(filled[0])):
        if not any(wrong.place.row == row.number for wrong in sheet.faults):
            reading.notes.append(fault("score_row_passed_over", place, " ".join(filled)))
        return
    if len(texts) > width:
        wrong = fault("score_row_too_long", place, texts[-1], n_cells=len(texts), n_columns=width)
        reading.faults.append(wrong)
        reading.rejected_rows.append((wrong, texts))
        return
    fields = {key: value for key, value in fields.items() if key is not None}
    if not fields.get("fiscal_year_be") and table.title_year:
        fields["fiscal_year_be"] = table.title_year
    if any(column.code is not None for column in columns):
        reading.entries += _wide_entries(place, texts, columns, fields)
    else:
        reading.entries.append(
            Entry(
                place,
                fields.get("level", ""),
                fields.get("code", ""),
                fields.get("score_pct", ""),
                fields,
            )
        )


def _wide_entries(
    place: Place, texts: tuple[str, ...], columns: list[Column], fields: dict[str, str]
) -> Iterator[Entry]:
    for column in columns:
        text = texts[column.index] if column.index < len(texts) else ""
        if column.level is None or column.code is None or not text:
            continue
        own = dict(fields)
        if column.fiscal_year_be is not None:
            own["fiscal_year_be"] = str(column.fiscal_year_be)
        if column.level != "overall":
            own.pop("published_rating", None)
        at = Place(place.file, place.part, place.row, column.heading)
        yield Entry(at, column.level, column.code, text, own, column.is_weighted)
