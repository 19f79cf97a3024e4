"""Why a score has its rating, and how the rating moved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_analysis.analysis.comparison_rating import REASONS, band_zones
from tests.analysis.made_scores import FRAMEWORKS, cells, compared

RATING = ["rating", "rating_kind", "rating_reason", "blocked_rating", "tool_needed_pct",
          "tools_below", "tools_unknown"]  # fmt: skip


def rated(year: int, scores: dict[str, float], published: str = "") -> list[object]:
    return cells(compared({year: scores}, {year: published}).years, *RATING)[0]


def tools(iit: float, eit: float, oit: float) -> dict[str, float]:
    return {"IIT": iit, "EIT": eit, "OIT": oit}


ALL = "IIT; EIT; OIT"


@pytest.mark.parametrize(
    ("year", "scores", "published", "expected"),
    [
        # to FY2565 the overall score alone decides
        (2564, {"overall": 81.45}, "", ["B", "computed", "overall_band", None, None, "", ALL]),
        # from FY2566 tools decide, too
        (2566, tools(96, 96, 96), "",
         ["ผ่านดีเยี่ยม", "computed", "tools_reached", None, 95.0, "", ""]),
        (2566, tools(95, 84, 96), "",
         ["ผ่าน", "computed", "tool_below", "ผ่านดี", 85.0, "EIT", ""]),
        (2566, tools(99, 94, 99), "",
         ["ผ่านดี", "computed", "tool_below", "ผ่านดีเยี่ยม", 95.0, "EIT", ""]),
        (2566, {"overall": 72.0}, "",
         ["ต้องปรับปรุง", "computed", "overall_band", None, None, "", ALL]),
        # the State Audit Office: published ratings, tools unknown
        (2567, {"overall": 92.43}, "ผ่านดี",
         ["ผ่านดี", "published", "tools_reached_unseen", None, 85.0, "", ALL]),
        (2568, {"overall": 94.64}, "ผ่าน",
         ["ผ่าน", "published", "tool_below_unseen", "ผ่านดี", 85.0, "", ALL]),
        # neither rating nor tools
        (2568, {"overall": 93.47}, "", [None, None, "tools_unknown", None, 85.0, "", ALL]),
        # 99.06 leaves no tool under 95
        (2568, {"overall": 99.06}, "",
         ["ผ่านดีเยี่ยม", "deduced", "only_possible", None, 95.0, "", ALL]),
        (2568, {"overall": 99.06}, "ผ่านดีเยี่ยม",
         ["ผ่านดีเยี่ยม", "published", "tools_reached_unseen", None, 95.0, "", ALL]),
        (2564, {"4": 85.15}, "", [None, None, "overall_unknown", None, None, "", ALL]),
        (2568, {"overall": 90.0}, "ผ่านดีเยี่ยม",
         ["ผ่านดีเยี่ยม", "published", "published_conflict", None, 95.0, "", ALL]),
    ],
)  # fmt: skip
def test_every_reason(
    year: int, scores: dict[str, float], published: str, expected: list[object]
) -> None:
    assert rated(year, scores, published) == expected


def test_a_pass_that_was_published_without_a_grade_is_kept() -> None:
    result = compared({2563: {"overall": 63.09}, 2564: {"4": 80}}, {2563: "ไม่ผ่าน"})
    assert cells(result.years, "rating", "is_pass", "published_rating")[0] == [
        "D", False, "ไม่ผ่าน",
    ]  # fmt: skip


def test_possible_ratings_rest_on_the_weights() -> None:
    names = ["possible_ratings", "rating_basis", "is_pass"]
    row = cells(compared({2568: {"overall": 93.47}}).years, *names)[0]
    assert row == ["ผ่านดี; ผ่าน", "assumed", True]


def test_a_published_tool_counts_as_published() -> None:
    """A mean of rounded indicators can miss the pass mark that the unrounded ones reach."""
    parts = {"IIT": 90, "6": 85, "7": 84.98, "8": 85, "OIT": 90}
    given = {**parts, "EIT": 85.0}
    assert rated(2566, parts)[0] == "ผ่าน"
    assert rated(2566, given)[0] == "ผ่านดี"


def moves(years: dict[int, dict[str, float]], ratings: dict[int, str]) -> list[object]:
    names = ["rating_move", "rating_by_earlier_bands", "earlier_rating_by_later_bands",
             "move_by_later_bands"]  # fmt: skip
    return cells(compared(years, ratings).changes, *names)[0]


def test_a_rating_that_falls_while_the_score_rises() -> None:
    years = {2567: {"overall": 92.43}, 2568: {"overall": 94.64}}
    assert moves(years, {2567: "ผ่านดี", 2568: "ผ่าน"}) == ["down", None, None, None]


def test_across_new_bands_both_years_are_measured_by_one_yardstick() -> None:
    years = {2565: tools(88, 86, 91), 2566: tools(90, 84, 94)}
    assert moves(years, {}) == ["scale_changed", "A", "ผ่านดี", "down"]


def test_across_new_bands_with_totals_alone_only_the_old_yardstick_fits() -> None:
    years = {2565: {"overall": 87.57}, 2566: {"overall": 90.19}}
    assert moves(years, {}) == ["scale_changed", "A", None, None]


def test_across_new_bands_a_total_that_allows_one_rating_is_measured_by_it() -> None:
    years = {2565: {"overall": 99.06}, 2566: {"overall": 99.06}}
    assert moves(years, {}) == ["scale_changed", "AA", "ผ่านดีเยี่ยม", "same"]


@pytest.mark.parametrize(
    ("before", "after", "move"), [(96, 86, "down"), (70, 80, "up"), (76, 80, "same")]
)
def test_moves_on_one_scale(before: float, after: float, move: str) -> None:
    assert moves({2564: {"overall": before}, 2565: {"overall": after}}, {})[0] == move


percents = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)


@settings(max_examples=25)
@given(
    st.sampled_from([2564, 2566, 2568]),
    st.one_of(st.none(), percents),
    st.lists(st.one_of(st.none(), percents), min_size=3, max_size=3),
)
def test_every_score_has_a_reason_that_fits_it(year, overall, values) -> None:
    given_scores = {"overall": overall, **dict(zip(("IIT", "EIT", "OIT"), values, strict=True))}
    known = {code: value for code, value in given_scores.items() if value is not None}
    # the rating of an overall score that its tools contradict is not the matter here
    if overall is not None and len(known) == 4:
        del known["overall"]
    if not known:
        return
    row = compared({year: known}).years.iloc[0]
    assert row["rating_reason"] in REASONS
    if row["rating_reason"] == "tool_below":
        below = row["tools_below"].split("; ")
        assert all(row[f"{tool}_pct"] < row["tool_needed_pct"] for tool in below)
    if row["rating_kind"] == "computed" and row["rating_reason"] == "overall_band":
        assert row["band_min_pct"] <= row["overall_pct"]


def test_zones_name_the_best_rating_that_an_overall_score_allows() -> None:
    assert band_zones(FRAMEWORKS[2566]) == [
        {"floor_pct": 95.0, "ceiling_pct": 100.0, "rating": "ผ่านดีเยี่ยม"},
        {"floor_pct": 85.0, "ceiling_pct": 95.0, "rating": "ผ่านดี"},
        {"floor_pct": 70.0, "ceiling_pct": 85.0, "rating": "ต้องปรับปรุง"},
        {"floor_pct": 0.0, "ceiling_pct": 70.0, "rating": "ต้องปรับปรุงโดยด่วน"},
    ]
    grades = [zone["rating"] for zone in band_zones(FRAMEWORKS[2564])]
    assert grades == ["AA", "A", "B", "C", "D", "E", "F"]
