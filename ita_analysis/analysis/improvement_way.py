"""The shortest way to the next rating as tables: items step by step, gains of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ita_analysis.analysis.comparison_years import typed
from ita_analysis.frameworks import Framework
from ita_analysis.scores import (
    Explanation,
    Way,
    compute,
    explain,
    rate,
    round_half_up,
    shortest_way,
    worth,
)
from ita_analysis.scores.checks import tool_scores
from ita_analysis.scores.formula import OVERALL, knows_oit_rule

STEP_TYPES = {
    "step_no": "int64",
    "item_code": "str",
    "name_th": "str",
    "sub_indicator": "str",
    "gain_points": "Float64",
    "overall_pct": "Float64",
    "rating": "str",
    "is_in_shortest": "bool",
    "rule_basis": "str",
}
"""Columns of :attr:`WayTables.steps`."""

SET_TYPES = {
    "set_no": "int64",
    "items_by_sub_indicator": "str",
    "n_items": "int64",
    "overall_pct": "Float64",
    "rating": "str",
    "rule_basis": "str",
}
"""Columns of :attr:`WayTables.sets`."""

GAIN_TYPES = {
    "way": "str",
    "indicator_no": "int64",
    "score_pct": "Float64",
    "gain_points": "Float64",
    "needed_pct": "Float64",
    "overall_pct": "Float64",
    "rating": "str",
    "rule_basis": "str",
}
"""Columns of :attr:`WayTables.gains`."""


@dataclass(frozen=True, slots=True)
class WayTables:
    """The shortest way to the next rating.

    Attributes:
        way: The answer as the scores package gives it.
        steps: One row per missed OIT item, the dearest first: what it gives, and the overall
            score and rating once it and those before it are mended. ``is_in_shortest`` marks a
            smallest set that reaches the next rating.
        sets: One row per smallest set of items, best outcome first.
        gains: One row per indicator of a way by indicators: ``way`` is ``alone`` (the indicator
            reaches the next rating by itself) or ``together`` (the smallest sum of gains).
        known_subs: Sub-indicators whose items are all known.
        n_subs: Number of sub-indicators.
        is_rule_known: Whether the year's rule and list of OIT items are known.
        explanations: For each OIT indicator whose items are not known: the sets of misses that
            give its score, fewest first.
    """

    way: Way
    steps: pd.DataFrame
    sets: pd.DataFrame
    gains: pd.DataFrame
    known_subs: tuple[str, ...]
    n_subs: int
    is_rule_known: bool
    explanations: Mapping[int, list[Explanation]]


def way_tables(
    framework: Framework, values: Mapping[str, Decimal], *, is_mean: bool = False
) -> WayTables:
    """Return the shortest way from the scores of one year.

    Args:
        framework: The rules of the year.
        values: Percentage by code, as :func:`ita_analysis.scores.compute` takes them.
        is_mean: Whether these are means over many agencies, whose scores no misses explain.
    """
    way = shortest_way(framework, values)
    known = _known_subs(framework, values)
    return WayTables(
        way=way,
        steps=_steps(framework, values, known, way),
        sets=_sets(way),
        gains=_gains(framework, values, way),
        known_subs=known,
        n_subs=len(framework.sub_indicators.entries),
        is_rule_known=knows_oit_rule(framework),
        explanations={} if is_mean else _explanations(framework, values, known),
    )


def _known_subs(framework: Framework, values: Mapping[str, Decimal]) -> tuple[str, ...]:
    if not knows_oit_rule(framework):
        return ()
    return tuple(
        sub.code
        for sub in framework.sub_indicators.entries
        if all(item.code in values for item in framework.items_of(sub.code))
    )


def _steps(
    framework: Framework, values: Mapping[str, Decimal], subs: tuple[str, ...], way: Way
) -> pd.DataFrame:
    """Mend the missed items one by one, the dearest first: no other order reaches more sooner."""
    told = {each.code: each for each in worth(framework)}
    missed = [item for sub in subs for item in framework.items_of(sub) if values[item.code] == 0]
    missed.sort(key=lambda item: told[item.code].points_full, reverse=True)
    in_shortest = way.item_sets[0].n_items if way.item_sets else 0
    reached = dict(values)
    rows: list[dict[str, object]] = []
    for number, item in enumerate(missed, 1):
        reached[item.code] = Decimal(100)
        computed = compute(framework, reached)
        overall = computed.score(OVERALL)
        rating = rate(framework, overall, tool_scores(framework, computed)).rating
        rows.append(
            {
                "step_no": number,
                "item_code": item.code,
                "name_th": item.title_th,
                "sub_indicator": item.sub_indicator,
                "gain_points": round_half_up(told[item.code].points_full, 4),
                "overall_pct": overall,
                "rating": None if overall is None else rating,
                "is_in_shortest": number <= in_shortest,
                "rule_basis": way.item_basis,
            }
        )
    return typed(rows, STEP_TYPES)


def _sets(way: Way) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "set_no": number,
            "items_by_sub_indicator": "; ".join(f"{code} × {n}" for code, n in each.mend.items()),
            "n_items": each.n_items,
            "overall_pct": each.overall_pct,
            "rating": each.rating,
            "rule_basis": way.item_basis,
        }
        for number, each in enumerate(way.item_sets, 1)
    ]
    return typed(rows, SET_TYPES)


def _gains(framework: Framework, values: Mapping[str, Decimal], way: Way) -> pd.DataFrame:
    computed = compute(framework, values)
    ways = [("alone", each) for each in way.single]
    ways += [("together", way.least)] if way.least else []
    rows: list[dict[str, object]] = []
    for name, gains in ways:
        for code, points in gains.gains.items():
            if points == 0:
                continue
            score = computed.score(code) or Decimal(0)
            rows.append(
                {
                    "way": name,
                    "indicator_no": int(code),
                    "score_pct": score,
                    "gain_points": points,
                    "needed_pct": min(Decimal(100), score + points),
                    "overall_pct": gains.overall_pct,
                    "rating": gains.rating,
                    "rule_basis": way.basis,
                }
            )
    return typed(rows, GAIN_TYPES)


def _explanations(
    framework: Framework, values: Mapping[str, Decimal], known: tuple[str, ...]
) -> dict[int, list[Explanation]]:
    if not knows_oit_rule(framework):
        return {}
    found = {}
    for indicator in framework.indicators_of("OIT"):
        number = indicator.indicator_no
        subs = {sub.code for sub in framework.sub_indicators_of(number)}
        score = values.get(str(number))
        if score is not None and not subs <= set(known):
            found[number] = explain(framework, number, score)
    return found
