"""When was each thing due, and when was it shown? The timeline of a fiscal year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.months import be_month_axis
from ita_analysis.charts.theme import (
    AGENCY,
    BAND,
    LANE,
    MARGIN,
    MUTED,
    PAPER,
    STATUS_STYLE,
    TOOL_COLOURS,
    Rows,
    new_drawing,
    place_rows,
    rows_above,
    safe,
)
from ita_analysis.frames import plain_rows
from ita_analysis.texts import Texts
from ita_analysis.thai import fiscal_year_span, format_date, quarter_span

TITLE_LENGTH = 84
"""Longest title of a row, about two lines; the table behind the chart has it whole."""
_PAD = dt.timedelta(days=6)
SMALL_TITLE_LENGTH = 46
"""Longest title of a row of the small timeline: one line."""
_SMALL_LANE = 18
_FLAG_HEIGHT = 17
_LATE_BAR = 5
_OF_OCCURRENCE = ("measure_no", "actor", "kind", "due_date", "status", "days_late")

Row = Mapping[str, Any]
"""A measure or an occurrence, with the columns that are drawn."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the assessment calendar to show behind the rows.

    Attributes:
        start: First day.
        end: Last day.
        label: What it is, in the reader's language.
    """

    start: dt.date
    end: dt.date
    label: str


def timeline_figure(  # noqa: PLR0913, PLR0917 - everything that a timeline shows, by name
    measures: pd.DataFrame,
    occurrences: pd.DataFrame,
    headings: dict[int, str],
    fiscal_year_be: int,
    as_of: dt.date,
    window: Window | None,
    texts: Texts,
    *,
    is_small: bool = False,
) -> go.Figure | None:
    """Draw one row per measure over the fiscal year.

    What it shows: open diamonds where an obligation was due, small squares where a recurring one
    came due without evidence, a filled dot where the measure was published, and a bar from the
    first missed due date to the publication. How to read it: a long bar is a long delay; a row
    without a dot shows nothing. What to do about it: begin with the longest bar whose measure
    stands under the indicator that is worth most.

    Args:
        measures: One row per measure: ``measure_no``, ``title_th``, ``item_code``,
            ``published_date``, in the order to show.
        occurrences: As :func:`ita_analysis.analysis.occurrences.occurrences`.
        headings: Position of a row -> heading of the indicator that begins there.
        fiscal_year_be: The fiscal year.
        as_of: The day the report speaks for; later publications are not drawn.
        window: The OIT collection window; None where unknown.
        texts: Words of the reader's language.
        is_small: Whether rows are low and their titles cut to one line, for a page that shows
            more than the timeline.

    Returns:
        None where there is no measure.
    """
    if measures.empty:
        return None
    length = SMALL_TITLE_LENGTH if is_small else TITLE_LENGTH
    shown = plain_rows(measures, ["measure_no", "item_code", "title_th", "published_date"])
    titles = [_title(row, length) for row in shown]
    rows = rows_above(titles, headings, lane=_SMALL_LANE if is_small else LANE)
    fig = new_drawing()
    place_rows(fig, rows)
    place = {row["measure_no"]: y for row, y in zip(shown, rows.y, strict=True)}
    known = [row for row in shown if _is_known(row["published_date"], as_of)]
    dated = [row for row in plain_rows(occurrences, _OF_OCCURRENCE) if row["due_date"]]
    start, end = _span(dated, known, fiscal_year_be, as_of)
    fig.update_xaxes(**be_month_axis(start, end, texts.lang))
    fig.update_xaxes(range=[(start - _PAD).isoformat(), (end + _PAD).isoformat()])
    _background(fig, fiscal_year_be)
    _bars(fig, dated, known, place)
    _due_marks(fig, dated, place, texts)
    _publications(fig, known, place, texts)
    _flags(fig, rows, fiscal_year_be, as_of, window, texts, top=8 if is_small else MARGIN["t"])
    return fig.figure()


def _is_known(day: dt.datetime | None, as_of: dt.date) -> bool:
    return day is not None and day.date() <= as_of


def _title(row: Row, length: int) -> str:
    code = row["item_code"]
    head = f"{row['measure_no']}. " + ("" if code is None else f"{code} ")
    text = f"{head}{row['title_th']}"
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _span(
    dated: Sequence[Row], known: Sequence[Row], fiscal_year_be: int, as_of: dt.date
) -> tuple[dt.date, dt.date]:
    """The fiscal year, and what lies outside it."""
    start, end = fiscal_year_span(fiscal_year_be)
    days = [row["due_date"].date() for row in dated]
    days += [row["published_date"].date() for row in known]
    first, last = min([start, *days]), max([end, as_of, *days])
    # a few days of a month outside the year are drawn, but get no label of their own
    return start if start - first < _PAD else first, end if last - end < _PAD else last


def _background(fig: Drawing, fiscal_year_be: int) -> None:
    for quarter in (1, 3):
        start, end = quarter_span(fiscal_year_be, quarter)
        fig.add_vrect(
            x0=start.isoformat(),
            x1=(end + dt.timedelta(days=1)).isoformat(),
            fillcolor=BAND,
            line={"width": 0},
            layer="below",
        )


def _bars(
    fig: Drawing, dated: Sequence[Row], known: Sequence[Row], place: Mapping[int, float]
) -> None:
    """From the first due date that was missed to the publication."""
    late = [row for row in dated if row["kind"] == "due" and row["status"] == "late"]
    published = {row["measure_no"]: row["published_date"] for row in known}
    xs: list[object] = []
    ys: list[float | None] = []
    for number, rows in _groups(late, "measure_no"):
        at = place[number]
        xs += [min(row["due_date"] for row in rows), published[number], None]
        ys += [at, at, None]
    if xs:
        line = {"color": STATUS_STYLE["late"].colour, "width": _LATE_BAR}
        fig.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", name="late")


def _groups(rows: Sequence[Row], *names: str) -> Iterator[tuple[Any, list[Row]]]:
    """Yield the rows that have the same values in these columns, in order of the values."""
    key = itemgetter(*names)
    for value, group in groupby(sorted(rows, key=key), key):
        yield value, list(group)


def _due_marks(
    fig: Drawing, dated: Sequence[Row], place: Mapping[int, float], texts: Texts
) -> None:
    for (kind, status), rows in _groups(dated, "kind", "status"):
        style = STATUS_STYLE[status]
        is_due = kind == "due"
        fig.add_scatter(
            x=[row["due_date"] for row in rows],
            y=[place[row["measure_no"]] for row in rows],
            mode="markers",
            marker={
                "symbol": "diamond" if is_due else style.symbol,
                "size": 12 if is_due else 7,
                # filled with paper, so that an open mark stands out on the bar below it
                "color": PAPER if is_due else style.colour,
                "line": {"width": 2.5 if is_due else 1, "color": style.colour},
            },
            hovertext=[_due_words(row, texts) for row in rows],
            hoverinfo="text",
            name=f"{kind} {status}",
        )


def _due_words(row: Row, texts: Texts) -> str:
    due = format_date(row["due_date"].date(), texts.lang)
    words = [
        f"{texts('timeliness.due')} {due}",
        texts(f"status.{row['status']}"),
        texts(f"values.actor.{row['actor']}"),
    ]
    if row["status"] == "late":
        words[1] = texts("timeliness.late_days", n=row["days_late"])
    return "<br>".join(safe(word) for word in words)


def _publications(
    fig: Drawing, known: Sequence[Row], place: Mapping[int, float], texts: Texts
) -> None:
    days = [row["published_date"] for row in known]
    published = texts("timeliness.published")
    if days:
        fig.add_scatter(
            x=days,
            y=[place[row["measure_no"]] for row in known],
            mode="markers",
            marker={"symbol": "circle", "size": 10, "color": AGENCY},
            hovertext=[safe(f"{published} {format_date(day.date(), texts.lang)}") for day in days],
            hoverinfo="text",
            name="published",
        )


def _flags(  # noqa: PLR0913, PLR0917 - what stands at the head of the plot, each thing by name
    fig: Drawing,
    rows: Rows,
    fiscal_year_be: int,
    as_of: dt.date,
    window: Window | None,
    texts: Texts,
    *,
    top: int,
) -> None:
    """The labelled lines above the rows: OIT window, end of the year, the day of the report."""
    year_end = fiscal_year_span(fiscal_year_be)[1]
    flags: list[tuple[dt.date, str, str, str]] = []
    if window is not None:
        fig.add_vrect(
            x0=window.start.isoformat(),
            x1=window.end.isoformat(),
            fillcolor=TOOL_COLOURS["OIT"],
            opacity=0.18,
            line={"width": 0},
            layer="below",
        )
        middle = window.start + (window.end - window.start) / 2
        flags.append((middle, window.label, "center", ""))
    same_day = as_of == year_end
    words = "timeliness.year_end_and_as_of" if same_day else "timeliness.as_of_flag"
    flags.append((as_of, texts(words, date=format_date(as_of, texts.lang)), "right", "solid"))
    if not same_day:
        flags.append((year_end, texts("timeliness.year_end"), "right", "dot"))
    for level, (day, text, anchor, dash) in enumerate(flags):
        if dash:
            fig.add_vline(x=day.isoformat(), line={"color": MUTED, "width": 1.5, "dash": dash})
        fig.add_annotation(
            x=day.isoformat(),
            y=1,
            yref="paper",
            yshift=4 + _FLAG_HEIGHT * level,
            yanchor="bottom",
            xanchor=anchor,
            text=safe(text),
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    margin = {**MARGIN, "t": top + _FLAG_HEIGHT * len(flags)}
    fig.update_layout(margin=margin, height=rows.height + margin["t"] - MARGIN["t"])


def indicator_headings(labels: list[str]) -> dict[int, str]:
    """Return the position and label of each group of equal labels that stand together."""
    headings: dict[int, str] = {}
    at = 0
    for text, group in groupby(labels):
        headings[at] = text
        at += len(list(group))
    return headings
