"""The improvement report, one method for each thing it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from ita_analysis.analysis.improvement import Improvement, improve
from ita_analysis.charts.dumbbell import dumbbell_figure
from ita_analysis.charts.worth import worth_figure
from ita_analysis.pages import improvement_figures as records
from ita_analysis.pages import improvement_measure_words as measure_words
from ita_analysis.pages import improvement_tables as rows
from ita_analysis.pages import improvement_way_words as way_words
from ita_analysis.pages import improvement_words as words
from ita_analysis.pages.duties import register_timeliness
from ita_analysis.pages.improvement_cards import key_figures
from ita_analysis.pages.improvement_case import (
    ImprovementCase,
    improvement_info,
    open_improvement,
    source_line,
)
from ita_analysis.pages.improvement_notes import note_lines
from ita_analysis.pages.info import report_day
from ita_analysis.reports import (
    Block,
    bullets,
    cards,
    caveat,
    end_mark,
    figure,
    heading,
    sentence,
    table,
    tables,
    title_block,
)
from ita_analysis.scores.formula import oit_basis
from ita_analysis.texts import Texts, load_texts

_NOTHING = Block(())


@dataclass(frozen=True, slots=True)
class ImprovementReport:
    """What the notebook ``indicator_improvement`` shows; every method returns a block for a cell.

    Attributes:
        case: Scores, rules and register.
        result: The analysis; its frames are there for further questions.
        as_of: The day the report speaks for.
        say: Words of the report's language.
    """

    case: ImprovementCase
    result: Improvement
    as_of: dt.date
    say: Texts

    def title(self) -> Block:
        """Whose report this is, for which year and day."""
        info = improvement_info(self.case, self.as_of, self.say)
        return title_block(replace(info, headline=words.headline(self.result, self.say)))

    def headline(self) -> Block:
        """How the score moved, which rating it gives, and what the measures aim at."""
        result, say = self.result, self.say
        block = sentence(words.headline(result, say))
        lines = words.rating_lines(result, self.case.frameworks, say)
        block += bullets([*lines, *words.aims(result, say)])
        before = result.before_year_be
        if before is not None and before != result.fiscal_year_be - 1:
            block += caveat(say("improvement.year_gap", before=before, year=result.fiscal_year_be))
        return block + (caveat(say("improvement.mean_caveat")) if result.is_mean else _NOTHING)

    def key_figures(self) -> Block:
        """Scores, the distance to the next rating, and what became of the aimed-at indicators."""
        return cards(key_figures(self.result, self.case.framework, self.say))

    def dumbbells(self) -> Block:
        """Where was each indicator, where is it, where are 85 and 95?"""
        result, say = self.result, self.say
        if not result.has_indicators:
            key = "dumbbell_none_register" if len(result.aimed) else "dumbbell_none"
            block = sentence(say(f"improvement.{key}", year=result.fiscal_year_be))
            aimed = rows.aimed_rows(result, say)
            if aimed.empty:
                return block
            return block + table(aimed, say.lang, say("improvement.aimed_caption"))
        fig = dumbbell_figure(
            records.dumbbells(result, say), records.MARKS, records.tool_headings(result, say)
        )
        return figure(
            fig,
            name="dumbbells",
            title=words.dumbbell_title(result, say),
            subtitle=self._dumbbell_subtitle(),
            source=self._source(),
            table=rows.indicator_rows(result, say),
            how_to_read=self._how_dumbbells(),
            lang=say.lang,
        )

    def movements(self) -> Block:
        """What moved, what did not, what remains: an association, never a cause."""
        result, say = self.result, self.say
        if not result.has_indicators:
            return bullets(words.remains(result, say))
        moved = words.movements(result, say)
        block = bullets([*moved, *words.remains(result, say)])
        if not result.indicators["change_points"].notna().any():
            return block
        notes = [say("improvement.moved_arithmetic")]
        if self._items_changed():
            notes.append(say("improvement.moved_items"))
        return block + caveat(" ".join(notes))

    def worth(self) -> Block:
        """What each indicator, sub-indicator and item is worth this year."""
        result, say = self.result, self.say
        block = bullets(words.worth_lines(result, say))
        told = rows.worth_rows(result, say)
        block += table(told, say.lang, say("improvement.worth_caption"))
        notes = [say("improvement.notes_one_point", year=result.fiscal_year_be)]
        if "points_per_item" in told.columns:
            notes.append(say("improvement.worth_items_note"))
        if self._items_changed() and "score_pct" in told.columns:
            values = {"before": result.before_year_be, "year": result.fiscal_year_be}
            notes.append(say("improvement.worth_before_items", **values))
        return block + caveat(" ".join(notes))

    def way(self) -> Block:
        """The shortest way to the next rating, or what is missing to tell it."""
        result, say, framework = self.result, self.say, self.case.framework
        block = _NOTHING
        for line in way_words.state(result, framework, say):
            block += sentence(line)
        told = result.way is not None and result.way.way.rating is not None
        if result.target is None:
            marks = way_words.marks(result, say)
            block += bullets([marks]) if marks else _NOTHING
        block += self._way_by_items() + self._way_by_gains()
        if not told:
            lead = sentence(say("improvement.add_lead"))
            agency, year = self.case.agency, result.fiscal_year_be
            return block + lead + bullets(way_words.how_to_add(agency, year, say))
        return block + caveat(say("improvement.way_rules", year=result.fiscal_year_be))

    def measures(self) -> Block:
        """Were the measures met in time, and what is that which they aim at worth?"""
        result, say = self.result, self.say
        block = sentence(measure_words.dearest_late(result, self.case.framework, say))
        if result.duties is None:
            return block
        block += self._worth_figure()
        labels = {name: say(f"improvement.column_{name}") for name in ("aim", "aim_worth")}
        caption = measure_words.caption(result, say)
        block += table(rows.measure_rows(result, say), say.lang, caption, labels)
        notes = [say("improvement.caveat_one_date")]
        if result.measures["sub_indicator"].notna().any():
            notes.append(say("improvement.matched_note"))
        return block + caveat(" ".join(notes))

    def notes(self) -> Block:
        """On what the figures rest."""
        return bullets(note_lines(self.case, self.result, self.say))

    def close(self) -> Block:
        """The tables for programs, and the mark of the end."""
        agency_id = self.case.agency.agency_id
        return tables(rows.published_tables(self.result, agency_id)) + end_mark()

    def _items_changed(self) -> bool:
        return bool(self.result.breaks["affects"].str.contains("items").any())

    def _way_by_items(self) -> Block:
        result, say, framework = self.result, self.say, self.case.framework
        lines = way_words.items(result, framework, say)
        block = bullets(lines)
        guesses = way_words.explanations(result, say)
        if guesses:
            block += sentence(say("improvement.explain_lead")) + bullets(guesses)
        steps = rows.step_rows(result, framework, say)
        if len(steps):
            basis = say(f"framework.basis.{oit_basis(framework)}")
            block += table(steps, say.lang, say("improvement.items_caption", basis=basis))
            block += caveat(say("improvement.items_swap"))
        sets = rows.set_rows(result, framework, say)
        if len(sets) > 1 and result.way is not None:
            n = result.way.way.n_item_sets
            caption = say("improvement.sets_caption")
            if n > len(sets):
                caption += ": " + say("improvement.sets_more", shown=len(sets), n=n)
            block += table(sets, say.lang, caption)
        if not block.outputs:
            return block
        return heading(say("improvement.way_heading_items"), 3) + block

    def _way_by_gains(self) -> Block:
        result, say, framework = self.result, self.say, self.case.framework
        lines = way_words.gains(result, framework, say)
        if not lines:
            return _NOTHING
        block = heading(say("improvement.way_heading_gains"), 3) + bullets(lines)
        gains = rows.gain_rows(result, framework, say)
        if gains.empty:
            return block
        basis = say(f"framework.basis.{framework.rule.overall.basis}")
        return block + table(gains, say.lang, say("improvement.gains_caption", basis=basis))

    def _worth_figure(self) -> Block:
        say = self.say
        chart = records.worth_chart(self.result, say)
        if not chart.parts:
            return _NOTHING
        unit = "items" if chart.is_by_item else "points"
        fig = worth_figure(chart.parts, say(f"improvement.worth_axis_{unit}"))
        block = figure(
            fig,
            name="worth",
            title=measure_words.worth_title(chart, say),
            subtitle=say(f"improvement.worth_figure_{unit}"),
            source=self._source(),
            table=rows.part_rows(chart.rows, say),
            how_to_read=say("improvement.how_worth"),
            lang=say.lang,
        )
        return block + (caveat(say("improvement.oit_only_note")) if chart.is_by_item else _NOTHING)

    def _dumbbell_subtitle(self) -> str:
        result, say = self.result, self.say
        both = result.indicators[["score_before_pct", "score_pct"]].notna().any()
        if both.all():
            values = {"before": result.before_year_be, "year": result.fiscal_year_be}
            return say("improvement.dumbbell_subtitle", **values)
        year = result.fiscal_year_be if both["score_pct"] else result.before_year_be
        return say("improvement.dumbbell_subtitle_one", year=year)

    def _how_dumbbells(self) -> str:
        result, say = self.result, self.say
        both = result.indicators[["score_before_pct", "score_pct"]].notna().any()
        if both.all():
            key = "how_dumbbell" if len(result.aimed) else "how_dumbbell_plain"
            return say(f"improvement.{key}")
        if both["score_pct"]:
            key = "how_dumbbell_one" if len(result.aimed) else "how_dumbbell_one_plain"
            return say(f"improvement.{key}", year=result.fiscal_year_be)
        return say("improvement.how_dumbbell_before", before=result.before_year_be)

    def _source(self) -> str:
        basis = self.case.framework.rule.overall.basis
        return source_line(self.case, self.as_of, basis, self.say)


def improvement_report(
    agency_id: str,
    fiscal_year: int,
    lang: str = "th",
    as_of: str | dt.date | None = None,
    data_dir: str | Path | None = None,
) -> ImprovementReport:
    """Load one agency and fiscal year, analyse it, and return its report.

    Args:
        agency_id: Key in agencies.csv.
        fiscal_year: Fiscal year, Buddhist Era.
        lang: ``th`` or ``en``.
        as_of: The day to speak for; see :func:`ita_analysis.analysis.as_of.resolve_as_of`.
        data_dir: The data folder; the shipped one where None.

    Raises:
        UsageError: The agency is not listed, or there is no such language.
        DataError: It has neither scores nor a register of this year, or the data are faulty.
    """
    case = open_improvement(agency_id, fiscal_year, data_dir)
    register = case.register
    day = report_day(as_of, fiscal_year, register)
    duties = register_timeliness(register, day) if register else None
    result = improve(case.scores, case.frameworks, fiscal_year, duties)
    return ImprovementReport(case, result, day, load_texts(lang))
