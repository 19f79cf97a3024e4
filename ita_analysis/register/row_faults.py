"""What makes a measure's row unusable: named with its cell, never guessed at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ita_analysis.documents import Row
from ita_analysis.errors import Fault
from ita_analysis.register.columns import Role
from ita_analysis.register.dated import dates_in
from ita_analysis.register.tables import MeasureRow
from ita_analysis.texts import current_language, fault
from ita_analysis.thai import find_impossible, format_date, unreadable

# Excel counts days from here; 1 Jan 2000 to 31 Dec 2099 are numbers of five digits.
_EPOCH = dt.date(1899, 12, 30)
_SERIAL = re.compile(r"(?:3[6-9]|[4-6]\d|7[0-2])\d{3}(?:\.\d+)?")
# What stands right before or behind a date's digits where one of them was mistyped. Thai words
# may stand there ("วันที่๒๓"), one letter alone is none.
_STRAY_BEFORE = re.compile(r"(?:[A-Za-z0-9๐-๙?#*_=|]|(?:^|\s)[ก-ฮ,.])$")
_STRAY_AFTER = re.compile(r"[A-Za-z0-9๐-๙?#*_=|]")
_DATED = (Role.PERIOD, Role.RESULT, Role.MONITORING, Role.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken in.

    Attributes:
        row: The row, with the rows that go on with it.
        faults: What is wrong with it, cell by cell.
        n_rows: How many rows of the document it takes.
    """

    row: Row
    faults: tuple[Fault, ...]
    n_rows: int = 1


def row_faults(measure: MeasureRow, known: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return everything that is wrong with a measure's row.

    Args:
        measure: The row.
        known: Faults of cells that the reader of the file found.
    """
    rows = {(place.part, place.row) for place in measure.places}
    found = [each for each in known if (each.place.part, each.place.row) in rows]
    for cell in measure.row.cells:
        found += [fault("impossible_date", cell.place, words)
                  for words, _, _ in find_impossible(cell.text)]  # fmt: skip
        found += [fault("date_doubtful", cell.place, words) for words in _doubtful(cell.text)]
        broken = unreadable(cell.text)
        if broken:
            what = ", ".join(dict.fromkeys(broken[:5]))
            found.append(fault("cell_unreadable", cell.place, cell.text, what=what))
    return (*found, *_serials(measure))


def _doubtful(text: str) -> Iterator[str]:
    """Dates with a stray character where a digit may have stood: "x๓ มกราคม" may be the 23rd."""
    for mention in dates_in(text):
        start, end = mention.start_index, mention.end_index
        is_cut = text[start].isdigit() and _STRAY_BEFORE.search(text[:start])
        if is_cut or (text[end - 1].isdigit() and _STRAY_AFTER.match(text[end:])):
            yield text[max(0, start - 3) : end + 3].strip()


def _serials(measure: MeasureRow) -> Iterator[Fault]:
    for role in _DATED:
        text = measure.alignment.values.get(role, "")
        if _SERIAL.fullmatch(text):
            place = next(cell.place for cell in measure.row.cells if cell.text == text)
            day = _EPOCH + dt.timedelta(days=int(float(text)))
            yield fault("date_serial", place, text, date=format_date(day, current_language()))
