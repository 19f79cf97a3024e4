"""The notation in which deadlines.csv writes phrases, and how it becomes a regular expression.

A phrase reads like the Thai it stands for:

- a space: any number of spaces, none included (documents break lines between words);
- ``[words]``: may be missing; ``(a|b)``: one of these; ``|`` works inside ``[]`` too;
- ``{n}``: a number; ``{days}``: a number of days or working days;
- ``{date}``: any date, month, quarter or year; ``{dates}``: one or several of them; ``{spans}``:
  the same without whole years; ``{month}``, ``{year}``: a month, a year only;
- ``{event}``: the words that follow, up to the next space or time word.

Dates are found before phrases are (see :func:`mask_dates`), so that no phrase has to spell one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_analysis.thai import Mention, Precision

# A date's first character tells its precision, the others only fill its place, so that positions
# stay those of the text. All are private-use characters, which repaired text never holds.
_OTHER, _MONTH, _YEAR, _FILL = "\ue000", "\ue001", "\ue002", "\ue010"
_MARKS = {Precision.MONTH: _MONTH, Precision.YEAR: _YEAR}

_DATE_HEAD = r"(?:วัน\s*ที่|เดือน|ปี\s*งบประมาณ|ปี)?\s*(?:พ\.?\s*ศ\.*)?\s*"
_DATE = f"{_DATE_HEAD}[{_OTHER}{_MONTH}{_YEAR}]{_FILL}*"
_SPAN = f"{_DATE_HEAD}[{_OTHER}{_MONTH}]{_FILL}*"
_AND = r"\s*(?:และ|หรือ|,|/)\s*"
_NUMBERS = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "สิบห้า": 15}
_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_PLACEHOLDERS = {
    "{n}": _NUMBER,
    "{days}": rf"{_NUMBER}\s*(?:(?P<working>วัน\s*ทำ\s*(?:การ|งาน))|วัน)",
    "{date}": rf"(?P<dates>{_DATE})",
    "{dates}": rf"(?P<dates>{_DATE}(?:{_AND}{_DATE})*)",
    "{spans}": rf"(?P<dates>{_SPAN}(?:{_AND}{_SPAN})*)",
    "{month}": rf"(?P<dates>{_DATE_HEAD}{_MONTH}{_FILL}*)",
    "{year}": rf"(?P<dates>{_DATE_HEAD}{_YEAR}{_FILL}*)",
    "{event}": r"\s*(?:(?!ทุก|ภายใน|ไม่เกิน)\S){0,60}",
}
_SIGNS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", " ": r"\s*"}


def compile_phrase(phrase: str) -> re.Pattern[str]:
    """Turn a phrase of the notation into a regular expression over masked text.

    Raises:
        ValueError: A placeholder is unknown or a bracket is left open: a fault of the table.
    """
    pieces: list[str] = []
    for token in re.findall(r"\{[^}]*\}|.", phrase):
        if token.startswith("{"):
            if token not in _PLACEHOLDERS:
                raise ValueError(f"{phrase!r}: unknown placeholder {token}")
            pieces.append(_PLACEHOLDERS[token])
        else:
            pieces.append(_SIGNS.get(token) or re.escape(token))
    try:
        return re.compile("".join(pieces))
    except re.error as error:
        raise ValueError(f"{phrase!r}: {error}") from None


def number(word: str) -> int:
    """Return the value of what ``{n}`` matched."""
    return _NUMBERS.get(word) or int(word)


def mask_dates(text: str, mentions: Sequence[Mention]) -> str:
    """Return the text with every date replaced by marks, of the same length."""
    pieces: list[str] = []
    at = 0
    for mention in mentions:
        mark = _MARKS.get(mention.date.precision, _OTHER)
        pieces.append(text[at : mention.start_index])
        pieces.append(mark + _FILL * (mention.end_index - mention.start_index - 1))
        at = mention.end_index
    return "".join([*pieces, text[at:]])
