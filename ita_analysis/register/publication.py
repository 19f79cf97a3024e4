"""The publication date in a result: the latest day on which something was made public."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ita_analysis.thai import Mention, Precision, find_dates

THAI_TIME = dt.timezone(dt.timedelta(hours=7))
"""Days begin in Thailand."""

_PUBLISHED = re.compile(
    r"เผยแพร่|เว็บไซต์|เว็บไซด์|ประกาศ|ลงเว็บ|facebook|เฟซบุ๊ก|ประชาสัมพันธ์", re.IGNORECASE
)
# A date just behind one of these is that of a meeting, a training or a law.
_OTHER_EVENT = re.compile(
    r"ประชุม|อบรม|สัมมนา|พระราชบัญญัติ|พ\.ร\.บ|ระเบียบ|คำสั่ง|มติ|อนุมัติ|ข้อบัญญัติ|โครงการ|ตรวจประเมิน"
)
_LISTED = re.compile(r"\s|และ|,|กับ|เมื่อ|วันที่|ใน|เดือน")
_REACH = 80
"""How far before a date the words stand that say what happened on it, in characters."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A date of publication.

    Attributes:
        date: The day; the last day of the month where only the month is given.
        words: The words that give it.
        precision: How exactly the document gives it.
        n_dates: How many dates the result holds.
    """

    date: dt.date
    words: str
    precision: Precision
    n_dates: int


def find_publication(result: str, fiscal_year_be: int) -> Publication | None:
    """Return the latest date of publication that a result names.

    Of several dates the publication's counts, not a meeting's, a training's or a law's. A result
    with one date only and no word about what happened on it is taken as its publication.

    Args:
        result: Text of the result column.
        fiscal_year_be: Fiscal year in which a date without a year is taken.

    Returns:
        None where no date can be taken for a publication.
    """
    mentions = [
        mention
        for mention in find_dates(result, fiscal_year_be)
        if mention.date.precision in (Precision.DAY, Precision.MONTH)
    ]
    chosen = [m for m in mentions if _weight(result, m, mentions) > 0]
    if not chosen and len(mentions) == 1 and _weight(result, mentions[0], mentions) == 0:
        chosen = mentions
    if not chosen:
        return None
    latest = max(chosen, key=lambda mention: mention.date.end)
    return Publication(
        latest.date.end, _words(result, latest), latest.date.precision, len(mentions)
    )


def with_publication(result: str, published: str) -> str:
    """Return a result with the date that stands in a column of its own behind it."""
    return f"{result} เผยแพร่วันที่ {published}".strip() if published else result


def _before(result: str, mention: Mention, mentions: list[Mention]) -> str:
    """What stands between the previous date, or the reach, and this date."""
    previous = max((m.end_index for m in mentions if m.end_index <= mention.start_index), default=0)
    return result[max(previous, mention.start_index - _REACH) : mention.start_index]


def _weight(result: str, mention: Mention, mentions: list[Mention]) -> int:
    """1: published; -1: another event; 0: the words do not tell. The nearest word decides."""
    before = _before(result, mention, mentions)
    published = max((match.end() for match in _PUBLISHED.finditer(before)), default=-1)
    other = max((match.end() for match in _OTHER_EVENT.finditer(before)), default=-1)
    if published < 0 and other < 0:
        # "published on the 9th and the 12th": a date only listed shares its neighbour's event
        earlier = [m for m in mentions if m.end_index <= mention.start_index]
        if earlier and not _LISTED.sub("", before):
            return _weight(result, earlier[-1], mentions)
        return 0
    return 1 if published >= other else -1


def _words(result: str, mention: Mention) -> str:
    """From the word of publication nearest before the date to the end of the date."""
    start = max(0, mention.start_index - _REACH)
    before = result[start : mention.start_index]
    starts = [match.start() for match in re.finditer(r"เผยแพร่|ประกาศ", before)]
    begin = start + starts[-1] if starts else mention.start_index
    return result[begin : mention.end_index].strip()
