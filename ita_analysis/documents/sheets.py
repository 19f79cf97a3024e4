"""Sheets of text: what .csv, .tsv and .xlsx have in common.

Everything is read as text; what a cell means is decided later. A sheet keeps the row numbers that
an editor or Excel shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from ita_analysis.errors import Fault


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


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """Return the cells without white space around them and without empty ones at the end."""
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
