"""The Thai language and calendar: digits, text repair, dates, fiscal years, word wrap.

Knows nothing of the assessment. Importing it loads no library; ``wrap`` imports pythainlp when
the first line is broken.
"""

from ita_analysis.thai.dates import find_dates, find_impossible, parse_date
from ita_analysis.thai.digits import mend_zero, to_arabic, to_thai
from ita_analysis.thai.fiscal import (
    be_to_ce,
    ce_to_be,
    fiscal_months,
    fiscal_year_be,
    fiscal_year_span,
    half_span,
    month_end,
    month_in_fiscal_year,
    quarter_span,
)
from ita_analysis.thai.format import format_date, format_month, format_span
from ita_analysis.thai.markup import strip_tags
from ita_analysis.thai.model import DateError, Mention, Precision, ThaiDate
from ita_analysis.thai.months import month_name, month_number
from ita_analysis.thai.repair import Repair, repair_text, unreadable

__all__ = [
    "DateError",
    "Mention",
    "Precision",
    "Repair",
    "ThaiDate",
    "be_to_ce",
    "ce_to_be",
    "find_dates",
    "find_impossible",
    "fiscal_months",
    "fiscal_year_be",
    "fiscal_year_span",
    "format_date",
    "format_month",
    "format_span",
    "half_span",
    "mend_zero",
    "month_end",
    "month_in_fiscal_year",
    "month_name",
    "month_number",
    "parse_date",
    "quarter_span",
    "repair_text",
    "strip_tags",
    "to_arabic",
    "to_thai",
    "unreadable",
]
