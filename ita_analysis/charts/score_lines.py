"""How did the score move, against whom? Lines over the years, with what lies behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.rating_zones import Zone, draw_zones, name_zones
from ita_analysis.charts.theme import (
    AGENCY,
    AXIS,
    INK,
    MUTED,
    SOFT,
    label,
    new_drawing,
    safe,
)
from ita_analysis.charts.year_axis import joined, year_ticks
from ita_analysis.texts import Texts

_HEIGHT, _FOOT = 380, 30
_FLAG_HEIGHT = 17
_PEER_BAR = 16
_WIDE_YEARS = 3
"""Up to this distance between first and last year a column is wider than a name, on a phone."""
_MOST_NUMBERS = 6
"""Of more scores than these only the first, the last and the extremes have their number printed."""


@dataclass(frozen=True, slots=True)
class BreakFlag:
    """A break at the start of a year.

    Attributes:
        fiscal_year_be: The year.
        text: What broke, in a few words of the reader's language.
        is_series: Whether scores may not be joined across it.
    """

    fiscal_year_be: int
    text: str
    is_series: bool


def score_lines_figure(
    years: pd.DataFrame, zones: Sequence[Zone], flags: Sequence[BreakFlag], texts: Texts
) -> go.Figure | None:
    """Draw the overall score over the years.

    What it shows: the agency's score as a strong line, the national mean as a thin one, the middle
    of the peers as upright bars, the year's rating bands behind. How to read it: a line that stops
    has no score in the next year, or a break of the framework. What to do about it: look at the
    distance to the national line before the rise itself.

    Args:
        years: As ``Comparison.years``: one row per fiscal year without a gap in the numbers.
        zones: Rating bands of each year.
        flags: Breaks to mark.
        texts: Words of the reader's language.

    Returns:
        None where fewer than two years have an overall score: there is no line to draw.
    """
    if years["overall_pct"].notna().sum() < 2:
        return None
    low = _floor(years)
    fig = new_drawing()
    draw_zones(fig, zones, low)
    _peers(fig, years, texts)
    _national(fig, years, texts)
    _agency(fig, years, texts)
    _missing(fig, years, low, texts)
    top = _flags(fig, flags, years)
    _axes(fig, years, zones, low)
    left, right = name_zones(fig, zones, low)
    fig.update_layout(height=_HEIGHT + top, margin={"l": left, "r": right, "t": top, "b": _FOOT})
    return fig.figure()


def _floor(years: pd.DataFrame) -> float:
    shown = years[["overall_pct", "national_mean_pct", "peer_p10_pct"]].min().min()
    return max(0.0, 5 * math.floor((float(shown) - 4) / 5))


def _axes(fig: Drawing, years: pd.DataFrame, zones: Sequence[Zone], low: float) -> None:
    first, last = int(years["fiscal_year_be"].min()), int(years["fiscal_year_be"].max())
    ticks = year_ticks(first, last)
    fig.update_xaxes(
        range=[first - 0.5, last + 0.5],
        tickvals=ticks,
        ticktext=[str(year) for year in ticks],
        tickangle=0,
        showgrid=False,
    )
    cuts = sorted({zone.floor for zone in zones if zone.floor > low} | {low, 100.0})
    fig.update_yaxes(range=[low, 101.5], tickvals=cuts, ticktext=[f"{cut:g}" for cut in cuts])


def _peers(fig: Drawing, years: pd.DataFrame, texts: Texts) -> None:
    rows = years[years["peer_p10_pct"].notna()]
    for row in rows.to_dict("records"):
        words = texts(
            "compare.peer_hover",
            n=row["n_peers"],
            low=f"{row['peer_p10_pct']:.2f}",
            high=f"{row['peer_p90_pct']:.2f}",
        )
        fig.add_scatter(
            x=[row["fiscal_year_be"]] * 2,
            y=[row["peer_p10_pct"], row["peer_p90_pct"]],
            mode="lines",
            line={"color": SOFT, "width": _PEER_BAR},
            hovertext=safe(words),
            hoverinfo="text",
            name="peers",
        )


def _national(fig: Drawing, years: pd.DataFrame, texts: Texts) -> None:
    rows = years[years["national_mean_pct"].notna()]
    if rows.empty:
        return
    xs, ys = joined(years, "national_mean_pct")
    fig.add_scatter(
        x=xs,
        y=ys,
        mode="lines+markers",
        line={"color": MUTED, "width": 1.25},
        marker={"symbol": "circle", "size": 5, "color": MUTED},
        hovertext=[
            "" if y is None else safe(texts("compare.national_hover", year=x, score=f"{y:.2f}"))
            for x, y in zip(xs, ys, strict=True)
        ],
        hoverinfo="text",
        name="national",
    )
    _national_name(fig, rows, years, texts)


def _national_name(fig: Drawing, rows: pd.DataFrame, years: pd.DataFrame, texts: Texts) -> None:
    """Name the line where it is farthest from the agency's, on the side away from it."""
    apart = rows["national_mean_pct"] - rows["overall_pct"]
    at = int(apart.abs().fillna(0.0).to_numpy(dtype="float64").argmax())
    row = rows.iloc[at]
    above = bool(pd.isna(apart.iloc[at]) or apart.iloc[at] > 0)
    first, last = int(years["fiscal_year_be"].min()), int(years["fiscal_year_be"].max())
    # in a narrow column at the edge the words must not leave the plot
    edges = {first: "left", last: "right"} if last - first >= _WIDE_YEARS else {}
    anchor = edges.get(int(row["fiscal_year_be"]), "center")
    fig.add_annotation(
        x=row["fiscal_year_be"],
        y=row["national_mean_pct"],
        xanchor=anchor,
        xshift={"left": -10, "right": 10}.get(anchor, 0),
        yanchor="bottom" if above else "top",
        yshift=6 if above else -6,
        text=safe(texts("compare.national_label")),
        showarrow=False,
    )


