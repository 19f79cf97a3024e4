"""Which missed OIT items give a published indicator score.

OIT items are 100 or 0 and an indicator is the mean of its sub-indicators' means (where the year's
rule says so), so few misses give few values: a published score betrays its misses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ita_analysis.errors import UsageError
from ita_analysis.frameworks import Framework, SubIndicator
from ita_analysis.scores.formula import knows_oit_rule, oit_indicator_score
from ita_analysis.scores.numbers import round_half_up
from ita_analysis.texts import fault

MAX_MISSES = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """One set of misses that gives the score.

    Attributes:
        misses: Number of items that scored 0, by sub-indicator; without those that missed none.
        n_misses: Their sum.
        score_pct: The score that these misses give, two decimals.
    """

    misses: dict[str, int]
    n_misses: int
    score_pct: Decimal

    def as_json(self) -> dict[str, object]:
        """Return the record that ``ita explain --json`` prints."""
        return {
            "misses": self.misses,
            "n_misses": self.n_misses,
            "score_pct": float(self.score_pct),
        }


def explain(
    framework: Framework, indicator_no: int, score_pct: Decimal, max_misses: int = MAX_MISSES
) -> list[Explanation]:
    """Return every set of up to ``max_misses`` missed items that gives an indicator's score.

    Args:
        framework: The rules of the year.
        indicator_no: An OIT indicator, 9 or 10.
        score_pct: The score as published, with two decimals.
        max_misses: Most items missed.

    Returns:
        The explanations, fewest misses first, then by sub-indicator; empty where there is none.

    Raises:
        UsageError: The year's OIT rule or counts are unknown, the indicator is not one of OIT, or
            the score is not within 0 and 100.
    """
    check_oit_question(framework, indicator_no)
    if not score_pct.is_finite() or not 0 <= score_pct <= 100:
        raise UsageError(fault("score_out_of_range", found=str(score_pct)))
    subs = framework.sub_indicators_of(indicator_no)
    found = []
    for misses in _multisets(list(subs), max_misses):
        score = round_half_up(oit_indicator_score(framework, indicator_no, misses))
        if score == score_pct:
            found.append(Explanation(misses, sum(misses.values()), score))
    order = [sub.code for sub in subs]
    return sorted(
        found, key=lambda each: (each.n_misses, [-each.misses.get(code, 0) for code in order])
    )


def check_oit_question(framework: Framework, indicator_no: int) -> None:
    """Refuse, by name, what the year's framework cannot answer about OIT items.

    Raises:
        UsageError: The indicator is not one of OIT, or rule and counts are unknown.
    """
    numbers = [each.indicator_no for each in framework.indicators_of("OIT")]
    if indicator_no not in numbers:
        allowed = ", ".join(map(str, numbers))
        raise UsageError(fault("not_an_oit_indicator", found=str(indicator_no), allowed=allowed))
    if not knows_oit_rule(framework):
        year = framework.fiscal_year_be
        raise UsageError(fault("oit_rule_unknown", found=str(year), fiscal_year_be=year))


def _multisets(subs: list[SubIndicator], left: int) -> Iterator[dict[str, int]]:
    if not subs:
        yield {}
        return
    first, *rest = subs
    for count in range(min(left, first.n_items or 0) + 1):
        for others in _multisets(rest, left - count):
            yield {first.code: count, **others} if count else others
