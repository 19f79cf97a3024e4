"""Who and where? Shares on time as dots, each with its count."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ita_analysis.charts.theme import (
    GRID,
    STATUS_STYLE,
    new_drawing,
    place_rows,
    rows_above,
    safe,
)
from ita_analysis.texts import Texts

_COUNT_LEFT_OF = 60
"""Shares above this have their count on the left of the dot, so that it stays in the plot."""


def share_figure(
    labels: Sequence[str], n_on_time: Sequence[int], n_assessed: Sequence[int], texts: Texts
) -> go.Figure | None:
    """Draw the share on time of each group as a dot on a line from 0 to 100.

    What it shows: of the dated obligations that had come due, how many were shown on time. How to
    read it: the number beside the dot comes first; under 10 cases the share says little. What to
    do about it: ask the units on the left what held them up.

    Args:
        labels: Name of each group, in the order to show.
        n_on_time: On time in each group.
        n_assessed: Dated obligations that had come due in each group; all above zero.
        texts: Words of the reader's language.

    Returns:
        None where there is no group.
    """
    if not labels:
        return None
    rows = rows_above(labels)
    fig = new_drawing()
    place_rows(fig, rows)
    shares = [100 * on_time / n for on_time, n in zip(n_on_time, n_assessed, strict=True)]
    lines_x = [x for share in shares for x in (0, share, None)]
    lines_y = [y for at in rows.y for y in (at, at, None)]
    colour = STATUS_STYLE["on_time"].colour
    fig.add_scatter(
        x=lines_x, y=lines_y, mode="lines", line={"color": colour, "width": 3}, hoverinfo="skip"
    )
    words = [
        safe(texts("timeliness.of", n=on_time, total=n))
        for on_time, n in zip(n_on_time, n_assessed, strict=True)
    ]
    fig.add_scatter(
        x=shares,
        y=rows.y,
        mode="markers+text",
        marker={"symbol": STATUS_STYLE["on_time"].symbol, "size": 12, "color": colour},
        text=[f"  {word}  " for word in words],
        textposition=[
            "middle left" if share > _COUNT_LEFT_OF else "middle right" for share in shares
        ],
        hovertext=[
            f"{word}<br>{safe(texts('timeliness.percent', share=share))}"
            for word, share in zip(words, shares, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    fig.update_xaxes(
        range=[-2, 102],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0", "25", "50", "75", "100 %"],
        gridcolor=GRID,
    )
    head, foot = 8, 28
    fig.update_layout(
        margin={"l": 12, "r": 20, "t": head, "b": foot}, height=int(rows.depth) + head + foot
    )
    return fig.figure()
