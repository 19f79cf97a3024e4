"""Years compared: gaps, breaks, changes against the country, and parts that add up."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_analysis.analysis.comparison import compare_years
from ita_analysis.analysis.comparison_peers import peer_bands
from tests.analysis.made_scores import (
    FRAMEWORKS,
    NO_PEERS,
    TRAT,
    cells,
    compared,
    indicators,
    national_frame,
    score_frame,
)


def test_years_in_full_for_the_means_of_trat() -> None:
    years = compared(TRAT, national={2563: 67.90, 2564: 81.25}).years
    names = ["fiscal_year_be", "overall_pct", "overall_kind", "IIT_pct", "EIT_pct", "OIT_pct",
             "tools_computed", "rating", "rating_kind", "rule_basis", "rating_basis",
             "national_mean_pct"]  # fmt: skip
    assert cells(years, *names) == [
        [2563, 75.62, "published", 88.56, 81.69, 61.36, "IIT; EIT; OIT", "B", "computed",
         "proved", "published", 67.90],
        [2564, 81.45, "published", 89.95, 89.27, 69.23, "IIT; EIT; OIT", "B", "computed",
         "proved", "published", 81.25],
    ]  # fmt: skip


def test_a_change_stands_against_the_change_of_the_country() -> None:
    changes = compared(TRAT, national={2563: 67.90, 2564: 81.25}).changes
    names = ["earlier_year_be", "fiscal_year_be", "overall_change_points",
             "national_change_points", "against_national_points", "is_national_derived",
             "national_missing_years"]  # fmt: skip
    assert cells(changes, *names) == [[2563, 2564, 5.83, 13.35, -7.52, False, None]]


def test_where_the_national_mean_is_unknown_the_change_is_not_compared() -> None:
    years = {2562: {"overall": 70}, 2563: {"overall": 72}}
    changes = compared(years, national={2563: 67.90}).changes
    names = ["overall_change_points", "against_national_points", "national_missing_years"]
    assert cells(changes, *names) == [[2.0, None, "2562"]]


def test_the_national_mean_is_not_compared_with_itself() -> None:
    years = {2563: {"overall": 67.90}, 2564: {"overall": 81.25}}
    result = compared(years, national={2563: 67.90, 2564: 81.25}, agency_id="mean-national")
    assert result.years["national_mean_pct"].isna().all()
    assert result.changes["against_national_points"].isna().all()


def test_missing_years_are_rows_without_scores() -> None:
    result = compared({2563: {"overall": 70}, 2566: {"overall": 90}})
    assert result.missing_years == [2564, 2565]
    assert cells(result.years, "fiscal_year_be", "has_scores", "overall_pct", "rating_reason") == [
        [2563, True, 70.0, "overall_band"],
        [2564, False, None, None],
        [2565, False, None, None],
        [2566, True, 90.0, "tools_unknown"],
    ]
    assert cells(result.changes, "earlier_year_be", "overall_change_points") == [[2563, 20.0]]


def test_a_year_with_parts_only_is_no_end_of_a_change() -> None:
    years = {2563: {"overall": 70}, 2564: {"4": 85.15}, 2565: {"overall": 80}}
    result = compared(years)
    assert cells(result.changes, "earlier_year_be", "fiscal_year_be") == [[2563, 2565]]
    assert cells(result.years, "rating_reason")[1] == ["overall_unknown"]


def test_a_break_of_the_scores_ends_the_series() -> None:
    years = {2567: {"overall": 90}, 2568: {"overall": 91}, 2569: {"overall": 95}}
    result = compared(years, national={2567: 93.05, 2568: 93.82, 2569: 94})
    assert result.years["series_no"].tolist() == [1, 1, 2]
    names = ["is_comparable", "overall_change_points", "against_national_points", "rating_move"]
    assert cells(result.changes, *names) == [
        [True, 1.0, 0.23, "unknown"],
        [False, None, None, "series_broken"],
    ]
    assert result.split_gap == "score_break"


def test_a_break_at_the_first_year_does_not_break_what_follows() -> None:
    result = compared({2562: {"overall": 60}, 2563: {"overall": 70}})
    assert result.years["series_no"].tolist() == [1, 1]
    assert result.breaks.empty


def test_breaks_between_the_years_are_listed_with_their_basis() -> None:
    result = compared({2565: {"overall": 90}, 2567: {"overall": 91}})
    assert cells(result.breaks, "fiscal_year_be", "affects", "basis") == [
        [2566, "rating", "published"],
        [2566, "items", "published"],
        [2567, "items", "assumed"],
    ]


def test_later_years_are_left_out() -> None:
    result = compared(TRAT, upto=2563)
    assert result.years["fiscal_year_be"].tolist() == [2563]
    assert result.changes.empty
    assert result.split_gap == "one_year"
    with pytest.raises(ValueError, match="2562"):
        compared(TRAT, upto=2562)


def test_parts_of_the_change_in_full() -> None:
    parts = compared(TRAT).contributions
    rows = cells(parts, "level", "code", "tool", "change_points", "overall_points", "rule_basis")
    assert rows == [
        ["indicator", "1", "IIT", 0.98, 0.06, "proved"],
        ["indicator", "2", "IIT", 1.59, 0.09, "proved"],
        ["indicator", "3", "IIT", 0.93, 0.05, "proved"],
        ["indicator", "4", "IIT", 1.95, 0.12, "proved"],
        ["indicator", "5", "IIT", 1.48, 0.09, "proved"],
        ["indicator", "6", "EIT", 6.88, 0.69, "proved"],
        ["indicator", "7", "EIT", 6.57, 0.66, "proved"],
        ["indicator", "8", "EIT", 9.29, 0.93, "proved"],
        ["indicator", "9", "OIT", 2.95, 0.59, "proved"],
        ["indicator", "10", "OIT", 12.78, 2.56, "proved"],
        # exact parts give 5.84, the rounded totals that were published 5.83
        ["difference", "difference", None, None, -0.01, "proved"],
    ]


percents = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
ten = st.lists(percents, min_size=10, max_size=10)


@settings(max_examples=25)
@given(ten, ten)
def test_parts_always_add_up_to_the_change_that_is_shown(before, after) -> None:
    result = compared({2563: indicators(*before), 2564: indicators(*after)})
    total = sum(Decimal(str(points)) for points in result.contributions["overall_points"])
    assert total == Decimal(str(result.changes["overall_change_points"].iloc[0]))
    assert set(result.contributions["level"]) <= {"indicator", "difference"}


@settings(max_examples=25)
@given(ten, percents)
def test_scores_lie_between_their_parts(scores, eit) -> None:
    row = compared({2564: {**indicators(*scores), "EIT": eit}}).years.iloc[0]
    tools = [row["IIT_pct"], row["EIT_pct"], row["OIT_pct"]]
    assert min(scores) - 0.01 <= row["overall_pct"] <= max(scores) + 0.01
    # a given tool is shown as it was given, its indicators notwithstanding
    assert tools[1] == eit


def test_where_only_tools_are_known_the_change_is_split_by_tool() -> None:
    years = {
        2566: {"IIT": 90, "EIT": 88, "OIT": 80, **indicators(*[85] * 7)},
        2567: {"IIT": 91, "EIT": 84, "OIT": 90},
    }
    result = compared(years)
    assert cells(result.contributions, "level", "code", "overall_points", "rule_basis") == [
        # IIT of FY2566 follows from its indicators
        ["tool", "IIT", 1.8, "assumed"],
        ["tool", "EIT", -1.2, "assumed"],
        ["tool", "OIT", 4.0, "assumed"],
    ]
    assert result.shown_splits == [(2566, 2567)]
    assert result.split_gap is None


def test_the_last_split_by_indicator_and_a_later_one_by_tool_are_shown() -> None:
    whole = indicators(*[80] * 10)
    tools = {"IIT": 90, "EIT": 88, "OIT": 80}
    result = compared({2563: whole, 2564: tools, 2565: whole, 2566: tools})
    assert result.shown_splits == [(2563, 2565), (2565, 2566)]


def test_totals_alone_cannot_be_split() -> None:
    result = compared({2564: {"overall": 91.10}, 2565: {"overall": 58.13}})
    assert result.contributions.empty
    assert result.split_gap == "parts_missing"
    assert result.shown_splits == []


def test_recomputed_totals_stand_beside_the_published_ones() -> None:
    years = {2564: {**TRAT[2564], "IIT": 89.95, "OIT": 69.22}}
    rows = compared(years).recomputed
    names = ["code", "published_pct", "computed_pct", "difference_points", "is_within_rounding"]
    assert cells(rows, *names) == [
        ["overall", 81.45, 81.45, 0.0, True],
        ["IIT", 89.95, 89.95, 0.0, True],
        ["OIT", 69.22, 69.23, 0.01, True],
    ]


def test_indicators_say_whether_they_were_given_or_computed() -> None:
    items = {f"o{number}": 100.0 for number in range(34, 44)}
    rows = compared({2564: {"9": 97.5, **items}}).indicators
    assert cells(rows, "indicator_no", "tool", "score_pct", "score_kind", "rule_basis") == [
        [9, "OIT", 97.5, "published", None],
        [10, "OIT", 100.0, "computed", "proved"],
    ]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["published", "published"], "published"),
        (["published", "agency"], "agency"),
        (["published", "synthetic"], "synthetic"),
    ],
)
def test_the_weakest_kind_of_data_names_the_whole(kinds: list[str], expected: str) -> None:
    frame = score_frame({2563: {"overall": 70}, 2564: {"overall": 80}}).assign(data_kind=kinds)
    result = compare_years(frame, FRAMEWORKS, national_frame({}), NO_PEERS, 2564)
    assert result.data_kind == expected


def overview(n_peers: int, *, is_mean: bool = False, kind: str = "agency") -> pd.DataFrame:
    """Scores 51, 52, … of other agencies, and the agency's own."""
    return pd.DataFrame(
        {
            "agency_id": ["made", *(f"peer-{n}" for n in range(n_peers))],
            "fiscal_year_be": 2564,
            "data_kind": ["agency", *[kind] * n_peers],
            "is_mean": [False, *[is_mean] * n_peers],
            "overall_pct": [99.0, *(51.0 + n for n in range(n_peers))],
        }
    )


