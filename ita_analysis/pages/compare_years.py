"""The comparison of years, one method for each thing it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ita_analysis.analysis.comparison import Comparison, compare_years
from ita_analysis.analysis.comparison_peers import LEAST_PEERS, NATIONAL_ID
from ita_analysis.analysis.comparison_years import TOOLS
from ita_analysis.charts.tool_lines import tool_lines_figure
from ita_analysis.pages import compare_years_charts as charts
from ita_analysis.pages import compare_years_notes as notes
from ita_analysis.pages import compare_years_rating as ratings
from ita_analysis.pages import compare_years_tables as rows
from ita_analysis.pages import compare_years_words as words
from ita_analysis.pages.compare_years_cards import key_cards
from ita_analysis.pages.compare_years_case import UNKNOWN_TYPE, ScoreCase, open_scores
from ita_analysis.pages.compare_years_sources import Sources
from ita_analysis.pages.compare_years_split import split_block
from ita_analysis.pages.info import report_day
from ita_analysis.reports import (
    Block,
    bullets,
    cards,
    caveat,
    end_mark,
    figure,
    sentence,
    table,
    tables,
    title_block,
)
from ita_analysis.texts import Texts, load_texts


@dataclass(frozen=True, slots=True)
class CompareYearsReport:
    """What the notebook ``compare_years`` shows; every method returns a block for one cell.

    Attributes:
        case: The scores and what they are compared with.
        result: The comparison; the frames are there for further questions.
        as_of: The day the report speaks for.
        say: Words of the report's language.
    """

    case: ScoreCase
    result: Comparison
    as_of: dt.date
    say: Texts

    @property
    def _is_national(self) -> bool:
        return self.case.agency.agency_id == NATIONAL_ID

    @property
    def _type(self) -> str:
        """The agency's type; empty where it is not known."""
        name = self.case.agency.agency_type
        return "" if name == UNKNOWN_TYPE else name

    def title(self) -> Block:
        """Whose report this is, up to which year, and which data it rests on."""
        result, say = self.result, self.say
        facts = {"headline": words.headline(result, say), **words.index_facts(result)}
        return title_block(replace(self._sources.info(), **facts))

    def headline(self) -> Block:
        """The finding, and what limits it."""
        result, say = self.result, self.say
        block = Block(())
        if result.is_mean:
            block += caveat(say("compare.mean_caveat"))
        last = int(words.current(result)["fiscal_year_be"])
        if last < result.fiscal_year_be:
            block += caveat(
                say("compare.asked_year_missing", asked=result.fiscal_year_be, last=last)
            )
        block += sentence(words.headline(result, say))
        level = words.national_level(result, say)
        if level:
            block += sentence(level)
        return block + sentence(self._rating_of(words.current(result)))

    def key_figures(self) -> Block:
        """Score, rating, change, and change against the country, in cards."""
        items = key_cards(self.result, self.case.frameworks, self._is_national, self.say)
        return cards(items)

    def score_lines(self) -> Block:
        """How did the score move, against whom?"""
        result, say = self.result, self.say
        fig = charts.lines(result, self.case.frameworks, say)
        if fig is None:
            key = "lines_none" if result.scored.empty else "lines_one_year"
            block = sentence(say(f"compare.{key}"))
            return block if result.scored.empty else block + self._peers()
        scored = [int(year) for year in result.scored["fiscal_year_be"]]
        last = self.case.frameworks[scored[-1]]
        needs_tools = any(band.tool_min is not None for band in last.ratings.entries)
        block = figure(
            fig,
            name="score-lines",
            title=words.lines_title(result, say),
            subtitle=say("compare.lines_subtitle", first=scored[0], last=scored[-1]),
            source=self._sources.line(self._sources.bands(scored), with_national=True),
            table=rows.line_rows(result, self.case.agency.agency_id),
            how_to_read=say("compare.how_lines" if needs_tools else "compare.how_lines_old"),
            lang=say.lang,
        )
        return block + self._peers()

    def tool_lines(self) -> Block:
        """Which tool moved?"""
        result, say = self.result, self.say
        known = rows.tool_rows(result)
        if known.empty:
            return sentence(say("compare.tools_none"))
        last = known.to_dict("records")[-1]
        parts = words.tool_scores(last, TOOLS, say)
        values = {"year": last["fiscal_year_be"], "parts": parts}
        made = result.years[result.years["tools_computed"].fillna("") != ""]
        made_years = [int(year) for year in made["fiscal_year_be"]]
        made_tools = {tool for cell in made["tools_computed"] for tool in words.codes_of(cell)}
        fig = tool_lines_figure(result.years, say)
        if fig is None:
            block = sentence(say("compare.tools_one_year", **values))
        else:
            block = figure(
                fig,
                name="tool-lines",
                title=say("compare.tools_title", **values),
                subtitle=say("compare.tools_subtitle"),
                source=self._sources.line(self._sources.rules(made_years)),
                table=known,
                how_to_read=say("compare.how_tools"),
                lang=say.lang,
            )
        if made_years:
            block += caveat(
                say(
                    "compare.tools_computed",
                    tools=words.listed([tool for tool in TOOLS if tool in made_tools], say),
                    years=words.year_spans(made_years),
                    rules=self._sources.rules(made_years),
                )
            )
        return block

    def changes(self) -> Block:
        """What made the change?"""
        result, say = self.result, self.say
        block = Block(())
        for pair in result.shown_splits:
            block += split_block(pair, result, self.case.frameworks, self._sources, say)
        if result.split_gap is None:
            return block + caveat(say("compare.split_arithmetic"))
        scored = [int(year) for year in result.scored["fiscal_year_be"]]
        years = {"earlier": scored[-2], "year": scored[-1]} if len(scored) > 1 else {}
        block += sentence(say(f"compare.split_none_{result.split_gap}", **years))
        if result.split_gap == "parts_missing":
            block += caveat(say("compare.split_how_to_add"))
        return block

    def indicators(self) -> Block:
        """Which indicators, which years?"""
        result, say, frameworks = self.result, self.say, self.case.frameworks
        known = result.indicators
        if known.empty:
            return sentence(say("compare.heat_empty"))
        last = int(known["fiscal_year_be"].max())
        title = words.heat_title(known[known["fiscal_year_be"] == last], frameworks[last], say)
        shown = rows.indicator_rows(result, frameworks, say)
        labels = {"indicator": say("columns.indicator_no")}
        made = known[known["score_kind"] == "computed"]
        made_years = sorted({int(year) for year in made["fiscal_year_be"]})
        fig = charts.heat(result, frameworks, say)
        if fig is None:
            block = sentence(title) + table(shown, say.lang, labels=labels)
        else:
            block = figure(
                fig,
                name="indicators",
                title=title,
                subtitle=say("compare.heat_subtitle"),
                source=self._sources.line(self._sources.rules(made_years)),
                table=shown,
                labels=labels,
                how_to_read=say("compare.how_heat"),
                lang=say.lang,
            )
        if made_years:
            years = words.year_spans(made_years)
            block += caveat(
                say("compare.heat_computed", years=years, rules=self._sources.rules(made_years))
            )
        return block

    def rating_path(self) -> Block:
        """The rating of each year, and the reason for each move."""
        result, say, frameworks = self.result, self.say, self.case.frameworks
        block = bullets([self._rating_of(row) for row in result.years.to_dict("records")])
        if result.is_mean:
            block = caveat(say("compare.mean_rating_caveat")) + block
        return block + table(
            rows.path_rows(result, frameworks, say), say.lang, say("compare.path_caption")
        )

    def against_national(self) -> Block:
        """The change against the national change."""
        result, say = self.result, self.say
        if self._is_national:
            return sentence(say("compare.against_itself"))
        if result.changes.empty:
            key = "against_no_overall" if result.scored.empty else "against_one_year"
            block = sentence(say(f"compare.{key}"))
            level = words.national_level(result, say)
            return block + sentence(level) if level else block
        lines = [
            words.against_national(change, say) for change in result.changes.to_dict("records")
        ]
        block = bullets(lines)
        if result.changes["against_national_points"].notna().any():
            block += table(rows.change_rows(result), say.lang, say("compare.against_caption"))
        note = notes.derived(result, self.case.national, say)
        return block + caveat(note) if note else block

    def reading_notes(self) -> Block:
        """What was recomputed, what breaks, what rests on what, from where the scores are."""
        result, say = self.result, self.say
        found = notes.statements(result, self.case.frameworks, self.case.national, say)
        block = bullets(found)
        totals = rows.recomputed_rows(result)
        if not totals.empty:
            block += table(totals, say.lang, say("compare.notes_recomputed_caption"))
        return block + table(
            rows.source_rows(self.case.scores, self._sources.national_shown(), say),
            say.lang,
            say("compare.sources_caption"),
        )

    def close(self) -> Block:
        """The tables for programs, and the mark of the end."""
        agency_id = self.case.agency.agency_id
        return tables(rows.published_tables(self.result, agency_id)) + end_mark()

    def _rating_of(self, row: Mapping[Any, Any]) -> str:
        change = words.change_to(self.result, int(row["fiscal_year_be"]))
        return ratings.path_line(row, change, self.case.frameworks, self.say)

    def _peers(self) -> Block:
        return caveat(words.peers(self.result, self._type, LEAST_PEERS, self.say))

    @property
    def _sources(self) -> Sources:
        return Sources(self.case, self.result, self.as_of, self.say)


def compare_years_report(
    agency_id: str,
    fiscal_year_be: int,
    lang: str = "th",
    as_of: str | dt.date | None = None,
    data_dir: str | Path | None = None,
) -> CompareYearsReport:
    """Compare the years of one agency, up to and including one, and return the report.

    Args:
        agency_id: Key in agencies.csv.
        fiscal_year_be: The last year to look at, Buddhist Era.
        lang: ``th`` or ``en``.
        as_of: The day to speak for; see :func:`ita_analysis.analysis.as_of.resolve_as_of`.
        data_dir: The data folder; the shipped one where None.

    Raises:
        UsageError: The agency is not listed, or there is no such language.
        DataError: It has no scores up to this year, or the data are faulty.
    """
    case = open_scores(agency_id, fiscal_year_be, data_dir)
    result = compare_years(case.scores, case.frameworks, case.national, case.peers, fiscal_year_be)
    day = report_day(as_of, fiscal_year_be)
    return CompareYearsReport(case, result, day, load_texts(lang))
