"""The timeliness report, one method for each thing it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.charts.lateness import lateness_figure
from ita_analysis.charts.shares import share_figure
from ita_analysis.charts.timeline import indicator_headings, timeline_figure
from ita_analysis.pages import timeliness_tables as rows
from ita_analysis.pages import timeliness_words as words
from ita_analysis.pages.duties import oit_window, register_timeliness
from ita_analysis.pages.info import marked, report_day, report_info
from ita_analysis.register.case import RegisterCase
from ita_analysis.reports import (
    Block,
    Card,
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
from ita_analysis.thai import format_date


@dataclass(frozen=True, slots=True)
class TimelinessReport:
    """What the notebook ``timeliness`` shows; every method returns a block for one cell.

    Attributes:
        case: The register.
        result: Its timeliness; the frames are there for further questions.
        say: Words of the report's language.
    """

    case: RegisterCase
    result: Timeliness
    say: Texts

    def title(self) -> Block:
        """Whose report this is, for which year, round and day."""
        result, total = self.result, self.result.n_assessed
        info = report_info(
            self.case, "timeliness", result.as_of, self.say, subtitle_key="timeliness.subtitle"
        )
        share = 100 * result.count("due", "on_time") / total if total else None
        return title_block(
            replace(info, headline=words.headline(result, self.say), share_on_time_pct=share)
        )

    def key_figures(self) -> Block:
        """The headline, in cards."""
        result, say = self.result, self.say
        of_dated = say("timeliness.of_dated", total=result.n_assessed)
        lateness = result.lateness
        late_note = of_dated
        if lateness.n_late:
            late_note = say(
                "timeliness.card_late_note",
                median=f"{lateness.median_days:g}",
                worst=lateness.worst_days,
            )
        recurring = result.count("recurring", "on_time")
        recurring_due = recurring + result.count("recurring", "no_evidence")
        counts = {
            "on_time": (result.count("due", "on_time"), of_dated),
            "late": (lateness.n_late, late_note),
            "no_evidence": (
                result.count("due", "no_evidence"),
                say("timeliness.card_no_evidence_note"),
            ),
            "not_assessable": (
                result.count(status="not_assessable"),
                say("timeliness.card_not_assessable_note"),
            ),
        }
        items = [
            Card(say(f"timeliness.card_{status}"), str(n), note, status)
            for status, (n, note) in counts.items()
        ]
        note = say("timeliness.card_recurring_note", total=recurring_due)
        items.insert(3, Card(say("timeliness.card_recurring"), str(recurring), note))
        return cards(items)

    def headline(self) -> Block:
        """The finding, and what limits it."""
        return sentence(words.headline(self.result, self.say)) + caveat(
            self.say("timeliness.caveat_one_date")
        )

    def timeline(self) -> Block:
        """When was each thing due, and when was it shown?"""
        result, say = self.result, self.say
        ordered = result.measures.sort_values(["indicator_no", "measure_no"], na_position="last")
        headings = indicator_headings([self._indicator(no) for no in ordered["indicator_no"]])
        fig = timeline_figure(
            ordered,
            result.occurrences,
            headings,
            self.case.fiscal_year_be,
            result.as_of,
            oit_window(self.case.framework, say),
            say,
        )
        return figure(
            fig,
            name="timeline",
            title=words.worst_measure(result, say),
            subtitle=say("timeliness.timeline_subtitle", fiscal_year_be=self.case.fiscal_year_be),
            source=self._source(),
            table=rows.measure_rows(result),
            how_to_read=say("timeliness.how_timeline"),
            lang=say.lang,
        )

    def oit_window(self) -> Block:
        """What was published too late for the year's OIT score."""
        return sentence(words.oit_window(self.result, self.case.framework, self.say))

    def by_indicator(self) -> Block:
        """Where: on-time share by indicator."""
        groups = words.assessed(self.result.indicators)
        labels = [self._indicator(no) for no in groups["indicator_no"]]
        return self._shares("indicators", groups, labels, words.by_indicator(self.result, self.say))

    def by_unit(self) -> Block:
        """Who: on-time share by responsible unit."""
        groups = words.assessed(self.result.units).sort_values(
            ["n_assessed", "share_on_time_pct"], ascending=False
        )
        labels = [words.unit_name(unit, self.say) for unit in groups["unit_th"]]
        block = self._shares("units", groups, labels, words.by_unit(self.result, self.say))
        without = words.units_without(self.result, self.say)
        notes = [self.say("timeliness.caveat_units"), self.say("timeliness.caveat_small")]
        return block + bullets([text for text in (without, *notes) if text])

    def days_late(self) -> Block:
        """How late: one dot per dated obligation."""
        result, say = self.result, self.say
        known = result.obligations[result.obligations["status"].isin(["on_time", "late"])]
        dated = known[known["kind"] == "due"]
        return figure(
            lateness_figure(dated, result.lateness.median_days, say),
            name="lateness",
            title=words.how_late(result, say),
            source=self._source(),
            table=rows.dated_rows(result),
            how_to_read=say("timeliness.how_lateness"),
            lang=say.lang,
        )

    def no_evidence(self) -> Block:
        """What has no evidence: dated obligations, then recurring ones."""
        result, say = self.result, self.say
        missing = rows.without_evidence_rows(result)
        block = sentence(words.no_evidence(result, say))
        if not missing.empty:
            block += table(missing, say.lang, say("timeliness.card_no_evidence"))
        block += sentence(words.recurring(result, say))
        cyclic = rows.recurring_rows(result, say)
        if cyclic.empty:
            return block
        block += caveat(say("timeliness.caveat_recurring"))
        return block + table(cyclic, say.lang, say("timeliness.card_recurring"))

    def outcomes(self) -> Block:
        """What backs the outcomes that the register claims."""
        say = self.say
        return sentence(words.outcomes(self.result, say)) + table(
            rows.outcome_rows(self.result), say.lang, say("columns.outcome_class")
        )

    def not_assessable(self) -> Block:
        """What cannot be assessed, and why."""
        result, say = self.result, self.say
        unknown = rows.not_assessable_rows(result)
        block = sentence(words.not_assessable(result, say))
        if unknown.empty:
            return block
        return block + table(unknown, say.lang, say("timeliness.card_not_assessable"))

    def reading_notes(self) -> Block:
        """How the document was read: coverage, repairs, inferences, doubts."""
        register, say = self.case.register, self.say
        block = sentence(words.coverage(register.coverage, say))
        if register.source.summarised_columns:
            block += caveat(say("timeliness.caveat_summarised"))
        if not register.notes:
            return block + sentence(say("timeliness.notes_none"))
        return block + table(rows.note_rows(register.notes, say), say.lang)

    def close(self) -> Block:
        """The tables for programs, and the mark of the end."""
        agency_id, year = self.case.agency.agency_id, self.case.fiscal_year_be
        return tables(rows.published_tables(self.result, agency_id, year)) + end_mark()

    def _shares(self, name: str, groups: pd.DataFrame, labels: list[str], title: str) -> Block:
        fig = share_figure(labels, list(groups["n_on_time"]), list(groups["n_assessed"]), self.say)
        return figure(
            fig,
            name=name,
            title=title,
            source=self._source(),
            table=rows.group_rows(groups),
            how_to_read=self.say("timeliness.how_shares"),
            lang=self.say.lang,
        )

    def _indicator(self, number: object) -> str:
        if pd.isna(number):  # type: ignore[call-overload]
            return self.say("timeliness.no_indicator")
        indicator = self.case.framework.indicator(int(number))  # type: ignore[call-overload]
        title = indicator.title_en if self.say.lang == "en" else indicator.title_th
        return self.say("timeliness.indicator", no=number, title=title, tool=indicator.tool)

    def _source(self) -> str:
        source = self.case.register.source
        line = self.say(
            "timeliness.source_basis",
            source=self.say("timeliness.source", file=source.file_name or "–"),
            as_of=format_date(self.result.as_of, self.say.lang),
        )
        return marked(line, source.data_kind, self.say)


def timeliness_report(
    case: RegisterCase, lang: str = "th", as_of: str | dt.date | None = None
) -> TimelinessReport:
    """Assess a register and return its report.

    Args:
        case: The register, from :func:`ita_analysis.open_register`.
        lang: ``th`` or ``en``.
        as_of: The day to speak for; see :func:`ita_analysis.analysis.as_of.resolve_as_of`.
    """
    day = report_day(as_of, case.fiscal_year_be, case)
    return TimelinessReport(case, register_timeliness(case, day), load_texts(lang))
