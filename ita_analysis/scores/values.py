"""One cell of a score file: scores, years and codes as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ita_analysis.errors import Fault, Place
from ita_analysis.frameworks import Framework
from ita_analysis.texts import fault
from ita_analysis.thai import repair_text, to_arabic

Level = Literal["overall", "tool", "indicator", "sub_indicator", "item"]
LEVELS: tuple[Level, ...] = ("overall", "tool", "indicator", "sub_indicator", "item")

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?")
_MISSING = {"", "-", "–", "—", "na", "n/a", "null", "none", "ไม่ประเมิน", "ไม่มี", "ไม่มีข้อมูล"}
_OVERALL = {"overall", "total", "ita", "รวม", "คะแนนรวม", "ภาพรวม"}
_ITEM = re.compile(r"([oei])\s*0*([1-9][0-9]?)", re.IGNORECASE)
_SUB = re.compile(r"[1-9][0-9]?\.[1-9]")
_INDICATOR = re.compile(r"[1-9][0-9]?")
_TOOL_OF_ITEM = {"o": "OIT", "e": "EIT", "i": "IIT"}


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year as read.

    Attributes:
        fiscal_year_be: In the Buddhist Era.
        is_converted: Whether it was written in two digits or in the Common Era.
    """

    fiscal_year_be: int
    is_converted: bool = False


def clean(text: str) -> str:
    """Return a cell's text repaired, with Arabic digits."""
    return to_arabic(repair_text(text).text).strip()


def parse_score(text: str, place: Place) -> Decimal | Fault | None:
    """Return the percentage in a cell, None where it says that there is none, or the fault.

    Thai digits and a percent sign are read; a decimal comma is not: 85,5 may be two numbers.

    Args:
        text: The cell.
        place: Where it stands.
    """
    plain = clean(text)
    if plain.casefold() in _MISSING:
        return None
    plain = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(plain):
        return fault("score_not_number", place, text)
    score = Decimal(plain)
    if not 0 <= score <= 100:
        return fault("score_out_of_range", place, text)
    return score


def parse_year(text: str) -> Year | None:
    """Return a fiscal year; None where the text is none.

    ``2566``, ``๒๕๖๖``, ``พ.ศ. 2566``; ``66`` is taken for 2566, and a year of the Common Era from
    2014 on (``2023``, FY2566) is converted: both are marked.
    """
    plain = re.sub(r"^(?:ปีงบประมาณ|ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*", "", clean(text))
    plain = plain.removesuffix(".0")
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", plain):
        return None
    number = int(plain)
    if 57 <= number <= 99:
        return Year(2500 + number, is_converted=True)
    if 2014 <= number <= 2056:
        return Year(number + 543, is_converted=True)
    return Year(number) if 2557 <= number <= 2599 else None


def parse_code(text: str) -> tuple[Level, str] | None:
    """Return level and code of a part of the score; None where the text is no code."""
    plain = clean(text)
    if plain.casefold() in _OVERALL:
        return "overall", "overall"
    if plain.upper() in _TOOL_OF_ITEM.values():
        return "tool", plain.upper()
    item = _ITEM.fullmatch(plain)
    if item:
        return "item", item[1].lower() + item[2]
    if _SUB.fullmatch(plain):
        return "sub_indicator", plain
    if _INDICATOR.fullmatch(plain):
        return "indicator", plain
    return None


def code_fault(framework: Framework, level: Level, code: str, place: Place) -> Fault | None:
    """Return what is wrong with a code in a year; None where it is one of the year's codes.

    An item beyond an *assumed* number of items passes: what was published weighs more.
    """
    year = framework.fiscal_year_be
    if level == "item":
        tool = _TOOL_OF_ITEM[code[0]]
        count, basis = framework.item_count(tool)
        if count is None or basis == "assumed" or int(code[1:]) <= count:
            return None
        allowed = f"{code[0]}1-{code[0]}{count}"
    else:
        known = {
            "overall": ["overall"],
            "tool": [tool.code for tool in framework.tools.entries],
            "indicator": [str(each.indicator_no) for each in framework.indicators.entries],
            "sub_indicator": [sub.code for sub in framework.sub_indicators.entries],
        }[level]
        if code in known:
            return None
        allowed = ", ".join(known)
    return fault("score_code_unknown", place, code, fiscal_year_be=year, allowed=allowed)


def value_fault(framework: Framework, code: str, score: Decimal, place: Place) -> Fault | None:
    """Return what is wrong with an item's score where the year's rule allows only 100 and 0."""
    rule = framework.rule.oit_indicator
    if code.startswith("o") and code != "overall" and rule.method and score not in (0, 100):
        return fault("oit_item_value", place, str(score))
    return None
