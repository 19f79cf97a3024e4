"""Dates in Thai documents: find them all, or read one cell.

Both calendars, both kinds of digits, full and abbreviated months, days, months, ranges, and the
quarters, halves and ends of the *fiscal* year are understood. The Buddhist year becomes a Common
Era year before any date is built, so that 29 February 2567 is a day and 29 February 2564 is none.
Repair the text first (``repair``): a broken word or a Latin o inside a year is not guessed at here.
"""

from __future__ import annotations

from ita_analysis.thai import grammar
from ita_analysis.thai.digits import to_arabic
from ita_analysis.thai.model import DateError, Mention, ThaiDate
from ita_analysis.thai.resolve import Scan, scan


def find_dates(text: str, fiscal_year_be: int | None = None) -> list[Mention]:
    """Return every date of a text, in order and without overlap.

    A day, month, quarter, half or fiscal-year end without a year is taken in the fiscal year
    given and marked ``year_inferred``; where none is given, it is not returned. Words before a
    date that belong to it (วันที่, วันพุธที่, เดือน, สิ้นเดือน) are part of its words; words
    that say what it is for (ภายใน, ไม่เกิน, เมื่อ, ทุก) are not. Impossible days are never
    returned: see :func:`find_impossible`.

    Args:
        text: Any text; Thai and Arabic digits may be mixed.
        fiscal_year_be: The fiscal year that the document is about.

    Returns:
        The mentions, with indexes into the text as given.
    """
    return scan(text, fiscal_year_be).mentions


def find_impossible(text: str, fiscal_year_be: int | None = None) -> list[tuple[str, int, int]]:
    """Return what is written as a date and can be none, as (words, start index, end index).

    Such are days that do not exist (๓๑ กุมภาพันธ์, 29 ก.พ. 2564, 31/02/66), quarters that do not
    exist, ranges that end before they begin, and years of no calendar (มกราคม 3566).

    Args:
        text: Any text.
        fiscal_year_be: The fiscal year that the document is about; it shows a 29 February
            without a year to be possible or not.
    """
    return [(error.words, start, end) for start, end, error in scan(text, fiscal_year_be).faults]


def parse_date(text: str, fiscal_year_be: int | None = None) -> ThaiDate:
    """Read a text that is one date and nothing else.

    A word such as เมื่อ or ภายใน before it and a time after it are allowed.

    Args:
        text: The cell or option.
        fiscal_year_be: As in :func:`find_dates`.

    Raises:
        DateError: The text is not one date; its code says why.
    """
    found = scan(text, fiscal_year_be)
    if found.faults:
        raise found.faults[0][2]
    if len(found.mentions) + len(found.undated) > 1:
        raise DateError("several", text)
    if found.undated and _fills(text, *found.undated[0]):
        raise DateError("ambiguous_year", text)
    if found.mentions and _is_alone(text, found):
        return found.mentions[0].date
    raise DateError("not_a_date", text)


def _is_alone(text: str, found: Scan) -> bool:
    mention = found.mentions[0]
    return _fills(text, mention.start_index, mention.end_index)


def _fills(text: str, start: int, end: int) -> bool:
    plain = to_arabic(text)
    is_clean = grammar.PREFIX.fullmatch(plain, 0, start) and grammar.SUFFIX.fullmatch(plain, end)
    return is_clean is not None
