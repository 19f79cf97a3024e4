"""Which sub-indicator a measure's title speaks of.

Agencies name a measure after a sub-indicator, a group of items within one, or an item. The link
is made by the words of the year's framework only, and is said to be made so; where the words
point to more than one sub-indicator there is no link.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ita_analysis.frameworks.framework import Framework

How = Literal["sub_indicator", "alias", "item", "part", "contained"]
"""By what a title was matched: the sub-indicator's title, another name of it, an item's title,
one of several names joined by a stroke, or a name within the title (or the other way round)."""

SHORTEST_NAME = 8
"""Letters below which a name found within another is chance."""
SHARE_OF_NAME = 0.4
"""Least share of a framework's name that a shorter title must make up to be an abbreviation."""
SHARE_OF_TITLE = 0.5
"""Least share of a title that a framework's name within it must make up: a name in passing in a
long sentence (a survey's question) is no title."""

_NOISE = re.compile(r"[\s\-–—ๆ.,:;\"'()\u200b\u200c\u200d\ufeff]+")
_BETWEEN_NAMES = re.compile(r"[/|\n]|,\s")


@dataclass(frozen=True, slots=True)
class Match:
    """A title's link to a sub-indicator.

    Attributes:
        code: Code of the sub-indicator, 9.1 to 10.2.
        matched_title: The framework's own words that matched.
        how: By what it was matched.
        item_codes: Items whose title it is; empty where it is not an item's title.
    """

    code: str
    matched_title: str
    how: How
    item_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    key: str
    title: str
    code: str
    how: How
    item_code: str | None = None


def match_sub_indicator(
    framework: Framework, title_th: str, indicator_no: int | None = None
) -> Match | None:
    """Return the sub-indicator that a title names, or None where it is not told or ambiguous.

    Tried in this order: the whole title as a name of the framework (sub-indicator, alias, item);
    the names within a title that joins several with a stroke; a name that holds the title or
    that the title holds. Spaces, hyphens, punctuation and ๆ do not count. The title of a whole
    indicator names none of its parts.

    Args:
        framework: The rules of the year.
        title_th: The title as the agency wrote it.
        indicator_no: The indicator that the measure stands under; None where unknown.
    """
    if any(_key(each.title_th) == _key(title_th) for each in framework.indicators.entries):
        return None  # a whole indicator is none of its parts
    names = _names(framework, indicator_no)
    whole = _exact(names, title_th)
    if whole is not None or any(name.key == _key(title_th) for name in names):
        return whole
    parts = [part for part in _BETWEEN_NAMES.split(title_th) if _key(part)]
    if len(parts) > 1:
        found = [match for part in parts if (match := _exact(names, part)) is not None]
        if found:
            only = {match.code for match in found}
            first = found[0]
            return Match(first.code, first.matched_title, "part") if len(only) == 1 else None
    return _contained(names, _key(title_th))


def _names(framework: Framework, indicator_no: int | None) -> list[_Name]:
    names = []
    for sub in framework.sub_indicators.entries:
        if indicator_no is not None and sub.indicator_no != indicator_no:
            continue
        names.append(_Name(_key(sub.title_th), sub.title_th, sub.code, "sub_indicator"))
        names += [_Name(_key(alias), alias, sub.code, "alias") for alias in sub.aliases]
        names += [
            _Name(_key(item.title_th), item.title_th, sub.code, "item", item.code)
            for item in framework.items_of(sub.code)
        ]
    return names


def _key(title: str) -> str:
    text = unicodedata.normalize("NFC", title).replace("\u0e4d\u0e32", "\u0e33")
    return _NOISE.sub("", text).casefold()


def _exact(names: list[_Name], title: str) -> Match | None:
    key = _key(title)
    return _one([name for name in names if name.key == key])


def _contained(names: list[_Name], key: str) -> Match | None:
    if len(key) < SHORTEST_NAME:
        return None
    within = [
        name
        for name in names
        if len(name.key) >= SHORTEST_NAME
        and name.key in key
        and len(name.key) >= SHARE_OF_TITLE * len(key)
    ]
    # A longer name that holds a shorter one is meant: the shorter is only part of its words.
    within = [
        name
        for name in within
        if not any(name.key != other.key and name.key in other.key for other in within)
    ]
    around = [
        name for name in names if key in name.key and len(key) >= SHARE_OF_NAME * len(name.key)
    ]
    match = _one(within or around)
    return None if match is None else Match(match.code, match.matched_title, "contained")


def _one(names: list[_Name]) -> Match | None:
    if len({name.code for name in names}) != 1:
        return None
    items = tuple(name.item_code for name in names if name.item_code is not None)
    return Match(names[0].code, names[0].title, names[0].how, items)
