"""From atoms to dates: ranges are joined, unsaid years settled, impossible days found out."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date

from ita_analysis.thai import fiscal, grammar
from ita_analysis.thai.atom import Atom
from ita_analysis.thai.atoms import find_atoms
from ita_analysis.thai.digits import to_arabic
from ita_analysis.thai.model import DateError, Mention, Precision, ThaiDate

_DATES = (Precision.DAY, Precision.MONTH)
_PERIODS = (Precision.QUARTER, Precision.HALF)
_FISCAL_YEARS = range(2400, 2701)
_LEAP_YEAR = 2024

Span = tuple[date, date, bool]
"""First day, last day, and whether the year was inferred."""


@dataclass(slots=True)
class Scan:
    """Everything that a text says about time.

    Attributes:
        mentions: The dates, in order.
        faults: Words that look like a date and can be none: start index, end index, why.
        undated: Dates whose year nobody can tell, as start and end index.
    """

    mentions: list[Mention] = field(default_factory=list)
    faults: list[tuple[int, int, DateError]] = field(default_factory=list)
    undated: list[tuple[int, int]] = field(default_factory=list)


def scan(text: str, fiscal_year_be: int | None = None) -> Scan:
    """Read all dates of a text; see :func:`ita_analysis.thai.dates.find_dates`.

    Raises:
        ValueError: The fiscal year is not one of the Buddhist Era (2400 to 2700).
    """
    if fiscal_year_be is not None and fiscal_year_be not in _FISCAL_YEARS:
        raise ValueError(f"not a fiscal year of the Buddhist Era: {fiscal_year_be}")
    plain = to_arabic(text)
    result = Scan()
    for group in _groups(plain, _admit(plain, find_atoms(plain))):
        start, end = group[0].start, _group_end(plain, group)
        try:
            found = _resolve_group(group, fiscal_year_be)
        except DateError as error:
            result.faults.append((start, end, DateError(error.code, text[start:end])))
            continue
        if found is None:
            result.undated.append((start, end))
            continue
        (first, last, is_inferred), precision = found
        named = ThaiDate(first, last, precision, text[start:end], is_inferred)
        result.mentions.append(Mention(start, end, named))
    return result


def _admit(text: str, atoms: list[Atom]) -> list[Atom]:
    """Leave out what is a month only in company (ก.พ., กค, ตุลา) and has none."""
    kept = []
    for index, atom in enumerate(atoms):
        is_whole = len(atoms) == 1 and len(text.strip()) == atom.end - atom.start
        pairs = ((index - 1, index), (index, index + 1))
        in_company = any(
            left >= 0 and right < len(atoms) and _is_listed(text, atoms[left], atoms[right])
            for left, right in pairs
        )
        if atom.alone or atom.has_year or is_whole or in_company:
            kept.append(atom)
    return kept


def _is_listed(text: str, left: Atom, right: Atom) -> bool:
    is_dates = left.kind in _DATES and right.kind in _DATES
    return is_dates and grammar.LIST_GAP.fullmatch(text, left.end, right.start) is not None


def _groups(text: str, atoms: list[Atom]) -> list[list[Atom]]:
    """Join the two ends of a range, and a quarter with its months in brackets."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and _belongs(text, groups[-1], atom):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _belongs(text: str, group: list[Atom], atom: Atom) -> bool:
    before = group[-1]
    if atom.kind not in _DATES:
        return False
    if before.kind in _PERIODS:
        return grammar.OPENING.fullmatch(text, before.end, atom.start) is not None
    is_first_end = len([end for end in group if end.kind in _DATES]) == 1
    return is_first_end and grammar.TO.fullmatch(text, before.end, atom.start) is not None


def _group_end(text: str, group: list[Atom]) -> int:
    end = group[-1].end
    if group[0].kind in _PERIODS and len(group) > 1:
        closing = grammar.CLOSING.match(text, end)
        return closing.end() if closing else end
    return end


def _resolve_group(group: list[Atom], fiscal_year_be: int | None) -> tuple[Span, Precision] | None:
    for atom in group:
        if atom.fault:
            raise DateError(atom.fault, "")
    head = group[0]
    if head.kind in _DATES:
        span = _resolve_dates(group, fiscal_year_be)
        return span and (span, _precision(group))
    period = _resolve_period(head, fiscal_year_be)
    if len(group) == 1:
        return period and (period, _precision(group))
    inner = _resolve_dates(group[1:], head.fiscal_year or fiscal_year_be)
    if inner is None:
        return period and (period, head.kind)
    # What the brackets say counts, even where they are not the quarter that stands before them.
    named = _period_span(head, fiscal.fiscal_year_be(inner[0]))
    return inner, head.kind if named == inner[:2] and not head.last else Precision.RANGE


