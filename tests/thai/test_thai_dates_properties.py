"""Dates: what is written is read again, no day is invented, nothing makes the reader fail."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.thai import (
    DateError,
    Precision,
    be_to_ce,
    find_dates,
    find_impossible,
    format_date,
    format_month,
    format_span,
    month_end,
    month_name,
    parse_date,
    to_thai,
)
from ita_analysis.thai.format import STYLES, Style

FIRST, LAST = date(1957, 1, 1), date(2057, 12, 31)  # BE 2500 to 2600
days = st.dates(FIRST, LAST)
styles = st.sampled_from(STYLES)
WORDS = (
    "มกราคม|ก.พ.|ต.ค|กค|ไตรมาส|ที่|ครึ่งปี|แรก|ปี|งบประมาณ|พ.ศ.|ค.ศ.|เดือน|วันที่|สิ้น|ภายใน|ถึง|และ|ครั้ง|ถัดไป"
)
PIECES = (*WORDS.split("|"), *"-/.,() \t\n", "๒๕๖๖", "66", "1", "๓๑", "2023", "12:30")
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def test_every_day_of_a_century_is_read_back_in_all_styles() -> None:
    day = FIRST
    while day <= LAST:
        for style in STYLES:
            found = parse_date(format_date(day, style=style))
            assert (found.start, found.end, found.precision) == (day, day, Precision.DAY)
        day += timedelta(days=1)


@given(days)
def test_numeric_forms_are_read_back(day: date) -> None:
    year_be = day.year + 543
    forms = [
        day.isoformat(),
        f"{year_be}-{day:%m-%d}",
        f"{day:%d/%m}/{year_be}",
        f"{day.day}/{day.month}/{day.year}",
        to_thai(f"{day.day}/{day.month}/{year_be}"),
    ]
    if 2500 <= year_be <= 2599:
        forms.append(f"{day:%d/%m}/{year_be % 100:02}")
        forms.append(f"{day.day} {month_name(day.month, short=True)}{year_be % 100:02}")
    assert [parse_date(form).start for form in forms] == [day] * len(forms)


@given(days, styles)
def test_months_are_read_back(day: date, style: Style) -> None:
    found = parse_date(format_month(day, style=style))
    assert found.start == day.replace(day=1)
    assert found.end == month_end(day.year, day.month)
    assert found.precision is Precision.MONTH


@given(days, st.integers(0, 800), styles)
def test_spans_are_read_back(start: date, length: int, style: Style) -> None:
    end = start + timedelta(days=length)
    found = parse_date(format_span(start, end, style=style))
    assert (found.start, found.end) == (start, end)


@given(st.integers(1, 40), st.integers(1, 12), st.integers(2500, 2600), st.booleans())
def test_exactly_the_real_days_are_accepted(
    day: int, month: int, year_be: int, in_figures: bool
) -> None:
    text = f"{day}/{month}/{year_be}" if in_figures else f"{day} {month_name(month)} {year_be}"
    try:
        real = date(be_to_ce(year_be), month, day)
    except ValueError:
        assert find_dates(text) == []
        assert find_impossible(text) == [(text, 0, len(text))]
        with pytest.raises(DateError, match="impossible"):
            parse_date(text)
    else:
        assert parse_date(text).start == real
        assert find_impossible(text) == []


@pytest.mark.parametrize("year_be", range(2500, 2601))
def test_leap_days(year_be: int) -> None:
    year = year_be - 543
    is_leap = year % 4 == 0  # no century year but 2000, which is one, lies in the range
    assert bool(find_dates(f"29 กุมภาพันธ์ {year_be}")) is is_leap
    assert bool(find_impossible(f"29 กุมภาพันธ์ {year_be}")) is not is_leap


@given(texts, st.one_of(st.none(), st.integers(2400, 2700)))
def test_any_text_is_read_without_failing(text: str, fy: int | None) -> None:
    mentions = find_dates(text, fy)
    spans = [(m.start_index, m.end_index) for m in mentions]
    spans += [(start, end) for _, start, end in find_impossible(text, fy)]
    spans.sort()
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for m in mentions:
        assert m.date.words == text[m.start_index : m.end_index]
        assert m.date.start <= m.date.end
        assert fy is not None or not m.date.year_inferred or m.date.precision is Precision.RANGE
    with suppress(DateError):  # and nothing else
        parse_date(text, fy)


@given(texts)
def test_a_fiscal_year_only_adds_what_it_infers(text: str) -> None:
    plain = {(m.start_index, m.date) for m in find_dates(text)}
    full = {(m.start_index, m.date) for m in find_dates(text, 2566)}
    quarters = {Precision.QUARTER, Precision.HALF, Precision.RANGE}
    lost = {item for item in plain - full if item[1].precision not in quarters}
    assert lost == set()


@pytest.mark.parametrize(
    "text",
    [
        "1," * 20_000,
        "1 - " * 10_000,
        "(" * 20_000 + "ไตรมาสที่ 1" + " " * 20_000,
        "1 มกราคม 2566" + " " * 20_000 + "x",
        "ม.ค., " * 8_000,
        "ปี" * 20_000,
        "พ . ศ" * 10_000,
        "0" * 50_000,
    ],
    ids=["commas", "dashes", "brackets", "blanks", "months", "years", "eras", "zeros"],
)
def test_reading_takes_no_longer_than_the_text_is_long(text: str) -> None:
    begin = time.perf_counter()
    find_dates(text, 2566)
    with pytest.raises(DateError):
        parse_date(text, 2566)
    assert time.perf_counter() - begin < 4  # a pattern that backtracks takes minutes
