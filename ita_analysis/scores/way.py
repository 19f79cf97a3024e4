"""The shortest way to the next rating: fewest OIT items, smallest gains of indicators.

Exact. Both questions are of one kind: steps of different worth, each with a limited number, the
fewest steps whose worth reaches a goal. Taking the dearest first gives the most worth for any
number of steps, so the first number that reaches the goal is the smallest there is. From FY2566
each tool has a goal of its own, which is met first, inside the tool. Every answer is checked by
computing score and rating again with the gains in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from ita_analysis.frameworks import Band, Basis, Framework
from ita_analysis.scores.formula import OVERALL, Computed, Gap, compute, knows_oit_rule, oit_basis
from ita_analysis.scores.items import ItemSet, smallest_item_sets
from ita_analysis.scores.numbers import STEP, least_rounding_to, round_half_up
from ita_analysis.scores.rating import Shortfall, next_band, rate, shortfalls


@dataclass(frozen=True, slots=True)
class IndicatorGains:
    """Gains of one or more indicators that together reach the next rating.

    Attributes:
        gains: Percentage points to gain, by indicator.
        total_points: Their sum.
        overall_pct: The overall score they lead to, computed again.
        rating: The rating they lead to: the next one, or a better one.
    """

    gains: dict[str, Decimal]
    total_points: Decimal
    overall_pct: Decimal
    rating: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way from a rating to the next.

    Attributes:
        rating: Today's rating; None where it cannot be told.
        target: The next rating; None at the best one or where today's is unknown.
        shortfalls: What is lacking: the overall score, tools.
        item_sets: Smallest sets of OIT items that reach it, best outcome first; empty where items
            alone cannot, or where which items were missed is not known.
        n_item_sets: How many such sets there are, also beyond those listed.
        n_missed: Number of OIT items known to have been missed; None where unknown.
        single: For each indicator that can reach it alone, the gain it needs; smallest first.
        least: The smallest sum of gains that reaches it; None where none does or scores lack.
        gaps: What is missing for an answer.
        item_basis: How sure the worth of an item is.
        basis: How sure the rule for the overall score is.
    """

    rating: str | None
    target: str | None
    shortfalls: tuple[Shortfall, ...]
    item_sets: tuple[ItemSet, ...]
    n_item_sets: int
    n_missed: int | None
    single: tuple[IndicatorGains, ...]
    least: IndicatorGains | None
    gaps: tuple[Gap, ...]
    item_basis: Basis
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Goal:
    """What must be gained, in exact points, before rounding.

    Attributes:
        overall: Overall points; 0 or less where reached.
        tools: Points of each tool; 0 or less where reached.
    """

    overall: Fraction
    tools: dict[str, Fraction]


def shortest_way(
    framework: Framework,
    values: Mapping[str, Decimal],
    step: Decimal = STEP,
    limit: int = 20,
) -> Way:
    """Return the smallest gains that lead to the next rating.

    Args:
        framework: The rules of the year.
        values: Percentage by code, as for :func:`compute`; OIT items as 100 or 0.
        step: The smallest gain of an indicator, in percentage points.
        limit: Most sets of items that are listed.
    """
    computed = compute(framework, values)
    overall = computed.score(OVERALL)
    codes = [tool.code for tool in framework.tools.entries]
    tools = {code: score for code in codes if (score := computed.score(code)) is not None}
    rating = rate(framework, overall, tools).rating if overall is not None else None
    band = next_band(framework, rating) if rating is not None else None
    missed = _missed(framework, values)
    sets: tuple[ItemSet, ...] = ()
    n_sets = 0
    single: list[IndicatorGains] = []
    least = None
    if overall is not None and band is not None:
        goal = _goal(band, computed, codes)
        if missed:
            sets, n_sets = _by_items(framework, values, goal, missed, limit)
        if not _unknown_indicators(framework, computed):
            single = _each_alone(framework, computed, goal, step)
            least = _together(framework, computed, goal, step)
    lacking = _unknown_indicators(framework, computed)
    gaps = computed.gaps + ((Gap("indicators", lacking),) if lacking else ())
    return Way(
        rating=rating,
        target=band.code if band else None,
        shortfalls=shortfalls(band, overall, tools) if band and overall is not None else (),
        item_sets=sets,
        n_item_sets=n_sets,
        n_missed=None if missed is None else sum(map(len, missed.values())),
        single=tuple(single),
        least=least,
        gaps=gaps,
        item_basis=oit_basis(framework),
        basis=framework.rule.overall.basis,
    )


def _goal(band: Band, computed: Computed, codes: list[str]) -> _Goal:
    floor_pct = None if band.tool_min is None else least_rounding_to(band.tool_min)
    return _Goal(
        least_rounding_to(band.overall_min) - computed.exact[OVERALL],
        {
            code: Fraction() if floor_pct is None else floor_pct - computed.exact[code]
            for code in codes
        },
    )


