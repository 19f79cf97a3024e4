"""What a date read from a Thai text is: a span of days, its precision and its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

DateFault = Literal["impossible", "ambiguous_year", "not_a_date", "several"]
"""Why a text is not one date."""


class Precision(Enum):
    """How exactly the words name the time."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


class DateError(ValueError):
    """A text that should be one date is not.

    Attributes:
        code: ``impossible`` (no such day), ``ambiguous_year`` (no year, or one of no known
            calendar), ``not_a_date`` or ``several``. The words for a user are under
            ``faults.date_<code>``.
        words: The words that are at fault.
    """

    def __init__(self, code: DateFault, words: str) -> None:
        self.code: DateFault = code
        self.words = words
        super().__init__(f"{code}: {words!r}")


@dataclass(frozen=True, slots=True)
class ThaiDate:
    """A time as a document names it, in real calendar days.

    Attributes:
        start: First day.
        end: Last day; the same as ``start`` for a single day. A deadline ends here.
        precision: What the words name: a day, month, quarter, half, year or any other range.
            A quarter and a half are those of the fiscal year; a year may be either, its days tell.
        words: The words as they stand in the text.
        year_inferred: The words do not say the year; it follows from the fiscal year given, or
            from the other end of a range that crosses the new year.
    """

    start: date
    end: date
    precision: Precision
    words: str
    year_inferred: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.end} < {self.start}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date and where it stands in a text.

    Attributes:
        start_index: Index of its first character in the text given.
        end_index: Index after its last character.
        date: The date.
    """

    start_index: int
    end_index: int
    date: ThaiDate
