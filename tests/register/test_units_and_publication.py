"""Units and publication dates out of the words that agencies write."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_analysis.analysis.outcomes import classify_outcome
from ita_analysis.register.publication import find_publication
from ita_analysis.register.units import split_units

UNITS = [
    ("สำนักปลัด", ("สำนักปลัด",)),
    ("กองคลัง/งานพัสดุ", ("กองคลัง", "งานพัสดุ")),
    ("สำนักปลัด กองคลัง กองช่าง เป็นต้น", ("สำนักปลัด", "กองคลัง", "กองช่าง")),
    ("สำนักปลัด งานการ เจ้าหน้าที่", ("สำนักปลัด", "งานการเจ้าหน้าที่")),
    ("๑. กองคลัง ๒. กองช่าง", ("กองคลัง", "กองช่าง")),
    ("เจ้าหน้าที่ทุกภารกิจงาน", ("ทุกภารกิจงาน",)),
    ("ทุกภารกิจงานจัดทำ ข้อมูลของตน และส่งมอบให้ สำนักปลัดรวบรวม", ("ทุกภารกิจงาน", "สำนักปลัด")),
    ("ผู้บริหาร สำนักปลัด", ("ผู้บริหาร", "สำนักปลัด")),
    ("กองคลัง, กองคลัง", ("กองคลัง",)),
    ("", ()),
]


@pytest.mark.parametrize(("cell", "units"), UNITS, ids=[cell for cell, _ in UNITS])
def test_units(cell: str, units: tuple[str, ...]) -> None:
    assert split_units(cell) == units


D = dt.date
RESULTS = [
    ("เผยแพร่บนเว็บไซต์แล้วเมื่อวันที่ ๒๓ มกราคม ๒๕๖๖", D(2023, 1, 23)),
    ("ประชุมเมื่อวันที่ ๕ ม.ค. ๒๕๖๖ และเผยแพร่เมื่อวันที่ ๙ ม.ค. ๒๕๖๖", D(2023, 1, 9)),
    ("เผยแพร่เมื่อวันที่ ๙ ม.ค. ๒๕๖๖ ต่อมาอบรมเมื่อวันที่ ๑๕ ก.พ. ๒๕๖๖", D(2023, 1, 9)),
    ("เผยแพร่เมื่อวันที่ ๙ ม.ค. ๒๕๖๖ และเผยแพร่เพิ่มเติมวันที่ ๓ มี.ค. ๒๕๖๖", D(2023, 3, 3)),
    ("เผยแพร่เมื่อวันที่ ๙ ม.ค. ๒๕๖๖ และวันที่ ๓ มี.ค. ๒๕๖๖", D(2023, 3, 3)),
    ("อบรมเมื่อวันที่ ๙ ม.ค. ๒๕๖๖ และวันที่ ๓ มี.ค. ๒๕๖๖", None),
    ("ตามพระราชบัญญัติ ลงวันที่ ๑ มกราคม ๒๕๔๐", None),
    ("ดำเนินการเมื่อวันที่ ๙ ม.ค. ๒๕๖๖", D(2023, 1, 9)),
    ("ดำเนินการแล้ว", None),
]


@pytest.mark.parametrize(("result", "day"), RESULTS, ids=[text for text, _ in RESULTS])
def test_of_several_dates_the_publication_counts(result: str, day: dt.date | None) -> None:
    found = find_publication(result, 2566)
    assert (found.date if found else None) == day


OUTCOMES = [
    (None, "none"),
    ("  ", "none"),
    ("ประชาชนพึงพอใจ", "stated"),
    ("ประชาชนพึงพอใจ (ข้อมูลจากแบบประเมิน)", "evidence_named"),
    ("ประชาชนพึงพอใจร้อยละ ๙๒.๕ ข้อมูลจากแบบประเมิน", "measured"),
    ("มีเรื่องร้องเรียน จำนวน ๐ เรื่อง", "measured"),
    ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "stated"),
]


@pytest.mark.parametrize(("text", "outcome_class"), OUTCOMES)
def test_outcome_is_classed_by_what_backs_it(text: str | None, outcome_class: str) -> None:
    assert classify_outcome(text).outcome_class == outcome_class


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("กองช่างกองการศึกษา", ("กองช่าง", "กองการศึกษา")),
        ("กลุ่มงานตรวจสอบภายในสำนักปลัด", ("กลุ่มงานตรวจสอบภายใน", "สำนักปลัด")),
        ("หัวหน้าสำนักปลัด", ("หัวหน้าสำนักปลัด",)),
        ("ผู้อำนวยการกองช่าง", ("ผู้อำนวยการกองช่าง",)),
    ],
)
def test_names_glued_by_a_pages_line_break_are_parted(cell: str, units: tuple[str, ...]) -> None:
    assert split_units(cell) == units
