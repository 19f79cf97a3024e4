"""The dumbbells and the chart of worth: what is drawn, and that nothing empty is."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

from ita_analysis.charts.dumbbell import AIMED, Dumbbell, dumbbell_figure
from ita_analysis.charts.theme import AGENCY, STATUS_STYLE
from ita_analysis.charts.worth import Part, worth_figure

MARKS = ((85.0, "85"), (95.0, "95"))
ROSE = Dumbbell("9 ก\n80.00 → 90.00", 80.0, 90.0, True, True, "80", "90")
FELL = replace(ROSE, before_pct=90.0, score_pct=70.0, is_aimed=False)
NOW = replace(ROSE, before_pct=None, is_joined=False)
BEFORE = replace(ROSE, score_pct=None, is_joined=False)


def traces(fig: go.Figure | None) -> dict[str, go.Scatter]:
    assert fig is not None
    assert {trace.type for trace in fig.data} <= {"scatter"}  # SVG only: WebGL needs eval
    return {trace.name: trace for trace in fig.data}


def test_nothing_is_drawn_without_a_score() -> None:
    assert dumbbell_figure([], MARKS) is None
    assert dumbbell_figure([replace(NOW, score_pct=None)], MARKS) is None


def test_rise_and_fall_differ_in_colour_and_aimed_ones_in_shape() -> None:
    found = traces(dumbbell_figure([ROSE, FELL], MARKS, {0: "OIT"}))
    assert found["rose"].line.color == AGENCY
    assert found["fell"].line.color == STATUS_STYLE["late"].colour
    assert found["rose"].x == (80.0, 90.0, None)
    assert found["aimed at"].marker.symbol == AIMED
    assert found["aimed at"].x == (90.0,)
    assert found["not aimed at"].x == (70.0,)
    assert found["before"].x == (80.0, 90.0)


def test_years_that_may_not_be_joined_are_not() -> None:
    found = traces(dumbbell_figure([replace(ROSE, is_joined=False)], MARKS))
    assert set(found) == {"before", "aimed at"}


def test_one_year_alone_is_shown_as_it_is() -> None:
    assert set(traces(dumbbell_figure([NOW], MARKS))) == {"aimed at"}
    assert set(traces(dumbbell_figure([BEFORE], MARKS))) == {"before"}


def test_the_marks_and_all_scores_are_within_the_axis() -> None:
    fig = dumbbell_figure([replace(ROSE, before_pct=3.0)], MARKS)
    assert fig is not None
    left, right = fig.layout.xaxis.range
    assert left < 3.0
    assert right > 100
    texts = [note.text for note in fig.layout.annotations]
    assert {"85", "95"} <= set(texts)


def test_labels_from_data_are_no_markup() -> None:
    fig = dumbbell_figure([replace(ROSE, label="<b>a</b> $x$")], MARKS)
    assert fig is not None
    label = " ".join(str(note.text) for note in fig.layout.annotations)
    assert "<b>a" not in label
    assert "&lt;b&gt;" in label


def test_worth_is_a_line_from_zero_with_the_mark_of_its_obligations() -> None:
    parts = [Part("10.2 ก", 2.0, "late", "late"), Part("9.1 ข", 0.4, "not_assessable", "none")]
    found = traces(worth_figure(parts, "points"))
    assert found["late"].marker.symbol == STATUS_STYLE["late"].symbol
    assert found["late line"].x == (0, 2.0, None)
    assert found["not_assessable"].x == (0.4,)
    assert worth_figure([], "points") is None
