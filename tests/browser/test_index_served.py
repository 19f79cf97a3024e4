"""The index behind a web server, in a subfolder, with a report that is opened from it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.reports.index import IndexEntry, index_html

pytestmark = pytest.mark.browser
HREF = "2566/example-one/brief.th.html"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: what the browser asks for is looked at in the browser."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Address of an index two folders below a web server's root."""
    out = tmp_path / "สาธารณะ" / "ita reports"
    report = out / HREF
    report.parent.mkdir(parents=True)
    report.write_text("<!DOCTYPE html><meta charset=utf-8><h1>ถึงแล้ว</h1>", encoding="utf-8")
    entry = IndexEntry(
        fiscal_year_be=2566,
        agency_id="example-one",
        agency_name="หน่วยงานตัวอย่าง",
        agency_type="อบต.",
        province="ตัวอย่าง",
        notebook="brief",
        notebook_title="สรุป",
        lang="th",
        state="ok",
        error="",
        href=HREF,
        xlsx_href=None,
        headline="5 จาก 21",
        share_on_time_pct=23.8,
        data_kind="synthetic",
    )
    (out / "index.html").write_text(index_html([entry]), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    folder = "%E0%B8%AA%E0%B8%B2%E0%B8%98%E0%B8%B2%E0%B8%A3%E0%B8%93%E0%B8%B0/ita%20reports"
    yield f"http://127.0.0.1:{server.server_port}/{folder}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_from_a_subfolder_of_a_web_server(address: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.fill("#search", "ตัวอย่าง")
    page.locator("#rows a").first.click()
    page.wait_for_selector("h1:has-text('ถึงแล้ว')")
    asked = [each for each in asked if not each.startswith("data:")]
    assert asked[0] == address
    root = "/".join(address.split("/", maxsplit=3)[:3])
    assert set(asked[1:]) <= {f"{address}{HREF}", f"{root}/favicon.ico"}
    assert f"{address}{HREF}" in asked
    assert [each for each in said if "favicon" not in each and "404" not in each] == []
    context.close()
