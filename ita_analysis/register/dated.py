"""Whether and where a text holds dates, when it does not matter which fiscal year they are in."""

from __future__ import annotations

from functools import lru_cache

from ita_analysis.thai import Mention, Precision, find_dates

_ANY_YEAR = 2566


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[Mention, ...]:
    """Return the dates of a text; a date without a year is taken in any year.

    Kept in memory, because several questions are asked of the same cell.
    """
    return tuple(find_dates(text, _ANY_YEAR))


def is_range(text: str) -> bool:
    """Whether a text gives a stretch of time from one date to another."""
    return any(each.date.precision is Precision.RANGE for each in dates_in(text))
