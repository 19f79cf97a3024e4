"""XLSX workbooks as sheets of text, within limits and without silent losses.

Read in openpyxl's streaming mode, so that a far cell costs nothing; what that mode does not show
(hidden rows, merged cells) is read from the sheet's own XML. With defusedxml installed openpyxl
refuses entity bombs.
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

from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.scores.sheets import MAX_COLUMNS, MAX_ROWS, Sheet, SheetRow
from ita_analysis.texts import fault

MAX_UNPACKED = 200_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_HIDDEN_ROW = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"")
_MERGED = re.compile(rb"<mergeCell\b")
_ERRORS = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")


def read_workbook(data: bytes, name: str) -> list[Sheet]:
    """Read every sheet that is not empty.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.

    Raises:
        DataError: The bytes are no workbook, or it is protected, damaged or unpacks to too much.
    """
    place = Place(name)
    if data.startswith(_OLE):
        raise DataError(fault("workbook_protected", place))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile:
        raise DataError(fault("workbook_damaged", place)) from None
    if unpacked > MAX_UNPACKED:
        raise DataError(fault("file_too_large", place, allowed=MAX_UNPACKED // 1_000_000))
    try:
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheets = [
            _read_sheet(name, values[title], formulas[title], archive)
            for title in (sheet.title for sheet in values.worksheets)
        ]
    except DataError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise DataError(fault("workbook_damaged", place, reason=str(error))) from error
    return [sheet for sheet in sheets if sheet.rows or sheet.faults]


@dataclass(slots=True)
class _Cells:
    """What was read of a sheet so far."""

    file: str
    part: str
    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def _read_sheet(name: str, values: Any, formulas: Any, archive: zipfile.ZipFile) -> Sheet:
    title = str(values.title)
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # the stated size may be wrong, or a far cell's
    found = _Cells(name, title)
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, formula_row) in enumerate(pairs, 1):
        if number > MAX_ROWS:
            place = Place(name, title, number)
            found.faults.append(fault("sheet_too_long", place, allowed=MAX_ROWS))
            break
        if any(cell.value is not None for cell in formula_row):
            _read_row(found, number, row, formula_row)
    notes = _hidden(name, title, values, archive)
    return Sheet(name, title, tuple(found.rows), tuple(found.faults), tuple(notes))


def _read_row(found: _Cells, number: int, row: Any, formula_row: Any) -> None:
    texts = []
    for column, (cell, formula) in enumerate(zip(row[:MAX_COLUMNS], formula_row, strict=False), 1):
        text = _cell_text(cell)
        place = Place(found.file, found.part, number, get_column_letter(column))
        if cell.value is None and formula.value is not None:
            found.faults.append(fault("formula_without_value", place, str(formula.value)))
        elif _ERRORS.fullmatch(text):
            found.faults.append(fault("cell_error", place, text))
            text = ""
        texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    if texts:
        found.rows.append(SheetRow(number, tuple(texts)))


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
    if isinstance(value, datetime | date | time):
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
    xml = archive.read(part) if part in archive.namelist() else b""
    hidden = len(_HIDDEN_ROW.findall(xml))
    if hidden:
        notes.append(fault("sheet_hidden_rows", place, n=hidden))
    if _MERGED.search(xml):
        notes.append(fault("sheet_merged_cells", place))
    return notes
