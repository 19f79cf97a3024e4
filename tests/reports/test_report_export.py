import re
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from ita_analysis.reports import count_figures, end_mark, figure, is_finished, scan, sentence, table
from ita_analysis.reports.cells import render_body
from ita_analysis.reports.export import MAX_BYTES, count_charts, export_html
from ita_analysis.reports.page_policy import csp_hash
from ita_analysis.reports.plotly_bundle import plotly_bundle
from ita_analysis.reports.scan import ReportError

DAY = date(2026, 2, 5)


def a_figure(name="a", title="พบ 1 จาก 2 รายการ"):
    fig = go.Figure(go.Scatter(x=[1], y=[2], name="</script><b>x"))
    return figure(fig, name=name, title=title, source="x", table=pd.DataFrame({"a": [1]}))


def raw(data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def stream(name, text):
    return {"output_type": "stream", "name": name, "text": text}


def test_one_file_without_anything_from_elsewhere(notebook, code_cell):
    html = export_html(notebook(code_cell(a_figure())), DAY)
    shell = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert len(html.encode()) < MAX_BYTES
    assert '<html lang="th">' in html
    assert "<title>ทันกำหนดหรือไม่ · องค์การบริหารส่วนตำบลตัวอย่าง · 2566</title>" in html
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", shell)
    assert "url(" not in shell
    for absent in ("require.js", "MathJax", "mermaid", "¶", "secret_code", "cdn"):
        assert absent not in shell


def test_charts_in_the_notebook_are_charts_in_the_page(notebook, code_cell):
    plain = raw({"application/vnd.plotly.v1+json": go.Figure(go.Bar(y=[1])).to_plotly_json()})
    cell = code_cell(a_figure("a"), a_figure("b"), figure(None, name="c", title="ไม่มี"))
    plain["data"]["application/vnd.plotly.v1+json"] = {
        "data": [{"type": "bar", "y": [1]}],
        "layout": {"title": {"text": "เปล่า"}},
    }
    nb = notebook(cell, code_cell(outputs=(plain,)))
    html = export_html(nb, DAY)
    assert count_figures(nb) == count_charts(html) == 3
    assert html.count('role="img"') == 3
    assert 'aria-label="เปล่า"' in html


def test_without_charts_no_script_at_all(notebook, code_cell):
    html = export_html(notebook(code_cell(sentence("หนึ่ง"))), DAY)
    assert "<script" not in html
    assert "script-src 'none'" in html
    assert len(html.encode()) < 30_000


def test_policy_allows_exactly_the_two_scripts(notebook, code_cell):
    html = export_html(notebook(code_cell(a_figure())), DAY)
    policy = re.search(r'Security-Policy" content="([^"]*)"', html)[1]
    boot = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(boot) == 1
    assert policy == (
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src "
        f"{plotly_bundle().csp_hash} {csp_hash(boot[0])}; base-uri 'none'; form-action 'none'"
    )


def test_figure_data_cannot_end_their_script(notebook, code_cell):
    html = export_html(notebook(code_cell(a_figure())), DAY)
    data = re.search(r'id="chart-1-json">(.*?)</script>', html, re.DOTALL)[1]
    assert "<" not in data
    assert "\\u003c/script>" in data


def test_same_notebook_same_bytes(notebook, code_cell):
    nb = notebook(code_cell(a_figure()), code_cell(table(pd.DataFrame({"a": [1]}), "th")))
    assert export_html(nb, DAY) == export_html(nb, DAY)


def test_prose_of_the_reports_language_only(notebook, code_cell, prose, info):
    cells = (
        prose("## ไทย", "lang-th"),
        prose("## English", "lang-en"),
        prose("## both"),
    )
    thai = export_html(notebook(*cells), DAY)
    english = export_html(notebook(*cells, info=info(lang="en")), DAY)
    assert "ไทย</h2>" in thai
    assert "English</h2>" not in thai
    assert "English</h2>" in english
    assert "ไทย</h2>" not in english
    assert "both</h2>" in thai
    assert "both</h2>" in english


def test_what_is_not_ours_becomes_text(notebook, code_cell):
    evil = "<img src=x onerror=alert(1)>"
    outputs = (
        raw({"text/html": f"<b>{evil}</b>"}),
        raw({"text/html": evil, "text/plain": evil}),
        raw({"text/markdown": evil, "text/plain": evil}),
        raw({"image/svg+xml": f"<svg>{evil}</svg>", "text/plain": evil}),
        raw({"application/javascript": "alert(1)"}),
        stream("stdout", evil),
        stream("stderr", "warned of nothing"),
    )
    html = export_html(notebook(code_cell(outputs=outputs)), DAY)
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 5
    assert "alert(1)" not in re.sub("&lt;.*?&gt;", "", html)
    assert "warned of nothing" not in html


def test_markdown_runs_nothing(notebook, prose):
    text = (
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1))\n\n"
        "[c](data:text/html,x) ![d](https://example.org/x.png) [e](https://example.org/)\n\n"
        "`{{7*7}}` $\\href{x}{y}$"
    )
    html = export_html(notebook(prose(text)), DAY)
    assert "<script" not in html
    assert "<img" not in html
    assert re.findall(r'<a href="([^"]*)"', html) == ["https://example.org/"]
    assert "{{7*7}}" in html


