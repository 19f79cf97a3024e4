"""The head of a report about a register."""

from __future__ import annotations

import datetime as dt

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
        agency_place=_place(case, say),
        fiscal_year_be=case.fiscal_year_be,
        round_months=case.register.round_months,
        as_of=as_of,
        data_kind=source.data_kind,
        source=say("timeliness.source", file=source.file_name or "–"),
        subtitle=say(subtitle_key),
    )


def marked(line: str, data_kind: str, say: Texts) -> str:
    """Return a figure's source line; it says so where the data are synthetic."""
    return say("report.synthetic_line", source=line) if data_kind == "synthetic" else line


def _place(case: RegisterCase, say: Texts) -> str:
    district, province = case.agency.district_th, case.agency.province_th
    if district and province:
        return say("agency.place", district=district, province=province)
    return say("agency.province", province=province) if province else ""
