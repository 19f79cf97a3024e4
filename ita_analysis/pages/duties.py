"""A register as every report about one sees it: its timeliness, and the year's OIT window."""

from __future__ import annotations

import datetime as dt

from ita_analysis.analysis.timeliness import Timeliness, timeliness
from ita_analysis.charts.timeline import Window
from ita_analysis.frameworks import Framework
from ita_analysis.register.case import RegisterCase
from ita_analysis.texts import Texts


def register_timeliness(register: RegisterCase, as_of: dt.date) -> Timeliness:
    """Assess the obligations of a register on a day."""
    period = register.framework.period("oit_answers")
    return timeliness(
        register.measures,
        register.obligations,
        register.fiscal_year_be,
        as_of,
        period.end_date if period else None,
    )


def oit_window(framework: Framework, say: Texts) -> Window | None:
    """Return the year's OIT collection as a timeline shows it; None where it is not known."""
    period = framework.period("oit_answers")
    if period is None:
        return None
    basis = say(f"framework.basis.{framework.calendar.basis}")
    label = say("timeliness.oit_window", basis=basis)
    return Window(period.start_date, period.end_date, label)
