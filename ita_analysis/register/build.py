"""From a document to a register: every row a measure, every repair and inference noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ita_analysis.documents import Document
from ita_analysis.errors import DataError, Fault
from ita_analysis.frameworks import Framework, Match, match_sub_indicator
from ita_analysis.register.columns import Role
from ita_analysis.register.dated import is_range
from ita_analysis.register.head import Head, read_head
from ita_analysis.register.headings import Title, read_title, titled
from ita_analysis.register.model import Coverage, Kind, Measure, Note, Obligation, Register, Source
from ita_analysis.register.obligations import read_obligations
from ita_analysis.register.publication import (
    THAI_TIME,
    Publication,
    find_publication,
    with_publication,
)
from ita_analysis.register.row_faults import Rejected, row_faults
from ita_analysis.register.table_notes import table_notes
from ita_analysis.register.tables import Found, MeasureRow, find_measures
from ita_analysis.register.units import split_units
from ita_analysis.thai import (
    Precision,
    find_dates,
    fiscal_year_span,
)

UNTOLD = {"white_space"}
"""Repairs of a text that change no word and would only fill the list."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a report's rows.

    Attributes:
        register: The register; None where no row could be taken in.
        rejects: Rows that were not taken in, each with its faults.
        found: Every row of the document and where it was placed.
    """

    register: Register | None
    rejects: tuple[Rejected, ...]
    found: Found

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the rejected rows."""
        return tuple(each for reject in self.rejects for each in reject.faults)


def build_register(
    document: Document,
    frameworks: Callable[[int], Framework],
    fiscal_year_be: int | None = None,
) -> Register:
    """Read a report of measures, whole or not at all.

    Args:
        document: The report.
        frameworks: Gives the framework of a fiscal year.
        fiscal_year_be: The report's fiscal year, where the user has said it.

    Returns:
        The register, with a note for each repair, inference and doubt.

    Raises:
        DataError: The document is no such report, its year cannot be told, or it has faulty rows;
            all faults are named at once.
    """
    built = build_rows(document, frameworks, fiscal_year_be)
    if built.register is None or built.rejects:
        raise DataError(built.faults)
    return built.register


def build_rows(
    document: Document,
    frameworks: Callable[[int], Framework],
    fiscal_year_be: int | None = None,
    mapping: Mapping[str, Role] | None = None,
) -> Built:
    """Read a report of measures: good rows become measures, faulty ones are rejected and told.

    A rejected row keeps its number, so that the others are numbered as in the document.

    Args:
        document: The report.
        frameworks: Gives the framework of a fiscal year.
        fiscal_year_be: The report's fiscal year, where the user has said it.
        mapping: Roles by heading, where the user has said them.

    Raises:
        DataError: The document is no such report, or its year cannot be told.
    """
    head = read_head(document, _periods(document), fiscal_year_be)
    framework = frameworks(head.fiscal_year_be)
    found = find_measures(document, framework, mapping)
    builder = _Builder(head, framework)
    measures: list[Measure] = []
    rejects: list[Rejected] = []
    for number, row in enumerate(found.measures, 1):
        faults = row_faults(row, document.faults)
        if faults:
            rejects.append(Rejected(row.row, faults, row.n_rows))
            place = row.row.place
            words = {"reason": faults[0].problem, "words": faults[0].found[:60]}
            builder.notes.append(Note(code="row_rejected", measure_no=number, row=place.row,
                                      part=place.part, values=words))  # fmt: skip
        else:
            measures.append(builder.measure(number, row))
    if not measures:
        return Built(None, tuple(rejects), found)
    register = Register(
        agency=head.agency,
        fiscal_year_be=head.fiscal_year_be,
        round_months=head.round_months,
        period_start_date=head.period_start_date,
        period_end_date=head.period_end_date,
        measures=tuple(measures),
        notes=(*table_notes(found), *builder.notes),
        coverage=builder.coverage,
        source=Source(file_name=document.name, sha256=document.sha256, encoding=document.encoding),
    )
    return Built(register, tuple(rejects), found)


def _periods(document: Document) -> list[str]:
    return [
        text
        for table in document.tables
        for row in table.rows
        for text in row.texts
        if len(text) < 60
    ]


