"""The findings of the timeliness report: right for none, one and many, in both languages."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from ita_analysis.frameworks import load_framework
from ita_analysis.pages import timeliness_words as words
from ita_analysis.register.model import Coverage
from ita_analysis.texts import load_texts
from tests.analysis.made_registers import assess, due, measure, obligation
from tests.register.made_reports import DATA

TH, EN = load_texts("th"), load_texts("en")
ON_TIME = measure(1, "2023-01-23", obligations=(due("2023-01-31"),), indicator_no=9)
LATE = measure(2, "2023-02-09", obligations=(due("2023-01-31"),), indicator_no=9)
SILENT = measure(3, None, obligations=(due("2023-01-31"),), indicator_no=10)
ENDLESS = measure(4, "2023-02-09", obligations=(obligation(kind="continuous"),))

HEADLINES = [
    ((), "ยังไม่มีภารกิจที่มีกำหนดเวลาชัดเจน"),
    ((ENDLESS,), "ยังไม่มีภารกิจที่มีกำหนดเวลาชัดเจน"),
    ((ON_TIME,), "มีรายการเดียว และมีหลักฐานว่าทันกำหนด"),
    ((LATE,), "มีรายการเดียว และยังไม่มีหลักฐานว่าทันกำหนด"),
    ((LATE, SILENT), "ทั้ง 2 รายการยังไม่มีหลักฐานว่าทันกำหนด"),
    ((ON_TIME, LATE, SILENT), "1 จาก 3 รายการมีหลักฐานว่าทันกำหนด"),
]


@pytest.mark.parametrize(("measures", "thai"), HEADLINES)
def test_headline(measures: tuple[object, ...], thai: str) -> None:
    result = assess(*measures)  # type: ignore[arg-type]
    assert thai in words.headline(result, TH)
    assert words.headline(result, EN)


def test_one_late_measure_is_named_in_the_singular() -> None:
    result = assess(ON_TIME, LATE)
    assert words.worst_measure(result, EN) == (
        "One measure is late: “มาตรการ 2”, 9 days after the due date"
    )
    assert words.how_late(result, EN) == "One obligation is late, by 9 days"
    assert "มีข้อเดียว" in words.worst_measure(result, TH)


def test_nothing_late_is_said_so() -> None:
    assert (
        words.worst_measure(assess(ON_TIME), EN) == "No measure was published after its due date."
    )
    assert words.how_late(assess(ON_TIME), EN) == "No dated obligation was late."
    assert words.how_late(assess(SILENT), EN).startswith("No obligation has both")
    assert words.worst_measure(assess(ENDLESS), EN).startswith("No measure with a due date")


def test_every_group_is_given_with_its_number() -> None:
    said = words.by_indicator(assess(ON_TIME, LATE, SILENT), EN)
    assert said == "On time under indicator 9: 1 of 2 · indicator 10: 0 of 1"


def test_units_without_dates_are_named_apart() -> None:
    one = measure(1, "2023-01-23", obligations=(due("2023-01-31"),), responsible_units_th=("ก",))
    other = measure(2, obligations=(obligation(kind="continuous"),), responsible_units_th=("ข",))
    result = assess(one, other)
    assert words.by_unit(result, EN) == "ก has the most dated obligations, 1 of 1 on time"
    assert words.units_without(result, EN).endswith("had come due: ข")
    assert words.units_without(assess(one), EN) == ""


def test_recurring_counts_with_their_evidence() -> None:
    monthly = measure(1, "2023-01-14", obligations=(obligation(kind="recurring", every_months=1),))
    assert words.recurring(assess(monthly), EN) == (
        "12 recurring occurrences had come due; 1 with evidence"
    )
    assert words.recurring(assess(ON_TIME), EN) == "No recurring obligation has come due."


def test_oit_window_names_what_came_too_late_with_the_basis() -> None:
    late = measure(1, "2023-06-01", tool="OIT", indicator_no=9, obligations=(due("2023-01-31"),))
    result = assess(late, oit_window_end=dt.date(2023, 4, 30))
    framework = load_framework(2566, DATA)
    said = words.oit_window(result, framework, EN)
    assert "มาตรการ 1" in said
    assert "assumed" in said
    early = assess(ON_TIME, oit_window_end=dt.date(2023, 4, 30))
    assert "came before" in words.oit_window(early, framework, EN)
    unknown = load_framework(2564, DATA)
    assert "not known" in words.oit_window(assess(late), unknown, EN)


def test_coverage_says_the_share_or_that_there_was_nothing() -> None:
    assert "3 were understood (75.0 %)" in words.coverage(Coverage(n_phrases=4, n_understood=3), EN)
    assert words.coverage(Coverage(), EN) == "The document holds no words about time."


def test_nothing_is_left_open_in_any_language() -> None:
    results = [assess(*measures) for measures, _ in HEADLINES]  # type: ignore[misc]
    for say in (TH, EN):
        for result in results:
            for finding in (
                words.headline, words.worst_measure, words.by_indicator, words.by_unit,
                words.how_late, words.no_evidence, words.recurring, words.outcomes,
                words.not_assessable,
            ):  # fmt: skip
                text = finding(result, say)
                assert text
                assert "{" not in text
                assert not re.search(r"None\b(?! of)|nan|: $", text)
