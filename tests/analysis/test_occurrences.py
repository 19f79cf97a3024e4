"""Obligations as occurrences: windows, statuses, days."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.analysis.occurrences import occurrences, recurring_windows
from tests.analysis.made_registers import FY, YEAR_END, due, frames, measure, obligation, registers

D = dt.date
NONE = {"every_months": None, "every_days": None, "due_day": None, "due_months": ()}


def rows_of(*measures: object, as_of: dt.date = YEAR_END) -> pd.DataFrame:
    return occurrences(*frames(*measures), FY, as_of)  # type: ignore[arg-type]


CADENCES = [
    ({"every_months": 12}, [D(2023, 9, 30)]),
    ({"every_months": 6}, [D(2023, 3, 31), D(2023, 9, 30)]),
    ({"every_months": 3}, [D(2022, 12, 31), D(2023, 3, 31), D(2023, 6, 30), D(2023, 9, 30)]),
    ({"every_months": 6, "due_months": (4, 10)}, [D(2022, 10, 31), D(2023, 4, 30)]),
    ({"every_months": 6, "due_months": (4, 10), "due_day": 5}, [D(2022, 10, 5), D(2023, 4, 5)]),
    ({"due_months": (2,), "due_day": 31}, [D(2023, 2, 28)]),
    ({}, []),
]


@pytest.mark.parametrize(("cadence", "dues"), CADENCES, ids=[str(c) for c, _ in CADENCES])
def test_cadence_gives_these_due_dates(cadence: dict[str, object], dues: list[dt.date]) -> None:
    assert [window.due for window in recurring_windows({**NONE, **cadence}, FY)] == dues


def test_every_month_has_twelve_windows_that_join_without_gap() -> None:
    windows = recurring_windows({**NONE, "every_months": 1}, FY)
    assert len(windows) == 12
    assert (windows[0].start, windows[0].due) == (D(2022, 10, 1), D(2022, 10, 31))
    for before, after in pairwise(windows):
        assert after.start == before.due + dt.timedelta(days=1)


def test_first_window_opens_after_the_due_date_before_the_year() -> None:
    windows = recurring_windows({**NONE, "due_months": (4, 10)}, FY)
    assert windows[0].start == D(2022, 5, 1)


def test_weeks_lie_within_the_year() -> None:
    windows = recurring_windows({**NONE, "every_days": 7}, FY)
    assert len(windows) == 52
    assert windows[0].start == D(2022, 10, 1)
    assert windows[-1].due <= YEAR_END


DATED = [
    # published, as_of, status, days late
    ("2023-01-31", YEAR_END, "on_time", 0),
    ("2023-02-01", YEAR_END, "late", 1),
    ("2022-12-31", YEAR_END, "on_time", -31),
    (None, YEAR_END, "no_evidence", None),
    (None, D(2023, 1, 30), "not_due", None),
    (None, D(2023, 1, 31), "no_evidence", None),
    ("2022-12-31", D(2023, 1, 30), "not_due", None),  # due after as_of, whatever was published
    ("2023-02-15", D(2023, 2, 14), "no_evidence", None),  # not published yet on that day
]


@pytest.mark.parametrize(("published", "as_of", "status", "days"), DATED)
def test_dated_obligation(
    published: str | None, as_of: dt.date, status: str, days: int | None
) -> None:
    rows = rows_of(measure(published=published, obligations=(due("2023-01-31"),)), as_of=as_of)
    (row,) = rows.to_dict("records")
    assert row["status"] == status
    assert (None if pd.isna(row["days_late"]) else row["days_late"]) == days


def test_one_publication_is_evidence_for_one_occurrence() -> None:
    monthly = obligation(kind="recurring", every_months=1)
    rows = rows_of(measure(published="2023-01-14", obligations=(monthly,)))
    assert rows["status"].tolist() == ["no_evidence"] * 3 + ["on_time"] + ["no_evidence"] * 8
    assert rows["evidence_date"].notna().sum() == 1
    assert rows["due_date"].iloc[3] == pd.Timestamp("2023-01-31")


def test_occurrences_after_the_day_of_the_report_are_not_due() -> None:
    monthly = obligation(kind="recurring", every_months=1)
    rows = rows_of(measure(obligations=(monthly,)), as_of=D(2023, 3, 31))
    assert rows["status"].value_counts().to_dict() == {"no_evidence": 6, "not_due": 6}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("after_event", "event_date_unknown"),
        ("continuous", "no_due_date_continuous"),
        ("unscheduled", "no_due_date"),
        ("recurring", "cadence_unknown"),
    ],
)
def test_what_has_no_date_cannot_be_assessed_and_says_why(kind: str, reason: str) -> None:
    rows = rows_of(measure(published="2023-01-14", obligations=(obligation(kind=kind),)))
    assert rows[["status", "reason"]].values.tolist() == [["not_assessable", reason]]


@given(registers(), st.dates(D(2022, 9, 1), D(2024, 1, 1)))
def test_every_obligation_has_its_occurrences_and_each_a_fitting_status(
    measures: list[object], as_of: dt.date
) -> None:
    rows = rows_of(*measures, as_of=as_of)
    keys = {(m.measure_no, o.obligation_no) for m in measures for o in m.obligations}  # type: ignore[attr-defined]
    assert set(zip(rows["measure_no"], rows["obligation_no"], strict=True)) == keys
    assert not rows.duplicated(["measure_no", "obligation_no", "occurrence_no"]).any()
    day = pd.Timestamp(as_of)
    not_due = rows["status"] == "not_due"
    assert (rows.loc[not_due, "due_date"] > day).all()
    past = rows["status"].isin(["on_time", "late", "no_evidence"])
    assert (rows.loc[past, "due_date"] <= day).all()
    assert (rows["status"].eq("not_assessable") == rows["due_date"].isna()).all()
    assert (rows.loc[rows["status"] == "late", "days_late"] > 0).all()
    assert (rows.loc[rows["status"] == "on_time", "days_late"] <= 0).all()
    recurring = rows[rows["kind"] == "recurring"]
    proven = recurring[recurring["evidence_date"].notna()]
    assert not proven.duplicated(["measure_no", "obligation_no"]).any()
