"""Which column of a table holds what: a scored match of its header against known headings."""

from __future__ import annotations

import re
from enum import StrEnum

from ita_analysis.documents import Row

MIN_ROLES = 4
"""A row that names at least so many columns of the report is its header."""


class Role(StrEnum):
    """What a column of the report holds."""

    TITLE = "title"
    UNITS = "units"
    STEPS = "steps"
    MONITORING = "monitoring"
    PERIOD = "period"
    RESULT = "result"
    OUTCOME = "outcome"
    OTHER = "other"


# Words by which agencies head each column, most telling first. Longer matches score higher.
HEADINGS: dict[Role, tuple[str, ...]] = {
    Role.TITLE: ("ประเด็นที่ต้องปรับปรุง", "ประเด็นที่ต้องพัฒนา", "ประเด็นการประเมิน",
                 "ประเด็น", "มาตรการ/กิจกรรม"),
    Role.UNITS: ("หน่วยงานที่รับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนงานที่รับผิดชอบ", "ส่วนงาน"),
    Role.STEPS: ("ขั้นตอนหรือวิธีการ", "ขั้นตอน/วิธีการ", "วิธีการดำเนินการ", "แนวทางการดำเนินการ", "ขั้นตอน"),
    Role.MONITORING: ("การรายงานผลและการกำกับติดตาม", "กำหนดเวลาแล้วเสร็จ", "การกำกับติดตาม",
                      "กำกับติดตาม"),
    Role.PERIOD: ("ระยะเวลาดำเนินการ", "ระยะเวลา", "กำหนดเวลา"),
    Role.RESULT: ("สรุปผลการดำเนินการ", "ผลการดำเนินการ", "ผลการดำเนินงาน", "สรุปผล"),
    Role.OUTCOME: ("ผลลัพธ์", "ความสำเร็จ", "ผลสำเร็จ"),
}  # fmt: skip


def read_header(row: Row) -> tuple[Role, ...] | None:
    """Return the role of every column if this row is the header of a report of measures.

    Each heading goes to the role whose longest known words it holds; two columns never share a
    role: the better match keeps it, the other becomes OTHER.

    Returns:
        One role per cell; None where fewer than MIN_ROLES columns are recognised.
    """
    scores = [
        (score, column, role)
        for column, text in enumerate(row.texts)
        for role in HEADINGS
        if (score := _score(text, role))
    ]
    roles = [Role.OTHER] * len(row.cells)
    used: set[Role] = set()
    for _, column, role in sorted(scores, key=lambda item: (-item[0], item[1])):
        if roles[column] is Role.OTHER and role not in used:
            roles[column] = role
            used.add(role)
    return tuple(roles) if len(used) >= MIN_ROLES and Role.TITLE in used else None


def _score(text: str, role: Role) -> int:
    folded = re.sub(r"\s", "", text)
    if len(folded) > 3 * max(len(words) for words in HEADINGS[role]):
        return 0  # a cell of prose that happens to hold the words
    return max((len(words) for words in HEADINGS[role] if words in folded), default=0)
