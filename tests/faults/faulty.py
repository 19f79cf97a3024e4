"""Jobs with faults put into them, each in a process of its own, and what they leave behind."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ita_analysis.batch.job import Job
from ita_analysis.batch.wishes import Wishes

FULL = os.environ.get("ITA_FAULTS") == "full"
TALLY: dict[str, str] = {}
"""What a test tried -> how often, and what came of it; for the page of the full form."""


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
