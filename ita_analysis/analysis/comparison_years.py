"""An agency's scores year by year: as published, as computed, and where the series is broken."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison_rating import JOINT, year_rating
from ita_analysis.frameworks import Framework
from ita_analysis.scores import Computed
from ita_analysis.scores.checks import TOLERANCE, tool_scores
from ita_analysis.scores.formula import OVERALL

Values = Mapping[int, Mapping[str, Decimal]]
"""Score by code, by year."""

TOOLS = ("IIT", "EIT", "OIT")
"""The instruments, which have a column each."""

YEAR_TYPES = {
    "fiscal_year_be": "int64",
    "has_scores": "bool",
    "series_no": "int64",
    "overall_pct": "Float64",
    "overall_kind": "str",
    "published_overall_pct": "Float64",
    "computed_overall_pct": "Float64",
    **{f"{tool}_pct": "Float64" for tool in TOOLS},
    "tools_computed": "str",
    "published_rating": "str",
    "rating": "str",
    "rating_kind": "str",
    "possible_ratings": "str",
    "is_pass": "boolean",
    "rating_reason": "str",
    "band_min_pct": "Float64",
    "band_below_pct": "Float64",
    "blocked_rating": "str",
    "tool_needed_pct": "Float64",
    "tools_below": "str",
    "tools_unknown": "str",
    "rule_basis": "str",
    "rating_basis": "str",
}
"""Columns of :func:`year_rows`."""

INDICATOR_TYPES = {
    "fiscal_year_be": "int64",
    "indicator_no": "int64",
    "tool": "str",
    "score_pct": "Float64",
    "score_kind": "str",
    "rule_basis": "str",
}
"""Columns of :func:`indicator_rows`."""

RECOMPUTED_TYPES = {
    "fiscal_year_be": "int64",
    "code": "str",
    "published_pct": "Float64",
    "computed_pct": "Float64",
    "difference_points": "Float64",
    "is_within_rounding": "bool",
    "rule_basis": "str",
}
"""Columns of :func:`recomputed_rows`."""

BREAK_TYPES = {
    "fiscal_year_be": "int64",
    "affects": "str",
    "title_th": "str",
    "title_en": "str",
    "basis": "str",
}
"""Columns of :func:`break_rows`."""


def typed(rows: list[dict[str, object]], types: Mapping[str, str]) -> pd.DataFrame:
    """Return records as a frame with these columns and types; missing stays missing."""
    columns = {}
    for name, kind in types.items():
        values: list[Any] = [row.get(name) for row in rows]
        if kind in {"Float64", "float64"}:
            values = [None if value is None else float(value) for value in values]
        columns[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(columns)


def breaks_series(framework: Framework | None) -> bool:
    """Tell whether scores of this year may not be joined to those of the years before."""
    return framework is not None and any("scores" in each.affects for each in framework.breaks)


def year_rows(
    values: Values,
    computed: Mapping[int, Computed],
    published_ratings: Mapping[int, str],
    frameworks: Mapping[int, Framework],
) -> pd.DataFrame:
    """Return one row per fiscal year from the first with scores to the last, gaps included.

    The overall score is the published one, else the computed one. What is rated is the published
    one where the computed one agrees with it to 0.01 or is missing (it was made from unrounded
    parts), else the computed one. ``series_no`` counts the stretches between breaks that affect
    scores: only years of one stretch may be joined.

    Args:
        values: Score by code, by year.
        computed: What follows from them, by year.
        published_ratings: Rating as published, by year; absent where none was.
        frameworks: The rules by year; a year without scores may be absent.

    Returns:
        Columns YEAR_TYPES. Years without scores have ``has_scores`` false and nothing else.
    """
    rows: list[dict[str, object]] = []
    series_no = 1
    for year in range(min(values), max(values) + 1):
        if rows and breaks_series(frameworks.get(year)):
            series_no += 1
        row: dict[str, object] = dict.fromkeys(YEAR_TYPES)
        row |= {"fiscal_year_be": year, "has_scores": year in values, "series_no": series_no}
        if year in values:
            published = published_ratings.get(year, "")
            row |= _scores(values[year], computed[year], frameworks[year], published)
        rows.append(row)
    return typed(rows, YEAR_TYPES)


def _scores(
    values: Mapping[str, Decimal], computed: Computed, framework: Framework, published_rating: str
) -> dict[str, object]:
    published, own = values.get(OVERALL), computed.score(OVERALL)
    shown = own if published is None else published
    kind = None if shown is None else "computed" if published is None else "published"
    tools = tool_scores(framework, computed)
    made = [code for code in tools if code in computed.computed and code not in values]
    of_parts = [OVERALL, *made] if published is None else made
    return {
        "overall_pct": shown,
        "overall_kind": kind,
        "published_overall_pct": published,
        "computed_overall_pct": own,
        **{f"{code}_pct": values.get(code, tools.get(code)) for code in TOOLS},
        "tools_computed": JOINT.join(made),
        "published_rating": published_rating or None,
        "rule_basis": computed.basis,
        **year_rating(
            framework,
            _rated(published, own),
            {code: _rated(values.get(code), score) for code, score in tools.items()},
            published_rating,
            {code: computed.basis for code in of_parts if computed.basis is not None},
        ),
    }


def _rated(given: Decimal | None, own: Decimal | None) -> Decimal | None:
    """The score that counts for the rating: the given one, unless its parts contradict it."""
    if given is None or own is None:
        return own if given is None else given
    return given if abs(own - given) <= TOLERANCE else own


def indicator_rows(
    values: Values, computed: Mapping[int, Computed], frameworks: Mapping[int, Framework]
) -> pd.DataFrame:
    """Return one row per indicator and year whose score is known.

    Returns:
        Columns INDICATOR_TYPES, in order of year and indicator. ``score_kind`` is ``published``
        where the score was given, else ``computed`` (from items), and then ``rule_basis`` says how
        sure the rule is.
    """
    rows: list[dict[str, object]] = []
    for year, given in sorted(values.items()):
        for indicator in frameworks[year].indicators.entries:
            code = str(indicator.indicator_no)
            is_given = code in given
            score = given[code] if is_given else computed[year].score(code)
            if score is None:
                continue
            rows.append(
                {
                    "fiscal_year_be": year,
                    "indicator_no": indicator.indicator_no,
                    "tool": indicator.tool,
                    "score_pct": score,
                    "score_kind": "published" if is_given else "computed",
                    "rule_basis": None if is_given else computed[year].basis,
                }
            )
    return typed(rows, INDICATOR_TYPES)


def recomputed_rows(values: Values, computed: Mapping[int, Computed]) -> pd.DataFrame:
    """Return one row per given total that also follows from its parts, and the difference.

    Returns:
        Columns RECOMPUTED_TYPES, in order of year; ``difference_points`` is computed less
        published, and rounding of the parts can make it 0.01 at most.
    """
    rows: list[dict[str, object]] = []
    for year, given in sorted(values.items()):
        for code, published in given.items():
            own = computed[year].score(code) if code in computed[year].computed else None
            if own is None:
                continue
            rows.append(
                {
                    "fiscal_year_be": year,
                    "code": code,
                    "published_pct": published,
                    "computed_pct": own,
                    "difference_points": own - published,
                    "is_within_rounding": abs(own - published) <= TOLERANCE,
                    "rule_basis": computed[year].basis,
                }
            )
    return typed(rows, RECOMPUTED_TYPES)


def break_rows(frameworks: Mapping[int, Framework], first: int, last: int) -> pd.DataFrame:
    """Return one row per break at the start of a year within the years shown.

    A break at the start of the first year lies between it and what is not shown: left out.

    Args:
        frameworks: The rules by year.
        first: First year with scores.
        last: Last year with scores.

    Returns:
        Columns BREAK_TYPES, in order of year.
    """
    rows: list[dict[str, object]] = [
        {
            "fiscal_year_be": year,
            "affects": JOINT.join(each.affects),
            "title_th": each.title_th,
            "title_en": each.title_en,
            "basis": each.basis,
        }
        for year, framework in sorted(frameworks.items())
        if first < year <= last
        for each in framework.breaks
    ]
    return typed(rows, BREAK_TYPES)
