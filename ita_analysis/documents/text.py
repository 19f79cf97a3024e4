"""Plain text: lines with tabs are table rows, other lines are paragraphs."""

from __future__ import annotations

import hashlib

from ita_analysis.documents.decode import decode
from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.errors import Place
from ita_analysis.thai import repair_text

_EMPHASIS = "*_# "


def read_text(data: bytes, name: str) -> Document:
    """Read a text file whose tables have tab-separated cells, one row a line.

    Stray HTML inside cells is removed and noted on the cell. A blank line or a paragraph ends a
    table.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.

    Raises:
        DataError: The bytes cannot be read as text.
    """
    text, encoding = decode(data, name)
    blocks: list[Paragraph | Table] = []
    rows: list[Row] = []

    def end_table() -> None:
        if rows:
            blocks.append(Table(tuple(rows)))
            rows.clear()

    # only real line ends count: an editor shows the same line numbers
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        place = Place(name, row=number)
        if "\t" in line:
            rows.append(_row(line, place))
            continue
        end_table()
        paragraph = repair_text(line).text.strip(_EMPHASIS)
        if paragraph:
            blocks.append(Paragraph(paragraph, place))
    end_table()
    return Document(name, hashlib.sha256(data).hexdigest(), encoding, tuple(blocks))


def _row(line: str, place: Place) -> Row:
    cells = []
    for column, raw in enumerate(line.split("\t"), 1):
        repaired = repair_text(raw)
        cell_place = Place(place.file, row=place.row, column=str(column))
        cells.append(Cell(repaired.text, cell_place, tuple(repaired.changes)))
    return Row(tuple(cells), place)
