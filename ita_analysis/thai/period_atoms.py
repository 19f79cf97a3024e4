"""Reading quarters, halves, fiscal years and calendar years from where one begins.

The arguments of every reader: the text with Arabic digits, the index where its first word
stands, and the index before which everything is taken by earlier dates. Each returns one atom,
or none where the words are no date.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ita_analysis.thai import grammar
from ita_analysis.thai.atom import SHORT_YEARS, Atom, AtomFault, read_year, words_before
from ita_analysis.thai.fiscal import ce_to_be
from ita_analysis.thai.model import Precision

_ORDINALS = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "แรก": 1, "สุดท้าย": 4, "หลัง": 2}


def read_quarter(text: str, start: int, floor: int) -> list[Atom]:
    """Read a quarter, a range or a list of quarters; never a cadence (ทุกไตรมาส)."""
    before = words_before(text, start, floor)
    if grammar.NOT_A_QUARTER.search(before):
        return []
    if listed := grammar.QUARTER_LIST.match(text, start):
        return _quarters(listed)
    match = grammar.QUARTER.match(text, start)
    if match is None:
        return []
    number = _ORDINALS.get(match["number"]) or int(match["number"])
    last = int(match["last"] or 0)
    atom = _with_fiscal_year(match, Precision.QUARTER, part=number)
    if not 1 <= number <= 4 or (match["last"] and not number < last <= 4):
        return [replace(atom, fault="impossible")]
    lead = grammar.QUARTER_END.search(before)
    begin = start - (len(lead[0]) if lead else 0)
    return [replace(atom, start=begin, last=last, at_end=lead is not None)]


def read_half(text: str, start: int, _floor: int) -> list[Atom]:
    """Read a half of a fiscal year."""
    match = grammar.HALF.match(text, start)
    if match is None:
        return []
    word = match["number"].removeprefix("ที่").strip()
    return [_with_fiscal_year(match, Precision.HALF, part=_ORDINALS.get(word) or int(word))]


def read_fiscal_year(text: str, start: int, floor: int) -> list[Atom]:
    """Read a fiscal year, a range of them, or the end of one.

    Without a number it is one only at its end (สิ้นปีงบประมาณ) or after a word of time
    (ภายใน, ตลอด); elsewhere it names a document.
    """
    match = grammar.FISCAL_YEAR.match(text, start)
    if match is None:
        return []
    atom = _with_years(match)
    if atom is None:
        if not (match["end"] or grammar.WITHIN.search(words_before(text, start, floor))):
            return []
        return [Atom(start, match.end("bare"), Precision.YEAR, at_end=match["end"] is not None)]
    if atom.year is None:
        return [atom]
    last = ce_to_be(atom.last) if atom.last else 0
    return [replace(atom, year=None, fiscal_year=ce_to_be(atom.year), last=last)]


def read_calendar_year(text: str, start: int, _floor: int) -> list[Atom]:
    """Read a year of the calendar or a range of years."""
    match = grammar.YEAR.match(text, start)
    atom = _with_years(match) if match else None
    return [] if atom is None else [atom]


def _quarters(match: re.Match[str]) -> list[Atom]:
    base, begin = _with_fiscal_year(match, Precision.QUARTER, part=0), match.start("numbers")
    atoms = [
        replace(base, start=begin + number.start(), end=begin + number.end(), part=int(number[0]))
        for number in re.finditer("[1-4]", match["numbers"])
    ]
    atoms[0] = replace(atoms[0], start=base.start)
    atoms[-1] = replace(atoms[-1], end=base.end)
    return atoms


def _with_fiscal_year(match: re.Match[str], kind: Precision, *, part: int) -> Atom:
    digits = match["slash"] or match["year"]
    atom = Atom(match.start(), match.end(), kind, part=part)
    if not digits:
        return atom
    year = read_year(digits, match["era"])
    if year is None:
        return replace(atom, fault="ambiguous_year")
    return replace(atom, fiscal_year=ce_to_be(year))


def _with_years(match: re.Match[str]) -> Atom | None:
    """Return the calendar year or years of a match (CE); None where it has no number of a year."""
    digits, groups = match["year"], match.groupdict()
    if digits is None or (len(digits) == 2 and int(digits) not in SHORT_YEARS):
        return None
    year = read_year(digits, groups["era"] or groups.get("era_alone"))
    fault: AtomFault = "" if year is not None else "ambiguous_year"
    atom = Atom(
        match.start(),
        match.end("year"),
        Precision.YEAR,
        year=year,
        at_end=match["end"] is not None,
        fault=fault,
    )
    last = read_year(match["last"]) if match["last"] else None
    if year is None or last is None:
        return atom
    if last > year:
        return replace(atom, end=match.end(), last=last)
    # "ปี 2566 - 31 มกราคม" goes on with a day; "2570 - 2566" is turned round.
    is_reversed = len(match["last"]) == 4 and last < year
    return replace(atom, end=match.end(), fault="impossible") if is_reversed else atom
