"""The tables of the comparison of years: for readers, in words; for programs, the contract's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_changes import DIFFERENCE
from ita_analysis.analysis.comparison_peers import NATIONAL_ID
from ita_analysis.analysis.comparison_years import TOOLS
from ita_analysis.frameworks import Framework
from ita_analysis.pages.compare_years_rating import rating_name, rating_shown
from ita_analysis.pages.compare_years_words import indicator_name
from ita_analysis.texts import Texts

_BREAKS = {"title_th": "break_title_th", "title_en": "break_title_en"}
"""Names in the published table: ``title_th`` alone is a measure's title there."""
_TOOLS = [f"{tool}_pct" for tool in TOOLS]


def line_rows(result: Comparison, agency_id: str) -> pd.DataFrame:
    """One row per year: the score, the national mean and the band of the peers."""
    table = result.years[["fiscal_year_be", "overall_pct", "overall_kind"]].copy()
    if agency_id != NATIONAL_ID:
        table["national_mean_pct"] = result.years["national_mean_pct"]
    if result.years["n_peers"].any():
        names = ["n_peers", "peer_p10_pct", "peer_p90_pct"]
        table[names] = result.years[names]
    return table.dropna(axis="columns", how="all")


def tool_rows(result: Comparison) -> pd.DataFrame:
    """One row per year with a tool's score."""
    rows = result.years[result.years[_TOOLS].notna().any(axis=1)]
    return rows[["fiscal_year_be", *_TOOLS]].reset_index(drop=True)


def split_rows(
    result: Comparison, pair: tuple[int, int], framework: Framework, say: Texts
) -> pd.DataFrame:
    """One row per part of the change between two years."""
    rows = split_of(result, pair)
    names = [
        indicator_name(int(code), framework, say)
        if level == "indicator"
        else say("compare.difference_row")
        if level == DIFFERENCE
        else code
        for level, code in zip(rows["level"], rows["code"], strict=True)
    ]
    columns = ["tool", "earlier_pct", "score_pct", "change_points", "overall_points"]
    table = rows[columns].copy()
    table.insert(0, "part", names)
    return table


def split_of(result: Comparison, pair: tuple[int, int]) -> pd.DataFrame:
    """The parts of the change between two years."""
    rows = result.contributions
    is_pair = (rows["earlier_year_be"] == pair[0]) & (rows["fiscal_year_be"] == pair[1])
    return rows[is_pair].reset_index(drop=True)


def indicator_rows(
    result: Comparison, frameworks: Mapping[int, Framework], say: Texts
) -> pd.DataFrame:
    """One row per indicator, a column for each year."""
    last = frameworks[int(result.indicators["fiscal_year_be"].max())]
    wide = result.indicators.pivot_table(
        index="indicator_no", columns="fiscal_year_be", values="score_pct", sort=True
    )
    wide.columns = [str(year) for year in wide.columns]
    names = [indicator_name(int(number), last, say) for number in wide.index]
    table = wide.reset_index(drop=True)
    table.insert(0, "indicator", names)
    return table


def path_rows(result: Comparison, frameworks: Mapping[int, Framework], say: Texts) -> pd.DataFrame:
    """One row per year: score, tools, rating, and how the rating is known."""
    years = result.years
    shown: list[str] = []
    possible: list[str | None] = []
    for row in years.to_dict("records"):
        framework = frameworks.get(int(row["fiscal_year_be"]))
        if framework is None or not row["has_scores"]:
            shown.append(say("compare.no_data"))
            possible.append(None)
            continue
        shown.append(rating_shown(row, framework, say))
        codes = str(row["possible_ratings"]).split("; ") if pd.isna(row["rating"]) else []
        names = [rating_name(code, framework, say) for code in codes]
        possible.append(", ".join(names) or None)
    table = years[["fiscal_year_be", "overall_pct"]].copy()
    table["rating"] = shown
    table[[*_TOOLS, "rating_kind"]] = years[[*_TOOLS, "rating_kind"]]
    table["possible_ratings"] = pd.Series(possible, index=table.index, dtype="str")
    return table.dropna(axis="columns", how="all")


def change_rows(result: Comparison) -> pd.DataFrame:
    """One row per change: the agency's, the country's, and the difference."""
    return result.changes[
        [
            "earlier_year_be",
            "fiscal_year_be",
            "overall_change_points",
            "national_change_points",
            "against_national_points",
        ]
    ]


def recomputed_rows(result: Comparison) -> pd.DataFrame:
    """One row per total that was recomputed: overall scores, tools, and whatever is off."""
    rows = result.recomputed
    keep = rows["code"].isin(["overall", *TOOLS]) | (rows["difference_points"] != 0)
    names = ["fiscal_year_be", "code", "published_pct", "computed_pct", "difference_points"]
    return rows.loc[keep, [*names, "rule_basis"]].reset_index(drop=True)


def source_rows(scores: pd.DataFrame, national: pd.DataFrame, say: Texts) -> pd.DataFrame:
    """One row per year and source, of the scores and of the national means that are shown.

    Args:
        scores: The agency's scores.
        national: The national result of the years shown; no rows where none is.
        say: Words of the reader's language.
    """
    known = scores.assign(source=scores["source"].replace("", None))
    counted = known.groupby(["fiscal_year_be", "source"], dropna=False).size()
    own = counted.rename("n_scores").reset_index()
    means = national[["fiscal_year_be", "source"]].assign(n_scores=1)
    table = pd.concat(
        [
            own.assign(part=say("compare.source_scores")),
            means.assign(part=say("compare.source_national")),
        ]
    )
    return table[["part", "fiscal_year_be", "n_scores", "source"]].reset_index(drop=True)


def published_tables(result: Comparison, agency_id: str) -> dict[str, pd.DataFrame]:
    """The tables for programs and for the workbook: keys first."""
    frames = {
        "years": result.years.drop(columns="series_no"),
        "indicator_scores": result.indicators.copy(),
        "changes": result.changes.copy(),
        "contributions": result.contributions.copy(),
        "recomputed": result.recomputed.copy(),
        "breaks": result.breaks.rename(columns=lambda name: _BREAKS.get(name, name)),
    }
    for frame in frames.values():
        year = frame.pop("fiscal_year_be")
        frame.insert(0, "agency_id", pd.Series(agency_id, index=frame.index, dtype="str"))
        frame.insert(1, "fiscal_year_be", year)
    return frames
