"""The index of a whole country in a browser: how long until it can be used, and until it answers.

    python benchmarks/index.py [--reports 8300] [--write]

Makes an index of synthetic reports, opens it as a file in Chromium without a network, and types a
search for one agency into it, on N_TIMES fresh pages. ``--write`` puts the result into
docs/benchmarks.md. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from ita_analysis.bench.page import write_section
from ita_analysis.reports.index import IndexEntry, index_html

ROOT = Path(__file__).resolve().parent.parent
N_TIMES = 5
ARGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-quic",
        "--disable-component-update")  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
TYPES = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "องค์การบริหารส่วนจังหวัด")

SEARCH = """async (wanted) => {
  const count = document.getElementById('count');
  const before = count.textContent;
  const search = document.getElementById('search');
  const start = performance.now();
  search.value = wanted;
  search.dispatchEvent(new Event('input', { bubbles: true }));
  while (count.textContent === before) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return [performance.now() - start, document.querySelectorAll('#rows tr').length];
}"""


def entries(n: int) -> list[IndexEntry]:
    """Return n made-up reports of n agencies in 77 provinces."""
    return [
        IndexEntry(
            fiscal_year_be=2566,
            agency_id=f"made-{i}",
            agency_name=f"{TYPES[i % 4]}ตัวอย่าง {i}",
            agency_type=TYPES[i % 4],
            province=f"จังหวัดตัวอย่าง {i % 77}",
            notebook="brief",
            notebook_title="สรุปผลสำหรับผู้บริหาร",
            lang="th",
            state="ok",
            error="",
            href=f"2566/made-{i}/brief.th.html",
            xlsx_href=f"2566/made-{i}/brief.th.xlsx",
            headline=f"ภารกิจที่มีกำหนดเวลาชัดเจน {i % 22} จาก 21 รายการมีหลักฐานว่าทันกำหนด",
            share_on_time_pct=float(i % 22),
            data_kind="synthetic",
        )
        for i in range(n)
    ]


def measure(browser: Any, path: Path, wanted: str) -> tuple[float, float, int]:
    """Return milliseconds until the page can be used, until it answers, and rows of the answer."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("#rows tr")
    opened = 1000 * (time.perf_counter() - start)
    answered, rows = page.evaluate(SEARCH, wanted)
    context.close()
    return opened, answered, rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=8300)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    chromium = os.environ.get("ITA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "index.html"
        path.write_text(index_html(entries(asked.reports)), encoding="utf-8")
        megabytes = path.stat().st_size / 1e6
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGS))
        version = browser.version
        wanted = f"ตัวอย่าง {asked.reports - 1}"
        found = [measure(browser, path, wanted) for _ in range(N_TIMES)]
        browser.close()
    if {rows for _, _, rows in found} != {1}:
        raise SystemExit("the search did not find the one agency that it was to find")
    opened, answered = ([each[i] for each in found] for i in (0, 1))
    section = (
        f"## Index: {asked.reports:,} reports in a browser\n\n"
        f"`python benchmarks/index.py --reports {asked.reports} --write`\n\n"
        f"One index.html of {megabytes:.1f} MB, opened as a file, offline; "
        f"{N_TIMES} fresh pages in Chromium {version}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n\n"
        "| what | median, ms | slowest, ms |\n|---|---:|---:|\n"
        f"| from opening to the first row | {statistics.median(opened):,.0f} "
        f"| {max(opened):,.0f} |\n"
        f"| from typing to the first search result | {statistics.median(answered):,.0f} "
        f"| {max(answered):,.0f} |\n\n"
        "The wait of 60 ms after the last key is part of the second line.\n"
    )
    print(section)
    if asked.write:
        write_section("index", section)


if __name__ == "__main__":
    main()
