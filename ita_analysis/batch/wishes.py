"""What the user asked for, as plain values: years, names, the day to speak for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ita_analysis.errors import Fault, UsageError
from ita_analysis.texts import fault
from ita_analysis.thai.dates import parse_date
from ita_analysis.thai.digits import to_arabic
from ita_analysis.thai.model import DateError, Precision

FIRST_YEAR, LAST_YEAR = 2500, 2700
"""Fiscal years (BE) outside these are slips, often Common Era years."""

SHOWN_NAMES = 12
"""Most names listed in a message."""

Span = tuple[int, int]
"""The first and the last of some fiscal years (BE)."""

_SPAN = re.compile(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?")


@dataclass(frozen=True)
class Wishes:
    """The choice of reports; an empty choice means all that the data hold.

    Attributes:
        years: Spans of fiscal years (BE), each from its first to its last year.
        agencies: Agency ids.
        notebooks: Names of notebooks, without ``.ipynb``.
        langs: Languages of the reports.
        as_of: Day that the reports speak for; None for each register's own.
    """

    years: tuple[Span, ...] = ()
    agencies: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    langs: tuple[str, ...] = ("th",)
    as_of: date | None = None


def parse_years(words: Iterable[str]) -> tuple[Span, ...]:
    """Read fiscal years: ``2566``, ``๒๕๖๖``, ``2564-2566``, ``2564,2566``, in any mixture.

    Returns:
        The spans as they stand there; a single year is a span of one.

    Raises:
        UsageError: A word is no year of the Buddhist Era, or a span runs backwards.
    """
    spans: list[Span] = []
    faults: list[Fault] = []
    for piece in split_names(words):
        span = _SPAN.fullmatch(to_arabic(piece))
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if FIRST_YEAR <= first <= last <= LAST_YEAR:
            spans.append((first, last))
        else:
            faults.append(fault("not_a_year", found=piece))
    if faults:
        raise UsageError(faults)
    return tuple(spans)


def split_names(words: Iterable[str]) -> tuple[str, ...]:
    """Return the names in repeated and comma-separated words, each once, in order."""
    pieces = (piece.strip() for word in words for piece in word.split(","))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def unknown(code: str, found: object, allowed: Sequence[object]) -> Fault:
    """Return the fault for a name that does not exist, with the nearest existing ones first."""
    names = [str(name) for name in allowed]
    near = get_close_matches(str(found), names, n=3)
    ordered = list(dict.fromkeys([*near, *names]))
    shown = ", ".join(ordered[:SHOWN_NAMES]) + (" …" if len(ordered) > SHOWN_NAMES else "")
    return fault(code, found=str(found), allowed=shown or "–")


def parse_day(text: str) -> date:
    """Read one day, ISO or as Thais write it (``30 ก.ย. 2566``).

    Raises:
        UsageError: It is not one single day.
    """
    try:
        found = parse_date(text)
    except DateError as error:
        raise UsageError(fault(f"date_{error.code}", found=text)) from error
    if found.precision is not Precision.DAY:
        raise UsageError(fault("date_not_a_date", found=text))
    return found.end
