"""Word documents (.docx): paragraphs and tables in reading order.

Tracked changes are read as if accepted: insertions are read, deletions left out, and both are
told. Merged cells count once (Word repeats the same cell), text boxes and nested tables are told.
python-docx opens the package; its own tables would repeat merged cells and lose what stands
between paragraphs, so the elements are walked here.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn

from ita_analysis.documents.archive import open_archive
from ita_analysis.documents.limits import MAX_COLUMNS, MAX_ROWS
from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import current_language, fault, load_texts
from ita_analysis.thai import repair_text

_W = {name: qn(f"w:{name}") for name in (
    "p", "tbl", "tr", "tc", "t", "tab", "br", "cr", "sdt", "sdtContent", "ins", "del", "moveFrom",
    "moveTo", "txbxContent", "gridSpan", "vMerge", "val", "gridBefore", "noBreakHyphen", "numPr",
    "footnotes", "lastRenderedPageBreak", "hyperlink", "delText", "softHyphen",
)}  # fmt: skip
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {_W["del"], _W["moveFrom"], _ALTERNATE}
MIN_NESTED_COLUMNS = 4
"""A nested table with so many columns is read as a table of its own, a smaller one as words."""


@dataclass
class _Reading:
    """A document as it is being read."""

    name: str
    blocks: list[Paragraph | Table] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    n_lines: int = 0
    n_tables: int = 0

    def place(self) -> Place:
        """The next paragraph or table row: Word has no lines, so they are counted."""
        self.n_lines += 1
        return Place(self.name, row=self.n_lines)


def read_word(data: bytes, name: str) -> Document:
    """Read a Word document.

    Rows and paragraphs are numbered together, in reading order, from 1; a row's place names its
    table («ตาราง 2») and the number counts within the table.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.

    Raises:
        DataError: It is damaged or protected, holds macros or entities, or is too large.
    """
    open_archive(data, name, "document")
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        reading = _Reading(name)
        _read_blocks(body, reading)
    except (DataError, MemoryError):
        raise
    except Exception as error:  # python-docx and lxml raise whatever their parsers raise
        raise DataError(fault("document_damaged", Place(name), reason=str(error))) from error
    remarks = [fault(code, Place(name), n=n) for code, n in sorted(reading.told.items())]
    return Document(
        name, hashlib.sha256(data).hexdigest(), "docx", tuple(reading.blocks), (), tuple(remarks)
    )


def _read_blocks(parent: Any, reading: _Reading) -> None:
    for element in parent:
        tag = element.tag
        if tag == _W["p"]:
            text = _words(element, reading)
            place = reading.place()
            for line in text.split("\n"):
                repaired = repair_text(line).text
                if repaired:
                    reading.blocks.append(Paragraph(repaired, place))
        elif tag == _W["tbl"]:
            _read_table(element, reading)
        elif tag in (_W["sdt"], _W["sdtContent"], _W["ins"], _W["moveTo"]):
            _read_blocks(element, reading)
        elif tag in (_W["del"], _W["moveFrom"]):
            reading.told["tracked_deletions"] += 1


def _words(element: Any, reading: _Reading) -> str:
    """The text of a paragraph or cell as it reads with all changes accepted."""
    pieces: list[str] = []
    if element.find(f".//{_W['txbxContent']}") is not None:
        boxes = [
            box
            for box in element.iter(_W["txbxContent"])
            if not any(above.tag == _ALTERNATE for above in box.iterancestors())
        ]
        reading.told["text_boxes"] += len(boxes)
    for node in _visible(element, reading):
        if node.tag == _W["t"]:
            pieces.append(node.text or "")
        elif node.tag in (_W["tab"], _W["br"], _W["cr"]):
            pieces.append(" " if node.tag == _W["tab"] else "\n")
        elif node.tag == _W["noBreakHyphen"]:
            pieces.append("-")
        elif node.tag == _W["p"] and pieces:
            pieces.append("\n")
    return "".join(pieces)


def _visible(element: Any, reading: _Reading) -> Iterator[Any]:
    for child in element:
        if child.tag in _LEFT_OUT:
            if child.tag != _ALTERNATE and _has_words(child):
                reading.told["tracked_deletions"] += 1
            continue
        if child.tag == _W["txbxContent"]:
            continue
        if child.tag in (_W["ins"], _W["moveTo"]) and _has_words(child):
            reading.told["tracked_insertions"] += 1
        if child.tag == _W["tbl"]:
            yield from _visible_nested(child, reading)
            continue
        yield child
        yield from _visible(child, reading)


def _visible_nested(table: Any, reading: _Reading) -> Iterator[Any]:
    if _n_columns(table) >= MIN_NESTED_COLUMNS:
        return  # read as a table of its own, after the row
    reading.told["nested_tables"] += 1
    yield from _visible(table, reading)


def _has_words(element: Any) -> bool:
    return any(
        (node.text or "").strip() for tag in ("t", "delText") for node in element.iter(_W[tag])
    )


def _n_columns(table: Any) -> int:
    return max((len(row.findall(_W["tc"])) for row in table.findall(_W["tr"])), default=0)


def _read_table(table: Any, reading: _Reading) -> None:
    reading.n_tables += 1
    part = load_texts(current_language())("places.table", n=reading.n_tables)
    grid: list[tuple[Place, list[str]]] = []
    nested: list[Any] = []
    for number, tr in enumerate(_rows(table, reading), 1):
        if number > MAX_ROWS:
            raise DataError(fault("sheet_too_long", Place(reading.name), allowed=MAX_ROWS))
        place = Place(reading.name, part, number)
        grid.append((place, _cells(tr, place, reading, nested)))
    rows = _without_empty_columns(grid)
    if rows:
        reading.blocks.append(Table(rows))
    for each in nested:
        reading.told["nested_tables"] += 1
        _read_table(each, reading)


def _rows(parent: Any, reading: _Reading) -> Iterator[Any]:
    for child in parent:
        if child.tag == _W["tr"]:
            if _is_deleted(child):
                reading.told["tracked_deletions"] += 1
                continue
            yield child
        elif child.tag in (_W["sdt"], _W["sdtContent"], _W["ins"], _W["moveTo"]):
            yield from _rows(child, reading)


def _is_deleted(tr: Any) -> bool:
    properties = tr.find(qn("w:trPr"))
    return properties is not None and properties.find(_W["del"]) is not None


def _tcs(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag == _W["tc"]:
            yield child
        elif child.tag in (_W["sdt"], _W["sdtContent"], _W["ins"], _W["moveTo"]):
            yield from _tcs(child)


def _cells(tr: Any, place: Place, reading: _Reading, nested: list[Any]) -> list[str]:
    """The row's words by grid column; a cell over several columns stands in its first."""
    before = tr.find(f"{qn('w:trPr')}/{_W['gridBefore']}")
    texts = [""] * (_number(before, 0))
    for tc in _tcs(tr):
        properties = tc.find(qn("w:tcPr"))
        span, is_below = 1, False
        if properties is not None:
            span = _number(properties.find(_W["gridSpan"]), 1)
            merge = properties.find(_W["vMerge"])
            is_below = merge is not None and merge.get(_W["val"], "continue") == "continue"
        text = _words(tc, reading)
        if is_below and not text.strip():
            reading.told["merged_cells"] += 1
        nested += [each for each in tc.findall(_W["tbl"]) if _n_columns(each) >= MIN_NESTED_COLUMNS]
        texts += [text, *[""] * (span - 1)]
        if len(texts) > MAX_COLUMNS:
            raise DataError(fault("too_many_columns", place, allowed=MAX_COLUMNS))
    return texts


def _number(element: Any, default: int) -> int:
    value = element.get(_W["val"]) if element is not None else None
    if value is None or not value.isdecimal():
        return default
    return min(max(int(value), default), MAX_COLUMNS + 1)


def _without_empty_columns(grid: list[tuple[Place, list[str]]]) -> tuple[Row, ...]:
    """Rows without the columns that no row uses: rows of uneven width have many of them."""
    width = max((len(texts) for _, texts in grid), default=0)
    used = [
        column
        for column in range(width)
        if any(column < len(texts) and texts[column].strip() for _, texts in grid)
    ]
    rows = []
    for place, texts in grid:
        cells = []
        for number, column in enumerate(used, 1):
            repaired = repair_text(texts[column] if column < len(texts) else "")
            at = Place(place.file, place.part, place.row, str(number))
            cells.append(Cell(repaired.text, at, tuple(repaired.changes)))
        if any(cell.text for cell in cells):
            rows.append(Row(tuple(cells), place))
    return tuple(rows)
