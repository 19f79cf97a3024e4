"""From sheets to a document: title lines above a table become paragraphs, its rows a table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.documents.sheets import Sheet, SheetRow
from ita_analysis.errors import Place
from ita_analysis.thai import repair_text

MIN_CELLS = 3
"""The first row with so many filled cells begins the table; the lines above it are titles."""

_TELLS_YEAR = re.compile("[0-9๐-๙]{2}")
"""Names of sheets with a number may name a year: they head their sheet. «Sheet1» does not."""


def document_of(sheets: list[Sheet], data: bytes, name: str, encoding: str) -> Document:
    """Return sheets as a document.

    Args:
        sheets: In the order of the file.
        data: The file's bytes, for their hash.
        name: The file's name.
        encoding: What the document says of how it was read.
    """
    blocks: list[Paragraph | Table] = []
    for sheet in sheets:
        if len(sheets) > 1 and _TELLS_YEAR.search(sheet.part):
            blocks.append(Paragraph(repair_text(sheet.part).text, Place(name, sheet.part)))
        blocks += _blocks(sheet)
    return Document(
        name,
        hashlib.sha256(data).hexdigest(),
        encoding,
        tuple(blocks),
        tuple(wrong for sheet in sheets for wrong in sheet.faults),
        tuple(note for sheet in sheets for note in sheet.notes),
    )


def _blocks(sheet: Sheet) -> Iterator[Paragraph | Table]:
    rows: list[Row] = []
    in_table = False
    for line in sheet.rows:
        filled = [text for text in line.texts if text]
        in_table = in_table or len(filled) >= MIN_CELLS
        # Below the header a lone first cell is a heading; a lone later cell goes on with a row.
        if not in_table or (len(filled) == 1 and line.texts[0]):
            if rows:
                yield Table(tuple(rows))
                rows = []
            text = repair_text(" ".join(filled)).text
            if text:
                yield Paragraph(text, Place(sheet.file, sheet.part, line.number))
            continue
        rows.append(_row(sheet, line))
    if rows:
        yield Table(tuple(rows))


def _row(sheet: Sheet, line: SheetRow) -> Row:
    cells = []
    for index, raw in enumerate(line.texts):
        repaired = repair_text(raw)
        place = Place(sheet.file, sheet.part, line.number, _column(sheet, index))
        cells.append(Cell(repaired.text, place, tuple(repaired.changes)))
    return Row(tuple(cells), Place(sheet.file, sheet.part, line.number))


def _column(sheet: Sheet, index: int) -> str:
    """Excel's letter in a workbook, the number of the column elsewhere."""
    if not sheet.part:
        return str(index + 1)
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
