"""Which indicators, which years? A table whose cells are tinted by their score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import AXIS, MUTED, new_drawing, place_rows, rows_above, safe

# The cells keep their light tints on dark paper too, so their numbers need an ink of their own:
# the theme's would turn light with the page.
_CELL_INK = "#14181d"
_SCALE = (
    (0.00, "#e8945a"),
    (0.30, "#f2b98e"),
    (0.60, "#f9e3cf"),
    (0.70, "#f3f3ef"),
    (0.80, "#d3e5f2"),
    (1.00, "#8fc1e3"),
)
"""Orange below the pass mark of 85, blue above it; the number stands in every cell."""
_LOW, _HIGH = 50.0, 100.0
_HEAD, _FOOT = 30, 10
_CELL = 24


def heat_figure(  # noqa: PLR0913, PLR0917 - the parts of a table are its arguments
    labels: Sequence[str],
    years: Sequence[int],
    scores: Sequence[Sequence[float | None]],
    hovers: Sequence[Sequence[str]],
    headings: Mapping[int, str],
    broken: Sequence[int] = (),
) -> go.Figure | None:
    """Draw scores by row and year.

    What it shows: the score of each indicator in each year, printed in its cell. How to read it:
    orange is below 85, blue above; a dash is a year without a score. What to do about it: a row
    that stays orange is where measures have not shown in the score.

    Args:
        labels: Name of each row.
        years: The columns, in order.
        scores: One row per label, one value per year; None where missing.
        hovers: The same in words.
        headings: Position of a row -> heading of the group that begins there.
        broken: Years before which scores may not be compared.

    Returns:
        None where there is no row.
    """
    if not labels:
        return None
    rows = rows_above(labels, headings)
    fig = new_drawing()
    place_rows(fig, rows)
    edges: list[float] = []
    cells: list[list[float | None]] = []
    for y, values in zip(rows.y, scores, strict=True):
        # between two rows of cells lies a row of labels, which has no cells
        if edges:
            cells.append([None] * len(years))
        edges += [y - _CELL / 2, y + _CELL / 2]
        cells.append(list(values))
    fig.add_heatmap(
        x=[at - 0.5 for at in range(len(years) + 1)],
        y=edges,
        z=cells,
        zmin=_LOW,
        zmax=_HIGH,
        colorscale=[list(stop) for stop in _SCALE],
        showscale=False,
        xgap=3,
        hoverinfo="skip",
        name="cells",
    )
    _numbers(fig, rows.y, scores, hovers)
    for year in broken:
        if year in years:
            at = list(years).index(year) - 0.5
            fig.add_vline(x=at, line={"color": AXIS, "width": 2})
    fig.update_xaxes(
        side="top",
        range=[-0.5, len(years) - 0.5],
        tickvals=list(range(len(years))),
        ticktext=[str(year) for year in years],
        tickangle=0,
        showgrid=False,
        ticks="",
    )
    fig.update_layout(
        height=int(rows.depth) + _HEAD + _FOOT,
        margin={"l": 8, "r": 8, "t": _HEAD, "b": _FOOT},
    )
    return fig.figure()


def _numbers(
    fig: Drawing,
    y: Sequence[float],
    scores: Sequence[Sequence[float | None]],
    hovers: Sequence[Sequence[str]],
) -> None:
    places = [
        (at, y[row], value, hovers[row][at])
        for row, values in enumerate(scores)
        for at, value in enumerate(values)
    ]
    fig.add_scatter(
        x=[at for at, _, _, _ in places],
        y=[top for _, top, _, _ in places],
        mode="text",
        text=["–" if value is None else f"{value:.2f}" for _, _, value, _ in places],
        textfont={
            "size": 12,
            "color": [MUTED if value is None else _CELL_INK for _, _, value, _ in places],
        },
        hovertext=[safe(words) for _, _, _, words in places],
        hoverinfo="text",
        name="numbers",
    )
