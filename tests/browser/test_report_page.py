"""Reports in a real browser, without a network: drawn, quiet, safe, readable, printable."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from pypdf import PdfReader

from ita_analysis.charts.months import be_month_axis
from ita_analysis.charts.theme import (
    AGENCY,
    DARK,
    INK,
    label,
    new_drawing,
    place_rows,
    rows_above,
)
from ita_analysis.reports import (
    Card,
    ReportInfo,
    cards,
    caveat,
    figure,
    sentence,
    table,
    tables,
    title_block,
)
from ita_analysis.reports.export import count_charts, export_html

pytestmark = pytest.mark.browser

START = date(2022, 10, 1)
LONG = "การเผยแพร่ข้อมูลข่าวสารต่าง ๆ ที่เกี่ยวข้องกับการดำเนินงานตามอำนาจหน้าที่หรือภารกิจของหน่วยงานบนเว็บไซต์"
HOSTILE = (
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "' onmouseover='window.ran=1",
    '<a href="javascript:window.ran=1">x</a>',
    "</script><script>window.ran=1</script>",
    "</style><script>window.ran=1</script>",
    "$\\href{javascript:window.ran=1}{x}$",
    "{{7*7}} ${window.ran=1} {% raw %}",
    "=cmd|' /C calc'!A0",
    "<!--<script>",
    "[x](javascript:window.ran=1)",
)


def timeline(texts):
    rows = rows_above(texts, {0: "ตัวชี้วัดที่ 9"})
    fig = new_drawing()
    place_rows(fig, rows)
    fig.update_xaxes(**be_month_axis(START, date(2023, 9, 30), "th"))
    days = [START + timedelta(days=20 + 40 * i) for i in range(len(texts))]
    fig.add_scatter(
        x=days,
        y=rows.y,
        mode="markers",
        marker={"color": AGENCY, "size": 10},
        text=[label(text) for text in texts],
        hovertemplate="%{text}<extra></extra>",
    )
    return fig.figure()


def notebook(texts, *, lang="th", agency="องค์การบริหารส่วนตำบลตัวอย่าง", prose=()):
    info = ReportInfo(
        notebook="timeliness",
        lang=lang,
        title=texts[0],
        agency_id="example",
        agency_name=agency,
        agency_place=texts[0],
        fiscal_year_be=2566,
        round_months=12,
        as_of=date(2023, 9, 30),
        data_kind="synthetic",
        source=texts[0],
    )
    frame = pd.DataFrame(
        {
            "title_th": texts,
            "due_date": [date(2023, 1, 31)] * len(texts),
            "days_late": range(len(texts)),
            "status": ["late"] * len(texts),
            "phrase_th": texts,
        }
    )
    second = new_drawing()
    second.add_bar(x=[1, 2], y=[label(text, 20) for text in texts[:2]], orientation="h")
    second.update_layout(height=300)
    blocks = [
        title_block(info),
        cards([Card(texts[0], "5 จาก 21", texts[0], "on_time"), Card("ล่าช้า", "1", "", "late")]),
        sentence(texts[0]),
        caveat(texts[0]),
        figure(timeline(texts), name="a", title=texts[0], source=texts[0], table=frame, lang=lang),
        figure(second.figure(), name="b", title=texts[-1], source="x", lang=lang),
        table(frame, lang, texts[0]),
        tables({"measures": frame}),
    ]
    cells = [{"cell_type": "markdown", "source": text, "metadata": {}} for text in prose]
    cells += [
        {
            "cell_type": "code",
            "source": "",
            "metadata": {},
            "execution_count": 1,
            "outputs": [
                {"output_type": "display_data", "data": bundle, "metadata": {}}
                for bundle in block.outputs
            ],
        }
        for block in blocks
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="module")
def report():
    return export_html(notebook([LONG] * 6, prose=["## หัวข้อ"]), date(2026, 2, 5))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_charts_are_drawn_quietly(report, open_report, width, scheme):
    opened = open_report(report, width=width, charts=2, color_scheme=scheme)
    assert opened.drawn == count_charts(report) == 2
    assert opened.console == []
    assert opened.requests == []
    assert not opened.page_scrolls_sideways
    widths = opened.page.evaluate(
        "[...document.querySelectorAll('.chart')].map(e => [e.clientWidth,"
        " e.querySelector('svg.main-svg').clientWidth])"
    )
    assert all(box == drawing for box, drawing in widths)


def test_labels_stay_within_a_phones_chart(report, open_report):
    opened = open_report(report, width=390, charts=2)
    outside = opened.page.evaluate(
        """() => {
          const chart = document.querySelector('.chart');
          const box = chart.getBoundingClientRect();
          return [...chart.querySelectorAll('.annotation text, .xtick text')]
            .map((text) => text.getBoundingClientRect())
            .filter((r) => r.left < box.left - 1 || r.right > box.right + 1).length;
        }"""
    )
    assert outside == 0


def test_month_names_do_not_overlap_on_a_phone(report, open_report):
    opened = open_report(report, width=390, charts=2)
    boxes = opened.page.evaluate(
        """[...document.querySelector('.chart').querySelectorAll('.xtick text')]
           .map((text) => text.getBoundingClientRect()).map((r) => [r.left, r.right])"""
    )
    assert len(boxes) == 12
    boxes.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(boxes))


def test_dark_colours_reach_the_chart_and_print_is_light(report, open_report):
    opened = open_report(report, charts=2, color_scheme="dark")
    colour = "getComputedStyle(document.querySelector('.chart .annotation text')).fill"
    assert opened.page.evaluate(colour) == rgb(DARK[INK])
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.wait_for_function(f"() => {colour} === '{rgb(INK)}'")
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.page.wait_for_function(f"() => {colour} === '{rgb(DARK[INK])}'")


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_charts_follow_the_width_of_the_window(report, open_report):
    opened = open_report(report, charts=2)
    opened.page.set_viewport_size({"width": 600, "height": 900})
    opened.page.wait_for_function(
        "() => document.querySelector('.chart svg.main-svg').clientWidth < 600", timeout=5_000
    )


def test_it_prints_on_a4(report, open_report):
    opened = open_report(report, charts=2)
    pdf = PdfReader(io.BytesIO(opened.page.pdf(prefer_css_page_size=True)))
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}
    assert sizes == {(595, 842)}
    assert 2 <= len(pdf.pages) <= 4


def test_a_tall_chart_is_printed_on_one_page(open_report):
    html = export_html(notebook([LONG] * 14), date(2026, 2, 5))
    opened = open_report(html, charts=2)
    height = "document.querySelector('.chart').getBoundingClientRect().height"
    assert opened.page.evaluate(height) > 1_000
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.wait_for_function(f"() => {height} < 800")
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.page.wait_for_function(f"() => {height} > 1000")


def test_policy_blocks_what_gets_in_all_the_same(report, open_report):
    evil = "<script>window.ran=1</script><img src=x onerror='window.ran=2'>"
    opened = open_report(report.replace("<main", f"{evil}<main", 1), charts=2)
    opened.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.ran=3\" id=e>x</b>');"
        "document.getElementById('e').click()"
    )
    assert opened.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in message for message in opened.console)


@pytest.mark.parametrize("texts", [HOSTILE, HOSTILE[::-1]], ids=["forwards", "backwards"])
def test_hostile_text_runs_nowhere(texts, open_report):
    # All at once in the fields that stand once, one by one in rows, labels and prose.
    text = " ".join(texts)
    nb = notebook([text, *texts], agency=text, prose=[*texts, *(f"## {text}" for text in texts)])
    html = export_html(nb, date(2026, 2, 5))
    opened = open_report(html, charts=2)
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.locator(".chart .nsewdrag").first.hover()
    assert page.evaluate("window.ran") is None
    assert opened.console == []
    assert opened.requests == []
    assert page.locator("img, svg[onload], a[href^='javascript'], [onmouseover]").count() == 0
    assert text in page.locator("h1").inner_text()
    assert page.locator("script:not([type])").count() == 2


def test_without_javascript_tables_show_and_a_line_says_why(report, open_report):
    opened = open_report(report, java_script_enabled=False)
    assert opened.page.locator("noscript").count() >= 1
    assert "JavaScript" in opened.page.locator("header").inner_text()
    opened.page.locator("summary").first.click()
    assert opened.page.locator("details table").first.is_visible()


def test_without_decompression_a_line_says_why(report, open_report, browser):
    context = browser.new_context()
    try:
        context.add_init_script("delete window.DecompressionStream")
        page = context.new_page()
        page.set_content(report)
        page.wait_for_selector(".no-charts .chart-problem", state="visible")
        assert page.locator(".chart").first.is_hidden()
    finally:
        context.close()


def test_structure_for_screen_readers(report, open_report):
    page = open_report(report, charts=2).page
    assert page.locator("html").get_attribute("lang") == "th"
    assert page.locator("h1").count() == 1
    assert page.locator("main, header.title, footer").count() == 3
    names = page.locator("[role=img]").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert names == [LONG, LONG]
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    focusable = "[role=img] :is(a, button, [tabindex]:not([tabindex='-1']))"
    assert page.locator(focusable).count() == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    own = [key for key in ids if key.startswith(("chart", "figure", "section", "content"))]
    assert len(own) == len(set(own))


def test_no_tool_bar_and_no_way_to_upload(report, open_report):
    page = open_report(report, charts=2).page
    assert page.locator(".modebar-btn").count() == 0
    config = json.loads(page.locator("#chart-setup").text_content())["config"]
    assert config["showSendToCloud"] is False
    actual = page.evaluate("document.querySelector('.chart')._context.showSendToCloud")
    assert actual is False
