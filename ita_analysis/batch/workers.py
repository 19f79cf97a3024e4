"""Attempts at reports, in one lane or side by side in several.

With one job the lane is a thread of this process, with more each is a process. A process keeps
what takes seconds to load: papermill, the exporter, and a zygote of its own. One that dies costs
only the attempts it was busy with.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from ita_analysis.batch.attempt import Attempt
from ita_analysis.batch.build import Making
from ita_analysis.batch.journal import Step
from ita_analysis.batch.lane import MOST_AT_ONCE, serve, work
from ita_analysis.batch.place import scratch_folder
from ita_analysis.batch.schedule import Item, Schedule
from ita_analysis.texts import current_language, load_texts

Reached = Callable[[Item, Step], None]
"""Is told that a report has come to a step."""

Tried = Generator[tuple[Item, Attempt], None, None]
"""The attempts, each with its report; closing it ends what is still running."""

_PATIENCE = 5.0
"""Seconds that workers get to end their kernels in order."""


def attempts(schedule: Schedule, making: Making, out: Path, jobs: int, reached: Reached) -> Tried:
    """Try the reports of a schedule until none is left; the files of an attempt last one step.

    Args:
        schedule: The reports.
        making: How to make them.
        out: The output folder.
        jobs: Number of lanes; a single one stays in this process.
        reached: Is told each step of each report.
    """
    start = _start_process if jobs > 1 else _start_thread
    workers = [start(making) for _ in range(jobs)]
    try:
        while True:
            for worker in workers:
                _fill(worker, schedule, out, reached)
            busy = [worker for worker in workers if worker.given]
            pause = schedule.pause()
            if not busy and pause is None:
                return
            ready = wait([worker.line for worker in busy], pause)
            for worker in [worker for worker in busy if worker.line in ready]:
                for number, result in worker.hear(reached):
                    yield worker.given[number].item, result
                    worker.release(number)
                if not worker.maker.is_alive():
                    workers[workers.index(worker)] = start(making)
    finally:
        _stop(workers)


def _fill(worker: _Worker, schedule: Schedule, out: Path, reached: Reached) -> None:
    """Give a worker its next report as soon as no notebook runs in it."""
    while worker.is_free:
        item = schedule.take()
        if item is None:
            return
        reached(item, "running")
        worker.give(item, out)


@dataclass(frozen=True)
class _Given:
    item: Item
    folder: ExitStack
    start: float


@dataclass
class _Worker:
    """One end of a lane.

    Attributes:
        maker: The process or thread at the other end.
        line: The connection to it.
        given: The reports that it has, by their number.
        executing: Number of the report whose notebook runs; None where none does.
    """

    maker: SpawnProcess | threading.Thread
    line: Connection
    given: dict[int, _Given] = field(default_factory=dict)
    executing: int | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def is_free(self) -> bool:
        return self.executing is None and len(self.given) < MOST_AT_ONCE

    def give(self, item: Item, out: Path) -> None:
        number, folder = next(self._numbers), ExitStack()
        scratch = folder.enter_context(scratch_folder(out))
        self.given[number] = _Given(item, folder, time.monotonic())
        self.executing = number
        self.line.send((number, item.due.task, scratch))

    def hear(self, reached: Reached) -> list[tuple[int, Attempt]]:
        """Return the attempts that have ended: none where it only told a step."""
        try:
            number, message = self.line.recv()
        except (EOFError, OSError):
            return self._deaths()
        if isinstance(message, Attempt):
            self._executed(number)
            return [(number, message)]
        if message == "executed":
            self._executed(number)
        reached(self.given[number].item, message)
        return []

    def release(self, number: int) -> None:
        """Let go of a report and its private folder."""
        self.given.pop(number).folder.close()

    def _executed(self, number: int) -> None:
        if self.executing == number:
            self.executing = None

    def _deaths(self) -> list[tuple[int, Attempt]]:
        """Return what became of its reports once the process has died."""
        self.maker.join(_PATIENCE)
        self.executing = None
        reason, now = _death(getattr(self.maker, "exitcode", None)), time.monotonic()
        return [
            (number, Attempt("killed", reason, round(now - given.start, 2)))
            for number, given in self.given.items()
        ]


def _death(code: int | None) -> str:
    try:
        name = signal.Signals(-(code or 0)).name
    except ValueError:
        name = f"exit {code}"
    return load_texts()("run.worker_killed", signal=name)


def _start_thread(making: Making) -> _Worker:
    ours, theirs = multiprocessing.Pipe()
    given = (theirs, making, current_language())
    thread = threading.Thread(target=serve, args=given, name="ita-lane", daemon=True)
    thread.start()
    return _Worker(thread, ours)


def _start_process(making: Making) -> _Worker:
    # Spawned, not forked: it starts clean, and alike on every system.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    given = (theirs, making, current_language())
    process = context.Process(target=work, args=given, name="ita-worker")
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.line.close()
        if worker.given and isinstance(worker.maker, SpawnProcess):
            worker.maker.terminate()  # in the middle of an attempt, it would not look
    end = time.monotonic() + _PATIENCE
    for worker in workers:
        worker.maker.join(max(0.0, end - time.monotonic()))
        if isinstance(worker.maker, SpawnProcess):
            if worker.maker.is_alive():
                worker.maker.kill()
                worker.maker.join()
            worker.maker.close()
        for number in list(worker.given):
            worker.release(number)