class _Builder:
    """Makes measures one by one and gathers what must be told about them."""

    def __init__(self, head: Head, framework: Framework) -> None:
        self.notes: list[Note] = []
        self.coverage = Coverage()
        self._head = head
        self._framework = framework
        self._last_title: Title | None = None

    def measure(self, number: int, found: MeasureRow) -> Measure:
        values = {role: found.alignment.values.get(role, "") for role in Role}
        row = found.row.place.row

        def note(code: str, **words: object) -> None:
            part = found.row.place.part
            self.notes.append(Note(code=code, measure_no=number, row=row, part=part, values=words))

        self._note_repairs(found, note)
        title = self._title(titled(values[Role.TITLE], values[Role.ITEM]), found, note)
        match = self._match(title, note)
        result = with_publication(values[Role.RESULT], values[Role.PUBLISHED])
        publication = self._publication(result, note)
        start, end = self._period(values[Role.PERIOD], note)
        monitoring = values[Role.MONITORING]
        if not found.has_monitoring and not is_range(values[Role.PERIOD]):
            monitoring = values[Role.PERIOD]  # a column of deadlines, not of periods
        reading = read_obligations(
            monitoring, values[Role.STEPS], self._head.fiscal_year_be, number, row
        )
        self.notes += reading.notes
        self.coverage = Coverage(
            n_phrases=self.coverage.n_phrases + reading.coverage.n_phrases,
            n_understood=self.coverage.n_understood + reading.coverage.n_understood,
        )
        self._note_deadlines_outside(reading.obligations, start, end, note)
        return Measure(
            measure_no=number,
            tool=title.standing.tool,
            indicator_no=title.standing.indicator_no,
            sub_indicator=match.code if match else None,
            item_code=title.item_code,
            title_th=self._spelled(title.text, match, note),
            responsible_units_th=split_units(values[Role.UNITS]),
            units_phrase_th=values[Role.UNITS] or None,
            period_start_date=start,
            period_end_date=end,
            published_date=publication.date if publication else None,
            published_phrase_th=publication.words if publication else None,
            steps_th=values[Role.STEPS] or None,
            monitoring_th=values[Role.MONITORING] or None,
            result_th=result or None,
            outcome_th=values[Role.OUTCOME] or None,
            source_row=row,
            obligations=tuple(reading.obligations),
        )

    def _note_repairs(self, found: MeasureRow, note: Callable[..., None]) -> None:
        alignment = found.alignment
        if alignment.n_split:
            note("cells_split", n=alignment.n_split)
        if alignment.moved:
            note("columns_shifted", columns=", ".join(alignment.moved))
        if alignment.repeated:
            note("cell_repeated", words="; ".join(alignment.repeated))
        changes = sorted({change for cell in found.row.cells for change in cell.changes} - UNTOLD)
        if changes:
            note("text_repaired", changes=", ".join(changes))

    def _title(self, cell: str, found: MeasureRow, note: Callable[..., None]) -> Title:
        if not cell and self._last_title is not None:
            note("title_carried", title=self._last_title.text)
            return self._last_title
        title = read_title(cell or "-", found.standing, self._framework)
        self._last_title = title
        if title.standing.indicator_no is None:
            note("indicator_not_named", title=title.text)
        return title

    def _match(self, title: Title, note: Callable[..., None]) -> Match | None:
        if title.standing.tool != "OIT":
            return None
        match = match_sub_indicator(self._framework, title.text, title.standing.indicator_no)
        if match is None:
            note("sub_indicator_not_told", title=title.text)
            return None
        note("sub_indicator_matched", sub_indicator=match.code, matched=match.matched_title)
        return match

    def _spelled(self, title: str, match: Match | None, note: Callable[..., None]) -> str:
        """The title; in the framework's spelling where only spaces set them apart.

        A page's line breaks leave spaces within Thai words.
        """
        if match is None or title == match.matched_title:
            return title
        if title.replace(" ", "") != match.matched_title.replace(" ", ""):
            return title
        note("title_spaces", title=title)
        return match.matched_title

    def _publication(self, result: str, note: Callable[..., None]) -> Publication | None:
        publication = find_publication(result, self._head.fiscal_year_be)
        if publication is None:
            note("no_publication_date")
            return None
        if publication.precision is Precision.MONTH:
            note("publication_month_only", phrase=publication.words, date=str(publication.date))
        if publication.n_dates > 1:
            note("several_dates", n=publication.n_dates, date=str(publication.date))
        start, end = fiscal_year_span(self._head.fiscal_year_be)
        if publication.date > dt.datetime.now(THAI_TIME).date():
            note("publication_in_future", date=str(publication.date))
        if not start <= publication.date <= end:
            note("publication_outside_year", date=str(publication.date))
        return publication

    def _period(
        self, text: str, note: Callable[..., None]
    ) -> tuple[dt.date | None, dt.date | None]:
        mentions = find_dates(text, self._head.fiscal_year_be)
        if not mentions:
            if text:
                note("period_not_understood", words=text[:60])
            return None, None
        start = min(mention.date.start for mention in mentions)
        end = max(mention.date.end for mention in mentions)
        if (end - start).days > 366:
            note("period_over_a_year", start=str(start), end=str(end))
        return start, end

    def _note_deadlines_outside(
        self,
        obligations: list[Obligation],
        start: dt.date | None,
        end: dt.date | None,
        note: Callable[..., None],
    ) -> None:
        year_start, year_end = fiscal_year_span(self._head.fiscal_year_be)
        first = min(start or year_start, year_start)
        last = max(end or year_end, year_end)
        for obligation in obligations:
            due = obligation.due_date
            if obligation.kind is Kind.DUE and due and not first <= due <= last:
                note("deadline_outside_year", phrase=obligation.phrase_th, due_date=str(due),
                     obligation_no=obligation.obligation_no)  # fmt: skip
