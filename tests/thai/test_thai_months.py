from __future__ import annotations

import re

import pytest

from ita_analysis.thai import month_name, month_number
from ita_analysis.thai.months import MONTH_PATTERN, MONTHS_TH, MONTHS_TH_SHORT


@pytest.mark.parametrize("month", range(1, 13))
def test_every_spelling_of_every_month(month: int) -> None:
    short = month_name(month, short=True)
    first, second, _ = short.split(".")
    spellings = [
        MONTHS_TH[month - 1],
        short,
        short.replace(".", ""),
        f"{first}.{second}",
        f"{first}{second}.",
        f"{first} . {second} .",
    ]
    assert [month_number(word) for word in spellings] == [month] * len(spellings)
    assert all(re.fullmatch(MONTH_PATTERN, word) for word in spellings)


@pytest.mark.parametrize(
    ("word", "month"),
    [("มกรา", 1), ("เมษา", 4), ("กรกฏาคม", 7), ("พฤษจิกายน", 11), ("กุมภาพันธ", 2), ("ธันวา", 12)],
)
def test_spoken_and_misspelt(word: str, month: int) -> None:
    assert month_number(word) == month


@pytest.mark.parametrize("word", ["", "เดือน", "ม", "ก.ร.", "January", "1"])
def test_no_month(word: str) -> None:
    assert month_number(word) is None


def test_names() -> None:
    assert month_name(2) == "กุมภาพันธ์"
    assert month_name(2, short=True) == "ก.พ."
    assert month_name(9, "en") == "September"
    assert month_name(9, "en", short=True) == "Sep"
    assert len(set(MONTHS_TH_SHORT)) == 12


@pytest.mark.parametrize(("month", "lang"), [(0, "th"), (13, "th"), (1, "fr")])
def test_no_such_name(month: int, lang: str) -> None:
    with pytest.raises(ValueError, match=str(month)):
        month_name(month, lang)


@pytest.mark.parametrize("text", ["อบต.คำ", "สมควร", "ก.พ.ร.", "พ.ค.ศ.", "ต.คลอง", "ตุลาการ"])
def test_letters_of_other_words(text: str) -> None:
    assert re.search(MONTH_PATTERN, text) is None
