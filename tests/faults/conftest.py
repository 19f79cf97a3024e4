"""Small data, small notebooks, and a process that runs the batch with faults put into it.

The short form runs in a few minutes. The full form is one command, and writes its figures into
docs/benchmarks.md: ``ITA_FAULTS=full pytest tests/faults``.
"""

from __future__ import annotations

import json
import os
import pickle
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.batch.job import Job
from ita_analysis.batch.wishes import Wishes
from ita_analysis.bench.page import write_section
from ita_analysis.register.model import AgencyHead, Measure, Register
from ita_analysis.register.store import save_register

N_TALLIES = 6
"""Tests that have figures for the page."""

FULL = os.environ.get("ITA_FAULTS") == "full"
TALLY: dict[str, str] = {}
"""What a test tried -> how often, and what came of it; for the page of the full form."""

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"


class Forker:
    """Runs jobs with faults, each in a process of its own.

    Attributes:
        pid: Process number of the helper; its children are the runs.
    """

    def __init__(self) -> None:
        words = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("forker.py"))]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid
        self._answer()

    def run(self, job: Job, kind: str = "none", at: int = 0, after: float = 0) -> dict[str, int]:
        request = {"job": pickle.dumps(job).hex(), "fault": {"kind": kind, "at": at}}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**request, "after": after}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, int]:
        assert self._process.stdout is not None
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="session")
def forkers() -> Iterator[list[Forker]]:
    if not hasattr(os, "fork"):
        pytest.skip("forks its runs")
    forkers = [Forker() for _ in range(2 if FULL else 1)]
    yield forkers
    for forker in forkers:
        forker.close()


@pytest.fixture
def forker(forkers: list[Forker]) -> Forker:
    return forkers[0]


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that shows a line at once, in the full form only: it takes an hour."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    return reporter.write_line if FULL and reporter else lambda line: None


@pytest.fixture(scope="session", autouse=True)
def page(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the figures of the full form, if all of it was run and passed."""
    start = time.monotonic()
    yield
    if not FULL or request.session.testsfailed or len(TALLY) < N_TALLIES:
        return
    lines = "".join(f"| {what} | {came} |\n" for what, came in TALLY.items())
    minutes = (time.monotonic() - start) / 60
    write_section(
        "faults",
        "## Faults put in on purpose\n\n`ITA_FAULTS=full pytest tests/faults`\n\n"
        f"Real runs of two reports each, the kernels' of one; {minutes:.0f} minutes on Python "
        f"{platform.python_version()}, {platform.system()} {platform.machine()}.\n\n"
        f"| tried | came of it |\n|---|---|\n{lines}",
    )


@pytest.fixture(scope="session")
def make_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return a function that makes a data folder with some invented agencies."""

    def make(n_agencies: int) -> Path:
        data = tmp_path_factory.mktemp("data")
        names = [f"example-{number:02d}" for number in range(n_agencies)]
        head = "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
        rows = "".join(f"{name},หน่วยงานตัวอย่าง,{name},อบต.,,\n" for name in names)
        (data / "agencies.csv").write_text(head + rows, encoding="utf-8-sig")
        register = Register(
            agency=AgencyHead(name_th="หน่วยงานตัวอย่าง"),
            fiscal_year_be=2566,
            round_months=12,
            measures=(Measure(measure_no=1, title_th="มาตรการ"),),
        )
        for name in names:
            save_register(register, data / "registers" / name / "2566", name)
        return data

    return make


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a folder with the notebook ``good``, one cell of it spoilt."""

    def make(
        spoil: Callable[[list[dict[str, Any]]], None] | None = None, name: str = "notebooks"
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        shutil.copy(NOTEBOOKS / "good.ipynb", folder)
        path = folder / "good.ipynb"
        content = json.loads(path.read_text(encoding="utf-8"))
        if spoil:
            spoil(content["cells"])
        path.write_text(json.dumps(content), encoding="utf-8")
        return folder

    return make


def job_of(data: Path, notebooks: Path, out: Path, **more: Any) -> Job:
    return Job(data, notebooks, out, Wishes(), **{"retries": 0, "timeout": 60, **more})


def files_of(out: Path) -> dict[str, bytes]:
    """Return what readers find: everything but the manifest and the run's own folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and ".ita" not in path.parts
        and path.name != "manifest.json"
        and not path.name.endswith(".ita-part")
    }


def some(numbers: Sequence[int], n_short: int) -> list[int]:
    """Return all numbers in the full form, some that are spread evenly in the short one."""
    if FULL or len(numbers) <= n_short:
        return list(numbers)
    step = (len(numbers) - 1) / (n_short - 1)
    return sorted({numbers[round(index * step)] for index in range(n_short)})


def side_by_side(
    forkers: Sequence[Forker], numbers: Sequence[int], check: Callable[[Forker, int], None]
) -> None:
    """Check all numbers, each forker its share of them."""

    def share(at: int) -> None:
        for number in numbers[at :: len(forkers)]:
            check(forkers[at], number)

    with ThreadPoolExecutor(len(forkers)) as pool:
        list(pool.map(share, range(len(forkers))))


def wait_until(check: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
