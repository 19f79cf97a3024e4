"""The brief for management, one method for each thing it shows.

It makes no number of its own: what it shows, the detailed reports show too, from the same
functions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ita_analysis.analysis.brief import (
    MOST_ACTIONS,
    n_measures_by_state,
    next_actions,
    unmet_measures,
)
from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_peers import NATIONAL_ID
from ita_analysis.analysis.improvement import Improvement
from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.charts.timeline import timeline_figure
from ita_analysis.pages import brief_words as words
from ita_analysis.pages import compare_years_words, improvement_way_words, timeliness_words
from ita_analysis.pages.brief_case import BriefCase, brief_info, source_line
from ita_analysis.pages.compare_years import compare_years_report
from ita_analysis.pages.compare_years_cards import key_cards
from ita_analysis.pages.duties import oit_window
from ita_analysis.pages.improvement import improvement_report
from ita_analysis.pages.timeliness_tables import measure_rows
from ita_analysis.reports import (
    Block,
    Card,
    bullets,
    cards,
    caveat,
    end_mark,
    figure,
    sentence,
    steps,
    tables,
    title_block,
)
from ita_analysis.texts import Texts

MOST_ROWS = 4
"""Rows of the small timeline: what leaves room on the sheet for all the rest."""


@dataclass(frozen=True, slots=True)
class BriefReport:
    """What the notebook ``brief`` shows; every method returns a block for one cell.

    Attributes:
        case: Scores, rules and register.
        result: The year's worth, way and measures.
        comparison: The scores over the years; None where there are none.
        next_steps: What to do first, as :func:`ita_analysis.analysis.brief.next_actions`.
        as_of: The day the report speaks for.
        say: Words of the report's language.
    """

    case: BriefCase
    result: Improvement
    comparison: Comparison | None
    next_steps: pd.DataFrame
    as_of: dt.date
    say: Texts

    def title(self) -> Block:
        """Whose report this is, for which year and day."""
        duties, lines = self.result.duties, []
        share = None
        if self.comparison is not None:
            lines.append(compare_years_words.headline(self.comparison, self.say))
        if duties is not None:
            lines.append(timeliness_words.headline(duties, self.say))
            total = duties.n_assessed
            share = 100 * duties.count("due", "on_time") / total if total else None
        headline = timeliness_words.SEPARATOR.join(lines)
        info = brief_info(self.case, self.as_of, self.say)
        facts = compare_years_words.index_facts(self.comparison) if self.comparison else {}
        return title_block(replace(info, headline=headline, share_on_time_pct=share, **facts))

    def key_figures(self) -> Block:
        """Score, rating, change; on time, late, without evidence."""
        block = sentence(self.say("brief.no_scores")) if self.comparison is None else Block(())
        if self.comparison is not None and self.case.scores is not None:
            is_national = self.case.improvement.agency.agency_id == NATIONAL_ID
            frameworks = self.case.scores.frameworks
            block += cards(key_cards(self.comparison, frameworks, is_national, self.say))
        if self.result.duties is not None:
            block += cards(self._duty_cards(self.result.duties))
        return block

    def actions(self) -> Block:
        """What to do first, each with its worth or its deadline."""
        result, say, case = self.result, self.say, self.case
        framework = case.improvement.framework
        n = len(self.next_steps)
        advice = words.lead(self.next_steps, say)
        block = sentence(advice) if advice else Block(())
        block += steps(words.action_steps(self.next_steps, result, framework, self.as_of, say))
        if n < MOST_ACTIONS:
            block += bullets(words.few_actions(n, case, result, say))
            marks = "" if n else improvement_way_words.marks(result, say)
            block += sentence(marks) if marks else Block(())
        notes = [words.closed_window(self.next_steps, framework, self.as_of, say)]
        notes += [say("brief.actions_rest")] if n else []
        note = " ".join(filter(None, notes))
        return block + caveat(note) if note else block

    def lateness(self) -> Block:
        """What was late, and why it counts as late."""
        duties, say = self.result.duties, self.say
        if duties is None:
            return sentence(say("brief.no_register", year=self.result.fiscal_year_be))
        lines = [timeliness_words.headline(duties, say)]
        counts = n_measures_by_state(duties)
        if counts["total"]:
            lines.append(say("brief.measures_counts", **counts))
        if counts["late"]:
            lines.append(say("brief.late_why"))
        return bullets(lines) + (self._timeline(duties) if counts["total"] else Block(()))

    def uncertain(self) -> Block:
        """What limits the reading."""
        return bullets(
            words.uncertain(self.case, self.result, self.comparison, self.next_steps, self.say)
        )

    def close(self) -> Block:
        """The table for programs, and the mark of the end."""
        table = self.next_steps.copy()
        table.insert(0, "fiscal_year_be", self.result.fiscal_year_be)
        table.insert(0, "agency_id", self.case.improvement.agency.agency_id)
        return tables({"actions": table}) + end_mark()

    def _duty_cards(self, duties: Timeliness) -> list[Card]:
        note = self.say("timeliness.of_dated", total=duties.n_assessed)
        return [
            Card(
                self.say(f"timeliness.card_{status}"),
                str(duties.count("due", status)),
                note,
                status,
            )
            for status in ("on_time", "late", "no_evidence")
        ]

    def _timeline(self, duties: Timeliness) -> Block:
        unmet, say = unmet_measures(self.result), self.say
        if unmet.empty:
            return sentence(timeliness_words.worst_measure(duties, say))
        shown = unmet.head(MOST_ROWS)
        numbers = set(shown["measure_no"])
        occurrences = duties.occurrences
        dated = occurrences[
            occurrences["measure_no"].isin(numbers) & (occurrences["kind"] == "due")
        ]
        year = self.result.fiscal_year_be
        window = oit_window(self.case.improvement.framework, say)
        fig = timeline_figure(shown, dated, {}, year, self.as_of, window, say, is_small=True)
        counts = {"shown": len(shown), "total": len(unmet)}
        key = "timeline_all" if len(shown) == len(unmet) else "timeline_some"
        return figure(
            fig,
            name="timeline",
            title=timeliness_words.worst_measure(duties, say),
            subtitle=say(f"brief.{key}", year=year, **counts),
            source=source_line(self.case, self.as_of, say),
            table=measure_rows(duties),
            how_to_read=say("brief.how_timeline"),
            lang=say.lang,
        )


def brief_report(
    agency_id: str,
    fiscal_year: int,
    lang: str = "th",
    as_of: str | dt.date | None = None,
    data_dir: str | Path | None = None,
) -> BriefReport:
    """Load one agency and fiscal year, and return its one-page report.

    Its numbers are those of the detailed reports, and so are its arguments and errors: see
    :func:`ita_analysis.pages.improvement.improvement_report`.
    """
    detail = improvement_report(agency_id, fiscal_year, lang, as_of, data_dir)
    scores, comparison = None, None
    if not detail.case.scores.empty:
        years = compare_years_report(agency_id, fiscal_year, lang, as_of, data_dir)
        scores, comparison = years.case, years.result
    case = BriefCase(detail.case, scores)
    next_steps = next_actions(detail.result)
    return BriefReport(case, detail.result, comparison, next_steps, detail.as_of, detail.say)
