"""Accessibility of every report and of the index, in Thai and English, by axe-core.

axe-core comes from npm and is used in tests only. Install it as ``.ci/run`` does:

    npm install --prefix .cache/axe axe-core@VERSION    (VERSION: tests/browser/axe/package.json)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.reports.export import count_charts
from tests.browser.conftest import missing

ROOT = Path(__file__).parents[2]
WANTED = json.loads((Path(__file__).parent / "axe" / "package.json").read_text("utf-8"))
VERSION = WANTED["dependencies"]["axe-core"]
AXE = ROOT / ".cache" / "axe" / "node_modules" / "axe-core"
MANY, REAL, LITTLE = ("example-agency", 2566), ("nakhai-ubon", 2566), ("khao-tok", 2562)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
BAD = ("serious", "critical")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's script, of the version that package.json names."""
    about = AXE / "package.json"
    if not about.is_file() or json.loads(about.read_text("utf-8"))["version"] != VERSION:
        missing(f"axe-core {VERSION} (npm install --prefix .cache/axe axe-core@{VERSION})")
    return (AXE / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report of an agency with much, one with some and one with next to no data."""
    home = tmp_path_factory.mktemp("accessible")
    words = [sys.executable, "-m", "ita_analysis", "run", "--data", str(ROOT / "data"), "--out",
             str(home / "out"), "--notebooks-dir", str(ROOT / "notebooks"), "--lang", "th",
             "--lang", "en"]  # fmt: skip
    for agency, year in (MANY, REAL, LITTLE):
        words += ["--agency", agency, "--year", str(year)]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, encoding="utf-8", cwd=home,
        env={**os.environ, "PYTHONUTF8": "1"}, timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return home / "out"


def faults(page: Any, axe: str) -> list[str]:
    """Every serious and critical fault that axe finds, with the element and the reason."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("(tags) => axe.run({ runOnly: { type: 'tag', values: tags } })", RULES)
    assert found["passes"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in BAD
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["desk-light", "phone-dark"]
)
def test_no_serious_fault(
    axe: str, reports: Path, open_report: Callable[..., Any], width: int, scheme: str
) -> None:
    pages = sorted(reports.rglob("*.html" if scheme == "light" else "*.th.html"))
    names = {path.name for path in pages}
    for notebook in ("brief", "timeliness", "compare_years", "indicator_improvement"):
        assert f"{notebook}.th.html" in names
    assert scheme == "dark" or {"brief.en.html", "index.html"} <= names
    wrong = {}
    for path in pages:
        html = path.read_text(encoding="utf-8")
        # the policy would keep axe out; it does not change what axe looks at
        more = {"width": width, "color_scheme": scheme, "bypass_csp": True}
        opened = open_report(html, charts=count_charts(html) or None, **more)
        found = faults(opened.page, axe)
        if found:
            wrong[path.relative_to(reports).as_posix()] = found
        opened.page.close()
    assert wrong == {}


def test_axe_finds_what_is_wrong(axe: str, open_report: Callable[..., Any]) -> None:
    page = "<html><head><title>x</title></head><body><img src='data:,'><p>x</p></body></html>"
    found = faults(open_report(page, bypass_csp=True).page, axe)
    assert any(each.startswith("image-alt") for each in found)
    assert any(each.startswith("html-has-lang") for each in found)