def test_headings_start_at_two_and_skip_no_level(prose, info):
    cells = [prose("# A\n\n#### B\n\n## C\n\n##### D\n\n### E\n\n# F")]
    body = render_body(cells, info())
    assert re.findall(r"<h(\d)[^>]*>(\w)</h(\d)>", body.html) == [
        ("2", "A", "2"),
        ("3", "B", "3"),
        ("3", "C", "3"),
        ("4", "D", "4"),
        ("4", "E", "4"),
        ("2", "F", "2"),
    ]
    assert body.contents == [("section-1", "A"), ("section-2", "F")]


def test_contents_only_in_long_reports(notebook, prose):
    assert "<nav" not in export_html(notebook(prose("## a\n\n## b\n\n## c")), DAY)
    long = export_html(notebook(prose("## a\n\n## b\n\n## c\n\n## d")), DAY)
    assert '<a href="#section-4">d</a>' in long
    assert '<h2 id="section-4">d</h2>' in long


def test_only_one_title(notebook, code_cell, prose):
    html = export_html(notebook(code_cell(a_figure()), prose("# x")), DAY)
    assert html.count("<h1>") == 1


def test_without_title_block_no_report(code_cell):
    nb = {"cells": [code_cell(sentence("x"))], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    with pytest.raises(ReportError) as caught:
        export_html(nb, DAY)
    assert caught.value.faults[0].code == "report_untitled"
    assert caught.value.exit_code == 3


def test_a_failed_cell_makes_no_report(notebook, code_cell):
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}
    with pytest.raises(ReportError) as caught:
        export_html(notebook(code_cell(outputs=(error,))), DAY, name="timeliness")
    assert caught.value.faults[0].code == "report_cell_failed"
    assert "KeyError" in str(caught.value)


def test_too_large_a_report_is_refused(notebook, code_cell):
    with pytest.raises(ReportError) as caught:
        export_html(notebook(code_cell(sentence("x" * MAX_BYTES))), DAY)
    assert caught.value.faults[0].code == "report_too_large"


@pytest.mark.parametrize(
    "leak",
    [
        f"{Path.home()}/x.csv",
        "/home/somchai/data",
        "file:///home/somchai/data",
        "C:\\Users\\somchai\\x",
        "C:\\\\Users\\\\somchai\\\\x",
        "/tmp/ita-scratch/x.ipynb",
        "Traceback (most recent call last)",
        "/srv/agency/data",
        str(Path.cwd()),
    ],
)
def test_what_tells_of_the_machine_is_refused(notebook, code_cell, leak):
    nb = notebook(code_cell(sentence(f"อ่านจาก {leak} แล้ว")))
    with pytest.raises(ReportError) as caught:
        export_html(nb, DAY, forbidden=["/srv/agency/data"])
    assert caught.value.faults[0].code == "report_leak"
    assert caught.value.faults[0].found


def test_the_machines_name_is_refused(notebook, code_cell, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "office-pc-7.example.local")
    scan._local_names.cache_clear()
    nb = notebook(code_cell(sentence("made on office-pc-7 today")))
    with pytest.raises(ReportError):
        export_html(nb, DAY)
    monkeypatch.setattr(socket, "gethostname", lambda: "body")
    scan._local_names.cache_clear()
    assert export_html(notebook(), DAY)
    scan._local_names.cache_clear()


@pytest.mark.parametrize(
    "text",
    ["https://www.example.go.th/home/index.php", "https://example.go.th/tmp/x", "data", "1/2"],
)
def test_addresses_of_websites_are_no_leak(notebook, code_cell, text):
    assert text in export_html(notebook(code_cell(sentence(text))), DAY, forbidden=["data"])


def test_finished_only_with_the_mark(notebook, code_cell):
    assert not is_finished(notebook())
    assert is_finished(notebook(code_cell(end_mark())))


def test_names_for_notebooks_load_nothing_heavy():
    code = (
        "import sys, ita_analysis.reports; "
        "print([m for m in ('pandas', 'plotly', 'nbconvert', 'nbformat') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
