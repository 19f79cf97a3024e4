"""When reports were done, and what the runner held by then."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from ita_analysis.batch.manifest import Record
from ita_analysis.batch.plan import Task
from ita_analysis.engine.current import zygote_pids


@dataclass
class Clock:
    """A listener that notes each report.

    Attributes:
        start: When the run began.
        ticks: Seconds from then to the end of each report.
        memory: Resident memory of runner and zygote then, in megabytes; None where the system
            does not tell (not Linux).
        files: Files that the runner held open then; None likewise.
        names: Names of the notebooks, as far as they are told.
    """

    start: float = field(default_factory=time.monotonic)
    ticks: list[float] = field(default_factory=list)
    memory: list[float | None] = field(default_factory=list)
    files: list[int | None] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def begin(self, n_reports: int, n_current: int) -> None:
        """Take note of nothing."""

    def starting(self, task: Task) -> None:
        """Take note of nothing."""

    def done(self, record: Record) -> None:
        """Take note of the moment."""
        self.names.append(record.notebook)
        self.tick()

    def note(self, line: str) -> None:
        """Take note of nothing."""

    def tick(self) -> None:
        """Note that one more report is done."""
        self.ticks.append(time.monotonic() - self.start)
        self.memory.append(memory_mb([os.getpid(), *zygote_pids()]))
        self.files.append(_open_files())

    def seconds(self, first: int, last: int) -> float:
        """Return the mean seconds per report after report ``first``, to report ``last``."""
        since = self.ticks[first - 1] if first else 0.0
        return (self.ticks[last - 1] - since) / (last - first)

    def median_seconds(self, skipped: int, jobs: int) -> float:
        """Return the median seconds per report, which a stall of the machine does not move.

        Args:
            skipped: Reports to leave out at the beginning.
            jobs: Reports that are made side by side: so many end in one span.
        """
        since = [0.0, *self.ticks]
        starts = range(skipped, len(self.ticks) - jobs + 1)
        return median((since[at + jobs] - since[at]) / jobs for at in starts)


def memory_mb(pids: Iterable[int]) -> float | None:
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


def _open_files() -> int | None:
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return None
