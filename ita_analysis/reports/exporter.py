"""The nbconvert exporter: our template, and nothing of nbconvert's own pages.

It stands on ``TemplateExporter``, not ``HTMLExporter``: the latter re-parses and re-writes the
whole page at the end, scripts included, whose hashes must stay what they are. Importing this
module loads nbconvert, which takes seconds: import it where a report is made, not before.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import from_dict

from ita_analysis.reports.page import make_page
from ita_analysis.reports.page_policy import json_for_script

MADE_ON = "ita_made_on"
"""Name of the resource that holds the day a report is made."""

NAME = "ita_name"
"""Name of the resource that holds the notebook's name for messages."""

PLOTLY_SRC = "ita_plotly_src"
"""Name of the resource that holds the address of a shared plotly.js."""


class ReportExporter(TemplateExporter):
    """Notebook to one offline HTML file, also for JupyterLab's export menu."""

    export_from_notebook = "ITA report"
    output_mimetype = "text/html"

    def __init__(self, config: Any = None, **traits: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            config=config,
            template_name="ita",
            extra_template_basedirs=[str(files(__package__) / "template")],
            file_extension=".html",
            filters={"json_for_script": json_for_script},
            **traits,
        )

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters do
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, Any]:
        """Return the HTML of an executed notebook.

        The template gets an empty notebook beside the finished body, which spares a deep copy of
        every chart and keeps nbconvert's own way with outputs (data as code) out of the page.

        Raises:
            ReportError: The notebook has no title block, or a cell of it failed.
        """
        given = dict(resources or {})
        page = make_page(nb, given.get(MADE_ON), given.get(NAME, ""), given.get(PLOTLY_SRC, ""))
        empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        shell = from_dict(empty)  # type: ignore[no-untyped-call]
        html, made = super().from_notebook_node(shell, {**given, "ita_page": page}, **kw)
        return str(html), made


@cache
def report_exporter() -> ReportExporter:
    """Return the exporter of this process, made once."""
    return ReportExporter()
