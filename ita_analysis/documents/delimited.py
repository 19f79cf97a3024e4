"""CSV and TSV as a sheet of text: encoding and delimiter are told from the content."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from ita_analysis.documents.decode import decode
from ita_analysis.documents.limits import MAX_COLUMNS, MAX_ROWS
from ita_analysis.documents.sheets import Sheet, SheetRow, trimmed
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

DELIMITERS = ",;\t"
_SAMPLE = 20_000
_LONGEST_CELL = 1_000_000


def read_delimited(data: bytes, name: str, max_rows: int = MAX_ROWS) -> Sheet:
    """Read a CSV or TSV file.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.
        max_rows: Most rows.

    Raises:
        DataError: The bytes are no text, a quotation mark is not closed, or there are too many
            rows or columns.
    """
    text = _text(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[SheetRow] = []
    start = 1
    try:
        for cells in reader:
            texts = trimmed(cells)
            place = Place(name, row=start)
            if len(texts) > MAX_COLUMNS:
                raise DataError(fault("too_many_columns", place, allowed=MAX_COLUMNS))
            if len(rows) >= max_rows:
                raise DataError(fault("sheet_too_long", place, allowed=max_rows))
            if texts:
                rows.append(SheetRow(start, texts))
            start = reader.line_num + 1  # a quoted cell may hold line ends
    except csv.Error as error:
        # the row where the unclosed mark stands, not the file's last one
        raise DataError(fault("csv_broken", Place(name, row=start), reason=str(error))) from error
    return Sheet(name, "", tuple(rows))


def delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first rows into the most columns, and evenly.

    Counting characters alone fails where cells hold decimal commas or prose.
    """
    sample = text[:_SAMPLE]

    def fit(delimiter: str) -> int:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in _lenient(reader) if len(row) > 1)
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=fit)


def _lenient(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows before the first that cannot be cut; the strict reading names that one."""
    try:
        yield from reader
    except csv.Error:
        return


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
