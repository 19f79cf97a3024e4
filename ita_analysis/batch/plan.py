"""The plan: which reports the data can give, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ita_analysis.batch.holdings import AgencyYear, Holdings
from ita_analysis.batch.notebooks import Notebook
from ita_analysis.batch.parameters import check_parameters
from ita_analysis.batch.wishes import Span, Wishes, unknown
from ita_analysis.errors import DataError, Fault, Place, UsageError
from ita_analysis.texts import LANGUAGES, fault
from ita_analysis.thai.fiscal import fiscal_year_span

THAI_TIME = timezone(timedelta(hours=7))
"""Thailand's clock, which has no summer time."""

NEEDS: dict[str, Callable[[Holdings], frozenset[AgencyYear]]] = {
    "register": lambda held: held.registers,
    "scores": lambda held: held.scores,
    "register_or_scores": lambda held: held.registers | held.scores,
    "register_and_scores": lambda held: held.registers & held.scores,
    "register_or_detailed_scores": lambda held: held.registers | held.detailed_scores,
    "scores_over_years": lambda held: held.scores_over_years,
}
"""What a notebook can ask for, and the agencies and years that have it."""


@dataclass(frozen=True)
class Task:
    """One report to make.

    Attributes:
        agency_id: Key of the agency.
        fiscal_year_be: Fiscal year (BE).
        notebook: The notebook that makes it.
        lang: Language of the report.
        as_of: Day it speaks for; None for the register's own.
    """

    agency_id: str
    fiscal_year_be: int
    notebook: Notebook
    lang: str
    as_of: date | None

    @property
    def folder(self) -> str:
        """Folder of the report's files, relative to the output folder."""
        return f"{self.fiscal_year_be}/{self.agency_id}"

    @property
    def key(self) -> str:
        """Name of the report in the manifest and on screen."""
        return f"{self.folder}/{self.notebook.name}.{self.lang}"

    @property
    def parameters(self) -> dict[str, object]:
        """What the notebook is given.

        The data folder is not among them: it goes by the kernel's environment, so that no path
        of this machine gets into a notebook that is handed on.
        """
        return {
            "agency_id": self.agency_id,
            "fiscal_year": self.fiscal_year_be,
            "lang": self.lang,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }


def make_plan(
    held: Holdings, notebooks: Sequence[Notebook], wishes: Wishes, today: date | None = None
) -> tuple[Task, ...]:
    """Return the wanted reports that the data can give, in the order they are made.

    Args:
        held: What the data hold.
        notebooks: The notebooks there are.
        wishes: What is wanted.
        today: The day of the run; Thailand's today where None.

    Returns:
        At least one task. English comes before Thai: the executed notebook and the CSV tables
        carry no language in their names, and are to be the Thai report's where both are made.

    Raises:
        UsageError: A name or year is not there, or a notebook does not take the parameters.
        DataError: The data hold nothing that any notebook could report on.
    """
    chosen = _choose_notebooks(notebooks, wishes)
    # Each looked up once: the sets of a country are large, and some are unions made on demand.
    having = {notebook.needs: NEEDS[notebook.needs](held) for notebook in chosen}
    known = frozenset().union(*having.values())
    if not known:
        raise DataError(fault("no_data_to_report", Place(file=str(held.data))))
    _check_names(known, wishes)
    day = today or datetime.now(THAI_TIME).date()
    agencies = frozenset(wishes.agencies)
    langs = sorted(dict.fromkeys(wishes.langs), key=lambda lang: (lang == "th", lang))
    tasks = tuple(
        Task(agency_id, year, notebook, lang, wishes.as_of or default_as_of(year, day))
        for agency_id, year in sorted(known, key=lambda pair: (-pair[1], pair[0]))
        if _wanted(agency_id, agencies) and _in_spans(year, wishes.years)
        for notebook in chosen
        if (agency_id, year) in having[notebook.needs]
        for lang in langs
    )
    if not tasks:
        pairs = [f"{agency} {year}" for agency, year in sorted(known)]
        pair = f"{', '.join(wishes.agencies)} {', '.join(map(_span_text, wishes.years))}"
        raise UsageError(unknown("nothing_for_choice", pair, pairs))
    _check_parameters(tasks)
    return tasks


def default_as_of(fiscal_year_be: int, today: date) -> date | None:
    """Return the day that a report speaks for where none is asked for.

    For a year that is over the register itself tells it (None). Within the year it is today, said
    outright, so that tomorrow's run knows the report to be outdated.
    """
    return None if today > fiscal_year_span(fiscal_year_be)[1] else today


def _wanted(value: object, choice: Collection[object]) -> bool:
    return not choice or value in choice


def _in_spans(year: int, spans: Sequence[Span]) -> bool:
    return not spans or any(first <= year <= last for first, last in spans)


def _span_text(span: Span) -> str:
    first, last = span
    return str(first) if first == last else f"{first}-{last}"


def _choose_notebooks(notebooks: Sequence[Notebook], wishes: Wishes) -> list[Notebook]:
    names = [notebook.name for notebook in notebooks]
    faults = [unknown("unknown_notebook", w, names) for w in wishes.notebooks if w not in names]
    faults += [
        unknown("unknown_language", lang, LANGUAGES)
        for lang in wishes.langs
        if lang not in LANGUAGES
    ]
    chosen = [notebook for notebook in notebooks if _wanted(notebook.name, wishes.notebooks)]
    faults += [
        fault("unknown_need", Place(file=n.path.name), found=n.needs, allowed=", ".join(NEEDS))
        for n in chosen
        if n.needs not in NEEDS
    ]
    if not chosen and not faults:
        faults = [fault("no_notebooks")]
    if faults:
        raise UsageError(faults)
    return chosen


def _check_names(known: Iterable[AgencyYear], wishes: Wishes) -> None:
    agencies = {agency_id for agency_id, _ in known}
    years = sorted({year for _, year in known})
    strangers = [wish for wish in wishes.agencies if wish not in agencies]
    faults = [unknown("unknown_agency", wish, sorted(agencies)) for wish in strangers]
    # A span means the years there are within it; one without any is a mistake.
    faults += [
        unknown("unknown_year", _span_text(span), years)
        for span in wishes.years
        if not any(_in_spans(year, [span]) for year in years)
    ]
    if faults:
        raise UsageError(faults)


def _check_parameters(tasks: Iterable[Task]) -> None:
    faults: list[Fault] = []
    for task in {task.notebook.name: task for task in tasks}.values():
        place = Place(file=task.notebook.path.name)
        faults += check_parameters(task.notebook.parameters, task.parameters, place)
    if faults:
        raise UsageError(faults)
