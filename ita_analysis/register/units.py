"""Responsible units: from a cell's words to a list of names."""

from __future__ import annotations

import re

# Beginnings of unit names in local bodies and departments. «เจ้าหน้าที่» is none: it names a person.
HEADS = (
    "สำนัก", "กอง", "กลุ่ม", "งาน", "ฝ่าย", "ส่วน", "หน่วย", "ศูนย์", "โรงเรียน", "ภารกิจ", "คณะ",
    "ผู้บริหาร", "นายก", "ปลัด", "รองปลัด", "ทุก", "นิติกร", "นักวิชาการ", "นักจัดการ", "นักทรัพยากร",
    "เลขานุการ", "หัวหน้า", "ผู้อำนวยการ", "แผนก", "สถาบัน", "สภา", "อำเภอ",
)  # fmt: skip
JOINED = ("งานการเจ้าหน้าที่", "ทุกภารกิจงาน", "งานนิติการ", "งานธุรการ", "งานประชาสัมพันธ์")
"""Names that a line break inside the cell often cuts in two."""
# Where a unit's name ends and a sentence about its work begins.
_VERBS = re.compile(r"(จัดทำ|ดำเนินการ|รวบรวม|เผยแพร่|รายงาน|ส่งมอบ|เป็นผู้|ที่เป็น|มีหน้าที่)")
# Divisions that every local body has: where a page's line break took the space between two names,
# the next begins here. "ผู้อำนวยการกองช่าง" and "หัวหน้าสำนักปลัด" are one name each.
_DIVISIONS = "กอง(?:ช่าง|คลัง|การศึกษา|สาธารณสุข|สวัสดิการ|ยุทธศาสตร์|การเจ้าหน้าที่|แผน|วิชาการ)"
_NEXT_NAME = re.compile(
    rf"(?<=[ก-๙])(?<!หัวหน้า)(?=สำนักปลัด)|(?<=สำนักปลัด)(?=ภารกิจ|งาน|ฝ่าย|{_DIVISIONS})"
)
_NEXT_DIVISION = re.compile(rf"(?<=[ก-๙])(?={_DIVISIONS})")
_LEAD = re.compile(r"^(?:และ|หรือ|โดย|ร่วมกับ|ส่งมอบให้|และส่งมอบให้|ให้|เจ้าหน้าที่(?=ทุก))+")
_ET_CETERA = ("เป็นต้น", "ฯลฯ", "อื่นๆ", "อื่น ๆ")


def split_units(cell: str) -> tuple[str, ...]:
    """Return the units that a cell names, in its order and without doubles.

    Words that name no unit (what a unit does, "and so on") are left out; the register keeps the
    whole cell beside the list.
    """
    units: list[str] = []
    in_sentence = False
    for token in _tokens(cell):
        word, cut = _name_in(token)
        if word.startswith(HEADS):
            units.append(word)
        elif units and word and not in_sentence and not cut:
            units[-1] += word  # the second half of a name cut by a line break
        in_sentence = cut or (in_sentence and not word.startswith(HEADS))
    return tuple(dict.fromkeys(units))


def _tokens(cell: str) -> list[str]:
    text = cell
    for name in (*JOINED, *_ET_CETERA):
        spaced = r"\s*".join(re.escape(char) for char in name)
        text = re.sub(spaced, f" {name if name in JOINED else ''} ", text)
    text = re.sub(r"(?:^|\s)[0-9๐-๙]{1,2}[.)]|[-–•]\s", " ", text)
    tokens = [token for token in re.split(r"[\s/,;、]+|และ(?=สำนัก|กอง|งาน|ฝ่าย)", text) if token]
    names = [name for token in tokens for name in _NEXT_NAME.split(token)]
    return [
        piece
        for name in names
        for piece in (_NEXT_DIVISION.split(name) if name.startswith("กอง") else [name])
    ]


def _name_in(token: str) -> tuple[str, bool]:
    """The token without lead-in, cut where a verb begins; whether it was cut."""
    word = _LEAD.sub("", token.strip("-–•(). "))
    verb = _VERBS.search(word)
    if verb is None:
        return word, False
    return word[: verb.start()], True
