"""What the brief needs of one agency and year: what the detailed reports have opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ita_analysis.pages.compare_years_case import ScoreCase
from ita_analysis.pages.improvement_case import ImprovementCase, improvement_info, sources
from ita_analysis.pages.info import marked
from ita_analysis.reports import ReportInfo
from ita_analysis.scores.model import DataKind, joint_data_kind
from ita_analysis.texts import Texts
from ita_analysis.thai import format_date


@dataclass(frozen=True, slots=True)
class BriefCase:
    """One agency in one fiscal year.

    Attributes:
        improvement: Scores of the year and the one before, rules, register.
        scores: Scores of all years up to this one and the country's; None where there are none.
    """

    improvement: ImprovementCase
    scores: ScoreCase | None

    @property
    def data_kind(self) -> DataKind:
        """The joint kind of all data that the report rests on."""
        if self.scores is None:
            return self.improvement.data_kind
        return joint_data_kind([self.improvement.data_kind, *self.scores.scores["data_kind"]])


def brief_info(case: BriefCase, as_of: dt.date, say: Texts) -> ReportInfo:
    """Return what stands on the title block."""
    base = improvement_info(case.improvement, as_of, say).to_json()
    more = {
        "notebook": "brief",
        "title": say("brief.title"),
        "subtitle": say("brief.subtitle"),
        "data_kind": case.data_kind,
        "is_one_page": True,
    }
    return ReportInfo.from_json({**base, **more})


def source_line(case: BriefCase, as_of: dt.date, say: Texts) -> str:
    """Return the line below a figure: sources, day, and that the data are made up."""
    source = sources(case.improvement, say)
    line = say("brief.source", source=source, as_of=format_date(as_of, say.lang))
    return marked(line, case.data_kind, say)
