"""Walking once through a text and reading the dates where they may begin."""

from __future__ import annotations

from collections.abc import Callable

from ita_analysis.thai import grammar
from ita_analysis.thai.atom import Atom
from ita_analysis.thai.day_atoms import read_month, read_number
from ita_analysis.thai.period_atoms import (
    read_calendar_year,
    read_fiscal_year,
    read_half,
    read_quarter,
)

_READERS: dict[str, Callable[[str, int, int], list[Atom]]] = {
    "number": read_number,
    "quarter": read_quarter,
    "half": read_half,
    "fiscal": read_fiscal_year,
    "year": read_calendar_year,
    "month": read_month,
}
"""Who reads on from which kind of beginning (the group names of ``grammar.TRIGGER``)."""


def find_atoms(text: str) -> list[Atom]:
    """Return the dates of a text with Arabic digits, in order, without overlap."""
    atoms: list[Atom] = []
    position = 0
    while trigger := grammar.TRIGGER.search(text, position):
        found = _READERS[str(trigger.lastgroup)](text, trigger.start(), position)
        atoms.extend(found)
        position = max(trigger.end(), found[-1].end) if found else trigger.end()
    return atoms
