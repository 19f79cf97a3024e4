"""What was done on time, what was late and by how much, and what nobody can tell.

Rests on :mod:`ita_analysis.analysis.occurrences`. The register holds one publication date for a
whole measure, so "late" means "not shown to be on time" (docs/methods.md, "Timeliness").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from ita_analysis.analysis.occurrences import occurrences
from ita_analysis.analysis.outcomes import classify_outcome
from ita_analysis.analysis.tallies import Row, grouped, status_columns, summary
from ita_analysis.frames import plain_rows

KINDS = ("due", "recurring", "after_event", "continuous", "unscheduled")
_MEASURE_COLUMNS = [
    "measure_no",
    "tool",
    "indicator_no",
    "sub_indicator",
    "item_code",
    "title_th",
    "responsible_units_th",
    "published_date",
]


@dataclass(frozen=True, slots=True)
class Lateness:
    """Days late among dated obligations that were shown late.

    Attributes:
        n_late: How many were.
        median_days: Median; None where none was late.
        worst_days: Largest; None where none was late.
    """

    n_late: int
    median_days: float | None
    worst_days: int | None


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The timeliness of one agency's register, as of one day.

    Attributes:
        as_of: The day it speaks for.
        obligations: One row per obligation, with its counts of occurrences by status.
        occurrences: One row per occurrence, see :func:`ita_analysis.analysis.occurrences`.
        measures: One row per measure.
        units: One row per responsible unit; a measure with several units counts for each.
            ``unit_th`` is missing for measures that name no unit.
        indicators: One row per indicator; ``indicator_no`` is missing where none is named.
        kinds: One row per kind of obligation.
        lateness: Days late among dated obligations.
    """

    as_of: dt.date
    obligations: pd.DataFrame
    occurrences: pd.DataFrame
    measures: pd.DataFrame
    units: pd.DataFrame
    indicators: pd.DataFrame
    kinds: pd.DataFrame
    lateness: Lateness

    def count(self, kind: str | None = None, status: str | None = None) -> int:
        """Return the number of occurrences of a kind and a status; None counts all."""
        numbers = self.kinds["n_occurrences" if status is None else f"n_{status}"]
        pairs = zip(self.kinds["kind"], numbers, strict=True)
        return sum(int(number) for each, number in pairs if kind in {None, each})

    @property
    def n_assessed(self) -> int:
        """Dated obligations that had come due: the denominator of the headline."""
        return sum(self.count("due", status) for status in ("on_time", "late", "no_evidence"))


def timeliness(
    measures: pd.DataFrame,
    obligations: pd.DataFrame,
    fiscal_year_be: int,
    as_of: dt.date,
    oit_window_end: dt.date | None = None,
) -> Timeliness:
    """Assess the timeliness of a register.

    Args:
        measures: As :func:`ita_analysis.register.frames.measures_frame`.
        obligations: As :func:`ita_analysis.register.frames.obligations_frame`.
        fiscal_year_be: Fiscal year of the register.
        as_of: The day to speak for.
        oit_window_end: Last day on which the year's OIT answers were collected; None if unknown.

    Returns:
        The tables of :class:`Timeliness`. Shares are in per cent of the dated obligations that
        had come due (on time, late or without evidence); missing where there is none.
    """
    table = occurrences(measures, obligations, fiscal_year_be, as_of)
    rows = _labelled(table, measures)
    by_unit = [{**row, "unit_th": unit} for row in rows for unit in row["units"] or (None,)]
    return Timeliness(
        as_of=as_of,
        obligations=_obligations(obligations, rows, measures),
        occurrences=table,
        measures=_measures(measures, rows, oit_window_end, as_of),
        units=summary(grouped(by_unit, "unit_th"), "unit_th", "str"),
        indicators=summary(grouped(rows, "indicator_no"), "indicator_no", "Int64"),
        kinds=_kinds(rows),
        lateness=_lateness(rows),
    )


def _lateness(rows: Sequence[Row]) -> Lateness:
    days = [row["days_late"] for row in rows if (row["kind"], row["status"]) == ("due", "late")]
    if not days:
        return Lateness(0, None, None)
    return Lateness(len(days), float(median(days)), max(days))


def _labelled(table: pd.DataFrame, measures: pd.DataFrame) -> list[dict[str, Any]]:
    """Occurrences with the indicator and the units of their measure."""
    names = ["measure_no", "indicator_no", "responsible_units_th"]
    labels = {
        row["measure_no"]: {"indicator_no": row["indicator_no"], "units": row[names[-1]]}
        for row in plain_rows(measures, names)
    }
    columns = ["measure_no", "obligation_no", "kind", "status", "days_late", "reason"]
    return [{**row, **labels[row["measure_no"]]} for row in plain_rows(table, columns)]


def _kinds(rows: Sequence[Row]) -> pd.DataFrame:
    """One row per kind, also those of which there is none, with every status."""
    groups: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for row in rows:
        groups[row["kind"]].append(row)
    members = groups.values()
    table = pd.DataFrame({"kind": pd.Series(KINDS, dtype="str")})
    table["n_obligations"] = [len({_key(row) for row in group}) for group in members]
    table["n_occurrences"] = [len(group) for group in members]
    return table.assign(**status_columns(members))


def _key(row: Row) -> tuple[int, int]:
    return row["measure_no"], row["obligation_no"]


def _obligations(
    obligations: pd.DataFrame, rows: Sequence[Row], measures: pd.DataFrame
) -> pd.DataFrame:
    """Obligations with their measure's columns and what became of their occurrences."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    keys = zip(obligations["measure_no"], obligations["obligation_no"], strict=True)
    members = [groups[key] for key in keys]
    counts = pd.DataFrame({"n_occurrences": list(map(len, members)), **status_columns(members)})
    for name, kind in {"status": "str", "days_late": "Int64", "reason": "str"}.items():
        # What came of a single occurrence; of several there is no one answer.
        values = [group[0][name] if len(group) == 1 else None for group in members]
        counts[name] = pd.Series(values, dtype=kind)
    at = {number: position for position, number in enumerate(measures["measure_no"])}
    own = measures[_MEASURE_COLUMNS[1:]].take([at[each] for each in obligations["measure_no"]])
    parts = (obligations, own, counts)
    return pd.concat([part.reset_index(drop=True) for part in parts], axis=1)


def _measures(
    measures: pd.DataFrame, rows: Sequence[Row], oit_window_end: dt.date | None, as_of: dt.date
) -> pd.DataFrame:
    """Measures with their counts, how their outcome is backed, and whether OIT could see them."""
    groups = grouped(rows, "measure_no")
    by_measure = {number: groups.get(number, []) for number in measures["measure_no"]}
    counts = summary(by_measure, "measure_no", "int64").drop(columns=["measure_no", "n_measures"])
    outcomes = [classify_outcome(text) for text in measures["outcome_th"]]
    counts["outcome_class"] = pd.Series([o.outcome_class for o in outcomes], dtype="str")
    counts["outcome_words_th"] = pd.Series([o.words or None for o in outcomes], dtype="str")
    is_after: list[bool | None] = [None] * len(measures)
    if oit_window_end is not None:
        is_after = [
            row["tool"] == "OIT"
            and row["published_date"] is not None
            and oit_window_end < row["published_date"].date() <= as_of
            for row in plain_rows(measures, ["tool", "published_date"])
        ]
    counts["is_after_oit_window"] = pd.Series(is_after, dtype="boolean")
    parts = (measures[_MEASURE_COLUMNS], counts)
    return pd.concat([part.reset_index(drop=True) for part in parts], axis=1)
