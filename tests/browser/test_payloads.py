"""Hostile text through every way in and the whole chain, as it reaches a reader's browser.

A data folder that bears fifty payloads in each of ten places is made into all reports and the index
by the command itself; the files are opened in Chromium. Several payloads share a report, so that
this takes seconds.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from ita_analysis.register.agencies import Agency
from ita_analysis.register.model import AgencyHead, Measure, Obligation, Register, Source
from ita_analysis.register.store import save_register
from ita_analysis.reports.export import count_charts
from tests.browser.hostile import PAYLOADS

ROOT = Path(__file__).parents[2]
YEAR = 2566
HALF = len(PAYLOADS) // 2
AGENCIES = {"hostile-one": PAYLOADS[:HALF], "hostile-two": PAYLOADS[HALF:]}
N_ITEMS = 43
PLAIN = [" ".join(each.split()) for each in PAYLOADS]
SKIP = "ข้ามไปยังเนื้อหา"
SCORE_COLUMNS = (
    "agency_id",
    "agency_name_th",
    "fiscal_year_be",
    "level",
    "code",
    "score_pct",
    "published_rating",
    "data_kind",
    "source",
)
NOTEBOOKS = ("brief", "timeliness", "compare_years", "indicator_improvement")
pytestmark = pytest.mark.browser

SCAN = """() => {
  document.querySelectorAll('details').forEach((each) => { each.open = true; });
  const all = [...document.querySelectorAll('*')];
  return {
    ran: window.ran === undefined ? null : window.ran,
    handlers: all.filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length,
    links: all.filter((e) => [...e.attributes].some((a) => /^\\s*javascript:/i.test(a.value)))
      .length,
    foreign: document.querySelectorAll('img, iframe, object, embed, video, base, '
      + 'form:not(#finder), body link:not([rel=icon])').length,
    scripts: document.querySelectorAll('script:not([type])').length,
    refresh: document.querySelectorAll('meta[http-equiv=refresh i]').length,
    text: document.body.innerText,
  };
}"""


def measure(number: int, payload: str) -> Measure:
    """One measure that bears the payload wherever a document's words stand."""
    words = {
        name: f"{payload} {name}"
        for name in ("title_th", "steps_th", "monitoring_th", "result_th", "published_phrase_th")
    }
    return Measure(
        measure_no=number,
        tool="OIT",
        indicator_no=10,
        sub_indicator="10.2",
        responsible_units_th=(f"{payload} unit",),
        published_date=dt.date(2023, 3, 1) if number % 2 else None,
        outcome_th=f"ข้อมูลจาก{payload} outcome",
        obligations=(
            Obligation(
                obligation_no=1,
                actor="officer",
                kind="due",
                due_date=dt.date(2023, 1, 31),
                phrase_th=f"{payload} phrase",
                task_th=f"{payload} task",
            ),
        ),
        **words,
    )


