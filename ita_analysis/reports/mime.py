"""Names of the outputs by which a notebook speaks to the exporter.

JupyterLab knows none of them and shows the HTML beside; the exporter trusts only them.
"""

from __future__ import annotations

REPORT_MIME = "application/vnd.ita.report+json"
"""What the report is: agency, year, language, title (one per notebook)."""

TABLES_MIME = "application/vnd.ita.tables+json"
"""The tables behind the charts, with their types."""

BLOCK_MIME = "application/vnd.ita.block+json"
"""Marks the HTML of an output as ours, and says what kind of block it is."""

END_MIME = "application/vnd.ita.end+json"
"""The notebook came to its last cell."""

PLOTLY_MIME = "application/vnd.plotly.v1+json"
"""A chart, as plotly itself and JupyterLab name it."""