def _agency(fig: Drawing, years: pd.DataFrame, texts: Texts) -> None:
    xs, ys = joined(years, "overall_pct")
    numbered = _numbered(ys)
    rows: dict[float, Any] = {row["fiscal_year_be"]: row for row in years.to_dict("records")}
    fig.add_scatter(
        x=xs,
        y=ys,
        mode="lines+markers+text",
        line={"color": AGENCY, "width": 3},
        marker={
            "symbol": [
                "circle-open" if x in rows and rows[x]["overall_kind"] == "computed" else "circle"
                for x in xs
            ],
            "size": 10,
            "color": AGENCY,
        },
        text=[f"{y:.2f}" if i in numbered else "" for i, y in enumerate(ys)],
        textfont={"size": 12, "color": INK},
        textposition=[_side(rows.get(x)) for x in xs],
        hovertext=[
            "" if y is None else safe(texts("compare.score_hover", year=x, score=f"{y:.2f}"))
            for x, y in zip(xs, ys, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
        name="agency",
    )


def _numbered(ys: Sequence[float | None]) -> set[int]:
    """Places of the points whose number is printed."""
    known = [i for i, y in enumerate(ys) if y is not None]
    if len(known) <= _MOST_NUMBERS:
        return set(known)
    ranked = sorted(known, key=lambda i: ys[i] or 0.0)
    return {known[0], known[-1], ranked[0], ranked[-1]}


def _side(row: Mapping[Any, Any] | None) -> str:
    """On which side of the dot its number stands: away from the national line."""
    if row is None or pd.isna(row["national_mean_pct"]) or pd.isna(row["overall_pct"]):
        return "top center"
    is_under = row["overall_pct"] < row["national_mean_pct"]
    return "bottom center" if is_under else "top center"


def _missing(fig: Drawing, years: pd.DataFrame, low: float, texts: Texts) -> None:
    for year in years.loc[years["overall_pct"].isna(), "fiscal_year_be"]:
        fig.add_annotation(
            x=int(year),
            y=low,
            yanchor="bottom",
            yshift=4,
            text=label(texts("compare.no_score"), 6),
            showarrow=False,
        )


def _flags(fig: Drawing, flags: Sequence[BreakFlag], years: pd.DataFrame) -> int:
    """Draw the breaks as labelled lines; return the room they need above the plot."""
    first, last = int(years["fiscal_year_be"].min()), int(years["fiscal_year_be"].max())
    for level, flag in enumerate(flags):
        at = flag.fiscal_year_be - 0.5
        line = {"color": AXIS, "width": 2 if flag.is_series else 1.25}
        fig.add_vline(x=at, line={**line, "dash": "solid" if flag.is_series else "dash"})
        fig.add_annotation(
            x=at,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=3 + _FLAG_HEIGHT * level,
            xanchor="left" if at - first < last - at else "right",
            text=safe(flag.text),
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    return 12 + _FLAG_HEIGHT * len(flags)
