"""How late? One dot per dated obligation, by days after (or before) its due date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ita_analysis.charts.drawing import Drawing
from ita_analysis.charts.theme import AXIS, INK, STATUS_STYLE, label, new_drawing, safe
from ita_analysis.frames import plain_rows
from ita_analysis.texts import Texts

_BIN_DAYS = 8
"""Dots nearer than this are stacked, so that none hides another."""
_DOT = 13
_HEAD, _FOOT = 46, 64


def lateness_figure(
    obligations: pd.DataFrame, median_days: float | None, texts: Texts
) -> go.Figure | None:
    """Draw the days late of every dated obligation that has evidence.

    What it shows: left of the zero line evidence came before the due date, right of it after. How
    to read it: each dot is one obligation; the marked line is the median of those that were late.
    What to do about it: dots far to the right need a start earlier in the year.

    Args:
        obligations: Dated obligations with evidence: ``days_late``, ``status``, ``title_th``,
            ``phrase_th``.
        median_days: Median of the late ones; None where none was late.
        texts: Words of the reader's language.

    Returns:
        None where there is no dated obligation with evidence.
    """
    if obligations.empty:
        return None
    rows = sorted(
        plain_rows(obligations, ["days_late", "status", "title_th", "phrase_th"]),
        key=itemgetter("days_late", "title_th"),
    )
    stack: Counter[int] = Counter()
    for row in rows:
        bin_no = row["days_late"] // _BIN_DAYS
        stack[bin_no] += 1
        row["level"] = stack[bin_no]
    fig = new_drawing()
    for status in ("on_time", "late"):
        group = [row for row in rows if row["status"] == status]
        style = STATUS_STYLE[status]
        fig.add_scatter(
            x=[row["days_late"] for row in group],
            y=[row["level"] for row in group],
            mode="markers",
            marker={"symbol": style.symbol, "size": _DOT, "color": style.colour},
            hovertext=[_words(row, texts) for row in group],
            hoverinfo="text",
            name=texts(f"status.{status}"),
        )
    _lines(fig, median_days, texts)
    top = max(stack.values())
    fig.update_yaxes(visible=False, range=[0.2, top + 0.8])
    fig.update_xaxes(title={"text": safe(texts("timeliness.days_axis"))}, zeroline=False)
    fig.update_layout(
        height=_HEAD + _FOOT + (top + 1) * (_DOT + 5),
        margin={"l": 12, "r": 16, "t": _HEAD, "b": _FOOT},
    )
    return fig.figure()


def _words(row: Mapping[Any, Any], texts: Texts) -> str:
    days = row["days_late"]
    key = "timeliness.late_days" if days > 0 else "timeliness.early_days"
    lines = [
        label(str(row["title_th"])),
        safe(str(row["phrase_th"])),
        safe(texts(key, n=abs(days))),
    ]
    return "<br>".join(lines)


def _lines(fig: Drawing, median_days: float | None, texts: Texts) -> None:
    flags = [(0.0, texts("timeliness.due_line"), INK, "solid", 0)]
    if median_days is not None:
        words = texts("timeliness.median_line", days=f"{median_days:g}")
        flags.append((median_days, words, AXIS, "dash", 1))
    for x, words, colour, dash, level in flags:
        fig.add_vline(x=x, line={"color": colour, "width": 1.5, "dash": dash})
        fig.add_annotation(
            x=x,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2 + 17 * level,
            xanchor="left" if level else "center",
            text=safe(words),
            showarrow=False,
        )
