"""Fiscal years along an axis: which are named, and where a line must stop."""

from __future__ import annotations

import pandas as pd

_MOST_NAMES = 6
"""More years than these would touch on a phone."""


def year_ticks(first: int, last: int) -> list[int]:
    """Return the years to name below a plot: all, or every second one where they would touch."""
    step = 1 if last - first < _MOST_NAMES else 2
    return sorted(range(last, first - 1, -step))


def joined(years: pd.DataFrame, name: str) -> tuple[list[float], list[float | None]]:
    """Return a column as points of a line that stops at missing years and at breaks.

    Args:
        years: One row per fiscal year: ``fiscal_year_be``, ``series_no`` and the column.
        name: The column.
    """
    xs: list[float] = []
    ys: list[float | None] = []
    series = None
    for year, number, value in zip(
        years["fiscal_year_be"], years["series_no"], years[name], strict=True
    ):
        if series is not None and number != series:
            xs.append(int(year) - 0.5)
            ys.append(None)
        series = number
        xs.append(int(year))
        ys.append(None if pd.isna(value) else float(value))
    return xs, ys
