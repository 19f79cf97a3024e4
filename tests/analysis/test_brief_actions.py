"""What to do first: chosen by the rule, from what is known on the day."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita_analysis.analysis.brief import (
    ACTION_TYPES,
    MOST_ACTIONS,
    n_measures_by_state,
    next_actions,
)
from ita_analysis.analysis.improvement import improve
from ita_analysis.frameworks import load_framework
from ita_analysis.scores import load_scores
from tests.analysis.made_registers import assess, due, measure

NONE = load_scores("khao-tok").iloc[:0]
CHEAP = measure(
    1,
    "2023-02-09",
    obligations=(due("2023-01-31"),),
    tool="OIT",
    indicator_no=9,
    sub_indicator="9.1",
)
DEAR = measure(
    2,
    "2023-02-09",
    obligations=(due("2023-01-31"),),
    tool="OIT",
    indicator_no=10,
    sub_indicator="10.2",
)
SILENT = measure(3, None, obligations=(due("2023-01-31"),), tool="EIT", indicator_no=8)
AHEAD = measure(4, None, obligations=(due("2023-08-31"), due("2023-03-31", 2)), tool="IIT",
                indicator_no=1)  # fmt: skip
MET = measure(5, "2023-01-23", obligations=(due("2023-01-31"),), tool="EIT", indicator_no=7)


def actions(*measures: object, as_of: str = "2023-02-15") -> pd.DataFrame:
    duties = assess(*measures, as_of=dt.date.fromisoformat(as_of))  # type: ignore[arg-type]
    return next_actions(improve(NONE, {2566: load_framework(2566)}, 2566, duties))


def told(table: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(table["action_kind"], table["measure_no"], strict=True))


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ((), []),
        ((MET,), []),
        ((CHEAP, DEAR), [("measure", 2), ("measure", 1)]),
        # one of each kind comes before a second one of the same kind
        ((CHEAP, DEAR, AHEAD), [("measure", 2), ("due", 4), ("measure", 1)]),
        ((SILENT, CHEAP, DEAR, MET), [("measure", 2), ("measure", 1), ("measure", 3)]),
    ],
)
def test_the_rule(measures: tuple[object, ...], expected: list[tuple[str, int]]) -> None:
    assert told(actions(*measures)) == expected


def test_worth_and_dates_of_a_late_measure() -> None:
    row = actions(DEAR).iloc[0]
    # FY2566: 0.40 / 2 indicators / 2 sub-indicators / 5 items of 10.2, times 100
    assert row["worth_points"] == pytest.approx(2.0)
    assert (row["worth_per"], row["rule_basis"]) == ("item", "assumed")
    assert row["due_date"] == pd.Timestamp("2023-01-31")
    assert row["worst_days_late"] == 9


def test_outside_oit_worth_is_per_point() -> None:
    row = actions(SILENT).iloc[0]
    assert row["worth_points"] == pytest.approx(0.1)
    assert row["worth_per"] == "point"
    assert pd.isna(row["published_date"])


def test_the_next_due_date_is_the_earliest_that_lies_ahead() -> None:
    assert actions(AHEAD).iloc[0]["due_date"] == pd.Timestamp("2023-03-31")
    assert actions(AHEAD, as_of="2023-04-01").iloc[-1]["due_date"] == pd.Timestamp("2023-03-31")


def test_a_publication_of_a_later_day_is_not_known_yet() -> None:
    row = actions(DEAR, as_of="2023-02-05").iloc[0]
    assert pd.isna(row["published_date"])
    assert pd.isna(row["worst_days_late"])


def test_measures_by_state() -> None:
    counts = n_measures_by_state(assess(CHEAP, DEAR, SILENT, MET))
    assert counts == {"on_time": 1, "late": 2, "no_evidence": 1, "total": 4}


@pytest.mark.parametrize("year", [2563, 2564, 2565, 2566])
def test_the_shortest_way_is_among_them(year: int) -> None:
    scores = load_scores("example-agency")
    frameworks = {each: load_framework(each) for each in range(2563, 2567)}
    result = improve(scores[scores["fiscal_year_be"] <= year], frameworks, year)
    table = next_actions(result)
    assert list(table.columns) == list(ACTION_TYPES)
    assert 0 < len(table) <= MOST_ACTIONS
    assert list(table["action_no"]) == list(range(1, len(table) + 1))
    assert table["worth_points"].notna().all()
    assert result.way is not None
    shortest = result.way.steps[result.way.steps["is_in_shortest"]]
    if len(shortest):
        assert table["item_code"].iloc[0] == shortest["item_code"].iloc[0]
    else:
        # a gain of an OIT indicator is not told where its items are known
        gains = table[table["action_kind"] == "indicator"]
        assert len(result.way.steps) == 0 or not gains["indicator_no"].isin([9, 10]).any()


def test_totals_only_tell_nothing_to_do() -> None:
    scores = load_scores("khao-tok")
    result = improve(scores, {2562: load_framework(2562)}, 2562)
    assert next_actions(result).empty
