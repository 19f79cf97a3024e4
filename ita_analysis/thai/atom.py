"""One date's own words, before its year is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ita_analysis.thai.fiscal import be_to_ce
from ita_analysis.thai.model import Precision

AtomFault = Literal["", "impossible", "ambiguous_year"]
"""Why words that look like a date can be none; empty where they can."""

SHORT_YEARS = range(40, 100)
"""Two digits taken for a year (2540 to 2599) where no day stands before them."""

_LOOK_BACK = 32


@dataclass(frozen=True, slots=True)
class Atom:
    """One date's own words.

    Attributes:
        start: Index of its first character.
        end: Index after its last one.
        kind: What it names.
        day: Day of the month, 0 where it names none.
        month: Month, 0 where it names none.
        part: Number of the quarter or the half.
        last: The second number of a range of quarters (1 to 4), of fiscal years (BE) or of
            calendar years (CE), else 0.
        year: Year of the calendar (CE), None where unsaid.
        fiscal_year: Fiscal year (BE), None where unsaid.
        shift: Fiscal years to add to the given one ("ปีงบประมาณถัดไป"); None where the words
            name another year that nobody can tell ("ปีถัดไป").
        at_end: Only its last day is meant ("สิ้นเดือน").
        alone: Its words are a date even without a year.
        fault: Why it can be none, whatever the year.
    """

    start: int
    end: int
    kind: Precision
    day: int = 0
    month: int = 0
    part: int = 0
    last: int = 0
    year: int | None = None
    fiscal_year: int | None = None
    shift: int | None = 0
    at_end: bool = False
    alone: bool = True
    fault: AtomFault = ""

    @property
    def has_year(self) -> bool:
        """Tell whether its own words say the year."""
        return self.year is not None or self.fiscal_year is not None


def read_year(digits: str, era: str | None = None) -> int | None:
    """Return the CE year of two or four digits; None where no calendar has it.

    Two digits are a Buddhist year of the century 25xx. Four digits tell their calendar
    themselves (1900 to 2199 CE, 2400 to 2700 BE), and an era that says otherwise makes them
    unusable.
    """
    number = int(digits)
    is_ce_era = era is not None and era.startswith("ค")
    if len(digits) == 2:
        return None if is_ce_era else be_to_ce(2500 + number)
    if 2400 <= number <= 2700 and not is_ce_era:
        return be_to_ce(number)
    if 1900 <= number <= 2199 and (is_ce_era or not era):
        return number
    return None


def words_before(text: str, start: int, floor: int) -> str:
    """Return the few characters before an index that no earlier date has taken."""
    return text[max(floor, start - _LOOK_BACK) : start]
