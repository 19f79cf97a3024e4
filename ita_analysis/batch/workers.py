"""Attempts at reports, one after the other in this process or side by side in several.

Each worker process keeps what takes seconds to load: papermill, the exporter, and a zygote of its
own. A worker that dies costs only the attempt it was busy with.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from ita_analysis.batch.attempt import Attempt, attempt
from ita_analysis.batch.build import Making
from ita_analysis.batch.journal import Step
from ita_analysis.batch.place import scratch_folder
from ita_analysis.batch.schedule import Item, Schedule
from ita_analysis.texts import load_texts

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
        jobs: Number of processes; 1 stays in this one.
        reached: Is told each step of each report.
    """
    if jobs > 1:
        return _side_by_side(schedule, making, out, jobs, reached)
    return _one_by_one(schedule, making, out, reached)


def _one_by_one(schedule: Schedule, making: Making, out: Path, reached: Reached) -> Tried:
    while True:
        item = schedule.take()
        if item is None:
            pause = schedule.pause()
            if pause is None:
                return
            time.sleep(pause)
            continue
        reached(item, "running")
        with scratch_folder(out) as scratch:
            yield item, attempt(item.due.task, making, scratch, _for(item, reached))


def _for(item: Item, reached: Reached) -> Callable[[Step], None]:
    return lambda step: reached(item, step)


@dataclass
class _Worker:
    process: SpawnProcess
    line: Connection
    item: Item | None = None
    folder: ExitStack | None = None
    start: float = 0.0

    def give(self, item: Item, out: Path) -> None:
        self.item, self.start, self.folder = item, time.monotonic(), ExitStack()
        scratch = self.folder.enter_context(scratch_folder(out))
        self.line.send((item.due.task, scratch))

    def is_free(self) -> bool:
        return self.item is None

    def release(self) -> None:
        if self.folder is not None:
            self.folder.close()
        self.item = self.folder = None


def _side_by_side(
    schedule: Schedule, making: Making, out: Path, jobs: int, reached: Reached
) -> Tried:
    workers = [_start(making) for _ in range(jobs)]
    try:
        while True:
            for worker in filter(_Worker.is_free, workers):
                item = schedule.take()
                if item is None:
                    break
                reached(item, "running")
                worker.give(item, out)
            busy = [worker for worker in workers if not worker.is_free()]
            pause = schedule.pause()
            if not busy and pause is None:
                return
            ready = wait([worker.line for worker in busy], pause)
            for worker in [worker for worker in busy if worker.line in ready]:
                item, result = worker.item, _hear(worker, reached)
                if item is None or result is None:
                    continue
                yield item, result
                worker.release()
                if not worker.process.is_alive():
                    workers[workers.index(worker)] = _start(making)
    finally:
        _stop(workers)


def _hear(worker: _Worker, reached: Reached) -> Attempt | None:
    """Return how a worker's attempt ended; None where it only told a step."""
    try:
        message = worker.line.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        seconds = round(time.monotonic() - worker.start, 2)
        return Attempt("killed", _death(worker.process.exitcode), seconds)
    if isinstance(message, Attempt):
        return message
    if worker.item is not None:
        reached(worker.item, message)
    return None


def _death(code: int | None) -> str:
    try:
        name = signal.Signals(-(code or 0)).name
    except ValueError:
        name = f"exit {code}"
    return load_texts()("run.worker_killed", signal=name)


def _start(making: Making) -> _Worker:
    # Spawned, not forked: it starts clean, and alike on every system.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, making), name="ita-worker")
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.line.close()
        if worker.item is not None:
            worker.process.terminate()  # in the middle of an attempt, it would not look
    end = time.monotonic() + _PATIENCE
    for worker in workers:
        worker.process.join(max(0.0, end - time.monotonic()))
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.release()
        worker.process.close()


def _work(line: Connection, making: Making) -> None:
    """Make attempts until the other end of the line is closed; runs in a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the run ends its workers
    signal.signal(signal.SIGTERM, _end_in_order)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task, scratch = line.recv()
        except (EOFError, OSError):
            return
        result = attempt(task, making, scratch, line.send)
        line.send(result)


def _end_in_order(_number: int, _frame: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not cut tidying short
    raise SystemExit(128 + signal.SIGTERM)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    # Its zygote meets the end of its channel, and ends the kernels.
    os._exit(1)
