"""The one look of all charts: colours, marks, fonts, axes, labels.

How a chart stays usable on a phone (358 px wide between the page's margins):

* No wide left margin. A row's label stands *above* its line, over the full width:
  :func:`rows_above` counts the lines and gives every row its place in pixels, and
  :func:`place_rows` draws the labels. One unit of the y axis is one pixel.
* Labels of 44 columns fill about 300 px at 12 px; longer ones are wrapped by word.
* Months on the x axis: ``be_month_axis`` in :mod:`ita_analysis.charts.months` writes the year
  below the month, only where it changes, so that twelve months fit.
* Margins are fixed (no automargin: it takes half of a phone for one long label), and the chart's
  own title is empty: the report's heading is the title.
* Heights are set by the number of rows and lines (:func:`height_for`), never by the screen. In
  print a chart is shrunk to one page, to 60 % at most: split what is higher than 1,300 px.

Colours come from this module only: the report maps each of them to its dark partner
(:data:`DARK`) where the reader's device is set to dark. Draw with SVG traces only (``go.Scatter``,
``go.Bar``, ``go.Heatmap``): WebGL needs ``eval``, which the reports forbid.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.thai.wrap import wrap

INK = "#1b1f24"
MUTED = "#545b64"
GRID = "#e3e6ea"
AXIS = "#8a9199"
PAPER = "#ffffff"
BAND = "#f4f5f7"
"""A light shade behind every second quarter."""
SOFT = "#c9ced4"
"""Lines of the second row: connectors, peers, the country."""
AGENCY = "#0072b2"

TOOL_COLOURS: Mapping[str, str] = {"IIT": "#0072b2", "EIT": "#e69f00", "OIT": "#cc79a7"}
"""Colour of each tool; its name always stands beside."""


@dataclass(frozen=True)
class StatusStyle:
    """How a status looks; never by colour alone.

    Attributes:
        colour: Colour of the mark.
        symbol: Name of the plotly marker.
        pattern: Pattern of a bar; empty for a plain one.
    """

    colour: str
    symbol: str
    pattern: str = ""


STATUS_STYLE: Mapping[str, StatusStyle] = {
    "on_time": StatusStyle("#009e73", "circle"),
    "late": StatusStyle("#d55e00", "diamond", "/"),
    "no_evidence": StatusStyle("#999999", "square-open", "."),
    "not_due": StatusStyle("#56b4e9", "triangle-up"),
    "not_assessable": StatusStyle("#999999", "x-thin-open", "x"),
}
"""Look of each status of an obligation."""

DARK: Mapping[str, str] = {
    INK: "#e8eaed",
    MUTED: "#aab2bb",
    GRID: "#2f353c",
    AXIS: "#79828c",
    PAPER: "#15181c",
    BAND: "#1f2328",
    SOFT: "#4a525b",
    AGENCY: "#4ba3dd",
    "#009e73": "#1fb98c",
    "#d55e00": "#ec7a27",
    "#999999": "#a3a3a3",
}
"""Light colour -> its partner on dark paper; colours that are not here stay as they are."""

FONT = (
    '"Leelawadee UI", Sarabun, "TH Sarabun New", Thonburi, "Noto Sans Thai", "Segoe UI", '
    "Tahoma, sans-serif"
)
FONT_SIZE = 13
LINE_HEIGHT = 18
"""Height of a line of a label in pixels; Thai needs room for its marks above and below."""
LANE = 26
"""Height of a row's own line, on which its marks stand."""
ROW_GAP = 8
MARGIN: Mapping[str, int] = {"l": 8, "r": 12, "t": 28, "b": 44}
LABEL_WIDTH = 44

_AXIS: Mapping[str, Any] = {
    "gridcolor": GRID,
    "linecolor": AXIS,
    "zerolinecolor": AXIS,
    "tickcolor": AXIS,
    "tickfont": {"color": MUTED, "size": 12},
    "title": {"font": {"color": MUTED, "size": 12}, "standoff": 8},
    "fixedrange": True,
    "automargin": False,
}

