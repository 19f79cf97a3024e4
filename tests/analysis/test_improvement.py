"""Two years of scores beside the measures between them, and the way to the next rating."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_analysis.analysis.improvement import improve
from ita_analysis.analysis.timeliness import Timeliness, timeliness
from ita_analysis.frameworks import load_framework
from ita_analysis.register.frames import measures_frame, obligations_frame
from ita_analysis.register.store import load_register
from ita_analysis.scores import compute, load_scores, year_values
from tests.analysis.made_improvement import ALL_INDICATORS, analyse, items_of_2564, score_frame
from tests.analysis.made_registers import assess, due, measure

ITEMS_2564 = [item.code for item in load_framework(2564).items.entries]


def example_duties() -> Timeliness:
    return assess(
        measure(1, "2023-01-10", tool="OIT", indicator_no=9, sub_indicator="9.2",
                obligations=(due("2023-01-31"), due("2022-12-31", 2))),
        measure(2, "2023-06-01", tool="OIT", indicator_no=9, sub_indicator="9.3",
                obligations=(due("2023-04-30"),)),
        measure(3, None, tool="OIT", indicator_no=10, sub_indicator="10.2", item_code="o43",
                obligations=(due("2023-04-30"),)),
        measure(4, None, tool="EIT", indicator_no=7),
        measure(5, None),
        oit_window_end=dt.date(2023, 4, 30),
    )  # fmt: skip


def test_measures_count_at_every_level_they_name() -> None:
    result = analyse({}, 2566, example_duties())
    aims = result.worth.set_index("code")
    names = ["n_aiming_measures", "n_assessed", "n_on_time", "n_late", "n_no_evidence"]
    assert aims.loc["9", names].tolist() == [2, 3, 1, 2, 0]
    assert aims.loc["9.2", names].tolist() == [1, 2, 1, 1, 0]
    assert aims.loc["10.2", names].tolist() == [1, 1, 0, 0, 1]
    assert aims.loc["o43", names].tolist() == [1, 1, 0, 0, 1]
    assert aims.loc["7", names].tolist() == [1, 0, 0, 0, 0]
    assert aims.loc["8", names].tolist() == [0, 0, 0, 0, 0]
    assert result.aimed["indicator_no"].tolist() == [9, 10, 7]


def test_measures_stand_in_the_order_of_what_they_aim_at() -> None:
    table = analyse({}, 2566, example_duties()).measures
    assert table["measure_no"].tolist() == [3, 2, 1, 4, 5]
    worth = [None if pd.isna(value) else float(value) for value in table["points_per_item"]]
    assert worth == [2.0, 1.0, 0.5, None, None]
    assert table["rule_basis"].fillna("").tolist() == ["assumed"] * 4 + [""]


def test_indicators_are_ordered_by_worth_and_then_by_what_is_left() -> None:
    now = {**ALL_INDICATORS, "9": 95.0, "10": 80.0, "8": 70.0}
    result = analyse({2563: ALL_INDICATORS, 2564: now}, 2564)
    assert result.indicators["indicator_no"].tolist()[:4] == [10, 9, 8, 6]
    worth = result.indicators.set_index("indicator_no")["points_per_point"]
    assert worth[[9, 8, 1]].tolist() == [0.2, 0.1, 0.06]
    row = result.indicators.set_index("indicator_no").loc[10]
    assert (row["change_points"], row["overall_points"], row["room_points"]) == (-10, -2, 4)


@pytest.mark.parametrize(
    ("score", "reach"),
    [(84.99, "below_85"), (85.0, "below_95"), (94.99, "below_95"), (95.0, "from_95")],
)
def test_marks_are_reached_at_the_mark_itself(score: float, reach: str) -> None:
    result = analyse({2564: {"1": score}}, 2564)
    table = result.indicators.set_index("indicator_no")
    assert table.loc[1, "reach"] == reach
    assert pd.isna(table.loc[2, "reach"])


def test_a_break_of_the_series_gives_no_change() -> None:
    result = analyse({2568: ALL_INDICATORS, 2569: ALL_INDICATORS}, 2569)
    assert not result.is_comparable
    assert result.indicators["change_points"].isna().all()
    assert result.indicators["score_before_pct"].notna().all()
    assert "scores" in result.breaks["affects"].str.cat()


def test_the_year_before_is_the_latest_with_scores() -> None:
    result = analyse({2562: ALL_INDICATORS, 2564: {"overall": 88.0}}, 2564)
    assert result.before_year_be == 2562
    assert result.years["fiscal_year_be"].tolist() == [2562, 2564]
    # nothing is invented for the year that has its total only
    assert result.indicators["score_pct"].isna().all()
    assert result.indicators["change_points"].isna().all()


def test_scores_of_later_years_are_not_looked_at() -> None:
    result = analyse({2563: ALL_INDICATORS, 2564: ALL_INDICATORS}, 2563)
    assert (result.before_year_be, result.years["fiscal_year_be"].tolist()) == (None, [2563])


def test_without_scores_there_is_worth_but_no_way() -> None:
    result = analyse({}, 2566, example_duties())
    assert result.way is None
    assert result.target is None
    assert not result.has_indicators
    assert result.latest_year_be is None
    assert result.worth.set_index("code").loc["10.2", "points_per_item"] == 2.0


def test_before_this_years_result_the_year_before_stands() -> None:
    result = analyse({2565: {**ALL_INDICATORS, "8": 80.0}}, 2566, example_duties())
    assert (result.has_scores, result.latest_year_be, result.way) == (False, 2565, None)
    assert result.indicators.set_index("indicator_no").loc[8, "reach"] == "below_85"
    assert result.indicators["change_points"].isna().all()


def test_sub_indicators_are_compared_only_where_the_items_are_the_same() -> None:
    scores = load_scores("example-agency")
    frameworks = {year: load_framework(year) for year in range(2563, 2567)}
    same = improve(scores, frameworks, 2565).worth.set_index("code")
    assert (same.loc["10.2", "score_before_pct"], same.loc["10.2", "score_pct"]) == (50, 100)
    other = improve(scores, frameworks, 2566).worth.set_index("code")
    assert pd.isna(other.loc["10.2", "score_before_pct"])
    assert other.loc["10.2", "score_pct"] == 80


def test_missed_items_are_listed_the_dearest_first() -> None:
    result = analyse({2564: items_of_2564({"o1", "o10", "o42", "o34", "o35"})}, 2564)
    assert result.way is not None
    steps = result.way.steps
    assert steps["item_code"].tolist() == ["o42", "o34", "o35", "o10", "o1"]
    assert steps["gain_points"].tolist() == [5, 1.25, 1.25, 0.5, 0.4444]
    assert steps["rule_basis"].unique().tolist() == ["proved"]
    assert result.way.known_subs == ("9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2")


@settings(max_examples=30)
@given(st.sets(st.sampled_from(ITEMS_2564), max_size=20))
def test_the_marked_steps_are_a_smallest_set_that_reaches_the_next_rating(
    missed: set[str],
) -> None:
    result = analyse({2564: items_of_2564(missed)}, 2564)
    assert result.way is not None
    assert result.target is not None
    steps, way = result.way.steps, result.way.way
    assert len(steps) == len(missed)
    assert steps["overall_pct"].is_monotonic_increasing
    marked = steps[steps["is_in_shortest"]]
    assert marked["step_no"].tolist() == list(range(1, len(marked) + 1))
    if way.target is None or not way.item_sets:
        assert marked.empty
        assert way.target is None or not (steps["rating"] == way.target).any()
        return
    best = way.item_sets[0]
    last = marked.iloc[-1]
    assert len(marked) == best.n_items
    assert (last["rating"], last["overall_pct"]) == (best.rating, float(best.overall_pct))
    assert (marked["rating"].iloc[:-1] == way.rating).all()


@settings(max_examples=30)
@given(
    st.lists(st.decimals(50, 100, places=2), min_size=10, max_size=10),
    st.lists(st.decimals(50, 100, places=2), min_size=10, max_size=10),
)
def test_changes_in_overall_points_add_up(before: list[object], now: list[object]) -> None:
    years = {
        2563: {str(number): float(score) for number, score in enumerate(before, 1)},  # type: ignore[arg-type]
        2564: {str(number): float(score) for number, score in enumerate(now, 1)},  # type: ignore[arg-type]
    }
    result = analyse(years, 2564)
    values = year_values(score_frame(years))
    exact = [compute(load_framework(year), values[year]).exact["overall"] for year in (2563, 2564)]
    change = float(exact[1] - exact[0])
    assert result.indicators["overall_points"].sum() == pytest.approx(change, abs=1e-3)


def target_of(agency_id: str, year: int) -> tuple[object, ...]:
    scores = load_scores(agency_id)
    frameworks = {each: load_framework(each) for each in range(2562, year + 1)}
    found = improve(scores, frameworks, year).target
    assert found is not None
    lacking = [(lack.code, str(lack.needed_pct - lack.score_pct)) for lack in found.lacking]
    return found.rating, found.is_published, found.target, lacking, found.unknown_tools


TARGETS = [
    # the rating follows from the overall score alone, the way by indicators does not
    ("kanchanaburi-province", 2565, ("D", False, "C", [("overall", "6.87")], ())),
    # the best rating there is
    ("unnamed-phichit-2564-6", 2564, ("AA", False, None, [], ())),
    # from FY2566 the tools matter, and they are not known
    ("state-audit-office", 2568, ("ผ่าน", True, "ผ่านดี", [], ("IIT", "EIT", "OIT"))),
    ("example-agency", 2566, ("ผ่าน", False, "ผ่านดี", [("EIT", "0.86")], ())),
    ("mean-trat-province", 2564, ("B", False, "A", [("overall", "3.55")], ())),
]


@pytest.mark.parametrize(("agency_id", "year", "expected"), TARGETS)
def test_what_is_lacking_for_the_next_rating(
    agency_id: str, year: int, expected: tuple[object, ...]
) -> None:
    assert target_of(agency_id, year) == expected


def test_a_rating_that_cannot_be_told_has_no_target() -> None:
    assert analyse({2567: {"overall": 90.0}}, 2567).target is None


def test_published_scores_tell_how_many_items_were_missed() -> None:
    scores = {"9": 97.78, "10": 93.75}
    found = analyse({2564: scores}, 2564).way
    assert found is not None
    misses = {number: [each.misses for each in found.explanations[number]] for number in (9, 10)}
    assert misses[9][0] == {"9.1": 1}
    assert misses[10][0] == {"10.1": 1}
    # a mean over agencies is no sum of one agency's misses
    mean = analyse({2564: scores}, 2564, is_mean=True)
    assert mean.is_mean
    assert mean.way is not None
    assert mean.way.explanations == {}


def test_the_real_register_aims_at_three_indicators() -> None:
    register = load_register("nakhai-ubon", 2566)
    duties = timeliness(measures_frame(register), obligations_frame(register), 2566,
                        dt.date(2023, 9, 30), dt.date(2023, 4, 30))  # fmt: skip
    result = analyse({}, 2566, duties)
    aimed = result.aimed.set_index("indicator_no")["n_aiming_measures"]
    assert aimed.to_dict() == {9: 7, 10: 2, 7: 5}
    first = result.measures.iloc[0]
    assert (first["measure_no"], first["points_per_item"], first["worst_days_late"]) == (9, 2, 307)
    assert bool(first["is_after_oit_window"])
