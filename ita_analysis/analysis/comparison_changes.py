"""What changed from year to year: the overall score, the rating, and which part made it.

A change is from one year with an overall score to the next one that has it, even if years between
them are missing; across a break that affects scores there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison_rating import JOINT
from ita_analysis.analysis.comparison_years import TOOLS, breaks_series, typed
from ita_analysis.frameworks import BASES, Framework
from ita_analysis.scores import Computed, contributions, rate, round_half_up
from ita_analysis.scores.formula import OVERALL

CHANGE_TYPES = {
    "earlier_year_be": "int64",
    "fiscal_year_be": "int64",
    "earlier_overall_pct": "Float64",
    "overall_pct": "Float64",
    "earlier_rating": "str",
    "rating": "str",
    "is_comparable": "bool",
    "overall_change_points": "Float64",
    "national_change_points": "Float64",
    "against_national_points": "Float64",
    "is_national_derived": "boolean",
    "national_missing_years": "str",
    "rating_move": "str",
    "rating_by_earlier_bands": "str",
    "earlier_rating_by_later_bands": "str",
    "move_by_later_bands": "str",
}
"""Columns of :func:`change_rows`."""

CONTRIBUTION_TYPES = {
    "earlier_year_be": "int64",
    "fiscal_year_be": "int64",
    "level": "str",
    "code": "str",
    "tool": "str",
    "earlier_pct": "Float64",
    "score_pct": "Float64",
    "change_points": "Float64",
    "overall_points": "Float64",
    "rule_basis": "str",
}
"""Columns of :func:`contribution_rows`."""

DIFFERENCE = "difference"
"""Level and code of the row that makes up for the rounding of published scores."""

MOVES = ("up", "down", "same", "scale_changed", "series_broken", "unknown")
"""What can become of a rating from one year to another."""


def change_rows(
    years: pd.DataFrame, national: pd.DataFrame, frameworks: Mapping[int, Framework]
) -> pd.DataFrame:
    """Return one row per year with an overall score and the one before it that has one.

    Args:
        years: As :func:`ita_analysis.analysis.comparison_years.year_rows`.
        national: ``fiscal_year_be``, ``mean_score_pct``, ``is_derived``; no rows where a
            comparison with the country would make no sense.
        frameworks: The rules by year.

    Returns:
        Columns CHANGE_TYPES. Changes are missing where a break that affects scores lies between
        (``is_comparable`` false), the national ones where the mean of a year is not known.
        ``rating_move`` is ``series_broken`` across a break that affects scores. Where the years
        have different bands, ``rating_move`` is ``scale_changed``, and, as far as
        it can be told: ``rating_by_earlier_bands``, what the later score would be rated by the
        earlier bands; ``earlier_rating_by_later_bands``, the reverse; ``move_by_later_bands``, the
        move by the later bands alone.
    """
    known = years[years["overall_pct"].notna()].to_dict("records")
    means = national.set_index("fiscal_year_be") if len(national) else national
    rows = [
        {
            "earlier_year_be": before["fiscal_year_be"],
            "fiscal_year_be": after["fiscal_year_be"],
            "earlier_overall_pct": before["overall_pct"],
            "overall_pct": after["overall_pct"],
            "earlier_rating": before["rating"],
            "rating": after["rating"],
            "is_comparable": before["series_no"] == after["series_no"],
            **_changes(before, after, means),
            **_rating_move(before, after, frameworks),
        }
        for before, after in pairwise(known)
    ]
    return typed(rows, CHANGE_TYPES)


def _changes(
    before: Mapping[Any, Any], after: Mapping[Any, Any], means: pd.DataFrame
) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(
        ("overall_change_points", "national_change_points", "against_national_points",
         "is_national_derived", "national_missing_years")
    )  # fmt: skip
    if before["series_no"] != after["series_no"]:
        return row
    own = _points(after["overall_pct"]) - _points(before["overall_pct"])
    row["overall_change_points"] = own
    if means.empty:
        return row
    pair = [int(before["fiscal_year_be"]), int(after["fiscal_year_be"])]
    found = means["mean_score_pct"].reindex(pair)
    if found.isna().any():
        row["national_missing_years"] = JOINT.join(str(year) for year in found.index[found.isna()])
        return row
    country = _points(found.iloc[1]) - _points(found.iloc[0])
    return row | {
        "national_change_points": country,
        "against_national_points": own - country,
        "is_national_derived": bool(means["is_derived"].reindex(pair).any()),
    }


def _points(value: object) -> Decimal:
    """A published number with its two decimals, so that differences come out exact."""
    return Decimal(f"{value:.2f}")


def _rating_move(
    before: Mapping[Any, Any], after: Mapping[Any, Any], frameworks: Mapping[int, Framework]
) -> dict[str, object]:
    earlier = frameworks[int(before["fiscal_year_be"])]
    later = frameworks[int(after["fiscal_year_be"])]
    if before["series_no"] != after["series_no"]:
        return {"rating_move": "series_broken"}
    if _scale(earlier) == _scale(later):
        return {"rating_move": _move(later, before["rating"], after["rating"])}
    by_later = _rating_by(later, before)
    move = _move(later, by_later, after["rating"])
    return {
        "rating_move": "scale_changed",
        "rating_by_earlier_bands": _rating_by(earlier, after),
        "earlier_rating_by_later_bands": by_later,
        "move_by_later_bands": None if move == "unknown" else move,
    }


def _move(framework: Framework, before: object, after: object) -> str:
    codes = [band.code for band in framework.ratings.entries]
    if before not in codes or after not in codes:
        return "unknown"
    steps = codes.index(str(before)) - codes.index(str(after))
    return "same" if steps == 0 else "up" if steps > 0 else "down"


def _rating_by(framework: Framework, row: Mapping[Any, Any]) -> str | None:
    """What a year's scores would be rated by the bands of another year."""
    tools = {
        tool: None if pd.isna(row[f"{tool}_pct"]) else _points(row[f"{tool}_pct"]) for tool in TOOLS
    }
    return rate(framework, _points(row["overall_pct"]), tools).rating


