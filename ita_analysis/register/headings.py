"""Tool, indicator, item and title: wherever a document names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ita_analysis.frameworks import Framework
from ita_analysis.thai import to_arabic

_TOOL = re.compile(
    r"(?:เครื่องมือ\s*(?:การประเมิน)?|แบบ\s*(?:วัด|ตรวจ|สำรวจ)\S*)?\s*[:(]?\s*\b(IIT|EIT|OIT)\b\)?"
)
_INDICATOR = re.compile(r"ตัวชี้วัด\s*(?:ที่)?\s*(\d{1,2})(?!\d|\.\d)")
_ITEM = re.compile(r"^(?:ข้อ\s*)?([ioe])\s?(\d{1,2})(?!\d)[.):]?\s*", re.IGNORECASE)
_BULLET = re.compile(r"(?:^|\s)[-–•]\s*(?=\S)")
_TOOL_OF_LETTER = {"i": "IIT", "e": "EIT", "o": "OIT"}
HEADING_LENGTH = 160
"""A longer paragraph is prose that mentions an indicator, not a heading."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The tool and indicator under which the following measures stand.

    Attributes:
        tool: IIT, EIT, OIT; None before any was named.
        indicator_no: 1 to 10; None before any was named.
    """

    tool: str | None = None
    indicator_no: int | None = None

    def named_in(self, text: str, framework: Framework) -> Standing:
        """Return the standing after a text that may name a tool, an indicator, or both.

        An indicator tells its tool; a new tool without an indicator ends the indicator before it.
        """
        plain = to_arabic(text)
        tool, indicator = _TOOL.search(plain), _INDICATOR.search(plain)
        number = int(indicator[1]) if indicator else None
        known = {entry.indicator_no: entry.tool for entry in framework.indicators.entries}
        if number in known:
            return Standing(known[number], number)
        if tool and tool[1] != self.tool:
            return Standing(tool[1], None)
        return self


@dataclass(frozen=True, slots=True)
class Title:
    """What the first cell of a measure says.

    Attributes:
        standing: Tool and indicator, with what the cell itself names.
        item_code: ITA item code that the cell gives, in lower case with Arabic digits.
        text: The measure's title alone.
    """

    standing: Standing
    item_code: str | None
    text: str


def read_indicator(cell: str, standing: Standing, framework: Framework) -> Standing:
    """Return the standing that a cell in a column of indicators gives.

    Such a cell may hold no more than the number («๙») or the indicator's name.
    """
    now = standing.named_in(cell, framework)
    if now != standing:
        return now
    folded = re.sub(r"\s", "", to_arabic(cell))
    for indicator in framework.indicators.entries:
        number = indicator.indicator_no
        name = re.sub(r"\s", "", indicator.title_th)
        if folded == str(number) or re.fullmatch(rf"{number}[.):]?{name}|{name}", folded):
            return Standing(indicator.tool, number)
    return standing


def is_heading(text: str) -> bool:
    """Whether a paragraph or a lone cell is a heading that names a tool or an indicator."""
    plain = to_arabic(text)
    if len(plain) > HEADING_LENGTH:
        return False
    return bool(re.match(r"\W*(?:ตัวชี้วัด|เครื่องมือ|แบบ|\(?(?:IIT|EIT|OIT)\b)", plain)) and bool(
        _TOOL.search(plain) or _INDICATOR.search(plain)
    )


def read_title(cell: str, standing: Standing, framework: Framework) -> Title:
    """Take a measure's first cell apart.

    Args:
        cell: The words of the cell.
        standing: The standing before this cell.
        framework: The year's framework, for the names of its indicators.

    Returns:
        The title without the indicator's heading that some documents put into the same cell. A
        cell with a heading and nothing else keeps the indicator's name as its title.
    """
    plain = to_arabic(cell)
    now = standing.named_in(cell, framework)
    ends = [m.end() for pattern in (_TOOL, _INDICATOR) if (m := pattern.search(plain))]
    rest = cell
    if ends and _INDICATOR.search(plain):
        rest = _after_heading(cell[max(ends) :], now, framework)
    rest = rest.strip().lstrip("-–•:* ").strip()
    item = _ITEM.match(to_arabic(rest))
    if item is None:
        return Title(now, None, rest or cell)
    letter = item[1].lower()
    if now.tool != _TOOL_OF_LETTER[letter]:
        now = replace(now, tool=_TOOL_OF_LETTER[letter], indicator_no=None)
    return Title(now, f"{letter}{int(item[2])}", rest[item.end() :].strip() or rest)


def titled(title: str, item: str) -> str:
    """Return a title with the item code that stands in a column of its own before it.

    Without a title the words of the item are the title.
    """
    code = _ITEM.match(to_arabic(item))
    if code is None or _ITEM.match(to_arabic(title)):
        return title or item
    return f"{code[1]}{code[2]} {title or item[code.end() :]}"


def _after_heading(rest: str, standing: Standing, framework: Framework) -> str:
    bullet = _BULLET.search(rest)
    if bullet:
        return rest[bullet.end() :]
    for indicator in framework.indicators.entries:
        if indicator.indicator_no == standing.indicator_no:
            name = r"\s*".join(re.escape(char) for char in indicator.title_th if char != " ")
            tail = re.sub(rf"^\s*[:.]?\s*{name}", "", rest)
            return tail.strip() or indicator.title_th
    return rest
