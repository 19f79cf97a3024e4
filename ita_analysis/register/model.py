"""A register of measures: what an agency set itself to do, by when, and what it says was done."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

AGENCY_ID = r"^[a-z0-9-]{1,60}$"


class Actor(StrEnum):
    """Who owes an obligation."""

    OFFICER = "officer"
    EXECUTIVE = "executive"


class Kind(StrEnum):
    """How an obligation's time is given."""

    DUE = "due"
    RECURRING = "recurring"
    AFTER_EVENT = "after_event"
    CONTINUOUS = "continuous"
    UNSCHEDULED = "unscheduled"


def _split(value: object) -> object:
    """Lists stand in one CSV cell, joined with a semicolon."""
    if isinstance(value, str):
        return tuple(piece.strip() for piece in value.split(";") if piece.strip())
    return () if value is None else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Months = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], BeforeValidator(_split)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Obligation(_Record):
    """One duty with a time, within a measure.

    Attributes:
        obligation_no: Number within the measure, from 1 in the order of the document.
        actor: Who owes it: the subject of the clause.
        kind: How its time is given.
        due_date: Last day that counts; only for kind ``due``.
        due_year_inferred: The document gave no year; the fiscal year of the report was taken.
        every_months: Cadence in months; only for kind ``recurring``.
        every_days: Cadence in days where it is shorter than a month.
        due_day: Day of the month on which an occurrence is due; the month's last day where None.
        due_months: Calendar months in which an occurrence is due, where the document names them.
        within_days: Days after an event; None where the document gives no number.
        is_working_days: ``within_days`` counts working days.
        phrase_th: The words that say when; None where a duty is stated without any.
        task_th: The clause it stands in.
        source_column: Column of the report it was read from: ``monitoring`` or ``steps``.
    """

    obligation_no: int = Field(ge=1)
    actor: Actor
    kind: Kind
    due_date: dt.date | None = None
    due_year_inferred: bool = False
    every_months: int | None = Field(default=None, ge=1, le=12)
    due_months: Months = ()
    within_days: int | None = Field(default=None, ge=0, le=366)
    phrase_th: str | None = None
    task_th: str | None = None
    every_days: int | None = Field(default=None, ge=1, le=31)
    due_day: int | None = Field(default=None, ge=1, le=31)
    is_working_days: bool = False
    source_column: str = "monitoring"


class Measure(_Record):
    """One row of the report's table.

    Attributes:
        measure_no: Number from 1 in the order of the document.
        tool: IIT, EIT or OIT; None where the document does not tell.
        indicator_no: 1 to 10; None where the document does not tell.
        sub_indicator: 9.1 to 10.2, matched by title; None where the title does not tell.
        item_code: Code of the ITA item if the document gives one (``e6``), never guessed.
        title_th: Issue to improve.
        responsible_units_th: Units named, in the order of the document.
        units_phrase_th: The document's words about who is responsible.
        period_start_date: First day of the measure's period.
        period_end_date: Last day of the measure's period.
        published_date: Latest publication named in the result; None where there is none.
        published_phrase_th: The words that give it.
        steps_th: Steps.
        monitoring_th: Reporting, monitoring and deadlines.
        result_th: Result.
        outcome_th: Outcome.
        source_row: Line of the source document.
    """

    measure_no: int = Field(ge=1)
    tool: str | None = Field(default=None, pattern="^(IIT|EIT|OIT)$")
    indicator_no: int | None = Field(default=None, ge=1, le=10)
    sub_indicator: str | None = Field(default=None, pattern=r"^(9|10)\.[1-9]$")
    item_code: str | None = Field(default=None, pattern=r"^[ieo][1-9][0-9]?$")
    title_th: str = Field(min_length=1)
    responsible_units_th: Words = ()
    period_start_date: dt.date | None = None
    period_end_date: dt.date | None = None
    published_date: dt.date | None = None
    published_phrase_th: str | None = None
    steps_th: str | None = None
    monitoring_th: str | None = None
    result_th: str | None = None
    outcome_th: str | None = None
    units_phrase_th: str | None = None
    source_row: int | None = None
    obligations: tuple[Obligation, ...] = ()


class Note(_Record):
    """Something that a reader must know about how the register was read.

    Attributes:
        code: Kind of note; its words are ``notes.<code>`` in texts.
        measure_no: The measure it concerns; None where it concerns the whole document.
        row: Line of the source document.
        part: Sheet, page or table of the source document; empty for plain text.
        values: Placeholders of the words.
    """

    code: str
    measure_no: int | None = None
    row: int | None = None
    part: str = ""
    values: dict[str, Any] = Field(default_factory=dict)


class AgencyHead(_Record):
    """The agency as the document names it, after corrections of known errors of the source.

    Attributes:
        name_th: Full name.
        agency_type: Kind of agency, for example ``อบต.``.
        district_th: District without the word for it.
        province_th: Province without the word for it.
    """

    name_th: str | None = None
    agency_type: str | None = None
    district_th: str | None = None
    province_th: str | None = None


class Coverage(_Record):
    """How much of the document's words about time the deadline grammar understood.

    Attributes:
        n_phrases: Phrases that contain a time word.
        n_understood: Those of them that a rule of the grammar placed.
    """

    n_phrases: int = Field(default=0, ge=0)
    n_understood: int = Field(default=0, ge=0)

    @property
    def share_pct(self) -> float | None:
        """Share understood in per cent; None where there were no phrases."""
        return 100 * self.n_understood / self.n_phrases if self.n_phrases else None


class Source(_Record):
    """Where a register comes from and how it was read.

    Attributes:
        file_name: Name of the original.
        sha256: Hash of the original's bytes.
        encoding: How its bytes were read.
        description: What the original is, where it was obtained, how it may be used.
        data_kind: ``agency`` (the agency's own document) or ``synthetic``.
        summarised_columns: Columns that hold a summary instead of the document's words.
    """

    file_name: str | None = None
    sha256: str | None = None
    encoding: str | None = None
    description: str | None = None
    data_kind: str = Field(default="agency", pattern="^(agency|synthetic)$")
    summarised_columns: Words = ()


class Register(_Record):
    """The register of one agency, fiscal year and round.

    Attributes:
        agency: As the document names it.
        fiscal_year_be: Fiscal year, Buddhist Era.
        round_months: 6 or 12; None where the document does not tell.
        period_start_date: First day the report covers.
        period_end_date: Last day the report covers.
        measures: In the order of the document.
        notes: Repairs, inferences and doubts, in the order of the document.
        coverage: How much of the words about time was understood.
        source: Where it comes from.
    """

    agency: AgencyHead
    fiscal_year_be: int = Field(ge=2557, le=2657)
    round_months: int | None = None
    period_start_date: dt.date | None = None
    period_end_date: dt.date | None = None
    measures: tuple[Measure, ...]
    notes: tuple[Note, ...] = ()
    coverage: Coverage = Coverage()
    source: Source = Source()
