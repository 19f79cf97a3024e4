"""Reports that share one plotly.js: small, drawn from a file, and closed to any other script."""

from __future__ import annotations

from datetime import date

import pytest
from test_report_page import LONG, notebook

from ita_analysis.reports.export import count_charts, export_html
from ita_analysis.reports.plotly_bundle import shared_plotly

pytestmark = pytest.mark.browser

MOST_BYTES = 120_000
DAY = date(2026, 2, 5)


@pytest.fixture(scope="module")
def report():
    return export_html(notebook([LONG] * 6), DAY, plotly_src=shared_plotly()[0])


def test_a_shared_script_makes_the_report_small(report):
    assert count_charts(report) == 2
    assert len(report.encode("utf-8")) < MOST_BYTES
    assert "plotly-gz" not in report.partition("<script>")[0]


def test_charts_are_drawn_from_the_shared_script(report, open_report, tmp_path):
    name, content = shared_plotly()
    path = tmp_path / "รายงาน ทดสอบ" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    opened = open_report(report, charts=2)
    assert opened.drawn == 2
    assert opened.console == []
    assert opened.requests == [path.as_uri()]


def test_without_the_shared_script_the_reader_is_told(report, open_report):
    opened = open_report(report)
    opened.page.wait_for_selector("html.no-charts", timeout=20_000)
    assert opened.page.locator(".chart-problem").is_visible()


def test_a_script_put_into_the_page_does_not_run(report, open_report):
    hostile = report.replace("</body>", "<script>window.ran=1</script></body>")
    assert open_report(hostile).page.evaluate("window.ran") is None
