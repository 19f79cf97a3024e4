"""What a zygote does once, so that no kernel has to do it first.

Much is filled on first use: the words of a language, plotly's checks, pandas' and pyarrow's
tables, the dictionary for Thai. An invented register goes through the whole of a report; its
pages are thrown away. The tables that all agencies share are read as well; a kernel reads one
again only where its file has changed since.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ita_analysis.errors import ItaError
from ita_analysis.frameworks import Framework, known_years, load_framework
from ita_analysis.pages.timeliness import TimelinessReport, timeliness_report
from ita_analysis.register.agencies import Agency, load_agencies
from ita_analysis.register.case import case_of
from ita_analysis.register.model import AgencyHead, Measure, Obligation, Register
from ita_analysis.register.store import load_register, save_register
from ita_analysis.scores import is_compiled, load_national, load_overview
from ita_analysis.texts import LANGUAGES, load_texts
from ita_analysis.thai.fiscal import fiscal_year_span

_AGENCY = Agency(agency_id="rehearsal", name_th="หน่วยงานสมมติ")

_LONG_TITLE = "การเปิดเผยข้อมูลสาธารณะตามแบบตรวจการเปิดเผยข้อมูลสาธารณะของหน่วยงานให้ครบถ้วน"
"""So long that it is broken between words, for which a dictionary is read."""

_CELLS: tuple[Callable[[TimelinessReport], object], ...] = (
    TimelinessReport.title,
    TimelinessReport.headline,
    TimelinessReport.key_figures,
    TimelinessReport.oit_window,
    TimelinessReport.timeline,
    TimelinessReport.by_indicator,
    TimelinessReport.by_unit,
    TimelinessReport.days_late,
    TimelinessReport.no_evidence,
    TimelinessReport.outcomes,
    TimelinessReport.not_assessable,
    TimelinessReport.reading_notes,
    TimelinessReport.close,
)


def rehearse() -> None:
    """Read what all agencies share, and make one report; where there are no data, neither."""
    for lang in LANGUAGES:
        load_texts(lang)
    # A kernel that needs what is missing or faulty says so to its reader.
    with suppress(ItaError):
        load_agencies()
        load_national()
        if is_compiled():  # compiling may take longer than a kernel may wait
            load_overview()
    with suppress(ItaError):
        frameworks = [load_framework(year) for year in known_years()]
        if frameworks:
            _make_report(frameworks[-1])


def _make_report(framework: Framework) -> None:
    year = framework.fiscal_year_be
    with tempfile.TemporaryDirectory() as data:
        folder = Path(data) / "registers" / _AGENCY.agency_id / str(year)
        save_register(_register(year), folder, _AGENCY.agency_id)
        register = load_register(_AGENCY.agency_id, year, data)
    report = timeliness_report(case_of(_AGENCY, register, framework))
    for cell in _CELLS:
        cell(report)


def _register(fiscal_year_be: int) -> Register:
    """Return a register with a measure for each way that a report tells of one."""
    first, last = fiscal_year_span(fiscal_year_be)
    due = first + dt.timedelta(days=120)
    late = due + dt.timedelta(days=40)
    dated = Obligation(obligation_no=1, actor="officer", kind="due", due_date=due)
    each_month = Obligation(obligation_no=1, actor="executive", kind="recurring", every_months=3)
    at_all_times = Obligation(obligation_no=1, actor="officer", kind="continuous")
    given = [(due, dated), (late, dated), (None, dated), (late, each_month), (None, at_all_times)]
    measures = tuple(
        Measure(
            measure_no=number,
            tool="OIT",
            indicator_no=9,
            title_th=_LONG_TITLE,
            responsible_units_th=("สำนักปลัด", "กองคลัง"),
            period_start_date=first,
            period_end_date=last,
            published_date=published,
            outcome_th="ประชาชนได้รับข้อมูลเพิ่มขึ้น",
            obligations=(obligation,),
        )
        for number, (published, obligation) in enumerate(given, start=1)
    )
    return Register(
        agency=AgencyHead(name_th=_AGENCY.name_th),
        fiscal_year_be=fiscal_year_be,
        round_months=12,
        measures=measures,
    )
