"""The shipped register's report, made by the notebook itself and opened as management opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from pypdf import PdfReader

from ita_analysis.reports.export import count_charts, export_html
from ita_analysis.reports.notebook import count_figures

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["th", "en"])
def report(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, int]:
    """Language, HTML and number of figures of the timeliness report."""
    out = tmp_path_factory.mktemp("report") / "timeliness.ipynb"
    papermill.execute_notebook(
        ROOT / "notebooks" / "timeliness.ipynb",
        out,
        parameters={"agency_id": "nakhai-ubon", "fiscal_year": 2566, "lang": request.param},
        progress_bar=False,
        log_output=False,
    )
    nb = nbformat.read(out, as_version=4)
    return request.param, export_html(nb, dt.date(2023, 10, 1)), count_figures(nb)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_drawn_and_nothing_is_said_or_asked_for(
    report: tuple[str, str, int], open_report: Callable[..., Any], width: int
) -> None:
    lang, html, figures = report
    assert count_charts(html) == figures == 4
    opened = open_report(html, width=width, charts=figures)
    assert opened.drawn == figures
    assert (opened.console, opened.requests) == ([], [])
    assert not opened.page_scrolls_sideways
    assert opened.page.get_attribute("html", "lang") == lang


def test_the_headline_and_the_doubts_are_on_the_page(
    report: tuple[str, str, int], open_report: Callable[..., Any]
) -> None:
    lang, html, figures = report
    text = open_report(html, charts=figures).page.inner_text("body")
    if lang == "th":
        assert "5 จาก 21" in text
        assert "307 วัน" in text
        assert "ตาลสุม" in text
        assert "สันนิษฐาน" in text
    else:
        assert "5 of 21" in text
        assert "307 days" in text
        assert "assumed" in text
        assert "สรุป" not in text


def test_it_is_small_enough_to_send(report: tuple[str, str, int]) -> None:
    assert len(report[1].encode()) <= 2_500_000


def test_it_prints_on_a4_with_no_chart_cut(
    report: tuple[str, str, int], open_report: Callable[..., Any], tmp_path: Path
) -> None:
    _, html, figures = report
    page = open_report(html, charts=figures).page
    path = tmp_path / "report.pdf"
    page.pdf(path=path, format="A4")
    pages = PdfReader(path).pages
    assert 4 <= len(pages) <= 10
    assert [float(side) for side in pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)
