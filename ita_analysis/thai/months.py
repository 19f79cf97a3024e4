"""The twelve months: how they are written, well or badly, and which is which.

Agencies write มกราคม, มกรา, ม.ค., ม.ค, มค. or "ม . ค ."; some of these are also other words
(ก.พ. is the Civil Service Commission, กค a ministry's letter mark, ตุลา begins ตุลาการ). So the
forms come in three classes, by how much must stand beside them: a *full* name stands alone, a
*dotted* abbreviation needs an edge on both sides, a *bare* form needs a day or a year as well.
"""

from __future__ import annotations

import re

MONTHS_TH = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""Full Thai names, January first."""

MONTHS_TH_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
"""Thai abbreviations, January first."""

MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Full English names, January first (for showing; they are not read)."""

# Spellings met beside the right one: a letter of the same sound, a mark left out.
_MISSPELT = {
    "กุมภาพันธ": 2,
    "กรกฏาคม": 7,
    "กรกฎาคาม": 7,
    "พฤษจิกายน": 11,
    "พฤศจิกายม": 11,
    "พฤศจิการยน": 11,
}
_STEMS = {
    "มกรา": 1,
    "กุมภา": 2,
    "มีนา": 3,
    "เมษา": 4,
    "พฤษภา": 5,
    "มิถุนา": 6,
    "กรกฎา": 7,
    "กรกฏา": 7,
    "สิงหา": 8,
    "กันยา": 9,
    "ตุลา": 10,
    "พฤศจิกา": 11,
    "ธันวา": 12,
}
_ENDINGS = ("คม", "พันธ์", "พันธ", "ยน")

AMBIGUOUS_SHORT = frozenset({2, 7, 8})
"""Months whose dotted abbreviation is also an office or a paper: ก.พ., ก.ค., ส.ค."""

_SPACES = r"[^\S\t]?"
_LETTER = "ก-ฺเ-๎"
# Words after which an abbreviation may follow without a space.
_LEADS = ("เดือน", "ภายใน", "ใน", "ถึง", "สิ้น", "ก่อน", "เกิน", "แต่", "ประจำ", "ณ", "วันที่")


def _full_pattern() -> str:
    names = sorted({*MONTHS_TH, *_MISSPELT}, key=len, reverse=True)
    return "|".join(_with_gap(name) for name in names)


def _with_gap(name: str) -> str:
    # A line end inside a table cell often leaves one space before the ending: "มกรา คม".
    for ending in _ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + _SPACES + ending
    return name


def _dotted_pattern() -> str:
    first_dot, letters = rf"{_SPACES}\.{_SPACES}", []
    for name in MONTHS_TH_SHORT:
        first, second, _ = name.split(".")
        letters.append(f"{first}{first_dot}{second}(?:{_SPACES}\\.)?+")
    return "|".join(letters)


def _bare_pattern() -> str:
    letters = [name.replace(".", "") + r"\.?+" for name in MONTHS_TH_SHORT]
    return "|".join([*sorted(_STEMS, key=len, reverse=True), *letters])


_EDGE_BEFORE = "(?:" + "|".join(f"(?<={word})" for word in _LEADS) + f"|(?<![{_LETTER}]))"
# A sentence may follow "ม.ค." without a space, but "ก.พ.ร." is an office.
_EDGE_AFTER = rf"(?:(?<=\.)(?![{_LETTER}]{_SPACES}\.)|(?![{_LETTER}]))"

MONTH_PATTERN = (
    rf"(?:(?P<full>{_full_pattern()})"
    rf"|{_EDGE_BEFORE}(?:(?P<dotted>{_dotted_pattern()}){_EDGE_AFTER}"
    rf"|(?P<bare>{_bare_pattern()})(?![{_LETTER}])))"
)
"""Regular expression of a month as it stands in a text, with the groups full, dotted and bare."""

_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS_TH, start=1)},
    **{name.replace(".", ""): number for number, name in enumerate(MONTHS_TH_SHORT, start=1)},
    **_MISSPELT,
    **_STEMS,
}
_FILLING = re.compile(r"[\s.]+")


def month_number(words: str) -> int | None:
    """Return the month (1 to 12) that Thai words name; None where they name none.

    Full names, spoken stems (มกรา) and abbreviations with or without dots and spaces are known.
    """
    return _NUMBERS.get(_FILLING.sub("", words))


def month_name(month: int, lang: str = "th", *, short: bool = False) -> str:
    """Return a month's name, for example ``ม.ค.``, ``มกราคม``, ``Jan`` or ``January``.

    Raises:
        ValueError: There is no such month or language.
    """
    if not 1 <= month <= 12 or lang not in ("th", "en"):
        raise ValueError((month, lang))
    if lang == "en":
        name = MONTHS_EN[month - 1]
        return name[:3] if short else name
    return (MONTHS_TH_SHORT if short else MONTHS_TH)[month - 1]
