"""XLSX workbooks as sheets of text, within limits and without silent losses.

Read in openpyxl's streaming mode, so that a far cell costs nothing; what that mode does not show
(hidden rows, merged cells) is read from the sheet's own XML. Entities and bombs are refused before
(:mod:`ita_analysis.documents.archive`); with defusedxml installed openpyxl refuses them too.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ita_analysis.documents.archive import open_archive
from ita_analysis.documents.limits import MAX_COLUMNS, MAX_ROWS
from ita_analysis.documents.sheets import Sheet, SheetRow, trimmed
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.texts import fault

_HIDDEN_ROW = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"")
_HIDDEN_COLUMN = re.compile(rb"<col\b[^>]*\bhidden=\"(?:1|true)\"")
_MERGED = re.compile(rb"<mergeCell\b")
_ERRORS = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")
_CHUNK = 1 << 20
FIRST_BE_YEAR = 2400
"""A date cell of this year or later was typed in the Buddhist Era."""


def read_workbook(data: bytes, name: str, max_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read every sheet that is not empty.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.
        max_rows: Most rows of a sheet; a longer one is cut and has a fault.

    Raises:
        DataError: The bytes are no workbook, or it is protected, damaged, holds macros or unpacks
            to too much.
    """
    archive = open_archive(data, name, "workbook")
    try:
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheets = [
            _read_sheet(name, values[title], formulas[title], archive, max_rows)
            for title in (sheet.title for sheet in values.worksheets)
        ]
    except (DataError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise DataError(fault("workbook_damaged", Place(name), reason=str(error))) from error
    return [sheet for sheet in sheets if sheet.rows or sheet.faults]


@dataclass(slots=True)
class _Cells:
    """What was read of a sheet so far."""

    file: str
    part: str
    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    n_be_dates: int = 0


def _read_sheet(
    name: str, values: Any, formulas: Any, archive: zipfile.ZipFile, max_rows: int
) -> Sheet:
    title = str(values.title)
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # the stated size may be wrong, or a far cell's
    found = _Cells(name, title)
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, formula_row) in enumerate(pairs, 1):
        if number > max_rows:
            place = Place(name, title, number)
            found.faults.append(fault("sheet_too_long", place, allowed=max_rows))
            break
        if any(cell.value is not None for cell in formula_row):
            _read_row(found, number, row, formula_row)
    notes = _hidden(name, title, values, archive)
    if found.n_be_dates:
        notes.append(fault("be_dates_in_cells", Place(name, title), n=found.n_be_dates))
    return Sheet(name, title, tuple(found.rows), tuple(found.faults), tuple(notes))


def _read_row(found: _Cells, number: int, row: Any, formula_row: Any) -> None:
    texts = []
    for column, (cell, formula) in enumerate(zip(row, formula_row, strict=False), 1):
        if formula.value is None:
            texts.append("")
            continue
        place = Place(found.file, found.part, number, get_column_letter(column))
        if column > MAX_COLUMNS:
            wrong = fault("too_many_columns", place, str(formula.value), allowed=MAX_COLUMNS)
            found.faults.append(wrong)
            break
        text = _cell_text(cell)
        if cell.value is None:
            found.faults.append(fault("formula_without_value", place, str(formula.value)))
        elif _ERRORS.fullmatch(text):
            found.faults.append(fault("cell_error", place, text))
            text = ""
        elif isinstance(cell.value, date) and cell.value.year >= FIRST_BE_YEAR:
            found.n_be_dates += 1
        texts.append(text)
    if any(texts):
        found.rows.append(SheetRow(number, trimmed(texts)))


def _cell_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = Decimal(str(value))
        if "%" in str(cell.number_format):
            number *= 100  # Excel shows 0.855 in a percent cell as 85.5%
        return _plain(number)
    if isinstance(value, datetime):
        # the time of midnight is Excel's way to keep a day
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hidden(name: str, title: str, sheet: Any, archive: zipfile.ZipFile) -> list[Fault]:
    place = Place(name, title)
    notes = []
    if sheet.sheet_state != "visible":
        notes.append(fault("sheet_hidden", place))
    part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    counts = _count(archive, part, (_HIDDEN_ROW, _HIDDEN_COLUMN, _MERGED))
    if counts[0]:
        notes.append(fault("sheet_hidden_rows", place, n=counts[0]))
    if counts[1]:
        notes.append(fault("sheet_hidden_columns", place))
    if counts[2]:
        notes.append(fault("sheet_merged_cells", place))
    return notes


def _count(
    archive: zipfile.ZipFile, part: str, patterns: tuple[re.Pattern[bytes], ...]
) -> list[int]:
    """How often each pattern stands in a part; read in chunks cut between elements."""
    counts = [0] * len(patterns)
    if part not in archive.namelist():
        return counts
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            whole, _, rest = (rest + chunk).rpartition(b"<")
            for index, pattern in enumerate(patterns):
                counts[index] += len(pattern.findall(whole))
            rest = b"<" + rest
    return counts
