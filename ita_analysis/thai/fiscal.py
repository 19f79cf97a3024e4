"""The Thai government's fiscal year: 1 October to 30 September, named by the year it ends in.

All years named ``fy`` or ``*_be`` are Buddhist Era (BE = CE + 543); all dates are real calendar
days. Quarter 1 is October to December.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

BE_OFFSET = 543
"""Years between the Buddhist and the Common Era."""

FIRST_MONTH = 10
"""The fiscal year begins with October."""


def be_to_ce(year_be: int) -> int:
    """Return the Common Era year of a Buddhist Era year."""
    return year_be - BE_OFFSET


def ce_to_be(year_ce: int) -> int:
    """Return the Buddhist Era year of a Common Era year."""
    return year_ce + BE_OFFSET


def month_end(year_ce: int, month: int) -> date:
    """Return the last day of a month.

    Raises:
        ValueError: There is no such month.
    """
    return date(year_ce, month, monthrange(year_ce, month)[1])


def fiscal_year_be(day: date) -> int:
    """Return the fiscal year (BE) that a day lies in."""
    return ce_to_be(day.year + (day.month >= FIRST_MONTH))


def fiscal_year_span(fy: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year."""
    year = be_to_ce(fy)
    return date(year - 1, FIRST_MONTH, 1), date(year, 9, 30)


def month_in_fiscal_year(fy: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a calendar month within a fiscal year.

    Raises:
        ValueError: There is no such month.
    """
    year = be_to_ce(fy) - (month >= FIRST_MONTH)
    return date(year, month, 1), month_end(year, month)


def quarter_span(fy: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter of a fiscal year (1 is October to December).

    Raises:
        ValueError: The quarter is not 1, 2, 3 or 4.
    """
    return _part_span(fy, quarter, months=3)


def half_span(fy: int, half: int) -> tuple[date, date]:
    """Return the first and the last day of a half of a fiscal year (1 is October to March).

    Raises:
        ValueError: The half is not 1 or 2.
    """
    return _part_span(fy, half, months=6)


def fiscal_months(fy: int) -> list[date]:
    """Return the first days of the twelve months of a fiscal year, from October on."""
    months = ((FIRST_MONTH - 1 + step) % 12 + 1 for step in range(12))
    return [month_in_fiscal_year(fy, month)[0] for month in months]


def _part_span(fy: int, part: int, months: int) -> tuple[date, date]:
    if not 1 <= part <= 12 // months:
        raise ValueError(part)
    firsts = fiscal_months(fy)[(part - 1) * months : part * months]
    return firsts[0], month_end(firsts[-1].year, firsts[-1].month)
