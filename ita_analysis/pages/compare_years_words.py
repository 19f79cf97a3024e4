"""The findings of the comparison of years as sentences: right for one year and for gaps too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_rating import JOINT
from ita_analysis.frameworks import Basis, Framework
from ita_analysis.texts import Texts

SEPARATOR = " · "
PASS_MARK = 85
MINUS = "−"


def score(value: object) -> str:
    """Return a score with its two decimals."""
    return f"{value:.2f}"


def signed(points: float) -> str:
    """Return points with two decimals and their sign; no sign before zero."""
    text = f"{abs(points):.2f}"
    if float(text) == 0:
        return text
    return f"{'+' if points > 0 else MINUS}{text}"


def change_words(points: float, say: Texts) -> str:
    """Say how much a score rose or fell."""
    if round(points, 2) == 0:
        return say("compare.stays")
    return say(f"compare.{'rises' if points > 0 else 'falls'}", points=score(abs(points)))


def listed(names: Sequence[str], say: Texts, key: str = "and") -> str:
    """Join names with commas, and the last one with "and" or "or"."""
    if len(names) < 2:
        return "".join(names)
    return say(f"compare.{key}", first=", ".join(names[:-1]), last=names[-1])


def codes_of(cell: object) -> list[str]:
    """Return the codes that stand in one cell; none where it is empty."""
    return [] if not isinstance(cell, str) or not cell else cell.split(JOINT)


def year_spans(years: Iterable[int]) -> str:
    """Return years as spans, for example ``2563–2565, 2568``."""
    ordered = sorted(set(years))
    spans = []
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        run = [year for _, year in group]
        spans.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(spans)


def basis_parts(bases: Mapping[int, Basis], say: Texts) -> str:
    """Say how sure a block of the rules is, years with the same basis together."""
    parts = []
    for basis in dict.fromkeys(bases.values()):
        years = year_spans(year for year, found in bases.items() if found == basis)
        word = say(f"framework.basis.{basis}")
        parts.append(say("compare.basis_of_years", years=years, basis=word))
    return ", ".join(parts)


def rule_bases(frameworks: Mapping[int, Framework], years: Iterable[int]) -> dict[int, Basis]:
    """Return how sure the rule is that makes the overall score from its parts, by year."""
    return {year: frameworks[year].rule.overall.basis for year in years if year in frameworks}


def places(scores: pd.DataFrame) -> list[str]:
    """Return where the scores come from: the site of an address, else the words as they stand."""
    found = [str(source) for source in scores["source"].dropna().unique() if source]
    return list(dict.fromkeys(urlsplit(source).hostname or source for source in found))


def current(result: Comparison) -> Mapping[Any, Any]:
    """Return the last year with scores: the one that the report speaks of."""
    return result.years[result.years["has_scores"]].to_dict("records")[-1]


def change_to(result: Comparison, year: int) -> Mapping[Any, Any] | None:
    """Return the change that led to a year; None where there is none."""
    rows = result.changes[result.changes["fiscal_year_be"] == year].to_dict("records")
    return rows[0] if rows else None


def index_facts(result: Comparison) -> dict[str, Any]:
    """Return rating and change of the last year, as the index of all reports filters and sorts."""
    row = current(result)
    change = change_to(result, int(row["fiscal_year_be"]))
    points = change["overall_change_points"] if change else None
    return {
        "rating": "" if pd.isna(row["rating"]) else str(row["rating"]),
        "change_points": None if points is None or pd.isna(points) else float(points),
    }


def headline(result: Comparison, say: Texts) -> str:
    """Say the score of the last year, and how it changed."""
    row = current(result)
    year, change = int(row["fiscal_year_be"]), change_to(result, int(row["fiscal_year_be"]))
    if pd.isna(row["overall_pct"]):
        return say("compare.score_unknown", year=year)
    values = {"year": year, "score": score(row["overall_pct"])}
    if change is None:
        return say("compare.score_alone", **values)
    earlier = change["earlier_year_be"]
    if not change["is_comparable"]:
        before = score(change["earlier_overall_pct"])
        return say("compare.score_break", earlier=earlier, before=before, **values)
    words = change_words(change["overall_change_points"], say)
    return say("compare.score_changed", earlier=earlier, change=words, **values)


def national_level(result: Comparison, say: Texts) -> str:
    """Say how far the last year's score lies from the national mean; empty where unknown."""
    row = current(result)
    if pd.isna(row["overall_pct"]) or pd.isna(row["national_mean_pct"]):
        return ""
    points = round(row["overall_pct"] - row["national_mean_pct"], 2)
    key = "equal" if points == 0 else "above" if points > 0 else "below"
    position = say(f"compare.{key}", points=score(abs(points)))
    return say(
        "compare.national_level",
        year=row["fiscal_year_be"],
        position=position,
        national=score(row["national_mean_pct"]),
    )


