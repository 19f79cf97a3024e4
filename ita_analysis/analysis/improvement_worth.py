"""What each part of the score is worth this year, where it stands, and what aims at it."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from ita_analysis.analysis.comparison_years import typed
from ita_analysis.analysis.improvement_aims import AIM_TYPES
from ita_analysis.frameworks import Framework
from ita_analysis.scores import Computed, Worth, round_half_up, worth

WORTH_TYPES = {
    "level": "str",
    "code": "str",
    "parent_code": "str",
    "tool": "str",
    "name_th": "str",
    "name_en": "str",
    "score_before_pct": "Float64",
    "score_pct": "Float64",
    "points_per_point": "Float64",
    "n_items": "Int64",
    "points_per_item": "Float64",
    "room_points": "Float64",
    "rule_basis": "str",
}
"""Columns of :func:`worth_rows` before those of the aims."""

_Told = dict[tuple[str, str], Worth]

PLACES = 4
"""Decimals of overall points in tables: an item of FY2564 is worth 0.4444."""


def worth_rows(
    framework: Framework,
    computed: Computed | None,
    before: Computed | None,
    aims: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per indicator, sub-indicator and OIT item, in the framework's order.

    Args:
        framework: The rules of the year.
        computed: The scores of the year; None where there are none.
        before: The scores of the year before, where its parts are the same ones; else None.
        aims: As :func:`ita_analysis.analysis.improvement_aims.aim_rows`.

    Returns:
        Columns WORTH_TYPES and those of the aims (0 and missing where nothing aims at the part).
        ``points_per_point``: overall points that one percentage point of it is worth;
        ``points_per_item``: overall points that one of its items is worth; ``room_points``:
        overall points from its score to 100. Worth is missing where the year's rule is unknown.
    """
    told: _Told = {(each.level, each.code): each for each in worth(framework)}
    rows: list[dict[str, object]] = []
    for indicator in framework.indicators.entries:
        code, tool = str(indicator.indicator_no), indicator.tool
        names: tuple[str, str | None] = (indicator.title_th, indicator.title_en)
        rows.append(_row(("indicator", code, tool, tool), names, told, computed, before))
        for sub in framework.sub_indicators_of(indicator.indicator_no):
            names = (sub.title_th, sub.title_en)
            rows.append(
                _row(("sub_indicator", sub.code, code, tool), names, told, computed, before)
            )
            for item in framework.items_of(sub.code):
                # a code means another item in another year: no score of the year before
                key = ("item", item.code, sub.code, tool)
                rows.append(_row(key, (item.title_th, None), told, computed, None))
    table = typed(rows, WORTH_TYPES)
    table = table.merge(aims, on=["level", "code"], how="left", validate="one_to_one")
    counts = {name: 0 for name, kind in AIM_TYPES.items() if kind == "int64"}
    return table.fillna(counts).astype(dict.fromkeys(counts, "int64"))


def _row(
    key: tuple[str, str, str, str],
    names: tuple[str, str | None],
    told: _Told,
    computed: Computed | None,
    before: Computed | None,
) -> dict[str, object]:
    level, code, parent, tool = key
    known = told.get((level, code))
    score = computed.exact.get(code) if computed else None
    room = None if known is None or score is None else (100 - score) * known.points_per_point
    return {
        "level": level,
        "code": code,
        "parent_code": parent,
        "tool": tool,
        "name_th": names[0],
        "name_en": names[1],
        "score_before_pct": before.score(code) if before else None,
        "score_pct": computed.score(code) if computed else None,
        "points_per_point": _points(known.points_per_point if known else None),
        "n_items": known.n_items if known else None,
        "points_per_item": _points(known.points_per_item if known else None),
        "room_points": _points(room),
        "rule_basis": known.basis if known else None,
    }


def _points(value: Fraction | None) -> object:
    return None if value is None else round_half_up(value, PLACES)
