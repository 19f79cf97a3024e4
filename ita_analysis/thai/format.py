"""Days, months and spans as a reader expects them: always with the Buddhist Era year.

Three styles: ``table`` (short: 23 ม.ค. 2566), ``sentence`` (23 มกราคม 2566) and ``official``
(๒๓ มกราคม ๒๕๖๖, for documents that are signed). English keeps the Buddhist Era year too, marked
BE, so that one report has one calendar.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from ita_analysis.thai.digits import to_thai
from ita_analysis.thai.fiscal import ce_to_be, month_end
from ita_analysis.thai.months import month_name

Style = Literal["table", "sentence", "official"]
"""How a date is written."""

STYLES: tuple[Style, ...] = ("table", "sentence", "official")
"""All styles."""


def format_date(d: date, lang: str = "th", style: Style = "table") -> str:
    """Return a day in words, for example ``23 ม.ค. 2566`` or ``23 Jan 2566 BE``.

    Args:
        d: The day (a datetime or pandas Timestamp will do; its time is not shown).
        lang: ``th`` or ``en``.
        style: ``table``, ``sentence`` or ``official``.

    Raises:
        ValueError: There is no such language or style.
    """
    return _era(f"{d.day} {_month(d.month, lang, style)} {ce_to_be(d.year)}", lang, style)


def format_month(d: date, lang: str = "th", style: Style = "table") -> str:
    """Return the month of a day in words, for example ``ม.ค. 2566``.

    Raises:
        ValueError: There is no such language or style.
    """
    return _era(f"{_month(d.month, lang, style)} {ce_to_be(d.year)}", lang, style)


def format_span(start: date, end: date, lang: str = "th", style: Style = "table") -> str:
    """Return a period in words, as short as it can be said.

    One day, one whole month, whole months (``ต.ค. 2565 – ก.ย. 2566``), days of one month
    (``1–15 ม.ค. 2566``), else two days.

    Raises:
        ValueError: The period ends before it begins, or there is no such language or style.
    """
    if end < start:
        raise ValueError(f"{end} < {start}")
    if (start.year, start.month, start.day) == (end.year, end.month, end.day):
        return format_date(start, lang, style)
    one_month = (start.year, start.month) == (end.year, end.month)
    if start.day == 1 and end.day == month_end(end.year, end.month).day:
        first, last = format_month(start, lang, style), format_month(end, lang, style)
        return first if one_month else f"{first} – {last}"
    if one_month:
        days = f"{start.day}–{end.day} {_month(end.month, lang, style)} {ce_to_be(end.year)}"
        return _era(days, lang, style)
    return f"{format_date(start, lang, style)} – {format_date(end, lang, style)}"


def _month(month: int, lang: str, style: Style) -> str:
    if style not in STYLES:
        raise ValueError(style)
    return month_name(month, lang, short=style == "table")


def _era(text: str, lang: str, style: Style) -> str:
    if lang == "en":
        return f"{text} BE"
    return to_thai(text) if style == "official" else text
