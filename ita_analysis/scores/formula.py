"""The score of a year from its parts.

A level is made from the level below where that is complete, else it is what was given, else it is
missing. Nothing is guessed: where the year's framework does not know a rule or a count, the gap
says so by name.

Sources: ``rule`` of the year's framework. A tool is the mean of its indicators; the overall score
is the weighted sum of the tools; an OIT indicator is the mean of its sub-indicators, each the mean
of its items. Rounding happens at the end only, half up, to two decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_analysis.frameworks import BASES, Basis, Framework
from ita_analysis.scores.numbers import mean, round_half_up

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a level could not be made from the level below.

    Attributes:
        code: The level that was not made, for example ``overall`` or ``9``.
        missing: Codes of the parts that are missing; empty where the rule is unknown.
        is_rule_unknown: Whether the year's framework does not know rule or item counts.
    """

    code: str
    missing: tuple[str, ...] = ()
    is_rule_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """What follows from the scores of one agency in one year.

    Attributes:
        fiscal_year_be: Fiscal year in the Buddhist Era.
        exact: Unrounded percentage by code, computed where the parts are complete, else as given.
            The overall score is there only if it was computed.
        computed: Codes that were computed here.
        basis: The least sure basis of the rules that were used; None where nothing was computed.
        gaps: What could not be made, and why.
    """

    fiscal_year_be: int
    exact: Mapping[str, Fraction]
    computed: frozenset[str]
    basis: Basis | None
    gaps: tuple[Gap, ...]

    def score(self, code: str) -> Decimal | None:
        """Return a percentage with two decimals; None where it is missing."""
        value = self.exact.get(code)
        return None if value is None else round_half_up(value)


class _Work:
    """The state of one computation."""

    def __init__(self, framework: Framework, values: Mapping[str, Decimal]) -> None:
        self.framework = framework
        self.exact = {code: Fraction(value) for code, value in values.items() if code != OVERALL}
        self.computed: set[str] = set()
        self.bases: set[Basis] = set()
        self.gaps: list[Gap] = []

    def make(self, code: str, weights: Mapping[str, Fraction], bases: tuple[Basis, ...]) -> None:
        """Make a level as the weighted sum of its parts, or note what is missing."""
        missing = tuple(part for part in weights if part not in self.exact)
        if missing:
            if code not in self.exact:
                self.gaps.append(Gap(code, missing))
            return
        self.exact[code] = sum(
            (self.exact[part] * weight for part, weight in weights.items()), Fraction()
        )
        self.computed.add(code)
        self.bases.update(bases)


def compute(framework: Framework, values: Mapping[str, Decimal]) -> Computed:
    """Compute sub-indicators, indicators, tools and the overall score.

    Args:
        framework: The rules of the year.
        values: Percentage (0 to 100) by code: ``overall``, ``IIT``, ``9``, ``9.2``, ``o42``.
            Missing scores are absent. A given overall score is not used.
    """
    work = _Work(framework, values)
    _make_oit(work)
    for tool in framework.tools.entries:
        parts = [str(each.indicator_no) for each in framework.indicators_of(tool.code)]
        basis = framework.rule.overall.basis
        if basis == "unknown":
            if tool.code not in work.exact:
                work.gaps.append(Gap(tool.code, is_rule_unknown=True))
            continue
        work.make(tool.code, _equal(parts), (basis,))
    if framework.rule.overall.basis == "unknown":
        work.gaps.append(Gap(OVERALL, is_rule_unknown=True))
    else:
        weights = {tool.code: Fraction(tool.weight) for tool in framework.tools.entries}
        work.make(OVERALL, weights, (framework.rule.overall.basis, framework.tools.basis))
    least_sure = max(work.bases, key=BASES.index) if work.bases else None
    return Computed(
        framework.fiscal_year_be,
        work.exact,
        frozenset(work.computed),
        least_sure,
        tuple(work.gaps),
    )


def _make_oit(work: _Work) -> None:
    framework = work.framework
    rule = framework.rule.oit_indicator
    block = framework.sub_indicators
    for indicator in framework.indicators_of("OIT"):
        code = str(indicator.indicator_no)
        if not knows_oit_rule(framework):
            if code not in work.exact:
                work.gaps.append(Gap(code, is_rule_unknown=True))
            continue
        subs = framework.sub_indicators_of(indicator.indicator_no)
        for sub in subs:
            items = [item.code for item in framework.items_of(sub.code)]
            if any(item in work.exact for item in items):
                work.make(sub.code, _equal(items), (rule.basis, block.counts_basis))
        work.make(code, _equal([sub.code for sub in subs]), (rule.basis,))


def knows_oit_rule(framework: Framework) -> bool:
    """Tell whether the year's rule, counts and list of OIT items are all known."""
    return (
        framework.rule.oit_indicator.method == "sub_indicator_means"
        and framework.sub_indicators.counts_basis != "unknown"
        and framework.items.is_complete
    )


def oit_basis(framework: Framework) -> Basis:
    """Return the least sure basis among what an OIT item's worth rests on."""
    parts: tuple[Basis, ...] = (
        framework.rule.oit_indicator.basis,
        framework.sub_indicators.counts_basis,
        framework.rule.overall.basis,
        framework.tools.basis,
    )
    return max(parts, key=BASES.index)


def oit_indicator_score(
    framework: Framework, indicator_no: int, misses: Mapping[str, int]
) -> Fraction:
    """Return an OIT indicator's exact score with some items missed.

    Args:
        framework: The rules of the year, with known OIT rule and counts.
        indicator_no: 9 or 10.
        misses: Number of items that scored 0, by sub-indicator; absent is none.
    """
    return mean(
        100 * (1 - Fraction(misses.get(sub.code, 0), sub.n_items or 1))
        for sub in framework.sub_indicators_of(indicator_no)
    )


def _equal(parts: list[str]) -> dict[str, Fraction]:
    return {part: Fraction(1, len(parts)) for part in parts}
