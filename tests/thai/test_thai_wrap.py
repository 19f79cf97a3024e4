from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.thai.wrap import display_width, wrap

TEXT = "เจ้าหน้าที่ผู้รับผิดชอบดำเนินการวิเคราะห์ผลการประเมิน (ข้อ ๑) ต่าง ๆ น้ำท่วม"
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"


def test_breaks_between_words() -> None:
    assert wrap(TEXT, 30) == [
        "เจ้าหน้าที่ผู้รับผิดชอบดำเนินการวิเคราะห์",  # 30 letters; the marks take no room
        "ผลการประเมิน (ข้อ ๑) ต่าง ๆ น้ำท่วม",
    ]
    # One column less, and the last word goes; ๆ and a closing bracket stay with their words.
    assert wrap(TEXT, 29)[1:] == ["วิเคราะห์ผลการประเมิน (ข้อ ๑)", "ต่าง ๆ น้ำท่วม"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("สั้น", 10, ["สั้น"]),
        ("ก\n\nข", 5, ["ก", "", "ข"]),
        ("   x", 2, ["x"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("one two", 4, ["one", "two"]),
        ("น้ำน้ำ", 2, ["น้ำ", "น้ำ"]),
    ],
)
def test_small_cases(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_marks_take_no_room() -> None:
    assert display_width("ที่นี่") == 2
    assert display_width("น้ำ") == 2
    assert display_width("漢") == 2


@given(st.text(alphabet=TEXT + "abc-\n", max_size=60), st.integers(1, 25))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # One letter with its vowels is never cut, even where it is wider than the line.
        assert display_width(line) <= width or len(line.strip("เแโใไ" + MARKS)) <= 2


@given(st.text(max_size=60), st.integers(1, 10))
def test_any_text(text: str, width: int) -> None:
    assert len(wrap(text, width)) >= 1


def test_no_line_begins_with_a_mark() -> None:
    lines = wrap("ที่นี่" * 20, 2)
    assert all(line[0] not in MARKS for line in lines)


def test_width_must_be_positive() -> None:
    with pytest.raises(ValueError, match="0"):
        wrap("ก", 0)


def test_the_list_is_the_callers_own() -> None:
    wrap(TEXT, 30).clear()
    assert len(wrap(TEXT, 30)) == 2


def test_pythainlp_comes_with_the_first_line_and_makes_nothing_at_home(tmp_path: Path) -> None:
    program = """
import sys
import ita_analysis.thai
from ita_analysis.thai.wrap import wrap
assert "pythainlp" not in sys.modules
assert wrap("การเปิดเผยข้อมูล", 9) == ["การเปิดเผย", "ข้อมูล"]
assert "pythainlp" in sys.modules
"""
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PYTHAINLP")}
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-B", "-c", program], env=keep | home, check=True)
    assert list(tmp_path.iterdir()) == []
