"""Where were we, where are we, where is 85 and 95? One line per indicator, from year to year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import (
    AGENCY,
    INK,
    MUTED,
    PAPER,
    SOFT,
    STATUS_STYLE,
    new_drawing,
    place_rows,
    rows_above,
    safe,
)

AIMED, NOT_AIMED = "star", "circle"
"""Marks of this year's score: a measure aims at the indicator, or none does."""

_LEFT_AT_MOST = 80.0
"""The axis begins here or further left, so that small gaps to 85 are not blown up."""
_STEP = 5
_HEAD, _FOOT, _SIDE = 26, 32, 14


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One indicator.

    Attributes:
        label: Its name and what is known of it, which stands above the line.
        before_pct: Score of the year before; None where unknown.
        score_pct: Score of this year; None where unknown.
        is_aimed: Whether a measure aims at it.
        is_joined: Whether the two years may be joined.
        before_words: What a reader sees at the earlier mark.
        words: The same at this year's mark.
    """

    label: str
    before_pct: float | None
    score_pct: float | None
    is_aimed: bool
    is_joined: bool
    before_words: str
    words: str


def dumbbell_figure(
    dumbbells: Sequence[Dumbbell],
    marks: Sequence[tuple[float, str]],
    headings: Mapping[int, str] | None = None,
) -> go.Figure | None:
    """Draw each indicator as a line from the score of the year before to this year's.

    What it shows: a hollow dot where the indicator was, a filled mark where it is, the marks 85
    and 95 as lines; a star where a measure aims at the indicator. How to read it: the longer the
    line the greater the change; a line in orange went down. What to do about it: begin at the top
    with what is left of the lines, where a point is worth most.

    Args:
        dumbbells: The indicators in the order to show; those without any score get no mark.
        marks: Score and label of each line to reach.
        headings: Position of a row -> heading of the group that begins there.

    Returns:
        None where no indicator has a score.
    """
    scores = [
        score for each in dumbbells for score in (each.before_pct, each.score_pct)
        if score is not None
    ]  # fmt: skip
    if not scores:
        return None
    rows = rows_above([each.label for each in dumbbells], headings)
    fig = new_drawing()
    place_rows(fig, rows)
    left = min(_LEFT_AT_MOST, _STEP * (min(scores) // _STEP) - _STEP / 2)
    fig.update_xaxes(range=[left, 101.5], dtick=_STEP if left > 60 else 2 * _STEP)
    for score, text in marks:
        fig.add_vline(x=score, line={"color": MUTED, "width": 1.2, "dash": "dot"}, layer="below")
        fig.add_annotation(
            x=score, y=1, yref="paper", yanchor="bottom", text=safe(text), showarrow=False
        )
    _lines(fig, dumbbells, rows.y)
    _before(fig, dumbbells, rows.y)
    _now(fig, dumbbells, rows.y)
    fig.update_layout(
        margin={"l": _SIDE, "r": _SIDE, "t": _HEAD, "b": _FOOT},
        height=int(rows.depth) + _HEAD + _FOOT,
    )
    return fig.figure()


def _lines(fig: Drawing, dumbbells: Sequence[Dumbbell], places: Sequence[float]) -> None:
    down = STATUS_STYLE["late"].colour
    for name, colour in (("rose", AGENCY), ("fell", down), ("same", SOFT)):
        xs: list[float | None] = []
        ys: list[float | None] = []
        for each, at in zip(dumbbells, places, strict=True):
            if each.before_pct is None or each.score_pct is None or not each.is_joined:
                continue
            change = each.score_pct - each.before_pct
            if name == ("rose" if change > 0 else "fell" if change < 0 else "same"):
                xs += [each.before_pct, each.score_pct, None]
                ys += [at, at, None]
        if xs:
            line = {"color": colour, "width": 4}
            fig.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", name=name)


def _before(fig: Drawing, dumbbells: Sequence[Dumbbell], places: Sequence[float]) -> None:
    known = [
        (each.before_pct, at, each.before_words)
        for each, at in zip(dumbbells, places, strict=True)
        if each.before_pct is not None
    ]
    if known:
        xs, ys, words = zip(*known, strict=True)
        fig.add_scatter(
            x=xs,
            y=ys,
            mode="markers",
            marker={
                "symbol": "circle",
                "size": 10,
                "color": PAPER,
                "line": {"width": 2, "color": MUTED},
            },
            hovertext=[safe(word) for word in words],
            hoverinfo="text",
            cliponaxis=False,
            name="before",
        )


def _now(fig: Drawing, dumbbells: Sequence[Dumbbell], places: Sequence[float]) -> None:
    for symbol, aimed in ((NOT_AIMED, False), (AIMED, True)):
        known = [
            (each.score_pct, at, each.words)
            for each, at in zip(dumbbells, places, strict=True)
            if each.score_pct is not None and each.is_aimed is aimed
        ]
        if not known:
            continue
        xs, ys, words = zip(*known, strict=True)
        fig.add_scatter(
            x=xs,
            y=ys,
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 17 if aimed else 12,
                "color": AGENCY if aimed else INK,
                "line": {"width": 1, "color": PAPER},
            },
            hovertext=[safe(word) for word in words],
            hoverinfo="text",
            cliponaxis=False,
            name="aimed at" if aimed else "not aimed at",
        )
