"""Which column of a table holds what: a scored match of its header against known headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ita_analysis.documents import Row
from ita_analysis.thai import to_arabic

MIN_ROLES = 4
"""A row that names at least so many columns of the report is its header."""

MOST_LETTERS = 160
"""A longer cell is no heading."""

MIN_DOUBTFUL = 2
"""A row that names at least so many, but too few, may be a header: the user is asked."""


class Role(StrEnum):
    """What a column of the report holds."""

    TITLE = "title"
    UNITS = "units"
    STEPS = "steps"
    MONITORING = "monitoring"
    PERIOD = "period"
    RESULT = "result"
    OUTCOME = "outcome"
    PUBLISHED = "published"
    TOOL = "tool"
    INDICATOR = "indicator"
    ITEM = "item"
    NUMBER = "number"
    OTHER = "other"


REPORT_ROLES = (Role.TITLE, Role.UNITS, Role.STEPS, Role.MONITORING, Role.PERIOD, Role.RESULT,
                Role.OUTCOME)  # fmt: skip
"""The seven columns of the official form, in its order."""

# Words by which agencies head each column. Longer matches score higher.
HEADINGS: dict[Role, tuple[str, ...]] = {
    Role.TITLE: ("ประเด็นที่ต้องปรับปรุง", "ประเด็นที่ต้องพัฒนา", "ประเด็นการประเมิน", "ประเด็น",
                 "มาตรการ/กิจกรรม", "มาตรการ", "หัวข้อ"),
    Role.UNITS: ("หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนงานที่รับผิดชอบ",
                 "ส่วนงาน", "ส่วนราชการ", "ผู้ดำเนินการ"),
    Role.STEPS: ("ขั้นตอนหรือวิธีการ", "ขั้นตอน/วิธีการ", "วิธีการดำเนินการ", "แนวทางการดำเนินการ",
                 "แนวทางการปฏิบัติ", "ขั้นตอน", "วิธีการ", "แนวทาง", "มาตรการ"),
    Role.MONITORING: ("การรายงานผลและการกำกับติดตาม", "กำหนดเวลาแล้วเสร็จ", "การกำกับติดตาม",
                      "กำกับติดตาม", "การติดตามผล", "การรายงานผล"),
    Role.PERIOD: ("ระยะเวลาดำเนินการ", "ระยะเวลา", "กำหนดเวลา", "ช่วงเวลา"),
    Role.RESULT: ("สรุปผลการดำเนินการ", "ผลการดำเนินการ", "ผลการดำเนินงาน", "ผลการปฏิบัติ", "สรุปผล"),
    Role.OUTCOME: ("ผลลัพธ์", "ความสำเร็จ", "ผลสำเร็จ", "ผลที่ได้รับ", "ประโยชน์ที่ได้รับ"),
    Role.PUBLISHED: ("วันที่เผยแพร่", "วันเผยแพร่", "วันเดือนปีที่เผยแพร่", "วันที่ลงเว็บไซต์"),
    Role.TOOL: ("เครื่องมือการประเมิน", "เครื่องมือ"),
    Role.INDICATOR: ("ตัวชี้วัดการประเมิน", "ตัวชี้วัดที่", "ตัวชี้วัด"),
    Role.ITEM: ("ข้อคำถาม", "รหัสข้อ"),
}  # fmt: skip
_NUMBERS = {"ที่", "ลำดับ", "ลำดับที่", "no", "no.", "ข้อ", "#"}
_ROUND = re.compile("รอบ|6เดือน|12เดือน")


@dataclass(frozen=True, slots=True)
class Header:
    """A row read as a table's header.

    Attributes:
        row: The row.
        roles: Role of each column.
        reasons: For each column the words that decided, empty where none did.
    """

    row: Row
    roles: tuple[Role, ...]
    reasons: tuple[str, ...]

    @property
    def n_report_roles(self) -> int:
        """How many columns of the report it names."""
        return len(set(self.roles) & set(REPORT_ROLES))

    @property
    def is_sure(self) -> bool:
        """Whether it names enough columns, the issue to improve among them."""
        return self.n_report_roles >= MIN_ROLES and Role.TITLE in self.roles

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be a header of a report, but does not name enough columns."""
        return not self.is_sure and self.n_report_roles >= MIN_DOUBTFUL

    @property
    def is_official(self) -> bool:
        """Whether its columns are those of the official form, in order."""
        return self.roles == REPORT_ROLES

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that were not recognised."""
        pairs = zip(self.row.texts, self.roles, strict=True)
        return tuple(text for text, role in pairs if text and role is Role.OTHER)


def read_header(row: Row, mapping: Mapping[str, Role] | None = None) -> Header:
    """Return the role of every column, were this row the header of a report of measures.

    Each heading goes to the role whose longest known words it holds. Two columns share a role only
    where they are the results of two rounds; otherwise the better match keeps it and the other
    becomes OTHER. A column without a heading belongs to the one before it: a heading over two
    columns stands in the first.

    Args:
        row: The row.
        mapping: Roles by heading (see :func:`heading_key`), as the user has said them.
    """
    # prose is no heading, even where it holds the words
    keys = [heading_key(text) if len(text) <= MOST_LETTERS else "" for text in row.texts]
    chosen = {column: mapping[key] for column, key in enumerate(keys) if mapping and key in mapping}
    scores = [
        (score, column, role, words)
        for column, key in enumerate(keys)
        if key and column not in chosen
        for role in HEADINGS
        for score, words in [_score(key, role)]
        if score
    ]
    roles = [chosen.get(column, Role.OTHER) for column in range(len(row.cells))]
    reasons = ["--columns" if column in chosen else "" for column in range(len(row.cells))]
    used = set(chosen.values())
    for _, column, role, words in sorted(scores, key=lambda item: (-item[0], item[1])):
        is_round = role is Role.RESULT and _ROUND.search(keys[column])
        if roles[column] is Role.OTHER and not reasons[column] and (role not in used or is_round):
            roles[column], reasons[column] = role, words
            used.add(role)
    _add_numbers_and_spans(row, roles, reasons)
    return Header(row, tuple(roles), tuple(reasons))


def heading_key(text: str) -> str:
    """Return a heading without spaces, with Arabic digits, in small letters."""
    return re.sub(r"\s", "", to_arabic(text)).casefold()


def _add_numbers_and_spans(row: Row, roles: list[Role], reasons: list[str]) -> None:
    for column, text in enumerate(row.texts):
        if roles[column] is not Role.OTHER or reasons[column]:
            continue
        key = heading_key(text[:MOST_LETTERS])
        if key in _NUMBERS and Role.NUMBER not in roles:
            roles[column], reasons[column] = Role.NUMBER, text
        elif not key and column and roles[column - 1] is not Role.NUMBER:
            roles[column] = roles[column - 1]


def _score(folded: str, role: Role) -> tuple[int, str]:
    if len(folded) > 3 * max(len(words) for words in HEADINGS[role]):
        return 0, ""  # a cell of prose that happens to hold the words
    matches = [words for words in HEADINGS[role] if words in folded]
    best = max(matches, key=len, default="")
    return len(best), best
