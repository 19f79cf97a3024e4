"""The rating by the year's bands, in their order.

Source: ``ratings`` of the year's framework. From FY2566 the better ratings also ask something of
each tool: where a tool that matters is unknown, the ratings that the overall score still allows are
named, and only where that is a single one is the rating known. Bands are applied to scores as they
are published, with two decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_analysis.frameworks import Band, Framework
from ita_analysis.scores.numbers import STEP, round_half_up

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating, or what it can be.

    Attributes:
        rating: Code of the band; None where it cannot be told.
        possible: Codes of the bands that it can be, best first; one where it is told.
        is_pass: Whether every possible band passes (True), none does (False), or None.
        is_deduced: Whether a tool that matters is unknown and the rating is told all the same,
            because the overall score allows no other.
    """

    rating: str | None
    possible: tuple[str, ...]
    is_pass: bool | None
    is_deduced: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that keeps a score from a better rating.

    Attributes:
        code: ``overall`` or a tool.
        score_pct: What it is.
        needed_pct: What the better rating asks for.
    """

    code: str
    score_pct: Decimal
    needed_pct: Decimal


def rate(
    framework: Framework,
    overall: Decimal | None,
    tools: Mapping[str, Decimal | None] | None = None,
) -> Rating:
    """Return the rating of a score.

    Args:
        framework: The rules of the year.
        overall: Overall score with two decimals; None where unknown.
        tools: Scores of IIT, EIT and OIT with two decimals; None or absent where unknown.
    """
    codes = [tool.code for tool in framework.tools.entries]
    known = {code: value for code in codes if (value := (tools or {}).get(code)) is not None}
    if overall is not None:
        within = [band for band in framework.ratings.entries if band.overall_min <= overall]
        best = next(band for band in within if _tools_reach(band, known))
        if best.tool_min is None or len(known) == len(codes):
            return Rating(best.code, (best.code,), best.is_pass)
        low, high = _weakest_tool(framework, overall, known)
        possible = _between(within, low, high)
    else:
        possible = _without_overall(framework, known)
    codes_possible = tuple(band.code for band in possible)
    passes = {band.is_pass for band in possible}
    is_deduced = overall is not None and len(possible) == 1
    return Rating(
        codes_possible[0] if is_deduced else None,
        codes_possible,
        passes.pop() if len(passes) == 1 else None,
        is_deduced,
    )


def band_of(framework: Framework, code: str) -> Band | None:
    """Return a band by its code; None where the year has no such rating."""
    return next((band for band in framework.ratings.entries if band.code == code), None)


def next_band(framework: Framework, code: str) -> Band | None:
    """Return the band above a rating; None for the best one.

    Raises:
        KeyError: The year has no such rating.
    """
    codes = [band.code for band in framework.ratings.entries]
    if code not in codes:
        raise KeyError(code)
    place = codes.index(code)
    return framework.ratings.entries[place - 1] if place else None


def shortfalls(band: Band, overall: Decimal, tools: Mapping[str, Decimal]) -> tuple[Shortfall, ...]:
    """Return what keeps a score from a band: the overall score, tools, or nothing."""
    needs = [("overall", overall, band.overall_min)]
    if band.tool_min is not None:
        needs += [(code, value, band.tool_min) for code, value in tools.items()]
    return tuple(Shortfall(code, value, need) for code, value, need in needs if value < need)


def _tools_reach(band: Band, tools: Mapping[str, Decimal]) -> bool:
    return band.tool_min is None or all(value >= band.tool_min for value in tools.values())


def _weakest_tool(
    framework: Framework, overall: Decimal, known: Mapping[str, Decimal]
) -> tuple[Decimal, Decimal]:
    """Return the lowest and highest score that the weakest tool can have.

    The overall score is known, some tools are not. The weakest is highest where the unknown tools
    are equal, and lowest where all but one of them have 100.
    """
    weights = {tool.code: Fraction(tool.weight) for tool in framework.tools.entries}
    unknown = [code for code in weights if code not in known]
    # The published overall score stands for every exact value that rounds to it.
    slack = Fraction(STEP) / 2
    left = Fraction(overall) - sum(
        (Fraction(value) * weights[code] for code, value in known.items()), Fraction()
    )
    total = sum((weights[code] for code in unknown), Fraction())
    lows, highs = [*map(Fraction, known.values())], [*map(Fraction, known.values())]
    highs.append(_clip((left + slack) / total))
    for code in unknown:
        others = (total - weights[code]) * HUNDRED
        lows.append(_clip((left - slack - others) / weights[code]))
    return round_half_up(min(lows)), round_half_up(min(highs))


def _clip(value: Fraction) -> Fraction:
    return min(max(value, Fraction()), HUNDRED)


def _between(within: list[Band], low: Decimal, high: Decimal) -> list[Band]:
    possible = []
    ceiling: Decimal | None = None
    for band in within:
        floor = band.tool_min or Decimal(0)
        if high >= floor and (ceiling is None or low < ceiling):
            possible.append(band)
        if band.tool_min is None:
            break
        ceiling = floor
    return possible


def _without_overall(framework: Framework, known: Mapping[str, Decimal]) -> list[Band]:
    """Return the bands that the known tools alone do not rule out."""
    weights = {tool.code: Fraction(tool.weight) for tool in framework.tools.entries}
    least = sum((Fraction(value) * weights[code] for code, value in known.items()), Fraction())
    free = sum((weight for code, weight in weights.items() if code not in known), Fraction())
    lowest, highest = round_half_up(least), round_half_up(least + free * HUNDRED)
    possible = []
    for band in framework.ratings.entries:
        if highest >= band.overall_min and _tools_reach(band, known):
            possible.append(band)
            if band.tool_min is None and lowest >= band.overall_min:
                break
    return possible
