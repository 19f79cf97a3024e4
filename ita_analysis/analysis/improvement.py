"""Where an agency was, where it is, what its measures aimed at, and what is the shortest way up.

The measures of a fiscal year answer the result of the year before and can show in the score of
their own year (docs/methods.md, "Improvement"). What is shown is an association: whether a measure
moved a score is not told by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ita_analysis.analysis.comparison_years import (
    YEAR_TYPES,
    break_rows,
    breaks_series,
    typed,
    year_rows,
)
from ita_analysis.analysis.improvement_aims import AIM_TYPES, aim_rows, aimed_measures
from ita_analysis.analysis.improvement_target import Target, next_target
from ita_analysis.analysis.improvement_way import WayTables, way_tables
from ita_analysis.analysis.improvement_worth import worth_rows
from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.frameworks import Framework
from ita_analysis.scores import Computed, compute, year_values
from ita_analysis.scores.formula import OVERALL

PASS_MARK, TOP_MARK = 85.0, 95.0
"""The pass mark in all years and the mark of the best rating (facts of the assessment)."""

REACHES = ("below_85", "below_95", "from_95")
"""Where an indicator stands."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One agency's two years of scores and the measures between them.

    Attributes:
        fiscal_year_be: The year of the report.
        before_year_be: The latest earlier year with scores; None where there is none.
        has_scores: Whether there is a score of the year.
        duties: Timeliness of the year's measures; None where there is no register.
        is_mean: Whether the scores are means over many agencies.
        is_comparable: Whether no break of the series lies between the two years.
        years: The years with scores among the two, as
            :func:`ita_analysis.analysis.comparison_years.year_rows`.
        indicators: One row per indicator; see :func:`improve`.
        worth: One row per indicator, sub-indicator and item; see
            :func:`ita_analysis.analysis.improvement_worth.worth_rows`.
        measures: One row per measure with what it aims at is worth; empty without a register.
        way: The shortest way to the next rating; None where the year has no scores.
        target: The next rating and what is lacking for it; None where the rating is not known.
        breaks: One row per break of the series between the two years.
    """

    fiscal_year_be: int
    before_year_be: int | None
    has_scores: bool
    duties: Timeliness | None
    is_mean: bool
    is_comparable: bool
    years: pd.DataFrame
    indicators: pd.DataFrame
    worth: pd.DataFrame
    measures: pd.DataFrame
    way: WayTables | None
    target: Target | None
    breaks: pd.DataFrame

    @property
    def latest_year_be(self) -> int | None:
        """The latest year with scores, up to the year of the report."""
        return self.fiscal_year_be if self.has_scores else self.before_year_be

    @property
    def aimed(self) -> pd.DataFrame:
        """The indicators that a measure aims at."""
        return self.indicators[self.indicators["n_aiming_measures"] > 0]

    @property
    def has_indicators(self) -> bool:
        """Whether an indicator's score is known in either year."""
        known = self.indicators[["score_before_pct", "score_pct"]].notna()
        return bool(known.any(axis=None))

    def year(self, fiscal_year_be: int | None) -> dict[str, object] | None:
        """Return the row of a year; None where it has no scores."""
        return _row_of(self.years, fiscal_year_be)


