"""The deadline grammar, phrase by phrase."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.register.grammar import find_phrases, load_rules
from ita_analysis.register.model import Kind
from ita_analysis.register.notation import compile_phrase
from ita_analysis.register.obligations import read_obligations

FY = 2566
TABLE = Path(__file__).parents[2] / "ita_analysis" / "register" / "deadlines.csv"
with TABLE.open(encoding="utf-8-sig", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def read(clause: str, steps: str = "") -> list[dict[str, object]]:
    obligations = read_obligations(clause, steps, FY, 1, None).obligations
    return [obligation.model_dump() for obligation in obligations]


@pytest.mark.parametrize("row", ROWS, ids=[row["phrase"] for row in ROWS])
def test_every_rule_of_the_table_places_its_own_example(row: dict[str, str]) -> None:
    phrases = find_phrases(row["example_th"], FY)
    assert [(phrase.kind, phrase.words) for phrase in phrases] == [(row["kind"], row["example_th"])]


D = dt.date
# phrase as met in real agency documents -> what it sets
PHRASES: list[tuple[str, str, dict[str, object]]] = [
    ("ทุกเดือน", "recurring", {"every_months": 1}),
    ("ทุกสัปดาห์", "recurring", {"every_days": 7}),
    ("ทุก ๓ เดือน", "recurring", {"every_months": 3}),
    ("ทุกสิ้นเดือน", "recurring", {"every_months": 1}),
    ("ทุกวันที่ ๕ ของเดือน", "recurring", {"every_months": 1, "due_day": 5}),
    ("ประจำเดือน", "recurring", {"every_months": 1}),
    ("รายเดือน", "recurring", {"every_months": 1}),
    ("รายไตรมาส", "recurring", {"every_months": 3}),
    ("ไตรมาสละ ๑ ครั้ง", "recurring", {"every_months": 3}),
    ("อย่างน้อยปีละ ๑ ครั้ง", "recurring", {"every_months": 12}),
    ("ปีละ ๒ ครั้ง", "recurring", {"every_months": 6}),
    ("ไตรมาส ๑ - ๔", "recurring", {"every_months": 3}),
    ("ทุก ๖ เดือนภายในเดือนเมษายน และเดือนตุลาคม", "recurring",
     {"every_months": 6, "due_months": (4, 10)}),
    ("ทุกครั้งหลังการอนุมัติ", "after_event", {"within_days": None}),
    ("ทันที", "after_event", {"within_days": 0}),
    ("ไม่เกิน ๗ วัน หลังเสร็จสิ้นแต่ละภารกิจ", "after_event", {"within_days": 7}),
    ("ภายใน ๑๕ วันทำการ", "after_event", {"within_days": 15, "is_working_days": True}),
    ("ตลอดปีงบประมาณ ๒๕๗๐", "continuous", {}),
    ("อย่างสม่ำเสมอ", "continuous", {}),
    ("ให้เป็นปัจจุบัน", "continuous", {}),
    ("ไตรมาสที่ 2 (1 ม.ค. 66 - 31 มี.ค. 66)", "due", {"due_date": D(2023, 3, 31)}),
    ("ภายใน 30 มิ.ย. 60", "due", {"due_date": D(2017, 6, 30)}),
    ("ภายในวันที่ ๓๑ พฤษภาคม พ.ศ. ๒๕๖๔", "due", {"due_date": D(2021, 5, 31)}),
    ("ไม่เกินวันที่ 26 ธันวาคม 2568", "due", {"due_date": D(2025, 12, 26)}),
    ("เดือนกุมภาพันธ์-มีนาคม 2564", "due", {"due_date": D(2021, 3, 31)}),
    ("16 ตุลาคม - 22 พฤศจิกายน 2561", "due", {"due_date": D(2018, 11, 22)}),
    ("1 ก.พ. 2559 - 31 ม.ค. 2560", "due", {"due_date": D(2017, 1, 31)}),
    ("24 ก.ค.60", "due", {"due_date": D(2017, 7, 24)}),
    ("วันพฤหัสบดีที่ 9 ธันวาคม พ.ศ. 2564 เวลา 09.00 น.", "due", {"due_date": D(2021, 12, 9)}),
    ("ภายในเดือนมกราคม", "due", {"due_date": D(2023, 1, 31), "due_year_inferred": True}),
    ("ภายในเดือนตุลาคม", "due", {"due_date": D(2022, 10, 31), "due_year_inferred": True}),
    ("มกราคม", "due", {"due_date": D(2023, 1, 31), "due_year_inferred": True}),
    ("ภายในสิ้นปีงบประมาณ", "due", {"due_date": D(2023, 9, 30)}),
    ("ก่อนวันที่ ๑ เมษายน ๒๕๖๖", "due", {"due_date": D(2023, 3, 31)}),
    ("ภายในระยะเวลาที่กำหนด", "unscheduled", {}),
    ("ให้เป็นไปตามกำหนดระยะเวลา", "unscheduled", {}),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "kind", "values"), PHRASES, ids=[p[0] for p in PHRASES])
def test_phrase_sets_its_schedule(clause: str, kind: str, values: dict[str, object]) -> None:
    (obligation,) = read(clause)
    assert obligation["kind"] == kind
    assert obligation["phrase_th"] is not None
    assert {name: obligation[name] for name in values} == values


@pytest.mark.parametrize(
    "words",
    ["รอบ ๖ เดือน", "รอบ6เดือน", "รอบ ๑๒ เดือน", "ปี68", "พ.ศ 2564", "พ.ศ.. 2568", "๑๕ นาที",
     "๒๔ ชั่วโมง", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "ประจำเดือนมกราคม ๒๕๖๖"],
)  # fmt: skip
def test_what_names_a_report_or_a_service_time_is_no_deadline(words: str) -> None:
    (phrase,) = find_phrases(words, FY)
    assert phrase.kind == "mention"
    assert read(f"จัดทำรายงาน{words}")[0]["kind"] == "unscheduled"


@pytest.mark.parametrize(
    "clause",
    ["มาตรการภายในเพื่อป้องกันการทุจริต", "ภายในหน่วยงาน", "ตลอดจนหน่วยงานอื่น", "ทุกภารกิจงาน",
     "ก่อนที่จะจัดทำแผน", "การจ่ายเงินเดือน"],
)  # fmt: skip
def test_words_that_only_look_like_time_are_left_alone(clause: str) -> None:
    assert find_phrases(clause, FY) == []


def test_two_deadlines_in_one_clause_are_two_obligations() -> None:
    found = read("ภายในเดือนตุลาคม ๒๕๖๕ และเดือนเมษายน ๒๕๖๖")
    assert [each["due_date"] for each in found] == [D(2022, 10, 31), D(2023, 4, 30)]


def test_a_deadline_and_a_cadence_in_one_clause_are_two_obligations() -> None:
    found = read("รายงานทุกเดือน และสรุปภายในเดือนกันยายน ๒๕๖๖")
    assert [each["kind"] for each in found] == ["recurring", "due"]


def test_soft_words_beside_a_deadline_add_nothing() -> None:
    found = read("เผยแพร่ให้เป็นปัจจุบัน ภายในเดือนมกราคม ๒๕๖๖ ตามระยะเวลาที่กำหนด")
    assert [each["kind"] for each in found] == ["due"]


def test_the_same_cadence_said_twice_is_one_obligation_with_both_words() -> None:
    (obligation,) = read("จัดทำรายเดือนให้ครบทุกเดือน")
    assert obligation["phrase_th"] == "รายเดือน … ให้ครบทุกเดือน"


def test_who_owes_it_is_the_subject_of_the_clause() -> None:
    found = read("๑. เจ้าหน้าที่รายงานผู้บริหารทุกเดือน ๒. ผู้บริหารกำกับให้เจ้าหน้าที่รายงานทุกไตรมาส")
    assert [each["actor"] for each in found] == ["officer", "executive"]


def test_clause_without_time_is_unscheduled_and_has_no_words() -> None:
    (obligation,) = read("๑. ผู้บริหารกำกับติดตาม")
    assert (obligation["kind"], obligation["phrase_th"]) == ("unscheduled", None)


def test_unknown_words_about_time_become_unscheduled_and_are_listed() -> None:
    reading = read_obligations("รายงานสามไตรมาสติดต่อกัน", "", FY, 3, 7)
    assert [o.kind for o in reading.obligations] == [Kind.UNSCHEDULED]
    assert "ไตรมาส" in (reading.obligations[0].phrase_th or "")
    assert [(n.code, n.measure_no, n.row) for n in reading.notes] == [
        ("phrase_not_understood", 3, 7)
    ]
    assert (reading.coverage.n_phrases, reading.coverage.n_understood) == (1, 0)


def test_steps_that_repeat_the_monitoring_are_counted_once_and_told() -> None:
    reading = read_obligations("๑. รายงานทุกเดือน", "๑. สรุปรายเดือน ๒. แจ้งภายใน ๗ วัน", FY, 1, 1)
    assert [(o.kind, o.source_column) for o in reading.obligations] == [
        (Kind.RECURRING, "monitoring"),
        (Kind.AFTER_EVENT, "steps"),
    ]
    assert [note.code for note in reading.notes] == ["said_in_steps_too"]


def test_steps_without_time_are_no_obligations() -> None:
    assert read_obligations("", "๑. จัดทำข้อมูล ๒. รายงานผู้บริหาร", FY, 1, 1).obligations == []


@given(st.text(alphabet="ภายในทุกเดือนวันที่ไตรมาสปี ๑๒๖5.-()และ", max_size=60))
def test_any_words_are_read_without_loss(clause: str) -> None:
    phrases = find_phrases(clause, FY)
    for phrase in phrases:
        if phrase.rule is not None:
            assert phrase.words in clause
    ends = [0] + [phrase.end_index for phrase in phrases]
    starts = [phrase.start_index for phrase in phrases]
    assert all(end <= start for end, start in zip(ends, starts, strict=False))
    reading = read_obligations(clause, "", FY, 1, 1)
    unknown = sum(phrase.rule is None for phrase in phrases)
    assert sum(note.code == "phrase_not_understood" for note in reading.notes) >= bool(unknown)


def test_a_wrong_phrase_in_the_table_is_named() -> None:
    with pytest.raises(ValueError, match="unknown placeholder"):
        compile_phrase("ภายใน {weeks}")
    with pytest.raises(ValueError, match="ภายใน"):
        compile_phrase("ภายใน [เดือน")


def test_the_table_has_every_kind() -> None:
    kinds = {rule.kind for rule in load_rules()}
    assert kinds == {*(kind.value for kind in Kind), "mention", "bare_date"}