def write_rules(folder: Path) -> None:
    """The year's rules, with a payload as the title of every item."""
    rules = yaml.safe_load((ROOT / "data" / "frameworks" / f"{YEAR}.yml").read_text("utf-8"))
    for number, item in enumerate(rules["items"]["entries"]):
        item["title_th"] = f"{PAYLOADS[number % len(PAYLOADS)]} item"
    folder.mkdir()
    text = yaml.safe_dump(rules, allow_unicode=True)
    (folder / f"{YEAR}.yml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "data" / "frameworks" / f"{YEAR - 1}.yml", folder)


def write_csv(path: Path, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over the hostile data folder."""
    home = tmp_path_factory.mktemp("hostile")
    data = home / "data"
    shutil.copytree(
        ROOT / "data", data, ignore=shutil.ignore_patterns("registers", "scores", "fra*")
    )
    write_rules(data / "frameworks")
    agencies: list[list[object]] = [list(Agency.model_fields)]
    scores: list[list[object]] = [list(SCORE_COLUMNS)]
    for agency_id, payloads in AGENCIES.items():
        name = " ".join(payloads)
        agencies.append([agency_id, name, name, name, name, name])
        register = Register(
            agency=AgencyHead(name_th=name),
            fiscal_year_be=YEAR,
            round_months=12,
            measures=tuple(measure(n, each) for n, each in enumerate(payloads, 1)),
            source=Source(file_name=f"{name} file"),
        )
        save_register(register, data / "registers" / agency_id / str(YEAR), agency_id)
        rest = ["", "agency", f"{name} source"]
        # an earlier year, without which there is nothing to compare
        scores.append([agency_id, name, YEAR - 1, "overall", "overall", "80.00", *rest])
        scores += [[agency_id, name, YEAR, "indicator", no, 80 + no, *rest] for no in range(1, 9)]
        scores += [
            [agency_id, name, YEAR, "item", f"o{n}", 0, *rest] for n in range(1, N_ITEMS + 1)
        ]
    write_csv(data / "agencies.csv", agencies)
    (data / "scores").mkdir()
    write_csv(data / "scores" / "hostile.csv", scores)
    words = [sys.executable, "-m", "ita_analysis", "run", "--data", str(data), "--out",
             str(home / "out"), "--notebooks-dir", str(ROOT / "notebooks")]  # fmt: skip
    words += [word for name in NOTEBOOKS for word in ("--notebook", name)]
    words += ["--year", str(YEAR)]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, encoding="utf-8",
        cwd=home, env={**os.environ, "PYTHONUTF8": "1", "ITA_LANG": "en"}, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return home / "out"


def test_fifty_payloads_are_all_different() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 50


def pages(out: Path) -> list[Path]:
    return sorted(out.rglob("*.html"))


def test_every_report_and_the_index_is_there(reports: Path) -> None:
    assert len(pages(reports)) == len(AGENCIES) * len(NOTEBOOKS) + 1


def test_every_file_has_the_policy(reports: Path) -> None:
    for path in pages(reports):
        head = path.read_text(encoding="utf-8")[:2000]
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head)
        assert policy, path.name
        assert policy[1].startswith("default-src &#x27;none&#x27;") or policy[1].startswith(
            "default-src 'none'"
        )


def test_nothing_runs_nothing_is_asked_for_and_all_of_it_is_text(
    reports: Path, open_report: Callable[..., Any]
) -> None:
    texts = {}
    for path in pages(reports):
        html = path.read_text(encoding="utf-8")
        opened = open_report(html, charts=count_charts(html) or None)
        if opened.drawn:
            opened.page.locator(".chart .nsewdrag").first.hover()
        found = opened.page.evaluate(SCAN)
        texts[path.relative_to(reports).as_posix()] = " ".join(found.pop("text").split())
        scripts = found.pop("scripts")
        assert found == {"ran": None, "handlers": 0, "links": 0, "foreign": 0, "refresh": 0}, path
        # the page's own: plotly and the one that draws; in the index, the one that searches
        assert scripts == (2 if count_charts(html) else 1 if path.name == "index.html" else 0), path
        assert (opened.console, opened.requests) == ([], []), path
    for agency, payloads in AGENCIES.items():
        base = f"{YEAR}/{agency}"
        timeliness = texts[f"{base}/timeliness.th.html"]
        improvement = texts[f"{base}/indicator_improvement.th.html"]
        check_rows(timeliness, improvement, [" ".join(each.split()) for each in payloads])
        once = " ".join(" ".join(payloads).split())
        assert f"{once} file" in timeliness
        assert f"{once} source" in improvement
        assert all(text.startswith(f"{SKIP} {once}") for text in (timeliness, improvement))
        assert once in texts["index.html"]


def check_rows(timeliness: str, improvement: str, payloads: list[str]) -> None:
    """What stands in rows stands there as it was written, payload by payload."""
    titles = [each for each in payloads if f"{each} title_th" in timeliness]
    phrases = [each for each in payloads if f"{each} phrase" in timeliness]
    assert titles == phrases == payloads
    # a register joins several units with semicolons
    units = [each for each in payloads if ";" not in each]
    assert [each for each in units if f"{each} unit" in timeliness] == units
    # an outcome is shown by the words that decide its class: up to a blank or a bracket
    words = [f"ข้อมูลจาก{re.split('[ ()]', each)[0]}" for each in payloads]
    assert [word for word in words if word in timeliness] == words
    # there are 43 items for fifty payloads
    titled = [each for each in payloads if PLAIN.index(each) < N_ITEMS]
    assert [each for each in titled if f"{each} item" in improvement] == titled


def test_tables_hold_no_formula(reports: Path) -> None:
    books = list(reports.rglob("*.xlsx"))
    assert books
    for path in books:
        book = load_workbook(path)
        for sheet in book.worksheets:
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            assert "f" not in kinds, (path, sheet.title)
    for path in reports.rglob("*.csv"):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "@"))], path
