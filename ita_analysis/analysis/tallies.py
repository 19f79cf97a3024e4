"""Occurrences counted by measure, unit, indicator or kind.

A register has some dozens of rows. Grouped frames would cost a hundred times what they weigh, in
every report: the rows are counted in plain Python, and become a frame once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

STATUSES = ("on_time", "late", "no_evidence", "not_due", "not_assessable")
"""Every status an occurrence can have."""

Row = Mapping[str, Any]
"""An occurrence, with the columns that it is grouped by; None where missing."""


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Return the rows by the value of a column, in order of the values; a missing one is None."""
    groups: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return {each: groups[each] for each in sorted(groups, key=lambda each: (each is None, each))}


def summary(groups: Mapping[Any, Sequence[Row]], key: str, key_type: str) -> pd.DataFrame:
    """Return counts and shares by the values of a column.

    The counts ``n_<status>`` and the share are of dated obligations alone; recurring occurrences
    and what cannot be assessed stand beside them and are never mixed in.

    Args:
        groups: Value -> its occurrences; there may be none.
        key: Name of the column of the values.
        key_type: Its pandas type.

    Returns:
        One row per value. ``share_on_time_pct`` and ``worst_days_late`` are missing where nothing
        had come due, or nothing was late.
    """
    columns: dict[str, pd.Series[Any]] = {key: pd.Series(list(groups), dtype=key_type)}
    tallies = [_tally(group) for group in groups.values()]
    types = {"share_on_time_pct": "float64", "worst_days_late": "Int64"}
    for name in _TALLY:
        values = [tally[name] for tally in tallies]
        columns[name] = pd.Series(values, dtype=types.get(name, "int64"))
    return pd.DataFrame(columns)


_TALLY = (
    "n_measures",
    "n_occurrences",
    "n_dated",
    *(f"n_{status}" for status in STATUSES[:-1]),
    "share_on_time_pct",
    "worst_days_late",
    "n_recurring_due",
    "n_recurring_with_evidence",
    "n_not_assessable",
)


def _tally(rows: Sequence[Row]) -> dict[str, Any]:
    pairs = Counter((row["kind"], row["status"]) for row in rows)
    dated = {f"n_{status}": pairs["due", status] for status in STATUSES[:-1]}
    n_assessed = dated["n_on_time"] + dated["n_late"] + dated["n_no_evidence"]
    with_evidence = pairs["recurring", "on_time"]
    days = [row["days_late"] for row in rows if row["kind"] == "due" and row["status"] == "late"]
    return {
        "n_measures": len({row["measure_no"] for row in rows}),
        "n_occurrences": len(rows),
        "n_dated": sum(n for (kind, _), n in pairs.items() if kind == "due"),
        **dated,
        "share_on_time_pct": 100 * dated["n_on_time"] / n_assessed if n_assessed else None,
        "worst_days_late": max(days, default=None),
        "n_recurring_due": with_evidence + pairs["recurring", "no_evidence"],
        "n_recurring_with_evidence": with_evidence,
        "n_not_assessable": sum(n for (_, status), n in pairs.items() if status == STATUSES[-1]),
    }


def status_columns(groups: Iterable[Iterable[Row]]) -> dict[str, pd.Series[Any]]:
    """Return the number of rows of each status (``n_<status>``), one value per group."""
    counts = [Counter(row["status"] for row in group) for group in groups]
    return {f"n_{status}": _whole([each[status] for each in counts]) for status in STATUSES}


def _whole(values: list[int]) -> pd.Series[Any]:
    return pd.Series(values, dtype="int64")
