"""The charts of the timeliness report draw what the tables say, and nothing where there is none."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ita_analysis.charts.lateness import lateness_figure
from ita_analysis.charts.shares import share_figure
from ita_analysis.charts.timeline import Window, indicator_headings, timeline_figure
from ita_analysis.texts import load_texts
from tests.analysis.made_registers import FY, YEAR_END, assess, due, measure, obligation

TH = load_texts("th")
WINDOW = Window(dt.date(2023, 3, 1), dt.date(2023, 4, 30), "OIT")


def traces(fig: object) -> dict[str, object]:
    return {trace.name: trace for trace in fig.data}  # type: ignore[attr-defined]


def draw(*measures: object, as_of: dt.date = YEAR_END) -> object:
    result = assess(*measures, as_of=as_of)  # type: ignore[arg-type]
    headings = indicator_headings(["ก"] * len(result.measures))
    return timeline_figure(result.measures, result.occurrences, headings, FY, as_of, WINDOW, TH)


def test_timeline_has_a_mark_for_every_due_date_and_publication() -> None:
    fig = draw(
        measure(1, "2023-02-09", obligations=(due("2023-01-31"), due("2022-10-31", 2))),
        measure(2, "2023-01-10", obligations=(due("2023-01-31"),)),
        measure(3, None, obligations=(obligation(kind="recurring", every_months=3),)),
    )
    found = traces(fig)
    assert len(found["due late"].x) == 2
    assert len(found["due on_time"].x) == 1
    assert len(found["recurring no_evidence"].x) == 4
    assert len(found["published"].x) == 2
    # one bar, from the first missed due date to the publication
    assert [pd.Timestamp(x) for x in found["late"].x[:2]] == [
        pd.Timestamp("2022-10-31"),
        pd.Timestamp("2023-02-09"),
    ]
    assert found["late"].x[2] is None


def test_timeline_is_not_drawn_without_measures() -> None:
    assert draw() is None


def test_a_publication_after_the_day_of_the_report_is_not_drawn() -> None:
    fig = draw(
        measure(1, "2023-05-09", obligations=(due("2023-01-31"),)), as_of=dt.date(2023, 3, 1)
    )
    assert "published" not in traces(fig)
    assert "due no_evidence" in traces(fig)


def test_a_deadline_before_the_year_stays_in_the_picture() -> None:
    fig = draw(measure(1, "2022-12-01", obligations=(due("2022-06-30"),)))
    first = pd.Timestamp(fig.layout.xaxis.range[0])
    assert first < pd.Timestamp("2022-06-30")


def test_labels_from_the_data_cannot_become_markup() -> None:
    nasty = measure(1, None, obligations=(due("2023-01-31"),))
    nasty = nasty.model_copy(update={"title_th": "<b>x</b> $y$ <a href='javascript:1'>"})
    texts = [note.text for note in draw(nasty).layout.annotations]
    assert not any("<b>x" in text or "$" in text or "<a " in text for text in texts)


def test_headings_stand_where_a_group_begins() -> None:
    assert indicator_headings(["a", "a", "b", "a"]) == {0: "a", 2: "b", 3: "a"}


def test_shares_show_the_count_beside_the_dot() -> None:
    fig = share_figure(["ก", "ข"], [1, 4], [4, 4], TH)
    dots = fig.data[1]
    assert list(dots.x) == [25.0, 100.0]
    assert [text.strip() for text in dots.text] == ["1 จาก 4", "4 จาก 4"]
    assert share_figure([], [], [], TH) is None


def test_one_dot_for_every_obligation_with_evidence() -> None:
    result = assess(
        measure(1, "2023-02-09", obligations=(due("2023-01-31"), due("2023-01-31", 2))),
        measure(2, "2023-01-10", obligations=(due("2023-01-31"),)),
    )
    fig = lateness_figure(result.obligations, 9.0, TH)
    assert sorted(x for trace in fig.data for x in trace.x) == [-21, 9, 9]
    late = next(trace for trace in fig.data if trace.name == TH("status.late"))
    assert len(set(late.y)) == 2  # none hides another
    assert lateness_figure(result.obligations.iloc[0:0], None, TH) is None
