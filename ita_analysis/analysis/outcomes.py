"""What backs an outcome that a report claims: nothing, a statement, a named source, a figure."""

from __future__ import annotations

import re
from typing import NamedTuple

CLASSES = ("measured", "evidence_named", "stated", "none")
"""From the best backed to nothing said."""

_NUMBER = r"[0-9๐-๙][0-9๐-๙,.]*"
_MEASURED = re.compile(
    rf"ร้อยละ\s*{_NUMBER}|{_NUMBER}\s*(?:%|เปอร์เซ็นต์)"
    rf"|(?:จำนวน|คะแนน|เฉลี่ย)[^0-9๐-๙]{{0,20}}{_NUMBER}"
    rf"|{_NUMBER}\s*(?:เรื่อง|คน|ราย|ครั้ง|แห่ง|โครงการ|กิจกรรม|ช่องทาง|คะแนน)"
)
_NAMED = re.compile(
    r"(?:ข้อมูลจาก|อ้างอิง|หลักฐาน|จากสถิติ|จากผลการ|จากแบบ|ตามรายงาน|ตามแบบ|ภาพถ่าย|https?://)[^\s()]*"
)


class Outcome(NamedTuple):
    """How an outcome is backed.

    Attributes:
        outcome_class: One of CLASSES.
        words: The words that decide it; empty for ``none`` and ``stated``.
    """

    outcome_class: str
    words: str


def classify_outcome(text: str | None) -> Outcome:
    """Class an outcome by the words that back it; a figure counts for more than a named source.

    Args:
        text: The outcome column; None or empty where nothing is said.
    """
    if not isinstance(text, str) or not text.strip():
        return Outcome("none", "")
    for name, pattern in (("measured", _MEASURED), ("evidence_named", _NAMED)):
        match = pattern.search(text)
        if match:
            return Outcome(name, match[0].strip())
    return Outcome("stated", "")
