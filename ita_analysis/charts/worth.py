"""What is each thing worth, and was it done in time? One line per part that a measure aims at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ita_analysis.charts.theme import (
    GRID,
    STATUS_STYLE,
    label,
    new_drawing,
    place_rows,
    rows_above,
    safe,
)

_HEAD, _FOOT = 8, 50


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score that measures aim at.

    Attributes:
        label: Its name, its worth and how its obligations were met: the words above the line.
        points: What one item (or one point) of it is worth in overall points.
        status: Worst status among its dated obligations: late, no_evidence, on_time; not_assessable
            where none had come due.
        words: What a reader sees at the mark.
    """

    label: str
    points: float
    status: str
    words: str


def worth_figure(parts: Sequence[Part], axis_title: str) -> go.Figure | None:
    """Draw what each part is worth as a line from zero, with a mark for its obligations.

    What it shows: the worth in overall points, the dearest first; the mark's shape and colour say
    whether the obligations of its measures were met. How to read it: long lines with a diamond or
    a hollow square are where delay can cost most. What to do about it: begin there.

    Args:
        parts: In the order to show.
        axis_title: What the axis counts.

    Returns:
        None where there is no part.
    """
    if not parts:
        return None
    rows = rows_above([part.label for part in parts])
    fig = new_drawing()
    place_rows(fig, rows)
    most = max(part.points for part in parts)
    for status in dict.fromkeys(part.status for part in parts):
        style = STATUS_STYLE[status]
        own = [(part, at) for part, at in zip(parts, rows.y, strict=True) if part.status == status]
        fig.add_scatter(
            x=[x for part, _ in own for x in (0, part.points, None)],
            y=[y for _, at in own for y in (at, at, None)],
            mode="lines",
            line={"color": style.colour, "width": 3},
            hoverinfo="skip",
            name=f"{status} line",
        )
        fig.add_scatter(
            x=[part.points for part, _ in own],
            y=[at for _, at in own],
            mode="markers",
            marker={
                "symbol": style.symbol,
                "size": 13,
                "color": style.colour,
                "line": {"width": 2, "color": style.colour},
            },
            hovertext=[label(part.words) for part, _ in own],
            hoverinfo="text",
            cliponaxis=False,
            name=status,
        )
    fig.update_xaxes(
        range=[-0.02 * most, 1.06 * most],
        rangemode="tozero",
        gridcolor=GRID,
        title={"text": safe(axis_title)},
    )
    fig.update_layout(
        margin={"l": 12, "r": 20, "t": _HEAD, "b": _FOOT}, height=int(rows.depth) + _HEAD + _FOOT
    )
    return fig.figure()
