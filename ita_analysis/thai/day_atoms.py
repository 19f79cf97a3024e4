"""Reading days and months from where one begins."""

from __future__ import annotations

import re
from dataclasses import replace

from ita_analysis.thai import grammar
from ita_analysis.thai.atom import SHORT_YEARS, Atom, AtomFault, read_year, words_before
from ita_analysis.thai.fiscal import ce_to_be
from ita_analysis.thai.model import Precision
from ita_analysis.thai.months import AMBIGUOUS_SHORT, month_number

_NEXT = ("ถัดไป", "หน้า", "ต่อไป")


def read_number(text: str, start: int, floor: int) -> list[Atom]:
    """Read a day that begins with a number: in figures, or with its month in words.

    Args:
        text: Text with Arabic digits.
        start: Index of the number.
        floor: Index before which everything is taken by earlier dates.

    Returns:
        One atom, two for a range within a month (1 - 5 มกราคม), none where it is no date.
    """
    for pattern in (grammar.ISO_DAY, grammar.NUMERIC_DAY, grammar.NAMED_DAY):
        if match := pattern.match(text, start):
            return _numeric_day(match, floor)
    return _days_of_month(text, start, floor) or _day_of_month(text, start, floor)


def read_month(text: str, start: int, floor: int) -> list[Atom]:
    """Read a month without a day; arguments and result as for :func:`read_number`."""
    match = grammar.MONTH.match(text, start)
    if match is None:
        return []
    before = words_before(text, start, floor)
    dotted_office = match["dotted"] and month_number(match["month"]) in AMBIGUOUS_SHORT
    is_unclear = bool(match["bare"] or dotted_office)
    if is_unclear and grammar.OFFICE.search(before):
        return []
    lead = grammar.MONTH_LEAD.search(before)
    is_alone = not is_unclear or lead is not None or before.rstrip().endswith("ภายใน")
    base = _with_year(match, Precision.MONTH, is_alone=is_alone)
    if base is None or lead is None:
        return [] if base is None else [base]
    return [replace(base, start=start - len(lead[0]), at_end=lead["end"] is not None)]


def _numeric_day(match: re.Match[str], floor: int) -> list[Atom]:
    day, month = int(match["day"]), month_number(match["month"]) or int(match["month"])
    lead = grammar.DAY_LEAD.search(words_before(match.string, match.start(), floor))
    if len(match["year"]) == 2 and not lead and not _is_short_date(match, day, month):
        return []
    year = read_year(match["year"])
    fault: AtomFault = "" if year is not None else "ambiguous_year"
    if not (1 <= day <= 31 and 1 <= month <= 12):
        fault = "impossible"
    start = match.start() - (len(lead[0]) if lead else 0)
    return [Atom(start, match.end(), Precision.DAY, day=day, month=month, year=year, fault=fault)]


def _is_short_date(match: re.Match[str], day: int, month: int) -> bool:
    # "30/30/40" are weights and "1.2.66" numbers a paragraph; neither is an impossible date.
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    if match.re is grammar.NAMED_DAY or match["sep"] == "/":
        return True
    return match["sep"] == "-" and len(match["day"]) == len(match["month"]) == 2


def _day_of_month(text: str, start: int, floor: int) -> list[Atom]:
    match = grammar.DAY_OF_MONTH.match(text, start)
    if match is None:
        return []
    before = words_before(text, start, floor)
    lead = grammar.DAY_LEAD.search(before)
    if grammar.NOT_A_DAY.search(before) or (match["of"] and not lead):
        # The number is another's ("ครั้งที่ 2 เมษายน"); the month after it stands by itself.
        return read_month(text, match.start("month"), match.start("month"))
    is_alone = match["bare"] is None or lead is not None
    base = _with_year(match, Precision.DAY, is_alone=is_alone)
    if base is None:
        return []
    start -= len(lead[0]) if lead else 0
    day, first = int(match["day"]), int(match["first"] or 0)
    fault: AtomFault = base.fault
    if not 1 <= day <= 31 or (match["first"] and not 1 <= first < day):
        fault = "impossible"
    if not match["first"] or fault:
        return [replace(base, start=start, day=day, fault=fault)]
    bound = Atom(start, match.end("first"), Precision.DAY, day=first, month=base.month)
    return [bound, replace(base, start=match.end("to"), day=day)]


def _days_of_month(text: str, start: int, floor: int) -> list[Atom]:
    match = grammar.DAY_LIST.match(text, start)
    lead = grammar.DAY_LEAD.search(words_before(text, start, floor))
    base = _with_year(match, Precision.DAY, is_alone=True) if match and lead else None
    if match is None or lead is None or base is None:
        return []
    atoms = []
    for number in re.finditer("[0-9]+", match["days"]):
        day = int(number[0])
        fault: AtomFault = base.fault if 1 <= day <= 31 else "impossible"
        begin, end = start + number.start(), start + number.end()
        atoms.append(replace(base, start=begin, end=end, day=day, fault=fault))
    atoms[0] = replace(atoms[0], start=start - len(lead[0]))
    atoms[-1] = replace(atoms[-1], end=base.end)
    return atoms


def _with_year(match: re.Match[str], kind: Precision, *, is_alone: bool) -> Atom | None:
    """Return the month of a match with its year; None where the words are no month at all."""
    bare = Atom(
        match.start("month"),
        match.end("month"),
        kind,
        month=month_number(match["month"]) or 0,
        alone=is_alone,
    )
    if match["shift"]:
        step = 1 if match["shift"] in _NEXT else -1
        return replace(bare, end=match.end(), shift=step if match["shift_fiscal"] else None)
    digits, era = match["year"], match["era"]
    # "มกราคม ๑๒" may count something; "๕ มกราคม ๑๒" hardly can.
    if digits is None or (kind is Precision.MONTH and not era and _is_doubtful(digits)):
        return bare
    year = read_year(digits, era)
    if year is None:
        is_word = match["bare"] is None
        return replace(bare, end=match.end(), fault="ambiguous_year") if is_word else None
    if match["fiscal"]:
        return replace(bare, end=match.end(), fiscal_year=ce_to_be(year))
    return replace(bare, end=match.end(), year=year)


def _is_doubtful(digits: str) -> bool:
    return len(digits) == 2 and int(digits) not in SHORT_YEARS
