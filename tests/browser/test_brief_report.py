"""The brief as it reaches management: drawn, quiet, one sheet of paper, short on a phone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from pypdf import PdfReader

from ita_analysis.reports.export import count_charts, export_html

ROOT = Path(__file__).parents[2]
CASES = [
    ("nakhai-ubon", 2566, "th"),
    ("example-agency", 2566, "th"),
    ("example-agency", 2566, "en"),
    ("example-agency", 2564, "th"),
    ("khao-tok", 2562, "th"),
    ("mean-trat-province", 2564, "en"),
]
MOST_WORDS = 476
"""English words of non-fiction read in two minutes, at 238 a minute (Brysbaert 2019)."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "-".join(map(str, case)))
def brief(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Language and HTML of one brief."""
    agency, year, lang = request.param
    out = tmp_path_factory.mktemp("brief") / "brief.ipynb"
    papermill.execute_notebook(
        ROOT / "notebooks" / "brief.ipynb",
        out,
        parameters={"agency_id": agency, "fiscal_year": year, "lang": lang},
        progress_bar=False,
        log_output=False,
    )
    return lang, export_html(nbformat.read(out, as_version=4), dt.date(2023, 10, 1))


def test_one_sheet_of_a4(brief: tuple[str, str], open_report: Callable[..., Any]) -> None:
    _, html = brief
    page = open_report(html, charts=count_charts(html)).page
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 1
    assert [float(side) for side in pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)


@pytest.mark.parametrize("width", [1280, 390])
def test_drawn_and_quiet(
    brief: tuple[str, str], open_report: Callable[..., Any], width: int
) -> None:
    _, html = brief
    opened = open_report(html, width=width, charts=count_charts(html))
    assert opened.drawn == count_charts(html)
    assert (opened.console, opened.requests) == ([], [])
    assert not opened.page_scrolls_sideways


def test_read_in_two_minutes(brief: tuple[str, str], open_report: Callable[..., Any]) -> None:
    lang, html = brief
    if lang != "en":
        pytest.skip("words are told apart by blanks in English only")
    page = open_report(html, width=390).page
    page.evaluate("document.querySelectorAll('.chart').forEach((chart) => chart.remove())")
    text = page.inner_text("main")
    assert len(text.split()) <= MOST_WORDS
