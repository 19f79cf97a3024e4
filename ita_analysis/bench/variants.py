"""The ways of making the same reports, each timed report by report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ita_analysis.batch.job import Job
from ita_analysis.batch.run import run
from ita_analysis.batch.wishes import Wishes
from ita_analysis.bench.clock import Clock
from ita_analysis.engine.current import stop_zygotes


class BenchFailedError(Exception):
    """A way did not make its reports, so that its time says nothing."""


@dataclass(frozen=True)
class Timing:
    """How long a way took.

    Attributes:
        name: Key of the way.
        n_reports: Reports made.
        set_up: Seconds until the first report was done, less the time of one report.
        seconds: Median of the seconds per report, of ours after a third of them.
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
        taken = []
        for agency in ground.agencies:
            start = time.monotonic()
            executed = f"{folder}/{agency}.ipynb"
            words = ["papermill", str(ground.notebook), executed, "--no-progress-bar"]
            words += ["-p", "agency_id", agency, "-p", "fiscal_year", str(ground.fiscal_year_be)]
            _call([sys.executable, "-m", *words], env, folder)
            if convert:
                _call([sys.executable, "-m", "nbconvert", "--to", "html", executed], env, folder)
            taken.append(time.monotonic() - start)
    return Timing(name, len(ground.agencies), 0.0, median(taken))


def _call(words: list[str], env: dict[str, str], cwd: str) -> None:
    done = subprocess.run(words, env=env, cwd=cwd, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise BenchFailedError(done.stderr.decode("utf-8", "replace")[-2000:])


def engine_with_saves(ground: Ground) -> Timing:
    """Run papermill's API with the engine ``warm``, saving after every cell as it does itself."""
    from papermill.execute import execute_notebook  # noqa: PLC0415 - a second, for this way only

    clock = Clock()
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
    return _timing("engine", clock, 1)


def our_run(ground: Ground, name: str, engine: str, jobs: int) -> Timing:
    """Make the reports as ``ita run`` does, in this process or in several."""
    out = Path(tempfile.mkdtemp(prefix="ita-bench-"))
    clock = Clock()
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
    return _timing(name, clock, jobs)


def _timing(name: str, clock: Clock, jobs: int) -> Timing:
    """Return the seconds per report once all processes are warm: after a third of them."""
    n = len(clock.ticks)
    seconds = clock.median_seconds(min(n - jobs, max(jobs, n // 3)), jobs)
    first, last = clock.memory[min(1, n - 1)], clock.memory[-1]
    growth = round(last - first, 1) if first is not None and last is not None else None
    return Timing(name, n, max(0.0, clock.ticks[0] - seconds), seconds, growth)
