from __future__ import annotations

from datetime import date, datetime

import pytest

from ita_analysis.thai import format_date, format_month, format_span
from ita_analysis.thai.format import Style

DAY = date(2023, 1, 23)


@pytest.mark.parametrize(
    ("lang", "style", "day", "month"),
    [
        ("th", "table", "23 ม.ค. 2566", "ม.ค. 2566"),
        ("th", "sentence", "23 มกราคม 2566", "มกราคม 2566"),
        ("th", "official", "๒๓ มกราคม ๒๕๖๖", "มกราคม ๒๕๖๖"),
        ("en", "table", "23 Jan 2566 BE", "Jan 2566 BE"),
        ("en", "sentence", "23 January 2566 BE", "January 2566 BE"),
        ("en", "official", "23 January 2566 BE", "January 2566 BE"),
    ],
)
def test_styles(lang: str, style: Style, day: str, month: str) -> None:
    assert format_date(DAY, lang, style) == day
    assert format_month(DAY, lang, style) == month


@pytest.mark.parametrize(
    ("start", "end", "th", "en"),
    [
        (DAY, DAY, "23 ม.ค. 2566", "23 Jan 2566 BE"),
        (date(2023, 1, 1), date(2023, 1, 31), "ม.ค. 2566", "Jan 2566 BE"),
        (
            date(2022, 10, 1),
            date(2023, 9, 30),
            "ต.ค. 2565 – ก.ย. 2566",
            "Oct 2565 BE – Sep 2566 BE",
        ),
        (date(2023, 1, 1), date(2023, 1, 15), "1–15 ม.ค. 2566", "1–15 Jan 2566 BE"),
        (
            date(2023, 1, 15),
            date(2023, 3, 1),
            "15 ม.ค. 2566 – 1 มี.ค. 2566",
            "15 Jan 2566 BE – 1 Mar 2566 BE",
        ),
    ],
)
def test_spans(start: date, end: date, th: str, en: str) -> None:
    assert format_span(start, end) == th
    assert format_span(start, end, "en") == en


def test_the_time_of_a_datetime_does_not_count() -> None:
    assert format_date(datetime(2023, 1, 23, 10, 30)) == "23 ม.ค. 2566"  # noqa: DTZ001


def test_unknown_style_language_or_order() -> None:
    with pytest.raises(ValueError, match="long"):
        format_date(DAY, style="long")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="fr"):
        format_date(DAY, "fr")
    with pytest.raises(ValueError, match="2023-01-23"):
        format_span(DAY, date(2022, 1, 1))
