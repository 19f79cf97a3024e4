"""Rows that go on with the row before: over a page's end, or in cells merged over several rows."""

from __future__ import annotations

import re

from ita_analysis.documents import Cell, Row
from ita_analysis.register.columns import Role
from ita_analysis.register.dated import is_range

_OWN = (Role.TITLE, Role.NUMBER, Role.INDICATOR, Role.ITEM)
_ALSO_OWN = (Role.UNITS, Role.PERIOD)
_THAI_END, _THAI_START = re.compile("[ก-๎]$"), re.compile("^[ก-ฮเ-ไ]")


def continues(
    row: Row, before: Row, roles: tuple[Role, ...], is_first: bool, has_periods: bool = False
) -> bool:
    """Whether a row goes on with the measure before it.

    Its first cells are empty: no number, no indicator and no title. Where neither unit nor period
    stands in it either, the row is no measure of its own. At the top of a page any cell may go on,
    the title too: there the number tells, or what the row before lacks.

    Args:
        row: The row.
        before: The measure's row so far.
        roles: Role of each column, from the header.
        is_first: The row is the first of a page.
        has_periods: Every measure so far has a period of its own, so that a row without one is
            no measure.
    """
    if len(row.cells) > len(roles) or not any(row.texts):
        return False
    held, had = _by_role(row, roles), _by_role(before, roles)
    if not held.keys() & set(_OWN):
        return is_first or not held.keys() & set(_ALSO_OWN)
    return is_first and _goes_on_over_page(held, had, has_periods)


def _goes_on_over_page(held: dict[Role, str], had: dict[Role, str], has_periods: bool) -> bool:
    """Whether a page's first row, which holds a piece of a title, goes on with the one before."""
    if Role.NUMBER in had:
        return Role.NUMBER not in held
    lacks_period = Role.PERIOD not in held
    if lacks_period and (has_periods or (had.keys() >= set(_ALSO_OWN) and Role.UNITS not in held)):
        return True
    parts = had.get(Role.PERIOD, ""), held.get(Role.PERIOD, "")
    return all(parts) and not any(map(is_range, parts)) and is_range(" ".join(parts))


def _by_role(row: Row, roles: tuple[Role, ...]) -> dict[Role, str]:
    return {role: text for text, role in zip(row.texts, roles, strict=False) if text}


def join_rows(first: Row, more: Row, is_page_break: bool) -> Row:
    """Return two rows as one, cell by cell; the place is the first row's.

    Args:
        first: The measure's row.
        more: The row that goes on with it.
        is_page_break: The page parts them, not the author: Thai words are joined without a space.
    """
    width = max(len(first.cells), len(more.cells))
    cells = [
        _join(_cell(first, index), _cell(more, index), is_page_break) for index in range(width)
    ]
    return Row(tuple(cells), first.place)


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else Cell("", row.place)


def _join(first: Cell, more: Cell, is_page_break: bool) -> Cell:
    is_word = is_page_break and _THAI_END.search(first.text) and _THAI_START.search(more.text)
    text = f"{first.text}{'' if is_word else ' '}{more.text}".strip()
    changes = tuple(dict.fromkeys((*first.changes, *more.changes)))
    return Cell(text, first.place, changes)
