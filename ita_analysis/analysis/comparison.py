"""How an agency's score moved over the years, against whom, and what made the change.

Rests on the rules of each year (docs/methods.md, "Comparison of years"). A number that the data
do not give is missing, with the reason beside it; nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ita_analysis.analysis.comparison_changes import (
    DIFFERENCE,
    change_rows,
    contribution_rows,
    has_score_break,
)
from ita_analysis.analysis.comparison_peers import NATIONAL_ID, beside
from ita_analysis.analysis.comparison_years import (
    break_rows,
    indicator_rows,
    recomputed_rows,
    year_rows,
)
from ita_analysis.frameworks import Framework
from ita_analysis.scores import compute, year_values
from ita_analysis.scores.formula import OVERALL
from ita_analysis.scores.model import DataKind, joint_data_kind

SplitGap = Literal["one_year", "parts_missing", "score_break", "rules_differ"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An agency's scores, year by year and against others.

    Attributes:
        fiscal_year_be: The last year that was asked for.
        is_mean: Whether the scores are means over many agencies.
        data_kind: ``synthetic`` if any score is, ``published`` if all are, else ``agency``.
        years: One row per fiscal year, gaps included; see
            :func:`ita_analysis.analysis.comparison_years.year_rows` and
            :func:`ita_analysis.analysis.comparison_peers.beside`.
        indicators: One row per indicator and year.
        changes: One row per year with an overall score and the one before it that has one.
        contributions: One row per part of a change.
        recomputed: One row per given total that also follows from its parts.
        breaks: One row per break between the years shown.
        split_gap: Why the change between the last two years with an overall score is not split;
            None where it is.
    """

    fiscal_year_be: int
    is_mean: bool
    data_kind: DataKind
    years: pd.DataFrame
    indicators: pd.DataFrame
    changes: pd.DataFrame
    contributions: pd.DataFrame
    recomputed: pd.DataFrame
    breaks: pd.DataFrame
    split_gap: SplitGap | None

    @property
    def scored(self) -> pd.DataFrame:
        """The years with an overall score."""
        return self.years[self.years["overall_pct"].notna()]

    @property
    def missing_years(self) -> list[int]:
        """Years without any score between the first and the last."""
        return [int(year) for year in self.years.loc[~self.years["has_scores"], "fiscal_year_be"]]

    @property
    def shown_splits(self) -> list[tuple[int, int]]:
        """Pairs of years whose change is worth showing by its parts.

        The last pair with all indicators in both years, and the last pair of all if that is
        later and split by tools at least in part.
        """
        parts = self.contributions[self.contributions["level"] != DIFFERENCE]
        pairs = parts.groupby(["earlier_year_be", "fiscal_year_be"])["level"]
        whole = pairs.agg(lambda levels: bool((levels == "indicator").all()))
        order = sorted(whole.index, key=lambda pair: (pair[1], pair[0]))
        by_indicator = [pair for pair in order if whole[pair]][-1:]
        later = [pair for pair in order[-1:] if not by_indicator or pair[1] > by_indicator[0][1]]
        return [(int(before), int(after)) for before, after in (*by_indicator, *later)]


def compare_years(
    scores: pd.DataFrame,
    frameworks: Mapping[int, Framework],
    national: pd.DataFrame,
    peers: pd.DataFrame,
    fiscal_year_be: int,
) -> Comparison:
    """Compare the years of one agency up to and including one.

    Args:
        scores: All scores of the agency, as :func:`ita_analysis.scores.load_scores`; at least one
            of this year or before.
        frameworks: The rules by year: of every year with scores, and of the years between where
            there are any.
        national: As :func:`ita_analysis.scores.load_national`.
        peers: As :func:`ita_analysis.analysis.comparison_peers.peer_bands`.
        fiscal_year_be: The last year to look at.

    Raises:
        ValueError: There is no score up to this year.
    """
    rows = scores[scores["fiscal_year_be"] <= fiscal_year_be]
    if rows.empty:
        raise ValueError(f"no scores up to {fiscal_year_be}")
    values = dict(sorted(year_values(rows).items()))
    computed = {year: compute(frameworks[year], given) for year, given in values.items()}
    rated = rows[(rows["code"] == OVERALL) & rows["published_rating"].fillna("").astype(bool)]
    published = dict(zip(rated["fiscal_year_be"], rated["published_rating"], strict=True))
    # the national mean has no country to be compared with but itself
    is_national = bool((rows["agency_id"] == NATIONAL_ID).any())
    means = national.iloc[:0] if is_national else national
    years = year_rows(values, computed, published, frameworks)
    contributions = contribution_rows(years, computed, frameworks)
    with_parts = {year for year, each in computed.items() if OVERALL in each.exact}
    known = [int(year) for year in years.loc[years["overall_pct"].notna(), "fiscal_year_be"]]
    return Comparison(
        fiscal_year_be=fiscal_year_be,
        is_mean=bool(rows["is_mean"].any()),
        data_kind=joint_data_kind(rows["data_kind"]),
        years=beside(years, means, peers),
        indicators=indicator_rows(values, computed, frameworks),
        changes=change_rows(years, means, frameworks),
        contributions=contributions,
        recomputed=recomputed_rows(values, computed),
        breaks=break_rows(frameworks, min(values), max(values)),
        split_gap=_split_gap(known, contributions, with_parts, frameworks),
    )


def _split_gap(
    known: list[int],
    contributions: pd.DataFrame,
    with_parts: set[int],
    frameworks: Mapping[int, Framework],
) -> SplitGap | None:
    """Why the change between the last two years with an overall score is not split."""
    if len(known) < 2:
        return "one_year"
    before, after = known[-2:]
    pairs = zip(contributions["earlier_year_be"], contributions["fiscal_year_be"], strict=True)
    if (before, after) in set(pairs):
        return None
    if has_score_break(frameworks, before, after):
        return "score_break"
    return "rules_differ" if {before, after} <= with_parts else "parts_missing"
