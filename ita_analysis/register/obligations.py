"""From the clauses of a measure to its obligations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ita_analysis.register.clauses import actor_of, split_clauses
from ita_analysis.register.grammar import Phrase, find_phrases
from ita_analysis.register.model import Actor, Coverage, Kind, Note, Obligation
from ita_analysis.thai import Mention

PHRASE_SEPARATOR = " … "
HARD = ("due", "recurring", "after_event")
"""Kinds that set a time; where a clause has one of them, its softer words only repeat it."""


@dataclass
class Reading:
    """What was read from the clauses of one measure.

    Attributes:
        obligations: In the order of the document, numbered from 1.
        notes: What the reader must know: unplaced words, inferred years, what was said twice.
        coverage: Phrases seen and understood.
    """

    obligations: list[Obligation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An obligation before it has a number, an actor and a task."""

    kind: Kind
    words: tuple[str, ...] = ()
    schedule: tuple[tuple[str, Any], ...] = ()
    is_year_inferred: bool = False
    is_understood: bool = True

    @property
    def phrase(self) -> str | None:
        return PHRASE_SEPARATOR.join(dict.fromkeys(self.words)) or None


def read_obligations(
    monitoring: str, steps: str, fiscal_year_be: int, measure_no: int, row: int | None
) -> Reading:
    """Read the obligations of one measure.

    Every clause of the monitoring column is an obligation. A clause of the steps column is one
    only if it says when, and not if the monitoring column already says the same to the same actor.

    Args:
        monitoring: The column of reporting, monitoring and deadlines.
        steps: The column of steps.
        fiscal_year_be: Fiscal year of the report.
        measure_no: For notes.
        row: Line of the source document, for notes.
    """
    reader = _Reader(fiscal_year_be, measure_no, row)
    for clause in split_clauses(monitoring):
        reader.read(clause, "monitoring")
    for clause in split_clauses(steps):
        reader.read(clause, "steps")
    return reader.reading


class _Reader:
    def __init__(self, fiscal_year_be: int, measure_no: int, row: int | None) -> None:
        self.reading = Reading()
        self._fiscal_year_be = fiscal_year_be
        self._measure_no = measure_no
        self._row = row
        self._said: list[tuple[Actor, _Draft]] = []

    def read(self, clause: str, column: str) -> None:
        phrases = find_phrases(clause, self._fiscal_year_be)
        self._count(phrases)
        actor = actor_of(clause)
        drafts = list(_drafts(phrases, is_deadline_column=column == "monitoring"))
        if not drafts and column == "monitoring":
            drafts = [_Draft(Kind.UNSCHEDULED)]
        for draft in drafts:
            if column == "steps" and self._is_said(draft, actor):
                self._note("said_in_steps_too", phrase=draft.phrase)
            else:
                self._add(draft, actor, clause, column)

    def _count(self, phrases: list[Phrase]) -> None:
        before = self.reading.coverage
        understood = sum(phrase.rule is not None for phrase in phrases)
        self.reading.coverage = Coverage(
            n_phrases=before.n_phrases + len(phrases),
            n_understood=before.n_understood + understood,
        )

    def _is_said(self, draft: _Draft, actor: Actor) -> bool:
        """Whether a step only repeats a time; "within the time set" repeats any that is set."""
        own = [said for who, said in self._said if who == actor]
        if draft.kind is Kind.UNSCHEDULED and draft.is_understood:
            return any(said.kind in HARD for said in own)
        return any((said.kind, said.schedule) == (draft.kind, draft.schedule) for said in own)

    def _add(self, draft: _Draft, actor: Actor, clause: str, column: str) -> None:
        self._said.append((actor, draft))
        obligation = Obligation(
            obligation_no=len(self.reading.obligations) + 1,
            actor=actor,
            kind=draft.kind,
            due_year_inferred=draft.is_year_inferred,
            phrase_th=draft.phrase,
            task_th=clause,
            source_column=column,
            **dict(draft.schedule),
        )
        self.reading.obligations.append(obligation)
        if draft.is_year_inferred:
            due_date, year = str(obligation.due_date), self._fiscal_year_be
            self._note("year_inferred", phrase=draft.phrase, due_date=due_date, fiscal_year_be=year)
        if not draft.is_understood:
            self._note("phrase_not_understood", phrase=draft.phrase)

    def _note(self, code: str, **values: object) -> None:
        self.reading.notes.append(
            Note(code=code, measure_no=self._measure_no, row=self._row, values=values)
        )


def _drafts(phrases: list[Phrase], *, is_deadline_column: bool) -> Iterator[_Draft]:
    """The obligations that the phrases of one clause make: one for each schedule they set."""
    kinds = (*HARD, "bare_date") if is_deadline_column else HARD
    hard = [draft for phrase in phrases if phrase.kind in kinds for draft in _hard(phrase)]
    yield from _merged(hard)
    if not hard:
        for kind in (Kind.CONTINUOUS, Kind.UNSCHEDULED):
            soft = tuple(phrase.words for phrase in phrases if phrase.kind == kind)
            if soft:
                yield _Draft(kind, soft)
                break
    for phrase in phrases:
        if phrase.rule is None or (phrase.kind == "bare_date" and not is_deadline_column):
            yield _Draft(Kind.UNSCHEDULED, (phrase.words,), is_understood=False)


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Drafts of one clause that set the same schedule, as one with the words of all."""
    merged: dict[tuple[object, ...], _Draft] = {}
    for draft in drafts:
        key = (draft.kind, draft.schedule)
        first = merged.get(key)
        merged[key] = replace(first, words=first.words + draft.words) if first else draft
    return list(merged.values())


def _hard(phrase: Phrase) -> Iterator[_Draft]:
    rules = phrase.rule.schedule if phrase.rule else {}
    if "due" in rules:
        for mention in phrase.dates:
            due = ("due_date", _due_date(mention, rules["due"]))
            yield _Draft(Kind.DUE, (phrase.words,), (due,), mention.date.year_inferred)
        return
    schedule = [(name, _evaluate(expression, phrase)) for name, expression in rules.items()]
    if phrase.is_working_days:
        schedule.append(("is_working_days", True))
    if phrase.kind == Kind.RECURRING and phrase.dates:
        schedule.append(("due_months", tuple(each.date.end.month for each in phrase.dates)))
    yield _Draft(Kind(phrase.kind), (phrase.words,), tuple(schedule))


def _due_date(mention: Mention, rule: str) -> dt.date:
    if rule == "day_before":
        return mention.date.start - dt.timedelta(days=1)
    return mention.date.end


def _evaluate(expression: str, phrase: Phrase) -> Any:
    """Value of ``6``, ``n``, ``7n``, ``12/n`` or ``12/dates``.

    A cadence that does not divide its period (twice a quarter) stays the period's: the register
    then claims less than the document, never more.
    """
    n = phrase.n or 1
    if expression.endswith("n") and expression[:-1].isdigit():
        return int(expression[:-1]) * n
    period, _, divisor = expression.partition("/")
    if not divisor:
        return n if period == "n" else int(period)
    parts = len(phrase.dates) if divisor == "dates" else n
    return int(period) // parts if parts and int(period) % parts == 0 else int(period)
