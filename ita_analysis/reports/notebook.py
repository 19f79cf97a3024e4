"""What an executed notebook says of itself, read from its JSON alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ita_analysis.reports.block import Bundle
from ita_analysis.reports.info import ReportInfo, info_from_bundle
from ita_analysis.reports.mime import END_MIME, PLOTLY_MIME, REPORT_MIME


def bundles(nb: Mapping[str, Any]) -> Iterator[Bundle]:
    """Yield the MIME bundles of all outputs in order."""
    for cell in nb["cells"]:
        for output in cell.get("outputs", ()):
            if "data" in output:
                yield output["data"]


def report_info(nb: Mapping[str, Any]) -> ReportInfo | None:
    """Return what the report is; None where the notebook has no title block."""
    for bundle in bundles(nb):
        if REPORT_MIME in bundle:
            return info_from_bundle(bundle)
    return None


def is_finished(nb: Mapping[str, Any]) -> bool:
    """Tell whether the notebook came to its mark of the end."""
    return any(END_MIME in bundle for bundle in bundles(nb))


def count_figures(nb: Mapping[str, Any]) -> int:
    """Return the number of charts in an executed notebook."""
    return sum(PLOTLY_MIME in bundle for bundle in bundles(nb))