def improve(
    scores: pd.DataFrame,
    frameworks: Mapping[int, Framework],
    fiscal_year_be: int,
    duties: Timeliness | None = None,
) -> Improvement:
    """Compare a year with the one before it, beside what the year's measures aimed at.

    Args:
        scores: All scores of the agency, as :func:`ita_analysis.scores.load_scores`; may be empty.
        frameworks: The rules of the year, of the latest earlier year with scores, and of the years
            between where there are any.
        fiscal_year_be: The year.
        duties: Timeliness of the register of the year; None where there is none.

    Returns:
        The tables of :class:`Improvement`. ``indicators`` holds the columns of ``worth`` less the
        item columns, and ``change_points`` (missing across a break of the series),
        ``overall_points`` (what that gave to the overall score) and ``reach`` (of REACHES, in the
        latest year with scores). It is ordered by what a point is worth, then by the overall
        points still to be won.
    """
    framework = frameworks[fiscal_year_be]
    values = year_values(scores[scores["fiscal_year_be"] <= fiscal_year_be])
    before_year = max((year for year in values if year < fiscal_year_be), default=None)
    now = values.get(fiscal_year_be)
    computed = compute(framework, now) if now else None
    before = None
    if before_year is not None:
        before = compute(frameworks[before_year], values[before_year])
    between = [
        each for year, each in frameworks.items() if (before_year or 0) < year <= fiscal_year_be
    ]
    is_comparable = before_year is not None and not any(breaks_series(each) for each in between)
    aims = aim_rows(duties.measures) if duties else typed([], AIM_TYPES)
    same_parts = not any("items" in each.affects for year in between for each in year.breaks)
    worth = worth_rows(framework, computed, before if same_parts else None, aims)
    latest = computed or before
    is_mean = _is_mean(scores, {fiscal_year_be, before_year})
    years = _years(scores, values, frameworks, (before_year, fiscal_year_be))
    way = way_tables(framework, now, is_mean=is_mean) if now else None
    return Improvement(
        fiscal_year_be=fiscal_year_be,
        before_year_be=before_year,
        has_scores=computed is not None,
        duties=duties,
        is_mean=is_mean,
        is_comparable=is_comparable,
        years=years,
        indicators=_indicators(worth, before, latest, is_comparable=is_comparable),
        worth=worth,
        measures=aimed_measures(duties.measures, worth) if duties else pd.DataFrame(),
        way=way,
        target=next_target(framework, _row_of(years, fiscal_year_be), way.way if way else None),
        breaks=break_rows(frameworks, before_year or fiscal_year_be, fiscal_year_be),
    )


def _row_of(years: pd.DataFrame, fiscal_year_be: int | None) -> dict[str, object] | None:
    rows = years[years["fiscal_year_be"] == fiscal_year_be]
    if rows.empty:
        return None
    row = rows.to_dict("records")[0]
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def _years(
    scores: pd.DataFrame,
    values: Mapping[int, Mapping[str, Decimal]],
    frameworks: Mapping[int, Framework],
    years: tuple[int | None, int],
) -> pd.DataFrame:
    shown = {year: values[year] for year in years if year is not None and year in values}
    if not shown:
        return typed([], YEAR_TYPES)
    computed = {year: compute(frameworks[year], given) for year, given in shown.items()}
    rated = scores[(scores["code"] == OVERALL) & scores["published_rating"].fillna("").ne("")]
    published = dict(zip(rated["fiscal_year_be"], rated["published_rating"], strict=True))
    rows = year_rows(shown, computed, published, frameworks)
    return rows[rows["has_scores"]].reset_index(drop=True)


def _indicators(
    worth: pd.DataFrame, before: Computed | None, latest: Computed | None, *, is_comparable: bool
) -> pd.DataFrame:
    drop = ["level", "parent_code", "n_items", "points_per_item"]
    table = worth[worth["level"] == "indicator"].drop(columns=drop)
    codes = table.pop("code")
    table.insert(0, "indicator_no", codes.astype("int64"))
    # an indicator keeps its meaning where its items change: its score of the year before is shown
    earlier = [before.score(code) if before else None for code in codes]
    table["score_before_pct"] = pd.array(
        [None if score is None else float(score) for score in earlier], dtype="Float64"
    )
    change = (table["score_pct"] - table["score_before_pct"]).round(2)
    table["change_points"] = change if is_comparable else pd.NA
    table["change_points"] = table["change_points"].astype("Float64")
    table["overall_points"] = (table["change_points"] * table["points_per_point"]).round(4)
    standing = [latest.score(code) if latest else None for code in codes]
    table["reach"] = pd.array([_reach(score) for score in standing], dtype="str")
    order = ["points_per_point", "room_points", "indicator_no"]
    return table.sort_values(order, ascending=[False, False, True], na_position="last").reset_index(
        drop=True
    )


def _reach(score: Decimal | None) -> str | None:
    if score is None:
        return None
    return REACHES[(score >= Decimal(str(PASS_MARK))) + (score >= Decimal(str(TOP_MARK)))]


def _is_mean(scores: pd.DataFrame, years: set[int | None]) -> bool:
    return bool(scores.loc[scores["fiscal_year_be"].isin(years), "is_mean"].any())
