"""What made the change? Each part's share of it in overall points, one below the other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import (
    AGENCY,
    AXIS,
    INK,
    PAPER,
    SOFT,
    STATUS_STYLE,
    new_drawing,
    place_rows,
    rows_above,
    safe,
)

_RISE, _FALL = AGENCY, STATUS_STYLE["late"].colour
_BAR = 16
MINUS = "−"
_HEAD, _FOOT = 8, 48
_LEFT_PAD, _RIGHT_PAD = 0.06, 0.22
"""Room beside the bars as a share of their span; the number stands on the right."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a change.

    Attributes:
        label: What it is.
        points: What it gave, in overall points.
        number: The same as it is printed beside the bar, with its sign.
        hover: What it was and what it gave, in words.
    """

    label: str
    points: float
    number: str
    hover: str


def waterfall_figure(
    steps: Sequence[Step], total: Step, headings: Mapping[int, str], axis_title: str
) -> go.Figure | None:
    """Draw how the parts of a change add up.

    What it shows: each bar begins where the one above it ended; the last one is the whole change,
    from zero. How to read it: bars to the right raised the overall score, bars to the left lowered
    it. What to do about it: the longest bar is where the score moved most, not where it is worth
    most; that is in the improvement report.

    Args:
        steps: The parts in the order to show.
        total: The whole change.
        headings: Position of a part -> heading of the group that begins there.
        axis_title: What zero and the unit are.

    Returns:
        None where there is no part.
    """
    if not steps:
        return None
    rows = rows_above([*(step.label for step in steps), total.label], headings)
    fig = new_drawing()
    place_rows(fig, rows)
    # the labels lie on the plot: paper behind them keeps the grid out of their words
    fig.update_annotations(bgcolor=PAPER)
    starts, at = [], 0.0
    for step in steps:
        starts.append(at)
        at += step.points
    _connectors(fig, [*starts[1:], at], rows.y)
    bars = [*steps, total]
    bases = [*starts, 0.0]
    fig.add_bar(
        x=[bar.points for bar in bars],
        base=bases,
        y=list(rows.y),
        width=_BAR,
        orientation="h",
        marker={
            "color": [_RISE if bar.points >= 0 else _FALL for bar in bars],
            "line": {"width": 0},
        },
        hovertext=[safe(bar.hover) for bar in bars],
        hoverinfo="text",
        name="parts",
    )
    _numbers(fig, bars, bases, rows.y)
    edges = [0.0, *(base + bar.points for base, bar in zip(bases, bars, strict=True))]
    span = max(edges) - min(edges) or 1.0
    fig.add_vline(x=0, line={"color": AXIS, "width": 1.25}, layer="below")
    ticks = _ticks(min(edges), max(edges))
    fig.update_xaxes(
        range=[min(edges) - _LEFT_PAD * span, max(edges) + _RIGHT_PAD * span],
        title={"text": safe(axis_title)},
        tickvals=ticks,
        ticktext=[
            f"{'+' if tick > 0 else MINUS if tick < 0 else ''}{abs(tick):g}" for tick in ticks
        ],
    )
    fig.update_layout(
        height=int(rows.depth) + _HEAD + _FOOT,
        margin={"l": 12, "r": 12, "t": _HEAD, "b": _FOOT},
    )
    return fig.figure()


def _ticks(low: float, high: float) -> list[float]:
    """Round places on the axis, at most seven, zero among them."""
    steps = (base * 10.0**power for power in range(-3, 3) for base in (1, 2, 5))
    step = next((each for each in steps if (high - low) / each <= 6), high - low)
    return [round(at * step, 6) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _connectors(fig: Drawing, ends: Sequence[float], y: Sequence[float]) -> None:
    """Thin lines from the end of each bar down to the next one."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, end in enumerate(ends):
        xs += [end, end, None]
        ys += [y[i], y[i + 1], None]
    line = {"color": SOFT, "width": 1}
    fig.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", name="connectors")


def _numbers(
    fig: Drawing, bars: Sequence[Step], bases: Sequence[float], y: Sequence[float]
) -> None:
    for place, (bar, base) in enumerate(zip(bars, bases, strict=True)):
        fig.add_annotation(
            x=max(base, base + bar.points),
            y=y[place],
            xanchor="left",
            yanchor="middle",
            xshift=5,
            text=f"<b>{safe(bar.number)}</b>" if place == len(bars) - 1 else safe(bar.number),
            showarrow=False,
            font={"size": 13, "color": INK},
        )
