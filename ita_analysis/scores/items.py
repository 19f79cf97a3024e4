"""The smallest sets of missed OIT items that lift the OIT score by what is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from heapq import nlargest

from ita_analysis.frameworks import Framework
from ita_analysis.scores.formula import OVERALL, compute
from ita_analysis.scores.rating import rate


@dataclass(frozen=True, slots=True)
class ItemSet:
    """A smallest set of items, told by sub-indicator: items of one are worth the same.

    Attributes:
        mend: Number of missed items to mend, by sub-indicator.
        choices: The missed items to choose from, by sub-indicator.
        n_items: Number of items in the set.
        overall_pct: The overall score it leads to, computed again.
        rating: The rating it leads to: the next one, or a better one.
    """

    mend: dict[str, int]
    choices: dict[str, tuple[str, ...]]
    n_items: int
    overall_pct: Decimal
    rating: str


def smallest_item_sets(
    framework: Framework,
    values: Mapping[str, Decimal],
    missed: Mapping[str, tuple[str, ...]],
    need_points: Fraction,
    limit: int,
) -> tuple[tuple[ItemSet, ...], int]:
    """Return the smallest sets of missed items that lift OIT by some points.

    Args:
        framework: The rules of the year, with known OIT rule and counts.
        values: Percentage by code, with the items.
        missed: The missed items by sub-indicator.
        need_points: Points of OIT that are needed, more than 0.
        limit: Most sets that are returned.

    Returns:
        The sets with the best outcome first, and how many there are in all; none where all missed
        items together do not suffice.
    """
    worth = {code: _worth(framework, code) for code, items in missed.items() if items}
    order = sorted(worth, key=lambda code: worth[code], reverse=True)
    supply = [(code, worth[code], len(missed[code])) for code in order]
    n_items = _fewest(supply, need_points)
    if n_items is None:
        return (), 0
    count = 0

    def counted() -> Iterator[tuple[Fraction, dict[str, int]]]:
        nonlocal count
        for each in _sets(supply, n_items, need_points):
            count += 1
            yield each

    best = nlargest(limit, counted(), key=lambda each: each[0])
    return tuple(_outcome(framework, values, missed, mend) for _, mend in best), count


def _worth(framework: Framework, code: str) -> Fraction:
    sub = framework.sub_indicator(code)
    n_indicators = len(framework.indicators_of("OIT"))
    n_subs = len(framework.sub_indicators_of(sub.indicator_no))
    return Fraction(100, n_indicators * n_subs * len(framework.items_of(code)))


def _fewest(supply: list[tuple[str, Fraction, int]], need: Fraction) -> int | None:
    taken = 0
    for _, worth, number in supply:
        for _ in range(number):
            if need <= 0:
                return taken
            need -= worth
            taken += 1
    return taken if need <= 0 else None


def _most(supply: list[tuple[str, Fraction, int]], n_items: int) -> Fraction | None:
    """Return the most that a number of items can give; None where there are too few items."""
    total = Fraction()
    for _, worth, number in supply:
        taken = min(number, n_items)
        total += taken * worth
        n_items -= taken
    return None if n_items else total


def _sets(
    supply: list[tuple[str, Fraction, int]], n_items: int, need: Fraction
) -> Iterator[tuple[Fraction, dict[str, int]]]:
    """Yield every choice of a number of items that gives at least what is needed."""
    most = _most(supply, n_items)
    if most is None or most < need:
        return
    if not supply:
        yield Fraction(), {}
        return
    (code, worth, number), *rest = supply
    for taken in range(min(number, n_items), -1, -1):
        gained = taken * worth
        for points, mend in _sets(rest, n_items - taken, need - gained):
            yield points + gained, ({code: taken, **mend} if taken else mend)


def _outcome(
    framework: Framework,
    values: Mapping[str, Decimal],
    missed: Mapping[str, tuple[str, ...]],
    mend: dict[str, int],
) -> ItemSet:
    mended = {item for code, number in mend.items() for item in missed[code][:number]}
    computed = compute(framework, {**values, **dict.fromkeys(mended, Decimal(100))})
    overall = computed.score(OVERALL)
    tools = {tool.code: computed.score(tool.code) for tool in framework.tools.entries}
    rating = rate(framework, overall, tools).rating
    if overall is None or rating is None:
        raise ValueError("the scores must give an overall score and a rating")
    choices = {code: missed[code] for code in mend}
    return ItemSet(mend, choices, len(mended), overall, rating)