TYPES = {"made": "อบต.", **{f"peer-{n}": "อบต." for n in range(20)}}


def test_the_band_of_peers_runs_from_the_tenth_to_the_ninetieth_percentile() -> None:
    bands = peer_bands(overview(11), TYPES, "made")
    names = ["fiscal_year_be", "n_peers", "peer_p10_pct", "peer_p90_pct"]
    assert cells(bands, *names) == [[2564, 11, 52.0, 60.0]]


def test_under_five_peers_there_is_a_number_but_no_band() -> None:
    bands = peer_bands(overview(4), TYPES, "made")
    assert cells(bands, "n_peers", "peer_p10_pct", "peer_p90_pct") == [[4, None, None]]


@pytest.mark.parametrize(
    ("rows", "types"),
    [
        (overview(9, is_mean=True), TYPES),
        (overview(9, kind="synthetic"), TYPES),
        (overview(9), {**TYPES, "made": "จังหวัด"}),
        (overview(9), {key: value for key, value in TYPES.items() if key != "made"}),
        (overview(9), dict.fromkeys(TYPES, "")),
    ],
    ids=["means", "synthetic", "other type", "unknown agency", "no types"],
)
def test_who_is_no_peer(rows: pd.DataFrame, types: dict[str, str]) -> None:
    assert peer_bands(rows, types, "made").empty


def test_synthetic_agencies_have_synthetic_peers() -> None:
    rows = overview(9, kind="synthetic")
    assert peer_bands(rows, TYPES, "made", is_synthetic=True)["n_peers"].tolist() == [9]
