"""One page with several years: each section keeps its own year and round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ita_analysis.documents import Document, Paragraph, Table
from ita_analysis.register.columns import Role, read_header
from ita_analysis.register.head import own_year, round_of
from ita_analysis.register.headings import HEADING_LENGTH, is_heading
from ita_analysis.register.tables import HEADER_ROWS
from ita_analysis.thai import to_arabic

_BARE_YEAR = re.compile(r"\W*(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\.?\s?ศ\.*)?\s*(25\d{2})\W*")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that is one report.

    Attributes:
        document: The part, with the document's first lines that name the agency.
        fiscal_year_be: The year its heading names; None where the document has one section.
        round_months: The round its heading names; None where it names none.
    """

    document: Document
    fiscal_year_be: int | None = None
    round_months: int | None = None


def split_sections(
    document: Document, mapping: Mapping[str, Role] | None = None
) -> tuple[Section, ...]:
    """Cut a document where a heading names another year or round and a report's table follows.

    Args:
        document: The document.
        mapping: Roles by heading, as the user has said them.

    Returns:
        The whole document as one section where it speaks of one year.
    """
    starts: list[tuple[int, int, int | None]] = []
    pending: tuple[int, int, int | None] | None = None
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            pending = _named(block, index, pending)
        elif pending is not None and _is_report(block, mapping):
            if not starts or _differs(starts[-1], pending):
                starts.append(pending)
            pending = None
    if len(starts) < 2:
        return (Section(document),)
    first_table = next(i for i, block in enumerate(document.blocks) if isinstance(block, Table))
    preamble = tuple(
        block
        for block in document.blocks[:first_table]
        if isinstance(block, Paragraph) and _year(block) is None and not is_heading(block.text)
    )
    sections = []
    ends = [start for start, _, _ in starts[1:]] + [len(document.blocks)]
    for (start, year, months), end in zip(starts, ends, strict=True):
        # What stands before the first heading of a year belongs to the first section.
        blocks = document.blocks[0 if start == starts[0][0] else start : end]
        own = blocks if start == starts[0][0] else (*preamble, *blocks)
        sections.append(Section(replace(document, blocks=own), year, months))
    return tuple(sections)


def _named(
    paragraph: Paragraph, index: int, pending: tuple[int, int, int | None] | None
) -> tuple[int, int, int | None] | None:
    """The heading that stands before the next table: the last year named, from its first line."""
    year, months = _year(paragraph), round_of(paragraph.text)
    if year is None:
        if pending is not None and months is not None and len(paragraph.text) <= HEADING_LENGTH:
            return pending[0], pending[1], months
        return pending
    if pending is not None and pending[1] == year:
        return pending[0], year, months or pending[2]
    return index, year, months


def _year(paragraph: Paragraph) -> int | None:
    if len(paragraph.text) > HEADING_LENGTH:
        return None
    bare = _BARE_YEAR.fullmatch(to_arabic(paragraph.text))
    return int(bare[1]) if bare else own_year(paragraph)


def _differs(before: tuple[int, int, int | None], now: tuple[int, int, int | None]) -> bool:
    rounds_differ = None not in (before[2], now[2]) and before[2] != now[2]
    return before[1] != now[1] or rounds_differ


def _is_report(table: Table, mapping: Mapping[str, Role] | None) -> bool:
    return any(read_header(row, mapping).is_sure for row in table.rows[:HEADER_ROWS])
