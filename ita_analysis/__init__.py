"""Understand a public agency's Integrity and Transparency Assessment (ITA) results.

What a notebook may import stands in ``__all__``; it is loaded when it is first asked for, so that
the command line answers without waiting for the libraries that only reports need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ita_analysis.pages.brief import brief_report
    from ita_analysis.pages.compare_years import compare_years_report
    from ita_analysis.pages.improvement import improvement_report
    from ita_analysis.pages.timeliness import timeliness_report
    from ita_analysis.register.case import open_register

_HOMES = {
    "brief_report": "ita_analysis.pages.brief",
    "compare_years_report": "ita_analysis.pages.compare_years",
    "improvement_report": "ita_analysis.pages.improvement",
    "open_register": "ita_analysis.register.case",
    "timeliness_report": "ita_analysis.pages.timeliness",
}

__all__ = [
    "brief_report",
    "compare_years_report",
    "improvement_report",
    "open_register",
    "timeliness_report",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
