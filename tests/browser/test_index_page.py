"""The index in a real browser: search in Thai, filters, order, speed, no network."""

from __future__ import annotations

import pytest

from ita_analysis.reports.index import IndexEntry, index_html

pytestmark = pytest.mark.browser

EVIL = "</script><img src=x onerror=window.ran=1>"
TYPES = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "องค์การบริหารส่วนจังหวัด")


def entry(i, **changes):
    kind = TYPES[i % 3]
    values = {
        "fiscal_year_be": 2566 - i % 2,
        "agency_id": f"example-{i}",
        "agency_name": f"{kind}ตัวอย่าง {i}",
        "agency_type": kind,
        "province": f"จังหวัดตัวอย่าง {i % 5}",
        "notebook": "timeliness",
        "notebook_title": "ทันกำหนดหรือไม่",
        "lang": "th",
        "state": "ok",
        "error": "",
        "href": f"2566/example-{i}/timeliness.th.html",
        "xlsx_href": None,
        "headline": f"{i} จาก 21",
        "share_on_time_pct": None if i == 3 else (i * 7) % 11,
        "change_points": None if i == 4 else float((i * 5) % 12),
        "rating": "ผ่านดี" if i % 3 == 0 else "ผ่าน",
        "data_kind": "synthetic",
    }
    return IndexEntry(**{**values, **changes})


@pytest.fixture
def index(open_report):
    failed = {"state": "failed", "error": f"ข้อมูลผิด {EVIL}", "href": None}
    records = [entry(i, **(failed if i == 7 else {})) for i in range(12)]
    return open_report(index_html(records))


def names(opened):
    return opened.page.locator("#rows th").evaluate_all(
        "all => all.map(e => Number(e.firstChild.textContent.split(' ')[1]))"
    )


def until(opened, expected):
    opened.page.wait_for_function(
        "n => document.querySelectorAll('#rows tr').length === n", arg=expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตัวอย่าง ๑๑", [11]),
        ("อบต. จังหวัดตัวอย่าง 1", [6]),
        ("เทศบาลตำบล 2565", [1, 7]),
        ("EXAMPLE-10", [10]),
        ("ไม่มีที่นี่", []),
    ],
)
def test_search(index, text, expected):
    index.page.fill("#search", text)
    until(index, len(expected))
    assert sorted(names(index)) == expected
    assert index.console == []
    assert index.requests == []


def test_filters_join(index):
    index.page.select_option("#year", "2566")
    index.page.select_option("#type", TYPES[0])
    until(index, 2)
    assert sorted(names(index)) == [0, 6]


def test_failed_reports_are_found_with_their_reason(index):
    index.page.select_option("#state", "failed")
    until(index, 1)
    assert EVIL in index.page.locator("#rows").inner_text()
    assert index.page.locator("#rows a").count() == 0
    assert index.page.evaluate("window.ran") is None


def test_order_by_result_leaves_unknown_last(index):
    index.page.select_option("#order", "share_high")
    index.page.locator("#rows tr:last-child th", has_text=f"{TYPES[0]}ตัวอย่าง 3").wait_for()
    order = names(index)
    values = [(i * 7) % 11 for i in order[:-1]]
    assert order[-1] == 3
    assert values == sorted(values, reverse=True)


def test_order_by_change_leaves_unknown_last(index):
    index.page.select_option("#order", "change_low")
    index.page.locator("#rows tr:last-child th", has_text=f"{TYPES[1]}ตัวอย่าง 4").wait_for()
    order = names(index)
    assert order[-1] == 4
    assert order[:-1] == sorted(order[:-1], key=lambda i: (i * 5) % 12)


def test_filter_by_rating(index):
    index.page.select_option("#rating", "ผ่านดี")
    until(index, 4)
    assert sorted(names(index)) == [0, 3, 6, 9]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_sideways_scroll(open_report, width):
    opened = open_report(index_html([entry(i) for i in range(5)]), width=width)
    assert not opened.page_scrolls_sideways
    assert opened.page.locator("#rows tr").count() == 5


def test_a_whole_country_stays_smooth(open_report):
    opened = open_report(index_html([entry(i) for i in range(8_300)]))
    milliseconds = opened.page.evaluate(
        """async () => {
          const before = document.getElementById('count').textContent;
          const search = document.getElementById('search');
          const start = performance.now();
          search.value = 'ตัวอย่าง 8299';
          search.dispatchEvent(new Event('input', { bubbles: true }));
          while (document.getElementById('count').textContent === before) {
            await new Promise((done) => requestAnimationFrame(done));
          }
          return performance.now() - start;
        }"""
    )
    assert milliseconds < 1_000
    assert names(opened) == [8299]


def test_rows_come_as_they_are_scrolled_to(open_report):
    opened = open_report(index_html([entry(i) for i in range(450)]))
    page = opened.page
    first = page.locator("#rows tr").count()
    assert first < 450
    for _ in range(12):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(60)
    assert page.locator("#rows tr").count() == 450
    assert page.locator("#more").is_hidden()


def test_without_javascript_the_links_are_there(open_report):
    opened = open_report(index_html([entry(i) for i in range(3)]), java_script_enabled=False)
    assert opened.page.locator("#rows a").count() == 3
    assert opened.page.locator("#finder").is_hidden()
