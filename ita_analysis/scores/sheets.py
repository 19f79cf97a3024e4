"""Score files as sheets of text: CSV and XLSX, read in a stream and within limits.

Everything is read as text; what a cell means is decided later. A sheet keeps the row numbers that
an editor or Excel shows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ita_analysis.documents.decode import decode
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.texts import fault

MAX_MEGABYTES = 50
MAX_ROWS = 200_000
MAX_COLUMNS = 400
DELIMITERS = ",;\t"
KINDS = (".csv", ".tsv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        number: As an editor or Excel counts it, from 1.
        texts: The cells as text, without empty ones at the end.
    """

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    Attributes:
        file: Name of the file.
        part: Name of the sheet; empty for CSV.
        rows: Rows with at least one cell that holds something.
        faults: Cells that could not be read, and what else stops this sheet from being trusted.
        notes: What a reader should know: hidden rows and the like.
    """

    file: str
    part: str
    rows: tuple[SheetRow, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def read_sheets(path: str | Path) -> list[Sheet]:
    """Read the sheets of a CSV or XLSX file.

    Args:
        path: The file.

    Raises:
        DataError: There is no such file, it is empty, too large, of another kind than its name
            says, damaged or protected.
    """
    file = Path(path)
    data = _bytes(file)
    if file.suffix.lower() == ".xlsx":
        from ita_analysis.scores.workbook import read_workbook  # noqa: PLC0415 # openpyxl is slow

        return read_workbook(data, file.name)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DataError(fault("workbook_named_text", Place(file.name)))
    return [_read_csv(data, file.name)]


def _bytes(file: Path) -> bytes:
    place = Place(file.name)
    if file.suffix.lower() not in KINDS:
        raise DataError(fault("unknown_file_kind", place, file.suffix, allowed=", ".join(KINDS)))
    try:
        if file.stat().st_size > MAX_MEGABYTES * 1_000_000:
            raise DataError(fault("file_too_large", place, allowed=MAX_MEGABYTES))
        data = file.read_bytes()
    except FileNotFoundError:
        raise DataError(fault("no_such_file", Place(str(file)))) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(fault("unreadable_file", Place(str(file)), reason=reason)) from None
    if not data.strip():
        raise DataError(fault("empty_file", place))
    return data


def _read_csv(data: bytes, name: str) -> Sheet:
    text = _text(data, name)
    delimiter = max(DELIMITERS, key=text[:20_000].count)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in _numbered(reader):
            texts = _trimmed(cells)
            if texts:
                rows.append(SheetRow(number, texts))
    except csv.Error as error:
        place = Place(name, row=reader.line_num)
        raise DataError(fault("csv_broken", place, reason=str(error))) from error
    return Sheet(name, "", tuple(rows))


def _text(data: bytes, name: str) -> str:
    """Decode; a table in cp874 whose cells are mostly numbers and addresses passes as well."""
    try:
        return decode(data, name)[0]
    except DataError as error:
        first = data[:2000]
        if error.faults[0].code != "unknown_encoding" or b"agency" not in first.lower():
            raise
        try:
            return data.decode("cp874")
        except UnicodeDecodeError:
            raise error from None


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it starts; a quoted cell may hold line ends."""
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1  # type: ignore[attr-defined]


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
