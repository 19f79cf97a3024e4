"""Obligations expanded into occurrences, each with the window in which evidence counts for it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from ita_analysis.frames import plain_rows
from ita_analysis.thai import fiscal_year_span, month_end

REASONS = {
    "after_event": "event_date_unknown",
    "continuous": "no_due_date_continuous",
    "unscheduled": "no_due_date",
    "recurring": "cadence_unknown",
}
"""Why no date can be given to an obligation, by its kind."""

COLUMNS = {
    "measure_no": "int64",
    "obligation_no": "int64",
    "occurrence_no": "int64",
    "actor": "str",
    "kind": "str",
    "window_start_date": "datetime64[s]",
    "due_date": "datetime64[s]",
    "evidence_date": "datetime64[s]",
    "status": "str",
    "days_late": "Int64",
    "reason": "str",
}
"""Columns of the occurrences and their types."""

_HEAD = ("measure_no", "obligation_no", "actor", "kind")
_DATES = ("due_date", "every_months", "every_days", "due_months", "due_day")


@dataclass(frozen=True, slots=True)
class Window:
    """One occurrence of a recurring obligation.

    Attributes:
        start: First day on which evidence counts for it: the day after the previous due date.
        due: Last day on which it does.
    """

    start: dt.date
    due: dt.date


def occurrences(
    measures: pd.DataFrame, obligations: pd.DataFrame, fiscal_year_be: int, as_of: dt.date
) -> pd.DataFrame:
    """Return one row per occurrence of an obligation, with its status.

    A dated obligation has one occurrence; a recurring one has those whose due dates lie in the
    fiscal year; an obligation without a date has one row that cannot be assessed. The measure's
    publication is evidence for every dated obligation of the measure, but for one occurrence of a
    recurring one only: the one whose window holds it. A publication after ``as_of`` is not known
    yet.

    Args:
        measures: As :func:`ita_analysis.register.measures_frame`; ``measure_no`` and
            ``published_date`` are read.
        obligations: As :func:`ita_analysis.register.obligations_frame`.
        fiscal_year_be: Fiscal year of the register.
        as_of: The day the report speaks for.

    Returns:
        Columns COLUMNS. ``days_late``: publication less due date in days, negative when early,
        missing where there is no publication or no due date. ``evidence_date`` is missing where
        the publication proves nothing for the occurrence. ``reason`` only where the status is
        ``not_assessable``.
    """
    published = {
        row["measure_no"]: row["published_date"]
        for row in plain_rows(measures, ["measure_no", "published_date"])
    }
    rows: list[dict[str, Any]] = []
    for obligation in plain_rows(obligations, [*_HEAD, *_DATES]):
        date = published[obligation["measure_no"]]
        known = None if date is None or date.date() > as_of else date.date()
        head = {name: obligation[name] for name in _HEAD}
        body = _occurrences_of(obligation, known, fiscal_year_be, as_of)
        rows += [{**head, "occurrence_no": n, **each} for n, each in enumerate(body, 1)]
    columns = {name: [row.get(name) for row in rows] for name in COLUMNS}
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=kind) for name, kind in COLUMNS.items()}
    )


def _occurrences_of(
    obligation: Mapping[Any, Any], published: dt.date | None, fiscal_year_be: int, as_of: dt.date
) -> list[dict[str, Any]]:
    kind = obligation["kind"]
    if kind == "due":
        return [_dated(obligation["due_date"].date(), published, as_of)]
    windows = recurring_windows(obligation, fiscal_year_be) if kind == "recurring" else []
    if not windows:
        return [{"status": "not_assessable", "reason": REASONS[kind]}]
    return [_recurring(window, published, as_of) for window in windows]


def _dated(due: dt.date, published: dt.date | None, as_of: dt.date) -> dict[str, Any]:
    if due > as_of:
        return {"due_date": due, "status": "not_due"}
    if published is None:
        return {"due_date": due, "status": "no_evidence"}
    days = (published - due).days
    status = "late" if days > 0 else "on_time"
    return {"due_date": due, "evidence_date": published, "status": status, "days_late": days}


def _recurring(window: Window, published: dt.date | None, as_of: dt.date) -> dict[str, Any]:
    row: dict[str, Any] = {"window_start_date": window.start, "due_date": window.due}
    if window.due > as_of:
        return {**row, "status": "not_due"}
    if published is None or not window.start <= published <= window.due:
        return {**row, "status": "no_evidence"}
    days = (published - window.due).days
    return {**row, "evidence_date": published, "status": "on_time", "days_late": days}


def recurring_windows(obligation: Mapping[Any, Any], fiscal_year_be: int) -> list[Window]:
    """Return the occurrences of a recurring obligation that are due within the fiscal year.

    Args:
        obligation: ``every_months``, ``every_days``, ``due_months`` and ``due_day`` are read.
        fiscal_year_be: The fiscal year.

    Returns:
        In order of time; empty where the cadence is not known.
    """
    start, end = fiscal_year_span(fiscal_year_be)
    if not pd.isna(obligation["every_days"]):
        return _every_days(start, end, int(obligation["every_days"]))
    months = _due_months(obligation)
    if not months:
        return []
    day = None if pd.isna(obligation["due_day"]) else int(obligation["due_day"])
    # the year before is walked too: its last due date opens the first window
    dues = [_due(year, month, day) for year, month in _months_of(start, years=2) if month in months]
    return [
        Window(previous + dt.timedelta(days=1), due)
        for previous, due in pairwise(dues)
        if start <= due <= end
    ]


def _due_months(obligation: Mapping[Any, Any]) -> set[int]:
    named = set(obligation["due_months"])
    if named or pd.isna(obligation["every_months"]):
        return named
    step = int(obligation["every_months"])
    # counted from October, the first month of the fiscal year: a quarter ends in December
    return {(9 + count - 1) % 12 + 1 for count in range(step, 13, step)}


def _months_of(start: dt.date, years: int) -> list[tuple[int, int]]:
    first = start.year - (years - 1)
    return [
        (first + (start.month - 1 + count) // 12, (start.month - 1 + count) % 12 + 1)
        for count in range(12 * years)
    ]


def _due(year: int, month: int, day: int | None) -> dt.date:
    if day is None:
        return month_end(year, month)
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _every_days(start: dt.date, end: dt.date, step: int) -> list[Window]:
    windows = []
    while start + dt.timedelta(days=step - 1) <= end:
        windows.append(Window(start, start + dt.timedelta(days=step - 1)))
        start += dt.timedelta(days=step)
    return windows
