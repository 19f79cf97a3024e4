from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.thai import (
    be_to_ce,
    ce_to_be,
    fiscal_months,
    fiscal_year_be,
    fiscal_year_span,
    half_span,
    month_end,
    month_in_fiscal_year,
    quarter_span,
)


def test_fiscal_year_2566() -> None:
    assert fiscal_year_span(2566) == (date(2022, 10, 1), date(2023, 9, 30))
    assert quarter_span(2566, 1) == (date(2022, 10, 1), date(2022, 12, 31))
    assert quarter_span(2566, 2) == (date(2023, 1, 1), date(2023, 3, 31))
    assert quarter_span(2566, 3) == (date(2023, 4, 1), date(2023, 6, 30))
    assert quarter_span(2566, 4) == (date(2023, 7, 1), date(2023, 9, 30))
    assert half_span(2566, 1) == (date(2022, 10, 1), date(2023, 3, 31))
    assert half_span(2566, 2) == (date(2023, 4, 1), date(2023, 9, 30))
    assert month_in_fiscal_year(2566, 10) == (date(2022, 10, 1), date(2022, 10, 31))
    assert month_in_fiscal_year(2566, 1) == (date(2023, 1, 1), date(2023, 1, 31))
    assert month_in_fiscal_year(2567, 2)[1] == date(2024, 2, 29)
    assert fiscal_months(2566)[0] == date(2022, 10, 1)
    assert fiscal_months(2566)[-1] == date(2023, 9, 1)


@given(st.dates(date(1901, 1, 1), date(2150, 1, 1)))
def test_every_day_lies_in_its_year_one_quarter_and_one_half(day: date) -> None:
    fy = fiscal_year_be(day)
    first, last = fiscal_year_span(fy)
    assert first <= day <= last
    assert fiscal_year_be(first - timedelta(days=1)) == fy - 1
    spans = [[quarter_span(fy, q) for q in range(1, 5)], [half_span(fy, h) for h in (1, 2)]]
    for parts in spans:
        assert sum(start <= day <= end for start, end in parts) == 1
    assert month_in_fiscal_year(fy, day.month) == (
        day.replace(day=1),
        month_end(day.year, day.month),
    )


def test_eras() -> None:
    assert be_to_ce(2566) == 2023
    assert ce_to_be(2023) == 2566


@pytest.mark.parametrize("part", [0, 5])
def test_no_such_quarter(part: int) -> None:
    with pytest.raises(ValueError, match=str(part)):
        quarter_span(2566, part)


@pytest.mark.parametrize("part", [0, 3])
def test_no_such_half(part: int) -> None:
    with pytest.raises(ValueError, match=str(part)):
        half_span(2566, part)