def _scale(framework: Framework) -> object:
    return [(band.code, band.overall_min, band.tool_min) for band in framework.ratings.entries]


def contribution_rows(
    years: pd.DataFrame, computed: Mapping[int, Computed], frameworks: Mapping[int, Framework]
) -> pd.DataFrame:
    """Return what each indicator, or each tool, gave to the change between two years.

    Between each year with all indicators and the next one that has them; and between each year
    whose overall score follows from its parts and the next one. Parts of one change add up to it
    with two decimals (see :func:`ita_analysis.scores.contributions`); where the change of the
    published scores is another one (they are rounded), a last row of level ``difference`` makes
    up for it.

    Args:
        years: As :func:`ita_analysis.analysis.comparison_years.year_rows`.
        computed: What follows from the scores, by year.
        frameworks: The rules by year.

    Returns:
        Columns CONTRIBUTION_TYPES; no rows for two years with a break that affects scores between
        them, or that weigh their parts differently. ``overall_points`` is in overall points.
    """
    made = [year for year in sorted(computed) if OVERALL in computed[year].exact]
    whole = [year for year in made if _has_all(computed[year], frameworks[year])]
    pairs = sorted({*pairwise(made), *pairwise(whole)}, key=lambda pair: (pair[1], pair[0]))
    shown = dict(zip(years["fiscal_year_be"], years["overall_pct"], strict=True))
    rows = []
    for before, after in pairs:
        if has_score_break(frameworks, before, after):
            continue
        parts = _split(before, after, computed, frameworks)
        change = _points(shown[after]) - _points(shown[before])
        rows += [*parts, *_difference(parts, change)]
    return typed(rows, CONTRIBUTION_TYPES)


def has_score_break(frameworks: Mapping[int, Framework], before: int, after: int) -> bool:
    """Tell whether a break that affects scores lies between two years."""
    return any(breaks_series(frameworks.get(year)) for year in range(before + 1, after + 1))


def _has_all(computed: Computed, framework: Framework) -> bool:
    numbers: Sequence[int] = [each.indicator_no for each in framework.indicators.entries]
    return all(str(number) in computed.exact for number in numbers)


def _split(
    before: int, after: int, computed: Mapping[int, Computed], frameworks: Mapping[int, Framework]
) -> list[dict[str, Any]]:
    earlier, later = computed[before], computed[after]
    bases = [each.basis for each in (earlier, later) if each.basis is not None]
    return [
        {
            "earlier_year_be": before,
            "fiscal_year_be": after,
            "level": part.level,
            "code": part.code,
            "tool": part.tool,
            "earlier_pct": earlier.score(part.code),
            "score_pct": later.score(part.code),
            "change_points": round_half_up(part.change_points),
            "overall_points": part.shown_points,
            "rule_basis": max(bases, key=BASES.index),
        }
        for part in contributions(frameworks[before], earlier, frameworks[after], later)
    ]


def _difference(parts: list[dict[str, Any]], change: Decimal) -> list[dict[str, Any]]:
    """What the change of the scores as shown has more than its parts; nothing where it is equal."""
    left = change - sum((part["overall_points"] for part in parts), Decimal(0))
    if not parts or not left:
        return []
    head = {name: parts[0][name] for name in ("earlier_year_be", "fiscal_year_be", "rule_basis")}
    return [{**head, "level": DIFFERENCE, "code": DIFFERENCE, "overall_points": left}]