def _precision(group: list[Atom]) -> Precision:
    if len(group) > 1:
        return Precision.RANGE
    if group[0].at_end:
        return Precision.DAY
    return Precision.RANGE if group[0].last else group[0].kind


def _resolve_dates(group: list[Atom], fiscal_year_be: int | None) -> Span | None:
    if len(group) == 1:
        return _resolve_one(group[0], fiscal_year_be)
    return _resolve_range(group[0], group[1], fiscal_year_be)


def _resolve_one(atom: Atom, fiscal_year_be: int | None) -> Span | None:
    if atom.year is not None:
        return (*_days(atom, atom.year), False)
    if atom.fiscal_year is not None:
        return (*_days_in_fiscal_year(atom, atom.fiscal_year), False)
    if fiscal_year_be is not None and atom.shift is not None:
        return (*_days_in_fiscal_year(atom, fiscal_year_be + atom.shift), True)
    if atom.day > monthrange(_LEAP_YEAR, atom.month)[1]:
        raise DateError("impossible", "")
    return None


def _resolve_range(first: Atom, last: Atom, fiscal_year_be: int | None) -> Span | None:
    start, end = _resolve_one(first, None), _resolve_one(last, None)
    if start is None and end is None:
        start, end = _resolve_one(first, fiscal_year_be), _resolve_one(last, fiscal_year_be)
        if start and end and end[1] < start[0]:
            # "สิงหาคม - ตุลาคม" runs on into the next fiscal year.
            following = fiscal.fiscal_year_be(end[1]) + 1
            end = (*_days_in_fiscal_year(last, following), True)
    elif start is None and end is not None:
        start = _resolve_near(first, end, step=-1, fiscal_year=last.fiscal_year)
    elif end is None and start is not None:
        end = _resolve_near(last, start, step=1, fiscal_year=first.fiscal_year)
    if start is None or end is None:
        return None
    if end[1] < start[0]:
        raise DateError("impossible", "")
    return start[0], end[1], start[2] or end[2]


def _resolve_near(atom: Atom, other: Span, *, step: int, fiscal_year: int | None) -> Span | None:
    """Settle the unsaid year of one end of a range from its other end.

    Args:
        atom: The end without a year.
        other: The end with one.
        step: -1 where the atom is the first end, 1 where it is the last.
        fiscal_year: The fiscal year that the other end's words name.
    """
    if fiscal_year is not None:
        return _resolve_one(replace(atom, fiscal_year=fiscal_year), None)
    anchor = other[1] if step < 0 else other[0]
    own, its = (atom.month, atom.day or anchor.day), (anchor.month, anchor.day)
    crosses_year = own > its if step < 0 else own < its
    year = anchor.year + (step if crosses_year else 0)
    return (*_days(atom, year), crosses_year)


def _days(atom: Atom, year: int) -> tuple[date, date]:
    if atom.day:
        try:
            day = date(year, atom.month, atom.day)
        except ValueError:
            raise DateError("impossible", "") from None
        return day, day
    last = fiscal.month_end(year, atom.month)
    return (last if atom.at_end else date(year, atom.month, 1)), last


def _days_in_fiscal_year(atom: Atom, fiscal_year_be: int) -> tuple[date, date]:
    return _days(atom, fiscal.month_in_fiscal_year(fiscal_year_be, atom.month)[0].year)


def _resolve_period(atom: Atom, fiscal_year_be: int | None) -> Span | None:
    if atom.year is not None:
        start, end = date(atom.year, 1, 1), date(atom.last or atom.year, 12, 31)
    else:
        fiscal_year = fiscal_year_be if atom.fiscal_year is None else atom.fiscal_year
        if fiscal_year is None:
            return None
        start, end = _period_span(atom, fiscal_year)
    return (end if atom.at_end else start), end, not atom.has_year


def _period_span(atom: Atom, fiscal_year: int) -> tuple[date, date]:
    if atom.kind is Precision.QUARTER:
        first = fiscal.quarter_span(fiscal_year, atom.part)
        return first[0], fiscal.quarter_span(fiscal_year, atom.last or atom.part)[1]
    if atom.kind is Precision.HALF:
        return fiscal.half_span(fiscal_year, atom.part)
    last = fiscal.fiscal_year_span(atom.last or fiscal_year)
    return fiscal.fiscal_year_span(fiscal_year)[0], last[1]
