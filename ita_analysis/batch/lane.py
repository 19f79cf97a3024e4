"""Where reports are made: while one is exported, the next one's notebook runs.

A lane is served by a thread of the runner or by a process of its own, and is spoken to over a
connection. It takes ``(number, task, scratch)`` and tells ``(number, step)`` and, at last,
``(number, Attempt)``. Only one notebook runs in it at a time: whoever gives it reports waits for
the step "executed" (the environment of kernels, and the note of the last one, are the process's).
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from asyncio import AbstractEventLoop
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_event_loop

from ita_analysis.batch.attempt import Attempt, attempt
from ita_analysis.batch.build import Making
from ita_analysis.batch.journal import Step
from ita_analysis.batch.memory import give_back
from ita_analysis.batch.plan import Task
from ita_analysis.engine.ending import last_kernel
from ita_analysis.texts import use_language

MOST_AT_ONCE = 2
"""Reports in a lane: one whose notebook runs, one that is exported."""

_LOOK_SECONDS = 0.05

_SWITCH_SECONDS = 0.0005
"""How long the export may keep the interpreter while a kernel waits for an answer; by Python's own
choice ten times as long, which every message of every cell would wait."""


def serve(line: Connection, making: Making, lang: str) -> None:
    """Make attempts until the other end of the line is closed; what still runs is cut short.

    Args:
        line: The connection to whoever gives reports.
        making: How to make them.
        lang: Language of messages, which is known to the thread that chose it only.
    """
    lane = _Lane(line, making)
    chosen = partial(use_language, lang)
    running: set[Future[None]] = set()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with ThreadPoolExecutor(MOST_AT_ONCE, "ita-attempt", chosen) as pool:
            try:
                while True:
                    given = line.recv()
                    still = {each for each in running if not each.done()}
                    running = still | {pool.submit(lane.make, *given)}
            except (EOFError, OSError):
                return
            finally:
                _cut_short(running)
    finally:
        gc.unfreeze()
        sys.setswitchinterval(usual)
        for loop in lane.loops:
            loop.close()


@dataclass
class _Lane:
    """What the threads of a lane share.

    Attributes:
        line: The connection to whoever gives reports.
        making: How to make them.
        loops: The threads' event loops, which nbclient leaves open for their next notebook.
        is_warm: Whether a report has been made in it.
    """

    line: Connection
    making: Making
    loops: set[AbstractEventLoop] = field(default_factory=set)
    is_warm: bool = False
    _sending: threading.Lock = field(default_factory=threading.Lock)

    def make(self, number: int, task: Task, scratch: Path) -> None:
        """Make an attempt, and tell how it goes."""
        self.loops.add(ensure_event_loop())
        tell = partial(self._tell, number)
        result = attempt(task, self.making, scratch, tell)
        give_back()
        if not self.is_warm:
            # What the first report has loaded stays for good: looking for garbage among it after
            # every report would take twenty times as long.
            gc.freeze()
            self.is_warm = True
        with suppress(OSError):  # nobody listens any more
            tell(result)

    def _tell(self, number: int, message: Step | Attempt) -> None:
        with self._sending:
            self.line.send((number, message))


def _cut_short(running: set[Future[None]]) -> None:
    """Kill kernels until all attempts have ended; one may just be starting another."""
    while wait(running, _LOOK_SECONDS).not_done:
        kernel = last_kernel()
        if kernel is not None and kernel.poll() is None:
            kernel.kill()


def work(line: Connection, making: Making, lang: str) -> None:
    """Serve a lane as the main function of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the run ends its workers
    signal.signal(signal.SIGTERM, _end_in_order)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(line, making, lang)


def _end_in_order(_number: int, _frame: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not cut tidying short
    raise SystemExit(128 + signal.SIGTERM)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    # Its zygote meets the end of its channel, and ends the kernels.
    os._exit(1)