THEME = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [AGENCY, "#e69f00", "#cc79a7", "#009e73", "#d55e00", "#56b4e9"],
        "margin": dict(MARGIN),
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": AXIS,
            "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
            "align": "left",
            "namelength": 0,
        },
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "bargap": 0.35,
        "xaxis": {**_AXIS, "showgrid": True, "zeroline": False},
        "yaxis": {**_AXIS, "showgrid": False, "zeroline": False},
        "annotationdefaults": {"showarrow": False, "font": {"size": 12, "color": MUTED}},
    }
)
"""The plotly template ``ita``; give it as ``layout.template`` (or through :func:`new_drawing`)."""


def new_drawing() -> Drawing:
    """Return an empty drawing that wears the theme."""
    return Drawing(THEME)


def safe(text: str) -> str:
    """Return data as a plotly label: no pseudo-HTML, no links, no formulas."""
    return html.escape(text, quote=False).replace("$", "&#36;")


def label(text: str, width: int = LABEL_WIDTH) -> str:
    """Return data as a plotly label wrapped by word to lines of ``width`` columns."""
    return "<br>".join(safe(line) for line in wrap(text, width))


def height_for(n_rows: int, n_lines: int) -> int:
    """Return the height of a figure in pixels.

    Args:
        n_rows: Rows that carry marks.
        n_lines: Lines of all labels together that stand above the rows.
    """
    rows = n_rows * (LANE + ROW_GAP) + n_lines * LINE_HEIGHT
    return rows + MARGIN["t"] + MARGIN["b"]


@dataclass(frozen=True)
class Rows:
    """Places of rows whose labels stand above their lines.

    Attributes:
        y: Where each row's marks stand, in pixels from the top of the plot.
        tops: Where each row's label begins.
        labels: The labels, safe and wrapped.
        headings: Row -> heading of the group that begins there, safe and wrapped.
        heading_tops: Row -> where that heading begins.
        depth: Height of all rows in pixels.
    """

    y: tuple[float, ...]
    tops: tuple[float, ...]
    labels: tuple[str, ...]
    headings: Mapping[int, str]
    heading_tops: Mapping[int, float]
    depth: float

    @property
    def height(self) -> int:
        """Height of the whole figure in pixels."""
        return int(self.depth) + MARGIN["t"] + MARGIN["b"]


def rows_above(
    texts: Sequence[str],
    headings: Mapping[int, str] | None = None,
    width: int = LABEL_WIDTH,
    lane: int = LANE,
) -> Rows:
    """Return the places of rows from top to bottom, each as high as its label needs.

    Args:
        texts: Label of each row, from the data.
        headings: Index of a row -> heading of the group that begins with it.
        width: Columns of a line.
        lane: Height of a row's own line in pixels; a third of it is left free below.
    """
    gap = ROW_GAP if lane == LANE else lane // 3
    groups = dict(headings or {})
    at = 0.0
    y, tops, labels, heading_tops, heading_texts = [], [], [], {}, {}
    for i, text in enumerate(texts):
        if i in groups:
            at += gap if i else 0
            heading_texts[i] = label(groups[i], width)
            heading_tops[i] = at
            at += _depth(heading_texts[i]) + 4
        shown = label(text, width)
        labels.append(shown)
        tops.append(at)
        at += _depth(shown)
        y.append(at + lane / 2)
        at += lane + gap
    return Rows(tuple(y), tuple(tops), tuple(labels), heading_texts, heading_tops, at)


def place_rows(fig: Drawing, rows: Rows) -> None:
    """Draw the rows' labels, and give the figure its height and its y axis.

    The labels begin at the left edge of the plot; marks belong at ``rows.y``.
    """
    fig.update_layout(height=rows.height)
    fig.update_yaxes(range=[rows.depth, 0], showticklabels=False, showgrid=False, ticks="")
    for text, top in zip(rows.labels, rows.tops, strict=True):
        fig.add_annotation(**_left(text, top, INK))
    for i, text in rows.headings.items():
        fig.add_annotation(**_left(f"<b>{text}</b>", rows.heading_tops[i], INK))


def _depth(text: str) -> int:
    return (text.count("<br>") + 1) * LINE_HEIGHT


def _left(text: str, top: float, colour: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "xref": "x domain",
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": colour},
    }
