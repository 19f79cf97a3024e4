"""The day a report speaks for."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ita_analysis.thai import fiscal_year_span, parse_date


def resolve_as_of(
    as_of: str | dt.date | None,
    fiscal_year_be: int,
    today: dt.date,
    published_dates: pd.Series | None = None,
) -> dt.date:
    """Return the day a report speaks for.

    As the user says; else the last day of the fiscal year or the last publication that the
    register knows, whichever is later; never a day that has not come yet.

    Args:
        as_of: A date, ISO or Thai, or None.
        fiscal_year_be: Fiscal year of the register.
        today: The present day.
        published_dates: Publications that the register knows.

    Raises:
        DateError: The text is no date.
    """
    if isinstance(as_of, dt.date):
        return as_of
    if as_of:
        return parse_date(as_of, fiscal_year_be).end
    last = fiscal_year_span(fiscal_year_be)[1]
    if published_dates is not None and published_dates.notna().any():
        last = max(last, published_dates.max().date())
    return min(last, today)
