import json
import re
from dataclasses import replace

import pytest

from ita_analysis.reports.index import ROWS_WITHOUT_SCRIPT, IndexEntry, index_html
from ita_analysis.reports.page_policy import csp_hash

OK = IndexEntry(
    fiscal_year_be=2566,
    agency_id="example",
    agency_name="องค์การบริหารส่วนตำบลตัวอย่าง",
    agency_type="อบต.",
    province="จังหวัดตัวอย่าง",
    notebook="timeliness",
    notebook_title="ทันกำหนดหรือไม่",
    lang="th",
    state="ok",
    error="",
    href="2566/example/timeliness.th.html",
    xlsx_href="2566/example/timeliness.th.xlsx",
    headline="5 จาก 21 รายการ",
    share_on_time_pct=0.238,
    data_kind="synthetic",
)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def data_of(html):
    return json.loads(re.search(r'id="index-data">(.*?)</script>', html, re.DOTALL)[1])


def test_languages_of_one_report_share_a_line():
    english = replace(OK, lang="en", href="2566/example/timeliness.en.html", notebook_title="T")
    html = index_html([english, OK])
    assert len(data_of(html)["rows"]) == 1
    body = html.split('<tbody id="rows">')[1].split("</tbody>")[0]
    assert body.count("<tr>") == 1
    assert re.findall(r'href="([^"]*)"', body) == [OK.href, english.href, OK.xlsx_href]
    assert ">ทันกำหนดหรือไม่</a>" in body


def test_a_failed_report_is_listed_with_its_reason():
    failed = replace(OK, state="failed", error="ข้อมูลผิด", href=None, xlsx_href=None)
    html = index_html([failed])
    body = html.split('<tbody id="rows">')[1].split("</tbody>")[0]
    assert "ข้อมูลผิด" in body
    assert "<a " not in body


def test_without_script_a_limited_list_stands_in_the_page():
    many = [replace(OK, agency_id=f"a-{i}") for i in range(ROWS_WITHOUT_SCRIPT + 50)]
    html = index_html(many)
    assert html.count('<th scope="row">') == ROWS_WITHOUT_SCRIPT
    assert len(data_of(html)["rows"]) == ROWS_WITHOUT_SCRIPT + 50
    assert f"{ROWS_WITHOUT_SCRIPT + 50}" in html.split("<noscript>")[2]


def test_newest_year_first():
    html = index_html([replace(OK, fiscal_year_be=2565), OK])
    assert [row[1] for row in data_of(html)["rows"]] == [2566, 2565]


def test_hostile_names_stay_text():
    fields = ("agency_name", "agency_type", "province", "notebook_title", "headline", "error")
    html = index_html([replace(OK, state="failed", **dict.fromkeys(fields, EVIL))])
    outside = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert "<img" not in outside
    assert html.count("<script") == 2
    assert data_of(html)["agencies"][0][0] == EVIL


@pytest.mark.parametrize(
    "href",
    ["https://x", "//x", "/etc/passwd", "../x", "a/../../x", "javascript:alert(1)", "a\\b", ""],
)
def test_only_relative_addresses(href):
    with pytest.raises(ValueError, match="relative"):
        index_html([replace(OK, href=href)])


def test_policy_allows_exactly_its_script():
    html = index_html([OK])
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 1
    assert f"script-src {csp_hash(scripts[0])};" in html


def test_short_names_are_found():
    assert "อบต." in data_of(index_html([replace(OK, agency_type="")]))["agencies"][0][3]


def test_no_reports_yet():
    assert data_of(index_html([]))["rows"] == []


def test_same_records_same_page():
    assert index_html([OK]) == index_html(iter([OK]))
