"""The next rating of a year, and what is lacking for it as far as that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ita_analysis.frameworks import Framework
from ita_analysis.scores import Shortfall, Way, next_band, shortfalls
from ita_analysis.scores.rating import band_of


@dataclass(frozen=True, slots=True)
class Target:
    """From which rating to which.

    Attributes:
        rating: This year's rating.
        is_published: Whether it is known only as published.
        target: The next better rating; None at the best one.
        lacking: What is known to be lacking: the overall score, tools.
        unknown_tools: Tools that the next rating looks at and whose scores are not known.
        tool_needed_pct: What the next rating asks of each tool; None where tools do not matter.
    """

    rating: str
    is_published: bool
    target: str | None
    lacking: tuple[Shortfall, ...]
    unknown_tools: tuple[str, ...]
    tool_needed_pct: Decimal | None


def next_target(
    framework: Framework, year: Mapping[str, object] | None, way: Way | None
) -> Target | None:
    """Return the next rating of a year.

    Where all parts are known the rating is the computed one, as in the shortest way; else it is
    what the overall score alone tells, or what was published.

    Args:
        framework: The rules of the year.
        year: The year's row of :func:`ita_analysis.analysis.comparison_years.year_rows`; None
            where it has no scores.
        way: The shortest way of the year; None where it has no scores.

    Returns:
        None where the rating is not known.
    """
    if way is not None and way.rating is not None:
        return Target(way.rating, False, way.target, way.shortfalls, (), None)
    if year is None or year["rating"] is None or band_of(framework, str(year["rating"])) is None:
        return None
    rating, is_published = str(year["rating"]), year["rating_kind"] == "published"
    band = next_band(framework, rating)
    if band is None:
        return Target(rating, is_published, None, (), (), None)
    tools = {tool.code: year[f"{tool.code}_pct"] for tool in framework.tools.entries}
    known = {code: Decimal(str(score)) for code, score in tools.items() if score is not None}
    unknown = tuple(code for code in tools if code not in known) if band.tool_min else ()
    overall = Decimal(str(year["overall_pct"]))
    return Target(
        rating,
        is_published,
        band.code,
        shortfalls(band, overall, known),
        unknown,
        band.tool_min,
    )
