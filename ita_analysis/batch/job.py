"""What a run is to do, and what of it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ita_analysis.batch.fingerprint import InputFile, Inputs
from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.plan import Task
from ita_analysis.batch.wishes import Wishes

STOCK_ENGINE = "stock"
"""papermill's own engine: a new kernel for every report."""

REPORT_SECONDS = 300.0
"""Seconds that one report may take in its kernel."""


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
    """

    data: Path
    notebooks: Path
    out: Path
    wishes: Wishes = field(default_factory=Wishes)
    force: bool = False
    engine: str = STOCK_ENGINE
    timeout: float = REPORT_SECONDS


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


def find_due(job: Job, tasks: Sequence[Task], manifest: Manifest) -> list[Due]:
    """Return the reports that do not stand as they would be made now."""
    inputs = Inputs(job.data)
    due = []
    for task in tasks:
        files = inputs.of(task)
        fingerprint = inputs.fingerprint(task, files)
        record = manifest.records.get(task.key)
        if job.force or record is None or not record.is_current(fingerprint, job.out):
            due.append(Due(task, files, fingerprint))
    return due
