"""The rating bands behind a line of scores: shaded year by year, named in the margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import BAND, GRID, MUTED, PAPER, label
from ita_analysis.thai.wrap import display_width, wrap

_TICKS = 30
"""Room for the numbers of the axis in pixels."""
_WIDTH = 13
"""Columns of a rating's name in the margin."""
_COLUMN = 7
"""Pixels of a column of a name at 12 px."""
_LEAST_ZONE = 2.5
"""Lowest stretch, in points, that has room for its rating's name."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of overall scores of one year.

    Attributes:
        fiscal_year_be: The year.
        floor: Lowest score.
        ceiling: Where the next better one begins.
        rating: The best rating it allows, in the reader's language.
    """

    fiscal_year_be: int
    floor: float
    ceiling: float
    rating: str


def draw_zones(fig: Drawing, zones: Sequence[Zone], low: float) -> None:
    """Shade every second band of each year.

    Args:
        fig: The figure, one unit of x for each year.
        zones: Rating bands of each year, best first.
        low: Lowest score that is drawn.
    """
    by_year: dict[int, list[Zone]] = {}
    for zone in zones:
        by_year.setdefault(zone.fiscal_year_be, []).append(zone)
    for year, bands in by_year.items():
        for place, zone in enumerate(bands):
            if zone.ceiling <= low:
                continue
            fig.add_shape(
                type="rect",
                x0=year - 0.5,
                x1=year + 0.5,
                y0=max(zone.floor, low),
                y1=zone.ceiling,
                fillcolor=PAPER if place % 2 else BAND,
                line={"width": 0},
                layer="below",
            )
            if zone.floor > low:
                fig.add_shape(
                    type="line",
                    x0=year - 0.5,
                    x1=year + 0.5,
                    y0=zone.floor,
                    y1=zone.floor,
                    line={"color": GRID, "width": 1},
                    layer="below",
                )


def name_zones(fig: Drawing, zones: Sequence[Zone], low: float) -> tuple[int, int]:
    """Name the bands of the last year on the right and, if they differ, of the first on the left.

    Within the plot the names would lie under the line and its numbers.

    Args:
        fig: The figure.
        zones: Rating bands of each year, best first.
        low: Lowest score that is drawn.

    Returns:
        The left and the right margin that ticks and names need, in pixels.
    """
    if not zones:
        return _TICKS, 12
    first, last = (
        min(zone.fiscal_year_be for zone in zones),
        max(zone.fiscal_year_be for zone in zones),
    )
    early = [zone for zone in zones if zone.fiscal_year_be == first]
    late = [zone for zone in zones if zone.fiscal_year_be == last]
    right = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "align": "left"}
    _zone_names(fig, late, low, right)
    if _scale(early) == _scale(late):
        return _TICKS, _name_width(late)
    left = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -_TICKS, "align": "right"}
    _zone_names(fig, early, low, left)
    return _TICKS + _name_width(early), _name_width(late)


def _name_width(bands: Sequence[Zone]) -> int:
    lines = [line for zone in bands for line in wrap(zone.rating, _WIDTH)]
    return 10 + _COLUMN * max(map(display_width, lines))


def _scale(bands: Sequence[Zone]) -> list[tuple[float, str]]:
    return [(zone.floor, zone.rating) for zone in bands]


def _zone_names(
    fig: Drawing, bands: Sequence[Zone], low: float, where: Mapping[str, object]
) -> None:
    for zone in bands:
        floor = max(zone.floor, low)
        if zone.ceiling - floor < _LEAST_ZONE:
            continue
        fig.add_annotation(
            y=(floor + zone.ceiling) / 2,
            yanchor="middle",
            text=label(zone.rating, _WIDTH),
            showarrow=False,
            font={"size": 12, "color": MUTED},
            **where,
        )
