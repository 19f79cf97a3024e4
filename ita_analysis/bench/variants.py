"""The ways of making the same reports, each timed report by report."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from ita_analysis.batch.job import Job
from ita_analysis.batch.manifest import Record
from ita_analysis.batch.plan import Task
from ita_analysis.batch.run import run
from ita_analysis.batch.wishes import Wishes
from ita_analysis.engine.current import stop_zygotes, zygote_pids


class BenchFailedError(Exception):
    """A way did not make its reports, so that its time says nothing."""


@dataclass(frozen=True)
class Timing:
    """How long a way took.

    Attributes:
        name: Key of the way.
        n_reports: Reports made.
        set_up: Seconds until the first report was done, less the time of one report.
        seconds: Seconds per report, after a third of them.
        growth_mb: Resident memory that runner and zygote gained from the second report to the
            last; None where it was not measured.
    """

    name: str
    n_reports: int
    set_up: float
    seconds: float
    growth_mb: float | None = None


@dataclass(frozen=True)
class Ground:
    """What all ways work on.

    Attributes:
        data: The data folder.
        notebook: The notebook.
        fiscal_year_be: The year.
        agencies: Ids of the agencies, one report each.
    """

    data: Path
    notebook: Path
    fiscal_year_be: int
    agencies: tuple[str, ...]


def stock_commands(ground: Ground, convert: bool = True) -> Timing:
    """Run the papermill and nbconvert commands for each agency; each pays for its own start."""
    name = "commands" if convert else "command-papermill"
    env = {**os.environ, "ITA_DATA": str(ground.data), "JUPYTER_PREFER_ENV_PATH": "1"}
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        for agency in ground.agencies:
            executed = f"{folder}/{agency}.ipynb"
            words = ["papermill", str(ground.notebook), executed, "--no-progress-bar"]
            words += ["-p", "agency_id", agency, "-p", "fiscal_year", str(ground.fiscal_year_be)]
            _call([sys.executable, "-m", *words], env, folder)
            if convert:
                _call([sys.executable, "-m", "nbconvert", "--to", "html", executed], env, folder)
        seconds = (time.monotonic() - start) / len(ground.agencies)
    return Timing(name, len(ground.agencies), 0.0, seconds)


def _call(words: list[str], env: dict[str, str], cwd: str) -> None:
    done = subprocess.run(words, env=env, cwd=cwd, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise BenchFailedError(done.stderr.decode("utf-8", "replace")[-2000:])


def engine_with_saves(ground: Ground) -> Timing:
    """Run papermill's API with the engine ``warm``, saving after every cell as it does itself."""
    from papermill.execute import execute_notebook  # noqa: PLC0415 - a second, for this way only

    clock = _Clock()
    before = os.environ.get("ITA_DATA")
    os.environ["ITA_DATA"] = str(ground.data)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for agency in ground.agencies:
                given = {"agency_id": agency, "fiscal_year": ground.fiscal_year_be}
                execute_notebook(
                    str(ground.notebook),
                    f"{folder}/{agency}.ipynb",
                    parameters=given,
                    engine_name="warm",
                    kernel_name="python3",
                    progress_bar=False,
                    cwd=folder,
                )
                clock.tick()
    finally:
        if before is None:
            del os.environ["ITA_DATA"]
        else:
            os.environ["ITA_DATA"] = before
        stop_zygotes()
    return clock.timing("engine", 1)


def our_run(ground: Ground, name: str, engine: str, jobs: int) -> Timing:
    """Make the reports as ``ita run`` does, in this process or in several."""
    out = Path(tempfile.mkdtemp(prefix="ita-bench-"))
    clock = _Clock()
    wishes = Wishes(
        years=((ground.fiscal_year_be, ground.fiscal_year_be),),
        agencies=ground.agencies,
        notebooks=(ground.notebook.stem,),
    )
    job = Job(ground.data, ground.notebook.parent, out, wishes, engine=engine, jobs=jobs, retries=0)
    try:
        outcome = run(job, clock)
    finally:
        stop_zygotes()
        shutil.rmtree(out, ignore_errors=True)
    if outcome.failed:
        raise BenchFailedError(outcome.failed[0].error)
    return clock.timing(name, jobs)


@dataclass
class _Clock:
    """A listener that notes when reports are done, and the memory of runner and zygote then."""

    start: float = field(default_factory=time.monotonic)
    ticks: list[float] = field(default_factory=list)
    memory: list[float | None] = field(default_factory=list)

    def begin(self, n_reports: int, n_current: int) -> None:
        """Take note of nothing."""

    def starting(self, task: Task) -> None:
        """Take note of nothing."""

    def done(self, record: Record) -> None:
        """Take note of the time."""
        self.tick()

    def note(self, line: str) -> None:
        """Take note of nothing."""

    def tick(self) -> None:
        self.ticks.append(time.monotonic() - self.start)
        self.memory.append(_memory_mb([os.getpid(), *zygote_pids()]))

    def timing(self, name: str, jobs: int) -> Timing:
        """Return the seconds per report once all processes are warm: after a third of them."""
        skipped = max(jobs, len(self.ticks) // 3)
        later = len(self.ticks) - skipped
        since = self.ticks[skipped - 1] if later > 0 else 0.0
        seconds = (self.ticks[-1] - since) / (later if later > 0 else len(self.ticks))
        first, last = self.memory[min(1, len(self.memory) - 1)], self.memory[-1]
        growth = round(last - first, 1) if first is not None and last is not None else None
        return Timing(name, len(self.ticks), max(0.0, self.ticks[0] - seconds), seconds, growth)


def _memory_mb(pids: list[int]) -> float | None:
    """Return the resident memory of processes; None where the system does not tell (not Linux)."""
    total = 0
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024
