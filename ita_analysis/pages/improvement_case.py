"""What the improvement report needs of one agency and year: scores, rules and register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ita_analysis.errors import DataError
from ita_analysis.frameworks import Framework, known_years, load_framework
from ita_analysis.pages.info import agency_place, marked
from ita_analysis.register.agencies import Agency, listed_agency, load_agencies
from ita_analysis.register.case import RegisterCase, open_register
from ita_analysis.register.store import list_years
from ita_analysis.reports import ReportInfo
from ita_analysis.scores import load_scores
from ita_analysis.scores.model import DataKind, joint_data_kind
from ita_analysis.texts import Texts, fault
from ita_analysis.thai import format_date

MOST_SOURCES = 2
"""Sources of scores that a line names before it counts the others."""


@dataclass(frozen=True, slots=True)
class ImprovementCase:
    """One agency in one fiscal year, with the year before.

    Attributes:
        agency: The agency as agencies.csv lists it.
        fiscal_year_be: The year of the report.
        scores: Its scores of the year and of the latest earlier year with scores.
        frameworks: The rules of both years and of the years between.
        register: Its register of the year; None where there is none.
    """

    agency: Agency
    fiscal_year_be: int
    scores: pd.DataFrame
    frameworks: Mapping[int, Framework]
    register: RegisterCase | None

    @property
    def framework(self) -> Framework:
        """The rules of the year of the report."""
        return self.frameworks[self.fiscal_year_be]

    @property
    def data_kind(self) -> DataKind:
        """The joint kind of all data that the report rests on."""
        of_register = [self.register.register.source.data_kind] if self.register else []
        return joint_data_kind([*self.scores["data_kind"], *of_register])


def open_improvement(
    agency_id: str, fiscal_year_be: int, data_dir: str | Path | None = None
) -> ImprovementCase:
    """Load scores and register of one agency and fiscal year, as far as there are any.

    Args:
        agency_id: Key in agencies.csv.
        fiscal_year_be: Fiscal year, Buddhist Era.
        data_dir: The data folder; the shipped one where None.

    Raises:
        UsageError: The agency is not listed.
        DataError: It has neither scores nor a register of this year, or the data are faulty.
    """
    agency = listed_agency(agency_id, load_agencies(data_dir), data_dir)
    scores = load_scores(agency_id, data_dir)
    with_scores = sorted({int(year) for year in scores["fiscal_year_be"]})
    registers = list_years(agency_id, data_dir)
    if fiscal_year_be not in with_scores and fiscal_year_be not in registers:
        years = ", ".join(map(str, sorted({*with_scores, *registers}))) or "-"
        found = f"{agency_id} {fiscal_year_be}"
        raise DataError(fault("nothing_to_improve", found=found, years=years))
    first = max((year for year in with_scores if year < fiscal_year_be), default=fiscal_year_be)
    shown = {first, fiscal_year_be}
    between = [year for year in known_years(data_dir) if first < year < fiscal_year_be]
    return ImprovementCase(
        agency=agency,
        fiscal_year_be=fiscal_year_be,
        scores=scores[scores["fiscal_year_be"].isin(shown)].reset_index(drop=True),
        frameworks={year: load_framework(year, data_dir) for year in sorted({*shown, *between})},
        register=open_register(agency_id, fiscal_year_be, data_dir)
        if fiscal_year_be in registers
        else None,
    )


def improvement_info(case: ImprovementCase, as_of: dt.date, say: Texts) -> ReportInfo:
    """Return what stands on the title block of the report."""
    agency = case.agency
    return ReportInfo(
        notebook="indicator_improvement",
        lang=say.lang,
        title=say("improvement.title"),
        agency_id=agency.agency_id,
        agency_name=agency.name(say.lang),
        agency_place=agency_place(agency, say),
        fiscal_year_be=case.fiscal_year_be,
        round_months=case.register.register.round_months if case.register else None,
        as_of=as_of,
        data_kind=case.data_kind,
        source=sources(case, say),
        subtitle=say("improvement.subtitle"),
    )


def sources(case: ImprovementCase, say: Texts) -> str:
    """Return where scores and measures come from, in words."""
    parts = []
    places = list(dict.fromkeys(place for place in case.scores["source"] if place))
    if places:
        named = ", ".join(places[:MOST_SOURCES])
        if len(places) > MOST_SOURCES:
            named += " " + say("improvement.source_more", n=len(places) - MOST_SOURCES)
        parts.append(say("improvement.source_scores", places=named))
    if case.register is not None:
        file = case.register.register.source.file_name or "–"
        parts.append(say("improvement.source_register", file=file))
    return " · ".join(parts)


def source_line(case: ImprovementCase, as_of: dt.date, basis: str, say: Texts) -> str:
    """Return the line below a figure: sources, basis, day, and that the data are made up."""
    line = say(
        "improvement.source_line",
        source=sources(case, say),
        basis=say(f"framework.basis.{basis}"),
        as_of=format_date(as_of, say.lang),
    )
    return marked(line, case.data_kind, say)
