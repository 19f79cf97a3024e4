"""The change in the overall score between two years, split by what made it.

Exact: the contributions of the parts add up to the change before rounding. The change is not
split where the two years weigh their parts differently, or where parts are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ita_analysis.frameworks import Framework
from ita_analysis.scores.formula import OVERALL, Computed
from ita_analysis.scores.numbers import STEP, round_half_up


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part gave to the change.

    Attributes:
        level: tool or indicator.
        code: Its code.
        tool: The tool it belongs to.
        change_points: Change of its own score, in percentage points.
        overall_points: What that gave to the overall score, exact.
        shown_points: The same with two decimals, such that all parts of a split add up to the
            change with two decimals.
    """

    level: Literal["tool", "indicator"]
    code: str
    tool: str
    change_points: Fraction
    overall_points: Fraction
    shown_points: Decimal


def contributions(
    framework: Framework, before: Computed, after_framework: Framework, after: Computed
) -> list[Contribution]:
    """Split the change in the computed overall score into parts that add up to it.

    By indicator within each tool whose indicators are known in both years, else by that tool.

    Args:
        framework: The rules of the earlier year.
        before: The scores of the earlier year.
        after_framework: The rules of the later year.
        after: The scores of the later year.

    Returns:
        The parts in the framework's order; empty where the overall score of a year was not
        computed or the years weigh their parts differently.
    """
    if OVERALL not in before.exact or OVERALL not in after.exact:
        return []
    if _shape(framework) != _shape(after_framework):
        return []
    parts: list[tuple[Literal["tool", "indicator"], str, str, Fraction]] = []
    for tool in framework.tools.entries:
        numbers = [str(each.indicator_no) for each in framework.indicators_of(tool.code)]
        weight = Fraction(tool.weight)
        if all(code in before.exact and code in after.exact for code in numbers):
            share = weight / len(numbers)
            parts += [("indicator", code, tool.code, share) for code in numbers]
        else:
            parts.append(("tool", tool.code, tool.code, weight))
    changes = {code: after.exact[code] - before.exact[code] for _, code, _, _ in parts}
    points = {code: changes[code] * share for _, code, _, share in parts}
    shown = _rounded_to_sum(points)
    return [
        Contribution(level, code, tool, changes[code], points[code], shown[code])
        for level, code, tool, _ in parts
    ]


def _shape(framework: Framework) -> object:
    return (
        framework.rule.overall.method,
        [(tool.code, tool.weight) for tool in framework.tools.entries],
        [(each.indicator_no, each.tool) for each in framework.indicators.entries],
    )


def _rounded_to_sum(points: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Round to two decimals so that the parts add up to the rounded sum (largest remainder)."""
    shown = {code: round_half_up(value) for code, value in points.items()}
    rest = round_half_up(sum(points.values(), Fraction())) - sum(shown.values(), Decimal(0))
    step = STEP if rest > 0 else -STEP
    by_error = sorted(
        points, key=lambda code: (Fraction(shown[code]) - points[code]) * (1 if rest > 0 else -1)
    )
    for code in by_error[: int(abs(rest) / STEP)]:
        shown[code] += step
    return shown
