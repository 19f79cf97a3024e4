"""What an item, a sub-indicator and an indicator are worth in overall points.

Source: weights, rule and counts of the year's framework. With weight w of the tool, n indicators
in it, m sub-indicators in the indicator and k items in the sub-indicator: one point of the
indicator is worth w / n overall points, one of the sub-indicator w / (n m), one item (from 0 to
100) 100 w / (n m k). Worth below the indicator is only told where the year's rule is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ita_analysis.frameworks import Basis, Framework
from ita_analysis.scores.formula import Computed, knows_oit_rule, oit_basis

Level = Literal["tool", "indicator", "sub_indicator", "item"]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one part of the score is worth.

    Attributes:
        level: tool, indicator, sub_indicator or item.
        code: IIT, 9, 9.2, o42.
        parent: Code of the level above it: the tool of an indicator and so on; ``overall`` for a
            tool.
        title_th: Its title in Thai.
        title_en: Its title in English; None where there is none (items).
        points_per_point: Overall points that one percentage point of it is worth.
        points_full: Overall points between 0 and 100 of it; for an item, what a miss costs.
        n_items: Number of its items; None where unknown or not of OIT.
        basis: The least sure basis of what this rests on.
    """

    level: Level
    code: str
    parent: str
    title_th: str
    title_en: str | None
    points_per_point: Fraction
    n_items: int | None
    basis: Basis

    @property
    def points_full(self) -> Fraction:
        """Overall points between 0 and 100."""
        return 100 * self.points_per_point

    @property
    def points_per_item(self) -> Fraction | None:
        """Overall points that one item of it is worth; None where it has no counted items."""
        return self.points_full / self.n_items if self.n_items else None


def worth(framework: Framework) -> list[Worth]:
    """Return the worth of tools, indicators and, where the rule is known, of what lies below.

    Returns:
        In the framework's order: each tool, its indicators, their sub-indicators and items. Empty
        where the year's weights are unknown. Sub-indicators and items are left out where the
        year's OIT rule or counts are unknown (see :func:`knows_oit_rule`).
    """
    basis = framework.rule.overall.basis
    if basis == "unknown":
        return []
    rows = []
    for tool in framework.tools.entries:
        weight = Fraction(tool.weight)
        rows.append(
            Worth("tool", tool.code, "overall", tool.title_th, tool.title_en, weight, None, basis)
        )
        indicators = framework.indicators_of(tool.code)
        for each in indicators:
            share = weight / len(indicators)
            code = str(each.indicator_no)
            rows.append(
                Worth(
                    "indicator", code, tool.code, each.title_th, each.title_en, share, None, basis
                )
            )
            if tool.code == "OIT" and knows_oit_rule(framework):
                rows += _below(framework, each.indicator_no, share)
    return rows


def _below(framework: Framework, indicator_no: int, share: Fraction) -> list[Worth]:
    basis = oit_basis(framework)
    subs = framework.sub_indicators_of(indicator_no)
    rows = []
    for sub in subs:
        part = share / len(subs)
        rows.append(
            Worth(
                "sub_indicator",
                sub.code,
                str(indicator_no),
                sub.title_th,
                sub.title_en,
                part,
                sub.n_items,
                basis,
            )
        )
        items = framework.items_of(sub.code)
        rows += [
            Worth("item", item.code, sub.code, item.title_th, None, part / len(items), None, basis)
            for item in items
        ]
    return rows


def worth_of(framework: Framework, code: str) -> Worth | None:
    """Return the worth of one tool, indicator, sub-indicator or item; None where not told."""
    return next((row for row in worth(framework) if row.code == code), None)


def room(framework: Framework, computed: Computed) -> dict[str, Fraction]:
    """Return the overall points still to be won, by code, where the score is known.

    A level's points are those of its parts together: do not add levels up.

    Args:
        framework: The rules of the year.
        computed: The scores of the year.
    """
    scores: Mapping[str, Fraction] = computed.exact
    return {
        row.code: (100 - scores[row.code]) * row.points_per_point
        for row in worth(framework)
        if row.code in scores
    }
