"""What the user types on the command line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.batch.wishes import parse_day, parse_years, split_names, unknown
from ita_analysis.errors import UsageError
from ita_analysis.thai.digits import to_thai


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        (["2566"], ((2566, 2566),)),
        (["๒๕๖๖"], ((2566, 2566),)),
        (["2564-2566"], ((2564, 2566),)),
        (["๒๕๖๔ – 2566"], ((2564, 2566),)),
        (["2564,2566", "2567"], ((2564, 2564), (2566, 2566), (2567, 2567))),
        ([], ()),
    ],
)
def test_years_are_read(words: list[str], spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_years(words) == spans


@given(st.integers(2500, 2700), st.integers(0, 20), st.booleans())
def test_spans_are_read_back(first: int, more: int, thai: bool) -> None:
    last = min(first + more, 2700)
    text = f"{first}-{last}"
    assert parse_years([to_thai(text) if thai else text]) == ((first, last),)


@pytest.mark.parametrize("word", ["2023", "66", "2566-2564", "256o", "2566-", "สองห้าหกหก"])
def test_what_is_no_year_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_years(["2566", word])
    assert [fault.found for fault in caught.value.faults] == [word]
    assert caught.value.exit_code == 2


def test_names_repeat_or_stand_between_commas() -> None:
    assert split_names(["a, b", "c", "a", ""]) == ("a", "b", "c")


def test_near_names_come_first() -> None:
    names = ["amphoe-a", "nakhai-ubon", "zzz"]
    assert "nakhai-ubon, amphoe-a, zzz" in unknown("unknown_agency", "nakai-ubon", names).remedy


def test_long_lists_are_cut() -> None:
    remedy = unknown("unknown_agency", "x", [f"agency-{n:03}" for n in range(500)]).remedy
    assert "…" in remedy
    assert len(remedy) < 300


@pytest.mark.parametrize("text", ["2023-09-30", "30 ก.ย. 2566", "๓๐ กันยายน ๒๕๖๖"])
def test_days_are_read(text: str) -> None:
    assert parse_day(text) == date(2023, 9, 30)


@pytest.mark.parametrize("text", ["29 ก.พ. 2564", "กันยายน 2566", "2566", "พรุ่งนี้", "2023-13-01"])
def test_what_is_no_single_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_day(text)
