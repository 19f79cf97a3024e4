from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.thai import mend_zero, to_arabic, to_thai


def test_digits_and_nothing_else_change() -> None:
    assert to_arabic("ข้อ ๑๐ o๔๒ 66 ฿๐") == "ข้อ 10 o42 66 ฿0"
    assert to_thai("ข้อ 10 o๔๒ 66.5%") == "ข้อ ๑๐ o๔๒ ๖๖.๕%"


@given(st.text())
def test_lengths_stay(text: str) -> None:
    assert len(to_arabic(text)) == len(to_thai(text)) == len(text)
    assert to_arabic(to_thai(text)) == to_arabic(text)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("๒๕๖o", "๒๕๖๐"),
        ("พ.ศ.๒๕๖O รอบ", "พ.ศ.๒๕๖๐ รอบ"),
        ("๒๕oo", "๒๕๐๐"),
        ("๑o วัน", "๑๐ วัน"),
        ("256o", "2560"),
        ("2O23", "2023"),
        ("๒๕6o", "๒๕60"),
    ],
)
def test_zero_beyond_doubt(text: str, mended: str) -> None:
    assert mend_zero(text) == (mended, True)


@pytest.mark.parametrize(
    "text",
    [
        "8O.5",  # a score: zero, or a slip of another kind
        "l00",
        "o๔๒",  # codes of items
        "O42",
        "ข้อ o๙",
        "1o",
        "256ok",
        "๔ok",
        "no ๒๕๖๐",
        "9o00",
        "",
    ],
)
def test_doubtful_letters_stay(text: str) -> None:
    assert mend_zero(text) == (text, False)
