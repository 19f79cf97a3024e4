"""What was done on time, what was late and by how much, and what nobody can tell.

Rests on :mod:`ita_analysis.analysis.occurrences`. The register holds one publication date for a
whole measure, so "late" means "not shown to be on time" (docs/methods.md, "Timeliness").
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ita_analysis.analysis.occurrences import occurrences
from ita_analysis.analysis.outcomes import classify_outcome

STATUSES = ("on_time", "late", "no_evidence", "not_due", "not_assessable")
"""Every status an occurrence can have."""

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
_COUNTS = [f"n_{status}" for status in STATUSES]


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
    rows = occurrences(measures, obligations, fiscal_year_be, as_of)
    by_measure = measures[_MEASURE_COLUMNS].copy()
    labelled = rows.merge(
        by_measure[["measure_no", "indicator_no", "responsible_units_th"]],
        on="measure_no",
        validate="many_to_one",
    )
    by_unit = labelled.explode("responsible_units_th").rename(
        columns={"responsible_units_th": "unit_th"}
    )
    per_measure = _summary(rows, ["measure_no"])
    late = rows.loc[(rows["kind"] == "due") & (rows["status"] == "late"), "days_late"]
    return Timeliness(
        as_of=as_of,
        obligations=_obligations(obligations, rows, by_measure),
        occurrences=rows,
        measures=_measures(measures, per_measure, oit_window_end, as_of),
        units=_summary(by_unit, ["unit_th"], by="measure_no"),
        indicators=_summary(labelled, ["indicator_no"], by="measure_no"),
        kinds=_kinds(rows),
        lateness=Lateness(
            n_late=len(late),
            median_days=float(late.median()) if len(late) else None,
            worst_days=int(late.max()) if len(late) else None,
        ),
    )


def _counts(rows: pd.DataFrame, keys: list[str], prefix: str = "n_") -> pd.DataFrame:
    """Number of rows by status, a column for each status, zero where there is none."""
    counted = rows.groupby([*keys, "status"], dropna=False).size().unstack("status", fill_value=0)
    counted = counted.reindex(columns=list(STATUSES), fill_value=0)
    return counted.rename(columns=lambda status: f"{prefix}{status}")


def _summary(rows: pd.DataFrame, keys: list[str], by: str | None = None) -> pd.DataFrame:
    """Counts and shares by key.

    The counts ``n_<status>`` and the share are of dated obligations alone; recurring occurrences
    and what cannot be assessed stand beside them and are never mixed in.
    """
    status, is_dated, is_recurring = (
        rows["status"],
        rows["kind"] == "due",
        rows["kind"] == "recurring",
    )
    # One mark per row and number, summed in a single pass over the groups.
    marks = {
        "n_occurrences": pd.Series(True, index=rows.index),
        "n_dated": is_dated,
        **{f"n_{each}": is_dated & (status == each) for each in STATUSES[:-1]},
        "n_recurring_due": is_recurring & status.isin(["on_time", "no_evidence"]),
        "n_recurring_with_evidence": is_recurring & (status == "on_time"),
        "n_not_assessable": status == "not_assessable",
    }
    groups = rows.assign(**marks).groupby(keys, dropna=False)
    table = groups[list(marks)].sum()
    if by is not None:
        table.insert(0, "n_measures", groups[by].nunique())
    assessed = table["n_on_time"] + table["n_late"] + table["n_no_evidence"]
    at = list(table.columns).index("n_recurring_due")
    share = (100 * table["n_on_time"] / assessed).where(assessed > 0)
    table.insert(at, "share_on_time_pct", share)
    days = rows["days_late"].where(is_dated & (rows["days_late"] > 0))
    worst = days.groupby([rows[key] for key in keys], dropna=False).max()
    table.insert(at + 1, "worst_days_late", worst.astype("Int64"))
    return table.reset_index()


def _kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per kind, also those of which there is none, with every status."""
    per_obligation = rows.drop_duplicates(["measure_no", "obligation_no"])["kind"].value_counts()
    table = pd.DataFrame({"kind": pd.Series(KINDS, dtype="str")})
    table["n_obligations"] = table["kind"].map(per_obligation).fillna(0).astype("int64")
    table["n_occurrences"] = table["kind"].map(rows["kind"].value_counts()).fillna(0)
    counts = _counts(rows, ["kind"]).reset_index()
    table = table.merge(counts, on="kind", how="left")
    whole = ["n_occurrences", *_COUNTS]
    return table.fillna(dict.fromkeys(whole, 0)).astype(dict.fromkeys(whole, "int64"))


def _obligations(
    obligations: pd.DataFrame, rows: pd.DataFrame, by_measure: pd.DataFrame
) -> pd.DataFrame:
    """Obligations with their measure's columns and what became of their occurrences."""
    keys = ["measure_no", "obligation_no"]
    table = obligations.merge(by_measure, on="measure_no", validate="many_to_one")
    counts = _counts(rows, keys).reset_index()
    table = table.merge(counts, on=keys, how="left", validate="one_to_one")
    at = list(table.columns).index("n_on_time")
    table.insert(at, "n_occurrences", table[_COUNTS].sum(axis=1))
    single = rows.drop_duplicates(keys, keep=False)[[*keys, "status", "days_late", "reason"]]
    return table.merge(single, on=keys, how="left", validate="one_to_one")


def _measures(
    measures: pd.DataFrame,
    per_measure: pd.DataFrame,
    oit_window_end: dt.date | None,
    as_of: dt.date,
) -> pd.DataFrame:
    """Measures with their counts, how their outcome is backed, and whether OIT could see them."""
    table = measures[_MEASURE_COLUMNS].merge(per_measure, on="measure_no", how="left")
    counts = [name for name in per_measure.columns if name.startswith("n_")]
    table[counts] = table[counts].fillna(0).astype("int64")
    outcomes = [classify_outcome(text) for text in measures["outcome_th"]]
    table["outcome_class"] = pd.Series([o.outcome_class for o in outcomes], dtype="str")
    table["outcome_words_th"] = pd.Series([o.words or None for o in outcomes], dtype="str")
    known = measures["published_date"] <= pd.Timestamp(as_of)
    after = known & (measures["tool"] == "OIT")
    if oit_window_end is None:
        table["is_after_oit_window"] = pd.Series(pd.NA, index=table.index, dtype="boolean")
    else:
        late = measures["published_date"] > pd.Timestamp(oit_window_end)
        table["is_after_oit_window"] = (after & late).astype("boolean").to_numpy()
    return table
