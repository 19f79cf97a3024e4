"""What a run is to do, and what of it is due."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from ita_analysis.batch.fingerprint import InputFile, Inputs
from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.plan import Task
from ita_analysis.batch.wishes import Wishes, unknown
from ita_analysis.errors import UsageError
from ita_analysis.texts import fault

DEFAULT_ENGINE = "warm" if hasattr(os, "fork") else "stock"
"""``stock`` is papermill's own engine: a new Python for every report; ``warm`` forks kernels."""

ENGINE_NAMES = ("warm", "stock")

MOST_ATTEMPTS = 3
"""Attempts at a report whose failure may pass: a dead kernel, a timeout, a disk that refuses."""

REPORT_SECONDS = 300.0
"""Seconds that one report may take in its kernel."""


def choose_engine(named: str | None) -> str:
    """Return the engine asked for, or the default of this system.

    Raises:
        UsageError: There is no engine of this name.
    """
    if named is not None and named not in ENGINE_NAMES:
        raise UsageError(unknown("unknown_engine", named, ENGINE_NAMES))
    return named or DEFAULT_ENGINE


def choose_scheduler(named: str | None, jobs: int | None) -> str | None:
    """Return the address of the cluster's scheduler; None where none was asked for.

    Raises:
        UsageError: Processes of this machine were asked for too, or Dask is not installed.
    """
    if named is not None and jobs is not None:
        raise UsageError(fault("jobs_with_scheduler", found=f"--jobs {jobs}"))
    if named is not None and find_spec("distributed") is None:
        raise UsageError(fault("no_distributed", found=f"--scheduler {named}"))
    return named


def count_cores() -> int:
    """Return the number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Job:
    """All that a run needs to know.

    Attributes:
        data: The data folder.
        notebooks: The folder of the notebooks.
        out: The output folder.
        wishes: Which reports.
        force: Make also what is current.
        engine: Name of the engine.
        timeout: Seconds that one report may take in its kernel.
        jobs: Processes that make reports side by side.
        retries: Further attempts after a failure that may pass.
        shared_assets: Whether plotly.js stands once beside the reports, in the place of in each.
        scheduler: Address of a Dask scheduler whose workers make the reports, in the place of
            processes of this machine; None for these.
    """

    data: Path
    notebooks: Path
    out: Path
    wishes: Wishes = field(default_factory=Wishes)
    force: bool = False
    engine: str = DEFAULT_ENGINE
    timeout: float = REPORT_SECONDS
    jobs: int = 1
    retries: int = MOST_ATTEMPTS - 1
    shared_assets: bool = False
    scheduler: str | None = None


@dataclass(frozen=True)
class Due:
    """A report that has to be made.

    Attributes:
        task: The report.
        inputs: The files it will be made from.
        fingerprint: Hash of all that it will be made from.
    """

    task: Task
    inputs: tuple[InputFile, ...]
    fingerprint: str


class Listener(Protocol):
    """Who is told how the run goes on (``progress`` shows it to the user)."""

    def begin(self, n_reports: int, n_current: int) -> None:
        """Take note of how many reports are planned and how many of them are current."""

    def starting(self, task: Task) -> None:
        """Take note of the report that is made next."""

    def done(self, record: Record) -> None:
        """Take note of how it ended."""

    def note(self, line: str) -> None:
        """Take note of something that concerns no single report."""


def find_due(job: Job, tasks: Sequence[Task], manifest: Manifest) -> list[Due]:
    """Return the reports that do not stand as they would be made now."""
    inputs = Inputs(job.data)
    due = []
    for task in tasks:
        files = inputs.of(task)
        fingerprint = inputs.fingerprint(task, files, job.shared_assets)
        record = manifest.records.get(task.key)
        if job.force or record is None or not record.is_current(fingerprint, job.out):
            due.append(Due(task, files, fingerprint))
    return due