def _missed(
    framework: Framework, values: Mapping[str, Decimal]
) -> dict[str, tuple[str, ...]] | None:
    """Return the missed items by sub-indicator; None where no sub-indicator's items are known."""
    if not knows_oit_rule(framework):
        return None
    found = {}
    for sub in framework.sub_indicators.entries:
        items = [item.code for item in framework.items_of(sub.code)]
        if all(item in values for item in items):
            found[sub.code] = tuple(item for item in items if values[item] == 0)
    return found or None


def _by_items(
    framework: Framework,
    values: Mapping[str, Decimal],
    goal: _Goal,
    missed: Mapping[str, tuple[str, ...]],
    limit: int,
) -> tuple[tuple[ItemSet, ...], int]:
    if any(need > 0 for code, need in goal.tools.items() if code != "OIT"):
        return (), 0  # the other tools need more than items can give
    weight = Fraction(framework.tool("OIT").weight)
    need = max(goal.overall / weight, goal.tools["OIT"])
    return smallest_item_sets(framework, values, missed, need, limit)


def _unknown_indicators(framework: Framework, computed: Computed) -> tuple[str, ...]:
    codes = [str(each.indicator_no) for each in framework.indicators.entries]
    return tuple(code for code in codes if code not in computed.exact)


def _each_alone(
    framework: Framework, computed: Computed, goal: _Goal, step: Decimal
) -> list[IndicatorGains]:
    found = []
    for each in framework.indicators.entries:
        if any(need > 0 for code, need in goal.tools.items() if code != each.tool):
            continue
        per_step = _tool_gain_per_step(framework, each.tool, step)
        weight = Fraction(framework.tool(each.tool).weight)
        need = max(goal.overall / weight, goal.tools[each.tool])
        code = str(each.indicator_no)
        n_steps = ceil(need / per_step)
        if n_steps <= _room(computed, code, step):
            found.append(_outcome(framework, computed, {code: n_steps}, step))
    return sorted(found, key=lambda gains: gains.total_points)


def _together(
    framework: Framework, computed: Computed, goal: _Goal, step: Decimal
) -> IndicatorGains | None:
    room = {
        str(each.indicator_no): _room(computed, str(each.indicator_no), step)
        for each in framework.indicators.entries
    }
    members = {
        tool.code: [str(each.indicator_no) for each in framework.indicators_of(tool.code)]
        for tool in framework.tools.entries
    }
    worth = {code: _tool_gain_per_step(framework, code, step) for code in members}
    weight = {code: Fraction(framework.tool(code).weight) for code in members}
    n_steps = {code: max(0, ceil(goal.tools[code] / worth[code])) for code in members}
    capacity = {code: sum(room[each] for each in members[code]) for code in members}
    if any(n_steps[code] > capacity[code] for code in members):
        return None
    left = goal.overall - sum(
        (n_steps[code] * worth[code] * weight[code] for code in members), Fraction()
    )
    for code in sorted(members, key=lambda code: worth[code] * weight[code], reverse=True):
        more = ceil(left / (worth[code] * weight[code])) if left > 0 else 0
        more = min(more, capacity[code] - n_steps[code])
        n_steps[code] += more
        left -= more * worth[code] * weight[code]
    if left > 0:
        return None
    gains: dict[str, int] = {}
    for code, count in n_steps.items():
        gains |= _fewest_indicators(members[code], room, count)
    return _outcome(framework, computed, gains, step)


def _fewest_indicators(members: list[str], room: Mapping[str, int], count: int) -> dict[str, int]:
    """Lay a tool's steps on as few of its indicators as can be: most room first."""
    gains = {}
    for code in sorted(members, key=lambda code: room[code], reverse=True):
        taken = min(count, room[code])
        if taken:
            gains[code] = taken
        count -= taken
    return gains


def _tool_gain_per_step(framework: Framework, tool: str, step: Decimal) -> Fraction:
    return Fraction(step) / len(framework.indicators_of(tool))


def _room(computed: Computed, code: str, step: Decimal) -> int:
    return floor((100 - computed.exact[code]) / Fraction(step))


def _outcome(
    framework: Framework, computed: Computed, n_steps: Mapping[str, int], step: Decimal
) -> IndicatorGains:
    gains = {code: count * step for code, count in n_steps.items()}
    indicators = {
        str(each.indicator_no): computed.exact[str(each.indicator_no)]
        + Fraction(gains.get(str(each.indicator_no), Decimal(0)))
        for each in framework.indicators.entries
    }
    tools: dict[str, Fraction] = {}
    total = Fraction()
    for tool in framework.tools.entries:
        members = [
            indicators[str(each.indicator_no)] for each in framework.indicators_of(tool.code)
        ]
        tools[tool.code] = sum(members, Fraction()) / len(members)
        total += tools[tool.code] * Fraction(tool.weight)
    overall = round_half_up(total)
    rating = rate(framework, overall, {code: round_half_up(each) for code, each in tools.items()})
    return IndicatorGains(gains, sum(gains.values(), Decimal(0)), overall, rating.rating or "")
