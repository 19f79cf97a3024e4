"""What stands at the head of a report: whose it is, for which day, from what kind of data."""

from __future__ import annotations

import datetime as dt

from ita_analysis.analysis.as_of import resolve_as_of
from ita_analysis.register.agencies import Agency
from ita_analysis.register.case import RegisterCase
from ita_analysis.reports import ReportInfo
from ita_analysis.texts import Texts


def report_info(
    case: RegisterCase, notebook: str, as_of: dt.date, say: Texts, subtitle_key: str
) -> ReportInfo:
    """Return what stands on the title block of a report about one register."""
    agency, source = case.agency, case.register.source
    return ReportInfo(
        notebook=notebook,
        lang=say.lang,
        title=say(f"{notebook}.title"),
        agency_id=agency.agency_id,
        agency_name=agency.name(say.lang),
        agency_place=agency_place(agency, say),
        fiscal_year_be=case.fiscal_year_be,
        round_months=case.register.round_months,
        as_of=as_of,
        data_kind=source.data_kind,
        source=say("timeliness.source", file=source.file_name or "–"),
        subtitle=say(subtitle_key),
    )


def agency_place(agency: Agency, say: Texts) -> str:
    """Return district and province of an agency; empty where its name says as much."""
    district, province = agency.district_th, agency.province_th
    if district and province:
        return say("agency.place", district=district, province=province)
    place = say("agency.province", province=province) if province else ""
    return "" if place == agency.name(say.lang) else place  # a province is its own place


def report_day(
    as_of: str | dt.date | None, fiscal_year_be: int, register: RegisterCase | None = None
) -> dt.date:
    """Return the day a report speaks for; see :func:`ita_analysis.analysis.as_of.resolve_as_of`.

    Args:
        as_of: What the user asks for.
        fiscal_year_be: The year of the report.
        register: The register whose publications count; None where the report rests on none.
    """
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    published = register.measures["published_date"] if register else None
    return resolve_as_of(as_of, fiscal_year_be, today, published)


def marked(line: str, data_kind: str, say: Texts) -> str:
    """Return a figure's source line; it says so where the data are synthetic."""
    return say("report.synthetic_line", source=line) if data_kind == "synthetic" else line
