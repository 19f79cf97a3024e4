"""The tables of timeliness: expected in full, and totals that reconcile for any register."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.analysis.as_of import resolve_as_of
from ita_analysis.analysis.tallies import STATUSES
from ita_analysis.analysis.timeliness import Timeliness, timeliness
from ita_analysis.register.frames import measures_frame, obligations_frame
from ita_analysis.register.store import load_register
from tests.analysis.made_registers import FY, YEAR_END, assess, due, measure, obligation, registers
from tests.register.made_reports import DATA

D = dt.date


def example() -> Timeliness:
    return assess(
        measure(
            1,
            "2023-01-23",
            tool="OIT",
            indicator_no=9,
            responsible_units_th=("กองคลัง", "กองช่าง"),
            obligations=(due("2023-01-31"), due("2022-10-31", 2)),
            outcome_th="ร้อยละ 92",
        ),
        measure(
            2,
            "2023-06-01",
            tool="OIT",
            indicator_no=9,
            responsible_units_th=("กองคลัง",),
            obligations=(due("2023-04-30"), obligation(2, kind="recurring", every_months=6)),
        ),
        measure(3, None, obligations=(due("2023-02-28"), obligation(2, kind="continuous"))),
        oit_window_end=D(2023, 4, 30),
    )


def test_headline_counts_dated_obligations_only() -> None:
    result = example()
    assert (result.count("due", "on_time"), result.n_assessed) == (1, 4)
    assert (result.lateness.n_late, result.lateness.median_days, result.lateness.worst_days) == (
        2, 58.0, 84,
    )  # fmt: skip


def test_indicators_in_full() -> None:
    table = example().indicators
    names = ["indicator_no", "n_measures", "n_dated", "n_on_time", "n_late", "n_no_evidence",
             "n_not_due", "share_on_time_pct", "worst_days_late", "n_recurring_due",
             "n_recurring_with_evidence", "n_not_assessable"]  # fmt: skip
    rows = table[names].astype(object).where(table[names].notna(), None).values.tolist()
    assert rows == [
        [9, 2, 3, 1, 2, 0, 0, pytest.approx(100 / 3), 84, 2, 1, 0],
        [None, 1, 1, 0, 0, 1, 0, 0.0, None, 0, 0, 1],
    ]


def test_a_measure_with_two_units_counts_for_each() -> None:
    table = example().units.set_index("unit_th")
    assert table.loc["กองคลัง", "n_dated"] == 3
    assert table.loc["กองช่าง", "n_dated"] == 2
    assert table["n_measures"].tolist() == [2, 1, 1]  # the last names no unit


def test_measures_say_what_backs_them_and_whether_oit_could_see_them() -> None:
    table = example().measures
    assert table["outcome_class"].tolist() == ["measured", "none", "none"]
    assert table["is_after_oit_window"].tolist() == [False, True, False]


def test_without_a_known_window_nothing_is_said_about_it() -> None:
    table = assess(measure(1, "2023-06-01", tool="OIT")).measures
    assert table["is_after_oit_window"].isna().all()


def test_empty_register_has_empty_tables_and_no_share() -> None:
    result = assess()
    assert result.n_assessed == 0
    assert result.lateness.median_days is None
    assert result.measures.empty
    assert result.units.empty
    assert result.kinds["n_occurrences"].sum() == 0


@given(registers(), st.dates(D(2022, 9, 1), D(2024, 1, 1)))
def test_totals_reconcile(measures: list[object], as_of: dt.date) -> None:
    result = assess(*measures, as_of=as_of)  # type: ignore[arg-type]
    total = len(result.occurrences)
    assert result.kinds["n_occurrences"].sum() == total
    assert sum(result.count(status=status) for status in STATUSES) == total
    assert result.obligations["n_occurrences"].sum() == total
    assert result.measures["n_occurrences"].sum() == total
    assert result.indicators["n_occurrences"].sum() == total
    assert result.kinds["n_obligations"].sum() == len(result.obligations)
    dated = result.count("due")
    for table in (result.measures, result.indicators):
        assert table["n_dated"].sum() == dated
        parts = table[["n_on_time", "n_late", "n_no_evidence", "n_not_due"]]
        assert (parts.sum(axis=1) == table["n_dated"]).all()
        assert table["n_on_time"].sum() == result.count("due", "on_time")
        shares = table["share_on_time_pct"].dropna()
        assert shares.between(0, 100).all()
    by_hand = sum(
        len(o.obligations) * max(1, len(o.responsible_units_th))  # type: ignore[attr-defined]
        for o in measures
    )
    exploded = result.units["n_occurrences"].sum()
    assert exploded >= total
    assert (by_hand == 0) == (exploded == 0)


def test_the_shipped_register_gives_the_published_figures() -> None:
    register = load_register("nakhai-ubon", FY, DATA)
    frames = measures_frame(register), obligations_frame(register)
    result = timeliness(*frames, FY, YEAR_END, D(2023, 4, 30))
    assert (result.count("due", "on_time"), result.n_assessed) == (5, 21)
    assert result.kinds.set_index("kind")["n_obligations"].to_dict() == {
        "due": 21, "recurring": 10, "after_event": 1, "continuous": 6, "unscheduled": 4,
    }  # fmt: skip
    assert (result.lateness.median_days, result.lateness.worst_days) == (91.0, 307)
    late = result.measures.loc[result.measures["is_after_oit_window"], "measure_no"]
    assert late.tolist() == [9]


AS_OF = [
    ("2023-05-01", None, D(2023, 5, 1)),
    ("๓๐ ก.ย. ๒๕๖๖", None, YEAR_END),
    (D(2023, 1, 1), None, D(2023, 1, 1)),
    (None, None, YEAR_END),
    (None, "2023-10-05", D(2023, 10, 5)),
    (None, "2022-12-01", YEAR_END),
]


@pytest.mark.parametrize(("given_day", "published", "expected"), AS_OF)
def test_the_day_a_report_speaks_for(
    given_day: str | dt.date | None, published: str | None, expected: dt.date
) -> None:
    dates = pd.Series(pd.to_datetime([published]))
    assert resolve_as_of(given_day, FY, D(2026, 1, 1), dates) == expected


def test_no_report_speaks_for_a_day_that_has_not_come() -> None:
    assert resolve_as_of(None, FY, D(2023, 3, 15)) == D(2023, 3, 15)
