"""When was each thing due, and when was it shown? The timeline of a fiscal year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
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
    titles = [_title(row, length) for row in measures.to_dict("records")]
    rows = rows_above(titles, headings, lane=_SMALL_LANE if is_small else LANE)
    fig = new_drawing()
    place_rows(fig, rows)
    place = dict(zip(measures["measure_no"], rows.y, strict=True))
    known = measures[measures["published_date"] <= pd.Timestamp(as_of)]
    dated = occurrences[occurrences["due_date"].notna()]
    start, end = _span(dated, known, fiscal_year_be, as_of)
    fig.update_xaxes(**be_month_axis(start, end, texts.lang))
    fig.update_xaxes(range=[(start - _PAD).isoformat(), (end + _PAD).isoformat()])
    _background(fig, fiscal_year_be)
    _bars(fig, dated, known, place)
    _due_marks(fig, dated, place, texts)
    _publications(fig, known, place, texts)
    _flags(fig, rows, fiscal_year_be, as_of, window, texts, top=8 if is_small else MARGIN["t"])
    return fig.figure()


def _title(row: Mapping[Any, Any], length: int) -> str:
    code = row["item_code"]
    head = f"{row['measure_no']}. " + ("" if pd.isna(code) else f"{code} ")
    text = f"{head}{row['title_th']}"
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _span(
    dated: pd.DataFrame, known: pd.DataFrame, fiscal_year_be: int, as_of: dt.date
) -> tuple[dt.date, dt.date]:
    """The fiscal year, and what lies outside it."""
    start, end = fiscal_year_span(fiscal_year_be)
    days = [day.date() for day in [*dated["due_date"], *known["published_date"]]]
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
    fig: Drawing, dated: pd.DataFrame, known: pd.DataFrame, place: Mapping[int, float]
) -> None:
    """From the first due date that was missed to the publication."""
    late = dated[(dated["kind"] == "due") & (dated["status"] == "late")]
    first = late.groupby("measure_no", as_index=False)["due_date"].min()
    ends = first.merge(known[["measure_no", "published_date"]], on="measure_no")
    xs: list[object] = []
    ys: list[float | None] = []
    for row in ends.to_dict("records"):
        at = place[row["measure_no"]]
        xs += [row["due_date"], row["published_date"], None]
        ys += [at, at, None]
    if xs:
        line = {"color": STATUS_STYLE["late"].colour, "width": _LATE_BAR}
        fig.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", name="late")


def _due_marks(fig: Drawing, dated: pd.DataFrame, place: Mapping[int, float], texts: Texts) -> None:
    for (kind, status), group in dated.groupby(["kind", "status"], sort=True):
        style = STATUS_STYLE[str(status)]
        is_due = kind == "due"
        fig.add_scatter(
            x=group["due_date"],
            y=group["measure_no"].map(place),
            mode="markers",
            marker={
                "symbol": "diamond" if is_due else style.symbol,
                "size": 12 if is_due else 7,
                # filled with paper, so that an open mark stands out on the bar below it
                "color": PAPER if is_due else style.colour,
                "line": {"width": 2.5 if is_due else 1, "color": style.colour},
            },
            hovertext=[_due_words(row, texts) for row in group.to_dict("records")],
            hoverinfo="text",
            name=f"{kind} {status}",
        )


def _due_words(row: Mapping[Any, Any], texts: Texts) -> str:
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
    fig: Drawing, known: pd.DataFrame, place: Mapping[int, float], texts: Texts
) -> None:
    words = [
        safe(f"{texts('timeliness.published')} {format_date(day.date(), texts.lang)}")
        for day in known["published_date"]
    ]
    if words:
        fig.add_scatter(
            x=known["published_date"],
            y=known["measure_no"].map(place),
            mode="markers",
            marker={"symbol": "circle", "size": 10, "color": AGENCY},
            hovertext=words,
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
