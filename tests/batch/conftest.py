"""A small data folder with invented agencies, and folders of tiny notebooks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ita_analysis.batch.job import Job
from ita_analysis.batch.manifest import Record
from ita_analysis.batch.plan import Task
from ita_analysis.batch.wishes import Wishes
from ita_analysis.register.model import AgencyHead, Measure, Register
from ita_analysis.register.store import save_register

NOTEBOOKS = Path(__file__).parent / "notebooks"
AGENCIES = ("example-one", "example-two")


class Recorder:
    """A listener that keeps what it was told."""

    def __init__(self) -> None:
        self.n_reports = self.n_current = -1
        self.started: list[str] = []
        self.records: list[Record] = []
        self.notes: list[str] = []

    def begin(self, n_reports: int, n_current: int) -> None:
        self.n_reports, self.n_current = n_reports, n_current

    def starting(self, task: Task) -> None:
        self.started.append(task.key)

    def done(self, record: Record) -> None:
        self.records.append(record)

    def note(self, line: str) -> None:
        self.notes.append(line)


def add_register(data: Path, agency_id: str, year: int, n_measures: int = 2) -> Path:
    folder = data / "registers" / agency_id / str(year)
    measures = tuple(
        Measure(measure_no=number, title_th=f"มาตรการที่ {number}")
        for number in range(1, n_measures + 1)
    )
    register = Register(
        agency=AgencyHead(name_th="หน่วยงานตัวอย่าง"),
        fiscal_year_be=year,
        round_months=12,
        measures=measures,
    )
    save_register(register, folder, agency_id)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two invented agencies, the first with two years."""
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [f"{agency},หน่วยงานตัวอย่าง {agency},{agency},อบต.,," for agency in AGENCIES]
    head = "agency_id,name_th,name_en,agency_type,district_th,province_th"
    (folder / "agencies.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    add_register(folder, "example-one", 2565)
    add_register(folder, "example-one", 2566)
    add_register(folder, "example-two", 2566)
    return folder


@pytest.fixture
def notebooks(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a folder of the named fixture notebooks."""

    def make(*names: str) -> Path:
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder)
        return folder

    return make


@pytest.fixture
def make_job(tmp_path: Path, data: Path, notebooks: Callable[..., Path]) -> Callable[..., Job]:
    """Return a function that makes a job for one agency and year with the named notebooks."""

    def make(
        names: Sequence[str],
        agencies: tuple[str, ...] = ("example-one",),
        langs: tuple[str, ...] = ("th",),
        timeout: float = 60,
        retries: int = 0,
        **more: object,
    ) -> Job:
        wishes = Wishes(years=((2566, 2566),), agencies=agencies, langs=langs)
        out = tmp_path / "reports"
        return Job(data, notebooks(*names), out, wishes, timeout=timeout, retries=retries, **more)  # type: ignore[arg-type]

    return make


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()
