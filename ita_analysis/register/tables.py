"""Which rows of a document are measures, and under which heading each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_analysis.documents import Document, Paragraph, Row
from ita_analysis.errors import DataError, Place
from ita_analysis.frameworks import Framework
from ita_analysis.register.columns import Role, read_header
from ita_analysis.register.headings import Standing, is_heading
from ita_analysis.register.rows import Alignment, align
from ita_analysis.texts import fault

MIN_CELLS = 3
"""A row with fewer words than this in its cells is a heading, a total or a signature."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row that is a measure.

    Attributes:
        row: The row as read.
        alignment: Its words by column.
        standing: Tool and indicator named before it.
    """

    row: Row
    alignment: Alignment
    standing: Standing


@dataclass
class Found:
    """What the tables of a document hold.

    Attributes:
        measures: Rows that are measures, in order.
        headers: Header rows; all but the first of a table's form are repeats.
        left_out: Rows that are neither measure, header nor heading.
    """

    measures: list[MeasureRow] = field(default_factory=list)
    headers: list[Row] = field(default_factory=list)
    left_out: list[Row] = field(default_factory=list)


def find_measures(document: Document, framework: Framework) -> Found:
    """Return the measure rows of a document.

    Args:
        document: The document.
        framework: The year's framework, for the indicators it has.

    Raises:
        DataError: No table has the columns of a report of measures, or there is no row below.
    """
    found = Found()
    standing = Standing()
    roles: tuple[Role, ...] | None = None
    for item in _lines(document):
        if isinstance(item, Paragraph):
            if is_heading(item.text):
                standing = standing.named_in(item.text, framework)
            continue
        header = read_header(item)
        if header:
            roles = header
            found.headers.append(item)
            continue
        filled = [text for text in item.texts if text]
        if len(filled) < MIN_CELLS:
            if filled and is_heading(" ".join(filled)):
                standing = standing.named_in(" ".join(filled), framework)
            elif filled:
                found.left_out.append(item)
            continue
        if roles is None:
            found.left_out.append(item)
            continue
        measure = MeasureRow(item, align(item, roles), standing)
        standing = standing.named_in(measure.alignment.values.get(Role.TITLE, ""), framework)
        found.measures.append(measure)
    if not found.headers:
        raise DataError(fault("no_register_table", Place(document.name)))
    if not found.measures:
        raise DataError(fault("no_measures", found.headers[0].place))
    return found


def _lines(document: Document) -> Iterator[Paragraph | Row]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from block.rows
