"""The time axis: months of the Buddhist Era."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ita_analysis.charts.theme import GRID
from ita_analysis.thai.fiscal import ce_to_be
from ita_analysis.thai.months import month_name


def be_month_axis(start: date, end: date, lang: str) -> dict[str, Any]:
    """Return an x axis with the months of the Buddhist Era, each label amid its month.

    The year stands below the first label and below each January ("ต.ค." over "2565"). Spans of
    more than 15 months are labelled by quarter, of more than four years by year.

    Args:
        start: First day shown.
        end: Last day shown.
        lang: Language of the months' names.
    """
    starts = list(_month_starts(start, end))
    step = 1 if len(starts) <= 15 else 3 if len(starts) <= 48 else 12
    middle = timedelta(days=14) if step == 1 else timedelta(0)
    shown = [
        day
        for day in starts
        if start <= day + middle <= end and (step == 1 or (day.month - 10) % step == 0)
    ]
    texts = [
        _month_label(day, lang, with_year=i == 0 or day.year != shown[i - 1].year)
        for i, day in enumerate(shown)
    ]
    return {
        "type": "date",
        "range": [start.isoformat(), (end + timedelta(days=1)).isoformat()],
        "tickmode": "array",
        "tickvals": [(day + middle).isoformat() for day in shown],
        "ticktext": texts,
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "minor": {
            "tickvals": [day.isoformat() for day in starts],
            "showgrid": True,
            "gridcolor": GRID,
        },
    }


def _month_label(day: date, lang: str, *, with_year: bool) -> str:
    name = month_name(day.month, lang, short=True)
    return f"{name}<br>{ce_to_be(day.year)}" if with_year else name


def _month_starts(start: date, end: date) -> Iterator[date]:
    day = start.replace(day=1)
    while day <= end:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)
