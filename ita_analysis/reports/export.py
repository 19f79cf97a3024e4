"""An executed notebook as one HTML file that opens anywhere, offline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ita_analysis.errors import Place
from ita_analysis.reports.scan import ReportError, refuse_leaks
from ita_analysis.reports.style import read_asset
from ita_analysis.texts import fault

MAX_BYTES = 2_500_000
"""Largest file that a chat programme and an office mailbox take without thinking."""

_OWN_TEXT = ("blocks.css", "dark.css", "page.css", "boot.js", "ita/index.html.j2")


def export_html(
    nb: Mapping[str, Any],
    made_on: date | None,
    *,
    name: str = "",
    forbidden: Iterable[str] = (),
    plotly_src: str = "",
) -> str:
    """Return an executed notebook as the HTML of a report.

    The same notebook and day give the same text, byte for byte.

    Args:
        nb: The executed notebook, as read from its file.
        made_on: Day that the title block gives as the day it was made; None leaves it out.
        name: Name of the notebook for messages.
        forbidden: Parameters that are paths and must not be in the report (``data_dir``).
        plotly_src: Address of a shared plotly.js, seen from the report; empty: it is embedded.

    Raises:
        ReportError: The notebook has no title block or a cell that failed, or the page would
            tell of the machine it was made on, or it is larger than MAX_BYTES.
    """
    # Loading nbconvert takes two seconds, which nobody should wait for who makes no report.
    from ita_analysis.reports.exporter import (  # noqa: PLC0415
        MADE_ON,
        NAME,
        PLOTLY_SRC,
        report_exporter,
    )

    given = {MADE_ON: made_on, NAME: name, PLOTLY_SRC: plotly_src}
    text, _ = report_exporter().from_notebook_node(nb, given)
    refuse_leaks(text, own="".join(map(read_asset, _OWN_TEXT)), forbidden=forbidden)
    size = len(text.encode("utf-8"))
    if size > MAX_BYTES:
        raise ReportError(
            fault("report_too_large", Place(name), megabytes=f"{size / 1e6:.1f}", most="2.5")
        )
    return text


def count_charts(html: str) -> int:
    """Return the number of charts in a report's HTML."""
    return html.count('<script type="application/vnd.plotly+json"')
