"""Small data, small notebooks, and a process that runs the batch with faults put into it.

The short form runs in a few minutes. The full form is one command, and writes its figures into
docs/benchmarks.md: ``ITA_FAULTS=full pytest tests/faults``.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty import FULL, TALLY, Forker  # type: ignore[import-not-found]

from ita_analysis.bench.page import write_section
from ita_analysis.register.model import AgencyHead, Measure, Register
from ita_analysis.register.store import save_register

N_TALLIES = 6
"""Tests that have figures for the page."""

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"


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
    """Return a function that shows a line at once, in the full form only: it takes long."""
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
