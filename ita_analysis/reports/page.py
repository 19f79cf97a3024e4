"""What the template of a report is filled with: texts, styles, scripts and their policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ita_analysis.charts.theme import DARK
from ita_analysis.errors import Place
from ita_analysis.reports.cells import Body, render_body
from ita_analysis.reports.info import ReportInfo, title_html
from ita_analysis.reports.markup import esc
from ita_analysis.reports.notebook import report_info
from ita_analysis.reports.page_policy import (
    SHARED_SOURCES,
    content_policy,
    csp_hash,
    json_for_script,
)
from ita_analysis.reports.plotly_bundle import plotly_bundle
from ita_analysis.reports.scan import ReportError
from ita_analysis.reports.style import css_string, page_style, read_asset
from ita_analysis.texts import Texts, fault, load_texts
from ita_analysis.thai.format import format_date

MIN_SECTIONS_FOR_CONTENTS = 4

_MARGINS = {False: "18mm 16mm 16mm", True: "10mm 16mm 13mm"}
"""Margins of a sheet, by whether the report is to fit one: then no head stands above the first."""

PLOTLY_CONFIG = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": False,
    "scrollZoom": False,
    "typesetMath": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "showAxisRangeEntryBoxes": False,
    "doubleClick": False,
    "plotlyServerURL": "",
}
"""No tool bar, so no way to upload; the page itself redraws at another width."""


@dataclass(frozen=True)
class Page:
    """What the template fills in; every piece of text in it is safe HTML.

    Attributes:
        lang: Language of the page.
        title: Title of the page.
        csp: Content of the content security policy.
        css: Style sheets.
        print_css: Header and footer of printed pages.
        head: The title block.
        body: Body, charts and contents.
        setup: JSON for the script that draws.
        boot: The script that draws.
        plotly: plotly.js, packed; empty where the report has no chart or shares the script.
        plotly_src: Address of the shared plotly.js; empty where it is in the page.
        say: Words of the page's own language.
        is_one_page: Whether it is meant to fit one sheet of paper.
    """

    lang: str
    title: str
    csp: str
    css: str
    print_css: str
    head: str
    body: Body
    setup: str
    boot: str
    plotly: str
    plotly_src: str
    say: Texts
    is_one_page: bool = False

    @property
    def has_charts(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.body.charts)

    @property
    def has_contents(self) -> bool:
        """Whether the report is long enough for a table of contents."""
        return not self.is_one_page and len(self.body.contents) >= MIN_SECTIONS_FOR_CONTENTS


def make_page(
    nb: Mapping[str, Any], made_on: date | None, name: str = "", plotly_src: str = ""
) -> Page:
    """Return what the template shows for an executed notebook.

    Args:
        nb: The executed notebook.
        made_on: Day that the title block gives as the day it was made; None leaves it out.
        name: Name of the notebook for messages.
        plotly_src: Address of a shared plotly.js, seen from the report; empty: it is embedded.

    Raises:
        ReportError: The notebook has no title block, or a cell of it failed.
    """
    _refuse_failed(nb, name)
    info = report_info(nb)
    if info is None:
        raise ReportError(fault("report_untitled", Place(name)))
    body = render_body(list(nb["cells"]), info)
    boot = read_asset("boot.js") if body.charts else ""
    source = plotly_src if body.charts else ""
    bundle = plotly_bundle() if body.charts and not source else None
    allowed = bundle.csp_hash if bundle else SHARED_SOURCES
    scripts = f"{allowed} {csp_hash(boot)}" if body.charts else "'none'"
    say = load_texts(info.lang)
    return Page(
        lang=info.lang,
        title=esc(f"{info.title} · {info.agency_name} · {info.fiscal_year_be}"),
        csp=content_policy(scripts),
        css=page_style(),
        print_css=_print_css(info, say),
        head=title_html(info, made_on),
        body=body,
        setup=json_for_script(_setup()) if body.charts else "",
        boot=boot,
        plotly=bundle.packed if bundle else "",
        plotly_src=esc(source),
        say=say,
        is_one_page=info.is_one_page,
    )


def _setup() -> str:
    return json.dumps({"config": PLOTLY_CONFIG, "dark": DARK}, sort_keys=True)


def _print_css(info: ReportInfo, say: Texts) -> str:
    day = format_date(info.as_of, lang=info.lang, style="table")
    left = css_string(f"{info.agency_name} · {say('report.fiscal_year')} {info.fiscal_year_be}")
    right = css_string(info.title)
    foot = css_string(f"{say('report.as_of')} {day}")
    page = css_string(f"{say('report.page')} ")
    font = "font: 8pt Sarabun, 'TH Sarabun New', 'Noto Sans Thai', Tahoma, sans-serif; color: #444;"
    return (
        f"@page {{ size: A4; margin: {_MARGINS[info.is_one_page]}; "
        f"@top-left {{ content: {left}; {font} }} @top-right {{ content: {right}; {font} }} "
        f"@bottom-left {{ content: {foot}; {font} }} "
        f'@bottom-right {{ content: {page} counter(page) " / " counter(pages); {font} }} }}\n'
        "@page :first { @top-left { content: none; } @top-right { content: none; } }"
    )


def _refuse_failed(nb: Mapping[str, Any], name: str) -> None:
    for number, cell in enumerate(nb["cells"], start=1):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                found = f"{output.get('ename', '')}: {output.get('evalue', '')}"
                place = Place(name, row=number)
                raise ReportError(fault("report_cell_failed", place, found=found))
