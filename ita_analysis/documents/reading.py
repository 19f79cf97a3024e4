"""From a path to a document or to sheets: which reader, and the checks every file meets first."""

from __future__ import annotations

from pathlib import Path

from ita_analysis.documents.apart import read_apart
from ita_analysis.documents.delimited import read_delimited
from ita_analysis.documents.grid import document_of
from ita_analysis.documents.limits import MAX_ROWS
from ita_analysis.documents.model import Document
from ita_analysis.documents.opening import read_whole
from ita_analysis.documents.sheets import Sheet
from ita_analysis.documents.sniffing import Kind, check_content, check_ending
from ita_analysis.documents.text import read_text
from ita_analysis.errors import DataError

_CUT_OFF = {"sheet_too_long", "too_many_columns"}
"""Faults after which a sheet was not read to its end: nothing of it is trusted."""


def read_document(path: Path) -> Document:
    """Read any document that there is a reader for.

    Word, Excel and PDF files are read in a process of their own, within limits of time and memory.

    Args:
        path: The file.

    Raises:
        DataError: There is no such file, it is empty, too large, of a kind that cannot be read,
            not what its ending says, damaged, protected, or made to do harm.
    """
    kind = check_ending(path.name)
    data = read_whole(path)
    check_content(data, path.name, kind)
    if kind is Kind.TEXT:
        return read_text(data, path.name)
    if kind is Kind.TABLE:
        return document_of([read_delimited(data, path.name)], data, path.name, "csv")
    found = read_apart(kind.value, data, path.name)
    if kind is Kind.WORKBOOK:
        cut = [each for sheet in found for each in sheet.faults if each.code in _CUT_OFF]
        if cut:
            raise DataError(cut)
        return document_of(found, data, path.name, "xlsx")
    document: Document = found
    return document


def read_sheets(path: Path, max_sheet_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the sheets of a table: .csv, .tsv, .txt with delimiters, or .xlsx.

    Args:
        path: The file.
        max_sheet_rows: Most rows of a sheet of a workbook.

    Raises:
        DataError: As :func:`read_document`.
    """
    kind = check_ending(path.name, (Kind.TABLE, Kind.TEXT, Kind.WORKBOOK))
    data = read_whole(path)
    check_content(data, path.name, kind)
    if kind is Kind.WORKBOOK:
        sheets: list[Sheet] = read_apart(kind.value, data, path.name, max_sheet_rows)
        return sheets
    return [read_delimited(data, path.name)]
