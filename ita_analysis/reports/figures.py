"""A figure: its finding as heading, the chart, the source, and the table behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ita_analysis.reports.block import Block, Bundle, html_bundle
from ita_analysis.reports.html_table import table_html
from ita_analysis.reports.markup import esc
from ita_analysis.reports.mime import BLOCK_MIME, PLOTLY_MIME
from ita_analysis.texts import current_language, load_texts

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def figure(  # noqa: PLR0913 - the parts of a figure are its arguments, all by name
    fig: Figure | None,
    *,
    name: str,
    title: str,
    subtitle: str = "",
    source: str = "",
    table: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
    how_to_read: str = "",
    lang: str | None = None,
    level: int = 3,
) -> Block:
    """Return a figure.

    Args:
        fig: The chart; None where there is nothing to draw: then the heading, which is a
            sentence, stands alone. An empty chart is never drawn.
        name: Name of the figure within the report, for example ``timeline`` (``[a-z0-9-_]``).
        title: The finding in one sentence; it is the heading and the chart's accessible name.
        subtitle: What, who, when.
        source: File, basis and as-of.
        table: The numbers behind the chart, shown below it when opened.
        labels: Headings of the table's columns where they differ from ``columns.*``.
        how_to_read: How to read the chart, in a sentence or two.
        lang: Language; the current one where None.
        level: Level of the heading.
    """
    chosen = lang or current_language()
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a name of a figure: only a-z, 0-9, - and _")
    if fig is None:
        return Block((html_bundle("finding", f'<p class="finding">{esc(title)}</p>', title),))
    sub = f'<p class="subtitle">{esc(subtitle)}</p>' if subtitle else ""
    head = html_bundle(
        "figure-head",
        f'<h{level:d} class="figure-title">{esc(title)}</h{level:d}>{sub}',
        title,
        name=name,
    )
    chart: Bundle = {
        PLOTLY_MIME: _chart_json(fig),
        BLOCK_MIME: {"kind": "chart", "name": name, "label": title},
        "text/plain": title,
    }
    foot = html_bundle(
        "figure-foot", _foot(chosen, source, table, labels, how_to_read, title), source
    )
    return Block((head, chart, foot), main=1)


def _chart_json(fig: Figure) -> dict[str, Any]:
    """Return the figure as plain JSON values.

    JupyterLab's renderer would offer to upload the chart to a vendor: switched off here too.
    """
    chart: dict[str, Any] = json.loads(fig.to_json())
    return {**chart, "config": {"showSendToCloud": False, "displaylogo": False}}


def _foot(  # noqa: PLR0913, PLR0917 - see figure
    lang: str,
    source: str,
    table: pd.DataFrame | None,
    labels: Mapping[str, str] | None,
    how_to_read: str,
    title: str,
) -> str:
    say = load_texts(lang)
    pieces = []
    if how_to_read:
        lead = esc(say("report.how_to_read"))
        pieces.append(f'<p class="how"><strong>{lead}</strong> {esc(how_to_read)}</p>')
    if source:
        lead = esc(say("report.source"))
        pieces.append(f'<p class="source">{lead}: {esc(source)}</p>')
    if table is not None:
        summary = esc(say("report.table_behind", n=len(table)))
        body = table_html(table, lang, caption="", labels=labels, name=title)
        pieces.append(f'<details class="data"><summary>{summary}</summary>{body}</details>')
    return "".join(pieces)
