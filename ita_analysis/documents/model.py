"""A document as any format gives it: paragraphs and tables, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from ita_analysis.errors import Fault, Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: The words after repair (tags removed, broken characters mended, spaces folded).
        place: File, line and column it stands in.
        changes: Codes of the repairs that were made to the raw text.
    """

    text: str
    place: Place
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells from left to right.

    Attributes:
        cells: The cells; rows of one table need not have the same number.
        place: File and line.
    """

    cells: tuple[Cell, ...]
    place: Place

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the cells."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text outside tables: a title, a heading, prose.

    Attributes:
        text: The words after repair.
        place: File and line.
    """

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together.

    Attributes:
        rows: At least one row, header rows included.
        is_continued: It begins on a new page, so that its first row may go on with the row before.
    """

    rows: tuple[Row, ...]
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        name: File name without its folders.
        sha256: Hash of the file's bytes, in hexadecimal.
        encoding: How the bytes were read, for example ``utf-8`` or ``cp874``.
        blocks: Paragraphs and tables in reading order.
        faults: Cells that cannot be read (formulas without values and the like), with their place.
        remarks: What a reader should know of the file: tracked changes, hidden rows, text boxes.
    """

    name: str
    sha256: str
    encoding: str
    blocks: tuple[Paragraph | Table, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
