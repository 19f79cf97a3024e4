"""Scores as frames, and the analysis of them beside a small register."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ita_analysis.analysis.improvement import Improvement, improve
from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.frameworks import load_framework

ALL_INDICATORS = {str(number): 90.0 for number in range(1, 11)}


def score_frame(
    by_year: Mapping[int, Mapping[str, float]],
    ratings: Mapping[int, str] | None = None,
    *,
    is_mean: bool = False,
) -> pd.DataFrame:
    rows = [
        {
            "agency_id": "made",
            "fiscal_year_be": year,
            "code": code,
            "score_pct": score,
            "published_rating": (ratings or {}).get(year, "") if code == "overall" else "",
            "data_kind": "agency",
            "source": "made",
            "is_mean": is_mean,
        }
        for year, scores in by_year.items()
        for code, score in scores.items()
    ]
    columns = ["agency_id", "fiscal_year_be", "code", "score_pct", "published_rating",
               "data_kind", "source", "is_mean"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        {"fiscal_year_be": "int64", "score_pct": "float64", "is_mean": "bool",
         "published_rating": "str"}
    )  # fmt: skip


def analyse(
    by_year: Mapping[int, Mapping[str, float]],
    fiscal_year_be: int,
    duties: Timeliness | None = None,
    ratings: Mapping[int, str] | None = None,
    **more: bool,
) -> Improvement:
    first = min([fiscal_year_be, *by_year])
    frameworks = {year: load_framework(year) for year in range(first, fiscal_year_be + 1)}
    return improve(score_frame(by_year, ratings, **more), frameworks, fiscal_year_be, duties)


def items_of_2564(missed: set[str]) -> dict[str, float]:
    """OIT items of FY2564 with some missed, and survey indicators at 90."""
    items = {
        item.code: 0.0 if item.code in missed else 100.0
        for item in load_framework(2564).items.entries
    }
    return {**{str(number): 90.0 for number in range(1, 9)}, **items}
