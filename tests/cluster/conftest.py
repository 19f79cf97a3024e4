"""Small data, a notebook that waits in the middle, and a cluster to make its reports on."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from machines import Machines  # type: ignore[import-not-found]

from ita_analysis.batch.job import Job
from ita_analysis.batch.manifest import Record
from ita_analysis.batch.plan import Task
from ita_analysis.batch.wishes import Wishes
from ita_analysis.engine.current import stop_zygotes
from ita_analysis.register.model import AgencyHead, Measure, Register
from ita_analysis.register.store import save_register

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"
AGENCIES = tuple(f"example-{number}" for number in range(1, 5))

_WAIT = """
import os, pathlib, time
mark = pathlib.Path({mark!r})
if agency_id == {agency!r} and not mark.exists():
    mark.with_suffix(".part").write_text(str(os.getpid()))
    mark.with_suffix(".part").rename(mark)
    time.sleep(600)
"""


@dataclass
class Listener:
    """Keeps what it is told."""

    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def begin(self, n_reports: int, n_current: int) -> None: ...

    def starting(self, task: Task) -> None: ...

    def done(self, record: Record) -> None:
        self.records.append(record)

    def note(self, line: str) -> None:
        self.notes.append(line)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_LANG", "en")


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A cluster for many tests, each of which asks for as many workers as it needs."""
    with started(tmp_path_factory.mktemp("machines")) as machines:
        yield machines


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Machines]:
    """A cluster for one test alone, with no worker yet."""
    folder = tmp_path / "machines"
    folder.mkdir()
    with started(folder) as machines:
        yield machines


@contextmanager
def started(folder: Path) -> Iterator[Machines]:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    if sys.platform != "linux":
        pytest.skip("looks at processes in /proc")
    machines = Machines(folder)
    try:
        yield machines
    finally:
        machines.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with four invented agencies."""
    data = tmp_path / "data"
    register = Register(
        agency=AgencyHead(name_th="หน่วยงานตัวอย่าง"),
        fiscal_year_be=2566,
        round_months=12,
        measures=(Measure(measure_no=1, title_th="มาตรการ"),),
    )
    for name in AGENCIES:
        save_register(register, data / "registers" / name / "2566", name)
    head = "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
    rows = "".join(f"{name},หน่วยงานตัวอย่าง,{name},อบต.,,\n" for name in AGENCIES)
    (data / "agencies.csv").write_text(head + rows, encoding="utf-8-sig")
    return data


@pytest.fixture
def make_job(tmp_path: Path, data: Path) -> Callable[..., Job]:
    """Return a function that makes a job with the notebook ``good`` for all agencies."""

    def make(name: str, waits_for: str = "", **more: object) -> Job:
        folder = tmp_path / f"notebooks-{name}"
        folder.mkdir()
        shutil.copy(NOTEBOOKS / "good.ipynb", folder)
        if waits_for:
            path = folder / "good.ipynb"
            content = json.loads(path.read_text(encoding="utf-8"))
            mark = str(tmp_path / f"{name}.mark")
            source = "".join(content["cells"][1]["source"])
            content["cells"][1]["source"] = _WAIT.format(mark=mark, agency=waits_for) + source
            path.write_text(json.dumps(content), encoding="utf-8")
        return Job(data, folder, tmp_path / name, Wishes(), timeout=120, **more)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session", autouse=True)
def no_zygote_left() -> Iterator[None]:
    yield
    if hasattr(os, "fork"):
        stop_zygotes()
