"""What the measures of a register aim at, and whether their obligations were met."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ita_analysis.analysis.comparison_years import typed

COUNTS = (
    "n_dated",
    "n_on_time",
    "n_late",
    "n_no_evidence",
    "n_not_due",
    "n_recurring_due",
    "n_recurring_with_evidence",
)
"""Counts of obligations, as the timeliness analysis gives them for each measure."""

AIM_TYPES = {
    "level": "str",
    "code": "str",
    "n_aiming_measures": "int64",
    "n_assessed": "int64",
    **dict.fromkeys(COUNTS, "int64"),
    "worst_days_late": "Int64",
    "measure_nos": "str",
}
"""Columns of :func:`aim_rows`."""

_LEVELS = {"indicator": "indicator_no", "sub_indicator": "sub_indicator", "item": "item_code"}


def aim_rows(measures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per part of the score that a measure names.

    A measure counts for each level that it names: one under sub-indicator 9.2 counts for 9.2 and
    for indicator 9, so levels must not be added up.

    Args:
        measures: As :attr:`ita_analysis.analysis.timeliness.Timeliness.measures`.

    Returns:
        Columns AIM_TYPES. ``n_assessed``: dated obligations that had come due; ``measure_nos``:
        numbers of the measures, joined with ``; ``.
    """
    rows: list[dict[str, object]] = []
    for level, key in _LEVELS.items():
        named = measures[measures[key].notna()]
        for code, group in named.groupby(key, sort=True):
            counts = {name: int(group[name].sum()) for name in COUNTS}
            worst = group["worst_days_late"].max()
            rows.append(
                {
                    "level": level,
                    "code": str(code),
                    "n_aiming_measures": len(group),
                    "n_assessed": assessed(counts),
                    **counts,
                    "worst_days_late": None if pd.isna(worst) else int(worst),
                    "measure_nos": "; ".join(str(number) for number in group["measure_no"]),
                }
            )
    return typed(rows, AIM_TYPES)


def aimed_measures(measures: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """Return the measures with what the part that each aims at is worth, the dearest first.

    Args:
        measures: As :attr:`ita_analysis.analysis.timeliness.Timeliness.measures`.
        worth: As :func:`ita_analysis.analysis.improvement_worth.worth_rows`.

    Returns:
        The measures' columns and ``n_assessed``, ``points_per_item`` (of the sub-indicator; missing
        where none is named or its items are not counted), ``points_per_point`` (of the indicator)
        and ``rule_basis`` of the part that was used.
    """
    parts = {(row["level"], row["code"]): row for row in worth.to_dict("records")}
    table = measures.copy()
    table["n_assessed"] = table["n_on_time"] + table["n_late"] + table["n_no_evidence"]
    found = [_worth_of(row, parts) for row in table.to_dict("records")]
    types = {"points_per_item": "Float64", "points_per_point": "Float64", "rule_basis": "str"}
    table = table.join(typed(found, types).set_index(table.index))
    order = ["points_per_item", "points_per_point", "worst_days_late"]
    return table.sort_values(
        [*order, "measure_no"], ascending=[False, False, False, True], na_position="last"
    ).reset_index(drop=True)


def _worth_of(
    measure: Mapping[object, object], parts: Mapping[tuple[object, object], Mapping[object, object]]
) -> dict[str, object]:
    indicator = parts.get(("indicator", str(measure["indicator_no"])))
    sub = parts.get(("sub_indicator", str(measure["sub_indicator"])))
    shown = sub or indicator
    return {
        "points_per_item": _given(sub, "points_per_item"),
        "points_per_point": _given(indicator, "points_per_point"),
        "rule_basis": _given(shown, "rule_basis"),
    }


def _given(part: Mapping[object, object] | None, name: str) -> object:
    value = None if part is None else part[name]
    return None if pd.isna(value) else value  # type: ignore[call-overload]


def assessed(counts: Mapping[str, int]) -> int:
    """Return how many dated obligations had come due."""
    return counts["n_on_time"] + counts["n_late"] + counts["n_no_evidence"]
