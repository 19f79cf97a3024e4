"""The charts of the comparison of years, with their words put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_changes import DIFFERENCE
from ita_analysis.analysis.comparison_rating import band_zones
from ita_analysis.analysis.comparison_years import TOOLS
from ita_analysis.charts.heat import heat_figure
from ita_analysis.charts.rating_zones import Zone
from ita_analysis.charts.score_lines import BreakFlag, score_lines_figure
from ita_analysis.charts.waterfall import Step, waterfall_figure
from ita_analysis.frameworks import Framework
from ita_analysis.pages.compare_years_rating import short_rating
from ita_analysis.pages.compare_years_words import codes_of, score, signed, tool_title
from ita_analysis.texts import Texts

Frameworks = Mapping[int, Framework]


def lines(result: Comparison, frameworks: Frameworks, say: Texts) -> go.Figure | None:
    """Draw the overall score over the years, from the first with one to the last."""
    scored = result.scored["fiscal_year_be"]
    if scored.empty:
        return None
    years = result.years[result.years["fiscal_year_be"].between(scored.min(), scored.max())]
    zones = [
        Zone(
            fiscal_year_be=int(year),
            floor=float(str(zone["floor_pct"])),
            ceiling=float(str(zone["ceiling_pct"])),
            rating=short_rating(str(zone["rating"]), frameworks[int(year)], say),
        )
        for year in years["fiscal_year_be"]
        if int(year) in frameworks
        for zone in band_zones(frameworks[int(year)])
    ]
    flags = [
        BreakFlag(year, say(f"compare.break_{what}", year=year), what == "scores")
        for year, what in _breaks(result)
        if scored.min() < year <= scored.max()
    ]
    return score_lines_figure(years, zones, flags, say)


def _breaks(result: Comparison) -> list[tuple[int, str]]:
    """Year and kind of the breaks that matter to a line; of two kinds the graver one."""
    found: dict[int, str] = {}
    for row in result.breaks.to_dict("records"):
        affects = codes_of(row["affects"])
        year = int(row["fiscal_year_be"])
        if "scores" in affects:
            found[year] = "scores"
        elif "rating" in affects:
            found.setdefault(year, "rating")
    return sorted(found.items())


def waterfall(
    rows: pd.DataFrame,
    pair: tuple[int, int],
    result: Comparison,
    frameworks: Frameworks,
    say: Texts,
) -> go.Figure | None:
    """Draw the parts of the change between two years, tool by tool."""
    framework = frameworks[pair[1]]
    own = rows[rows["level"] != DIFFERENCE]
    headings = {} if bool((own["level"] == "tool").all()) else _tool_headings(own, framework, say)
    steps = [_step(row, framework, say, only_tools=not headings) for row in rows.to_dict("records")]
    points = round(float(rows["overall_points"].sum()), 2)
    shown = result.years.set_index("fiscal_year_be")["overall_pct"]
    total = Step(
        say("compare.total_row", before=score(shown[pair[0]]), after=score(shown[pair[1]])),
        points,
        signed(points),
        say("compare.total_hover", points=signed(points)),
    )
    return waterfall_figure(steps, total, headings, say("compare.axis_change", year=pair[0]))


def _tool_headings(rows: pd.DataFrame, framework: Framework, say: Texts) -> dict[int, str]:
    """Position of the first part of each tool -> the tool and what all its parts gave."""
    points = rows.groupby("tool")["overall_points"].sum()
    first = rows[rows["tool"] != rows["tool"].shift()]
    return {
        place: say(
            "compare.tool_heading",
            tool=tool,
            title=tool_title(tool, framework, say),
            points=signed(points[tool]),
        )
        for place, tool in zip(first.index.tolist(), first["tool"], strict=True)
    }


def _step(row: Mapping[Any, Any], framework: Framework, say: Texts, *, only_tools: bool) -> Step:
    points = float(row["overall_points"])
    if row["level"] == DIFFERENCE:
        words = say("compare.difference_hover", points=signed(points))
        return Step(say("compare.difference_row"), points, signed(points), words)
    name = _part_name(row["level"], row["code"], framework, say, only_tools=only_tools)
    before, after = score(row["earlier_pct"]), score(row["score_pct"])
    return Step(
        say("compare.from_to", label=name, before=before, after=after),
        points,
        signed(points),
        say(
            "compare.step_hover",
            label=name,
            change=signed(row["change_points"]),
            points=signed(points),
        ),
    )


def _part_name(level: str, code: str, framework: Framework, say: Texts, *, only_tools: bool) -> str:
    if level == "indicator":
        indicator = framework.indicator(int(code))
        title = indicator.title_en if say.lang == "en" else indicator.title_th
        return say("compare.indicator_row", no=code, title=title)
    if only_tools:
        return say("compare.tool_row", tool=code, title=tool_title(code, framework, say))
    return say("compare.whole_tool_row")


def heat(result: Comparison, frameworks: Frameworks, say: Texts) -> go.Figure | None:
    """Draw the indicators' scores by year; None where fewer than two years have any."""
    rows = result.indicators
    if rows["fiscal_year_be"].nunique() < 2:
        return None
    years = list(range(int(rows["fiscal_year_be"].min()), int(rows["fiscal_year_be"].max()) + 1))
    framework = frameworks[years[-1]]
    known = {
        (int(row["indicator_no"]), int(row["fiscal_year_be"])): float(row["score_pct"])
        for row in rows.to_dict("records")
    }
    numbers = [
        each.indicator_no
        for tool in TOOLS
        for each in framework.indicators_of(tool)
        if any((each.indicator_no, year) in known for year in years)
    ]
    headings: dict[int, str] = {}
    for place, number in enumerate(numbers):
        tool = framework.indicator(number).tool
        if place == 0 or framework.indicator(numbers[place - 1]).tool != tool:
            title = tool_title(tool, framework, say)
            headings[place] = say("compare.tool_row", tool=tool, title=title)
    missing = say("compare.no_data")
    return heat_figure(
        [
            _part_name("indicator", str(number), framework, say, only_tools=False)
            for number in numbers
        ],
        years,
        [[known.get((number, year)) for year in years] for number in numbers],
        [
            [
                say(
                    "compare.cell_hover",
                    no=number,
                    year=year,
                    score=score(known[number, year]) if (number, year) in known else missing,
                )
                for year in years
            ]
            for number in numbers
        ],
        headings,
        [year for year, what in _breaks(result) if what == "scores"],
    )
