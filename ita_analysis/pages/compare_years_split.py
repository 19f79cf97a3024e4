"""What made the change between two years: the waterfall and what limits it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_changes import DIFFERENCE
from ita_analysis.frameworks import Framework
from ita_analysis.pages import compare_years_charts as charts
from ita_analysis.pages import compare_years_notes as notes
from ita_analysis.pages import compare_years_tables as rows
from ita_analysis.pages import compare_years_words as words
from ita_analysis.pages.compare_years_sources import Sources
from ita_analysis.reports import Block, caveat, figure
from ita_analysis.texts import Texts


def split_block(
    pair: tuple[int, int],
    result: Comparison,
    frameworks: Mapping[int, Framework],
    sources: Sources,
    say: Texts,
) -> Block:
    """Show the parts of the change between two years.

    Args:
        pair: The earlier and the later year.
        result: The comparison.
        frameworks: The rules by year.
        sources: Makes the source line.
        say: Words of the report's language.
    """
    parts = rows.split_of(result, pair)
    own = parts[parts["level"] != DIFFERENCE]
    levels = set(own["level"])
    level = levels.pop() if len(levels) == 1 else "mixed"
    block = figure(
        charts.waterfall(parts, pair, result, frameworks, say),
        name=f"split-{pair[0]}-{pair[1]}",
        title=_title(parts, pair, frameworks[pair[1]], say),
        subtitle=say(f"compare.split_subtitle_{level}"),
        source=sources.line(sources.rules(pair)),
        table=rows.split_rows(result, pair, frameworks[pair[1]], say),
        how_to_read=say("compare.how_split"),
        lang=say.lang,
    )
    left = parts.loc[parts["level"] == DIFFERENCE, "overall_points"]
    if len(left):
        block += caveat(
            say(
                "compare.split_rounding",
                computed=words.signed(float(own["overall_points"].sum())),
                published=words.signed(float(parts["overall_points"].sum())),
                points=words.signed(float(left.iloc[0])),
            )
        )
    broken = notes.items_break(result, pair, say)
    return block + caveat(broken) if broken else block


def _title(parts: pd.DataFrame, pair: tuple[int, int], framework: Framework, say: Texts) -> str:
    years = {"earlier": pair[0], "year": pair[1]}
    if not parts["overall_points"].any():
        return say("compare.split_title_flat", **years)
    most = parts.loc[[parts["overall_points"].abs().idxmax()]].to_dict("records")[0]
    name = str(most["code"])
    if most["level"] == DIFFERENCE:
        name = say("compare.difference_row")
    elif most["level"] == "indicator":
        name = words.indicator_name(int(name), framework, say)
    return say(
        "compare.split_title",
        change=words.change_words(float(parts["overall_points"].sum()), say),
        part=name,
        points=words.signed(most["overall_points"]),
        **years,
    )