def against_national(change: Mapping[Any, Any], say: Texts) -> str:
    """Say how a change compares with the country's, or why it does not."""
    years = {"earlier": change["earlier_year_be"], "year": change["fiscal_year_be"]}
    if not change["is_comparable"]:
        return say("compare.against_break", **years)
    if pd.isna(change["against_national_points"]):
        missing = listed(codes_of(change["national_missing_years"]), say)
        return say("compare.against_unknown", missing=missing, **years)
    country = round(change["national_change_points"], 2)
    key = "stays" if country == 0 else "rises" if country > 0 else "falls"
    against = round(change["against_national_points"], 2)
    how = "same" if against == 0 else "more" if against > 0 else "less"
    return say(
        f"compare.against_{how}",
        national=say(f"compare.national_{key}", points=score(abs(country))),
        own=signed(change["overall_change_points"]),
        points=score(abs(against)),
        **years,
    )


def lines_title(result: Comparison, say: Texts) -> str:
    """Say how the last change compares with the country's; where that is unknown, the change."""
    change = change_to(result, int(current(result)["fiscal_year_be"]))
    if change is None or pd.isna(change["against_national_points"]):
        return headline(result, say).rstrip(".")
    return against_national(change, say).rstrip(".")


def peers(result: Comparison, type_name: str, least: int, say: Texts) -> str:
    """Say whose band is drawn, with the number of agencies, or why none is."""
    if result.is_mean:
        return say("compare.peers_mean")
    if not type_name:
        return say("compare.peers_no_type")
    scored = result.scored
    shown = scored[scored["peer_p10_pct"].notna()]
    if shown.empty:
        most = int(scored["n_peers"].max()) if len(scored) else 0
        return say("compare.peers_few", n=most, type=type_name, least=least)
    parts = [
        say("compare.peers_part", year=year, n=n)
        for year, n in zip(shown["fiscal_year_be"], shown["n_peers"], strict=True)
    ]
    words = say("compare.peers_shown", type=type_name, parts=", ".join(parts))
    if len(shown) < len(scored):
        words += SEPARATOR + say("compare.peers_few_years", least=least)
    return words


def tool_scores(row: Mapping[Any, Any], tools: Sequence[str], say: Texts) -> str:
    """Name the tools whose score a year has, with the score."""
    known = [tool for tool in tools if not pd.isna(row[f"{tool}_pct"])]
    parts = [
        say("compare.tools_part", tool=tool, score=score(row[f"{tool}_pct"])) for tool in known
    ]
    return SEPARATOR.join(parts)


def indicator_name(number: int, framework: Framework, say: Texts) -> str:
    """Return an indicator's number and title."""
    indicator = framework.indicator(number)
    title = indicator.title_en if say.lang == "en" else indicator.title_th
    return say("compare.indicator", no=number, title=title)


def tool_title(tool: str, framework: Framework, say: Texts) -> str:
    """Return whom or what a tool asks."""
    found = framework.tool(tool)
    return found.title_en if say.lang == "en" else found.title_th


def heat_title(rows: pd.DataFrame, framework: Framework, say: Texts) -> str:
    """Say how many indicators of a year reached the pass mark, and which was lowest.

    Args:
        rows: The indicators of one year, at least one.
        framework: The rules of that year.
        say: Words of the reader's language.
    """
    lowest = rows.nsmallest(1, "score_pct").to_dict("records")[0]
    n_reached = int((rows["score_pct"] >= PASS_MARK).sum())
    key = "some" if 0 < n_reached < len(rows) else "all" if n_reached else "none"
    return say(
        "compare.heat_one" if len(rows) == 1 else f"compare.heat_{key}_reached",
        year=lowest["fiscal_year_be"],
        n=n_reached,
        total=len(rows),
        lowest=indicator_name(int(lowest["indicator_no"]), framework, say),
        score=score(lowest["score_pct"]),
    )
