"""Lines stop where scores stop, bars add up, cells hold their numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.charts import theme
from ita_analysis.charts.heat import heat_figure
from ita_analysis.charts.rating_zones import Zone
from ita_analysis.charts.score_lines import BreakFlag, score_lines_figure
from ita_analysis.charts.tool_lines import spread, tool_lines_figure
from ita_analysis.charts.waterfall import Step, waterfall_figure
from ita_analysis.charts.year_axis import year_ticks
from ita_analysis.texts import load_texts

SAY = load_texts("en")
NA = pd.NA


def years(**columns: list[Any]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame(
        {
            "fiscal_year_be": range(2563, 2563 + n),
            "series_no": [1] * n,
            "overall_kind": ["published"] * n,
            "national_mean_pct": [NA] * n,
            "n_peers": [0] * n,
            "peer_p10_pct": [NA] * n,
            "peer_p90_pct": [NA] * n,
            **{f"{tool}_pct": [NA] * n for tool in ("IIT", "EIT", "OIT")},
            **columns,
        }
    )
    return frame.astype({name: "Float64" for name in frame if str(name).endswith("_pct")})


def trace(fig: go.Figure, name: str) -> Any:
    return next(each for each in fig.data if each.name == name)


def words_of(fig: go.Figure) -> list[str]:
    return [note.text for note in fig.layout.annotations]


def points(fig: go.Figure, name: str) -> list[tuple[float, float | None]]:
    found = trace(fig, name)
    return [
        (float(x), None if y is None else float(y)) for x, y in zip(found.x, found.y, strict=True)
    ]


def lines(frame: pd.DataFrame, zones: tuple[Zone, ...] = (), flags: Any = ()) -> go.Figure:
    fig = score_lines_figure(frame, zones, flags, SAY)
    assert fig is not None
    return fig


def test_a_missing_year_breaks_the_line_and_is_said() -> None:
    fig = lines(years(overall_pct=[70, NA, 80]))
    assert points(fig, "agency") == [(2563, 70), (2564, None), (2565, 80)]
    assert not trace(fig, "agency").connectgaps
    assert "no<br>score" in words_of(fig)


def test_a_break_of_the_series_breaks_both_lines() -> None:
    frame = years(overall_pct=[70, 75, 80], national_mean_pct=[60, 65, 70], series_no=[1, 1, 2])
    fig = lines(frame, flags=(BreakFlag(2565, "another framework", is_series=True),))
    assert points(fig, "agency") == [(2563, 70), (2564, 75), (2564.5, None), (2565, 80)]
    assert points(fig, "national") == [(2563, 60), (2564, 65), (2564.5, None), (2565, 70)]
    assert "another framework" in words_of(fig)


def test_a_break_of_the_ratings_leaves_the_line_whole() -> None:
    fig = lines(years(overall_pct=[70, 75]), flags=(BreakFlag(2564, "new bands", is_series=False),))
    assert points(fig, "agency") == [(2563, 70), (2564, 75)]
    assert fig.layout.shapes[-1].line.dash == "dash"


@pytest.mark.parametrize("scores", [[NA, NA], [70, NA], [70]])
def test_less_than_two_scores_make_no_line(scores: list[Any]) -> None:
    assert score_lines_figure(years(overall_pct=scores), (), (), SAY) is None


def test_computed_scores_look_different_from_published_ones() -> None:
    fig = lines(years(overall_pct=[70, 80], overall_kind=["published", "computed"]))
    assert trace(fig, "agency").marker.symbol == ("circle", "circle-open")


def test_peers_are_bars_of_their_own_year_with_their_number() -> None:
    frame = years(
        overall_pct=[70, 80], n_peers=[4, 12], peer_p10_pct=[NA, 66], peer_p90_pct=[NA, 88]
    )
    bars = [each for each in lines(frame).data if each.name == "peers"]
    assert [(tuple(bar.x), tuple(bar.y)) for bar in bars] == [((2564, 2564), (66, 88))]
    assert "12 agencies" in bars[0].hovertext


def test_bands_of_two_rules_are_named_on_their_own_sides() -> None:
    zones = (
        Zone(2563, 85, 100, "A"),
        Zone(2563, 0, 85, "B"),
        Zone(2564, 85, 100, "Pass"),
        Zone(2564, 0, 85, "Not passed"),
    )
    fig = lines(years(overall_pct=[70, 90]), zones)
    side = {note.text: note.x for note in fig.layout.annotations}
    assert (side["A"], side["B"], side["Pass"], side["Not passed"]) == (0, 0, 1, 1)
    same = lines(years(overall_pct=[70, 90]), tuple(zone for zone in zones if zone.rating < "C"))
    assert "A" in words_of(same)
    assert fig.layout.margin.l > same.layout.margin.l


def test_of_many_years_only_some_numbers_are_printed() -> None:
    fig = lines(years(overall_pct=[70, 71, 60, 73, 99, 75, 76]))
    assert trace(fig, "agency").text == ("70.00", "", "60.00", "", "99.00", "", "76.00")
    assert year_ticks(2563, 2569) == [2563, 2565, 2567, 2569]
    assert year_ticks(2563, 2566) == [2563, 2564, 2565, 2566]


def test_tools_are_named_at_the_end_of_their_lines() -> None:
    fig = tool_lines_figure(years(IIT_pct=[80, 90], EIT_pct=[81, 90.2], OIT_pct=[NA, NA]), SAY)
    assert fig is not None
    assert [each.name for each in fig.data] == ["IIT", "EIT"]
    assert words_of(fig) == ["<b>IIT</b> 90.00", "<b>EIT</b> 90.20"]
    places = [note.y for note in fig.layout.annotations]
    assert places[1] - places[0] > 0.2  # moved apart: at 90.00 and 90.20 they would overlap
    assert {each.marker.symbol for each in fig.data} == {"circle", "square"}


def test_one_year_of_tools_makes_no_line() -> None:
    assert tool_lines_figure(years(IIT_pct=[80, NA], EIT_pct=[NA, 70]), SAY) is None


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5), st.floats(0.5, 10))
def test_spread_labels_keep_their_order_and_their_distance(values: list[float], gap: float) -> None:
    places = spread(values, gap)
    order = sorted(range(len(values)), key=lambda i: (values[i], places[i]))
    for low, high in pairwise(order):
        assert places[high] - places[low] > gap - 1e-6
    # what does not overlap stays where it is
    if all(abs(a - b) >= gap for i, a in enumerate(values) for b in values[:i]):
        assert places == pytest.approx(values)


def step(name: str, points_: float) -> Step:
    return Step(name, points_, f"{points_:+.2f}", name)


def test_each_bar_begins_where_the_one_above_ended() -> None:
    steps = [step("1", 2.0), step("2", -3.0), step("3", 0.5)]
    fig = waterfall_figure(steps, step("total", -0.5), {0: "IIT"}, "points")
    assert fig is not None
    bars = trace(fig, "parts")
    assert tuple(bars.base) == (0.0, 2.0, -1.0, 0.0)
    assert tuple(bars.x) == (2.0, -3.0, 0.5, -0.5)
    colours = bars.marker.color
    assert colours[0] == colours[2] != colours[1] == colours[3]
    assert {"+2.00", "-3.00", "+0.50", "<b>-0.50</b>"} <= set(words_of(fig))
    low, high = fig.layout.xaxis.range
    assert low < -1.0
    assert high > 2.0


def test_the_axis_of_a_waterfall_names_zero_without_a_sign() -> None:
    fig = waterfall_figure([step("1", 4.0), step("2", -6.0)], step("t", -2.0), {}, "points")
    assert fig is not None
    assert dict(zip(fig.layout.xaxis.tickvals, fig.layout.xaxis.ticktext, strict=True)) == {
        -2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2", 3: "+3", 4: "+4",
    }  # fmt: skip


def test_without_parts_there_is_no_waterfall_and_without_change_it_does_not_fail() -> None:
    assert waterfall_figure([], step("t", 0.0), {}, "points") is None
    assert waterfall_figure([step("1", 0.0)], step("t", 0.0), {}, "points") is not None


def test_every_cell_holds_its_number_and_a_missing_one_a_dash() -> None:
    fig = heat_figure(
        ["1 a", "2 b"],
        [2563, 2564],
        [[70.0, None], [85.0, 90.125]],
        [["a", "b"], ["c", "d"]],
        {0: "IIT"},
        broken=[2564],
    )
    assert fig is not None
    numbers = trace(fig, "numbers")
    assert tuple(numbers.text) == ("70.00", "–", "85.00", "90.12")
    assert tuple(numbers.hovertext) == ("a", "b", "c", "d")
    grid = trace(fig, "cells")
    assert [list(row) for row in grid.z] == [[70.0, None], [None, None], [85.0, 90.125]]
    # two edges for each row of cells: between them lie the labels
    assert len(grid.y) == len(grid.z) + 1
    assert [shape.x0 for shape in fig.layout.shapes] == [0.5]


def test_the_ink_of_the_cells_stays_dark_on_dark_paper() -> None:
    fig = heat_figure(["1"], [2563], [[70.0]], [["a"]], {})
    assert fig is not None
    tints = {colour for _, colour in trace(fig, "cells").colorscale}
    inks = set(trace(fig, "numbers").textfont.color)
    assert not (tints | inks) & set(theme.DARK)


def test_no_rows_make_no_table() -> None:
    assert heat_figure([], [2563], [], [], {}) is None


def test_names_from_the_data_are_never_markup() -> None:
    bad = "<a href='x'>$</a>"
    charts = [
        heat_figure([bad], [2563], [[70.0]], [[bad]], {0: bad}),
        waterfall_figure([step(bad, 1.0)], step(bad, 1.0), {0: bad}, bad),
        lines(years(overall_pct=[70, 80]), (Zone(2563, 0, 100, bad),)),
    ]
    for fig in charts:
        assert fig is not None
        assert "<a" not in fig.to_json().replace("\\u003c", "<")
