"""Which tool moved? IIT, EIT and OIT over the years, each named at the end of its line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

import pandas as pd
import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import AXIS, GRID, INK, TOOL_COLOURS, new_drawing, safe
from ita_analysis.charts.year_axis import joined, year_ticks
from ita_analysis.texts import Texts

_SYMBOLS = {"IIT": "circle", "EIT": "square", "OIT": "diamond"}
_HEIGHT, _HEAD, _FOOT, _LEFT, _RIGHT = 320, 14, 30, 30, 76
_LABEL_PIXELS = 17
_PASS = 85


def tool_lines_figure(years: pd.DataFrame, texts: Texts) -> go.Figure | None:
    """Draw the score of each tool over the years.

    What it shows: one line for each tool, and the pass mark. How to read it: a line that stops has
    no score in the next year, or a break of the framework. What to do about it: the line below
    the pass mark is what keeps a good overall score from a better rating (from FY2566).

    Args:
        years: As ``Comparison.years``.
        texts: Words of the reader's language.

    Returns:
        None where no tool has scores of two years.
    """
    columns = {tool: f"{tool}_pct" for tool in TOOL_COLOURS}
    if years[list(columns.values())].notna().sum().max() < 2:
        return None
    shown = years[years[list(columns.values())].notna().any(axis=1)]["fiscal_year_be"]
    rows = years[years["fiscal_year_be"].between(shown.min(), shown.max())]
    low = max(0, 5 * math.floor((rows[list(columns.values())].min().min() - 3) / 5))
    fig = new_drawing()
    fig.add_hline(y=_PASS, line={"color": AXIS, "width": 1.25, "dash": "dash"})
    ends: list[tuple[str, float]] = []
    for tool, name in columns.items():
        xs, ys = joined(rows, name)
        if all(y is None for y in ys):
            continue
        _line(fig, tool, xs, ys, texts)
        ends.append((tool, next(y for y in reversed(ys) if y is not None)))
    _end_labels(fig, ends, low)
    first, last = int(rows["fiscal_year_be"].min()), int(rows["fiscal_year_be"].max())
    span, ticks = last - first, year_ticks(first, last)
    fig.update_xaxes(
        range=[first - 0.10 * span, last + 0.03 * span],
        tickvals=ticks,
        ticktext=[str(year) for year in ticks],
        tickangle=0,
        showgrid=False,
    )
    step = 10 if 100 - low > 30 else 5
    marks = sorted({*range(int(low), 101, step), _PASS, 100})
    fig.update_yaxes(range=[low, 101], tickvals=marks, showgrid=True, gridcolor=GRID)
    margin = {"l": _LEFT, "r": _RIGHT, "t": _HEAD, "b": _FOOT}
    fig.update_layout(height=_HEIGHT, margin=margin)
    return fig.figure()


def _line(
    fig: Drawing, tool: str, xs: Sequence[float], ys: Sequence[float | None], texts: Texts
) -> None:
    fig.add_scatter(
        x=xs,
        y=ys,
        mode="lines+markers",
        line={"color": TOOL_COLOURS[tool], "width": 2.5},
        marker={"symbol": _SYMBOLS[tool], "size": 9, "color": TOOL_COLOURS[tool]},
        hovertext=[
            ""
            if y is None
            else safe(texts("compare.tool_hover", tool=tool, year=x, score=f"{y:.2f}"))
            for x, y in zip(xs, ys, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
        name=tool,
    )


def _end_labels(fig: Drawing, ends: Sequence[tuple[str, float]], low: float) -> None:
    """Name each line beside its last score; names that would overlap are moved apart."""
    pixels = (_HEIGHT - _HEAD - _FOOT) / (101 - low)
    values = [value for _, value in ends]
    for (tool, value), y in zip(ends, spread(values, _LABEL_PIXELS / pixels), strict=True):
        fig.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=4,
            y=y,
            yanchor="middle",
            text=f"<b>{safe(tool)}</b> {value:.2f}",
            showarrow=False,
            font={"size": 12, "color": INK},
        )


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Return places as near to the values as they can be with this gap between neighbours.

    Values that would overlap form a block, which stands around the mean of its values.
    """
    order = sorted(range(len(values)), key=lambda i: values[i])
    blocks: list[list[float]] = []
    for rank, i in enumerate(order):
        # less what the ranks below need: two blocks overlap where these are out of order
        blocks.append([values[i] - rank * gap])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    starts = [fmean(block) for block in blocks for _ in block]
    places = {
        i: start + rank * gap for rank, (i, start) in enumerate(zip(order, starts, strict=True))
    }
    return [places[i] for i in range(len(values))]
