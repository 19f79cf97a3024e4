"""Memory: the largest of a kernel, read while it runs, and what a runner holds for long.

The system's own sum over ended children holds the largest of all kernels so far, not this one's;
so the kernel's high-water mark is read from ``/proc``. Elsewhere than on Linux it is not known.
"""

from __future__ import annotations

import ctypes
import gc
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_INTERVAL = 0.2
"""Seconds between two readings; the mark itself never falls, so little is missed."""


def give_back() -> None:
    """Give the memory that a report or the manifest has used back to the system.

    Garbage that Python has not yet looked for keeps pieces of it, and glibc keeps what is free
    for this process: what stays between the texts of hundreds of reports would leave no whole
    piece to use again. Elsewhere than on glibc only the garbage goes.
    """
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def plain_arrow() -> None:
    """Let Arrow take its memory from the C library; only works before pyarrow is loaded.

    Its own pool is one large region that Linux fills with huge pages little by little, whatever
    is in it: a runner would grow for hundreds of reports by what compiling the scores once held.
    A choice that the user has made stays.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


@dataclass
class Peak:
    """The largest memory seen so far.

    Attributes:
        megabytes: Resident memory of the largest child process; None where it cannot be read.
    """

    megabytes: float | None = None

    def look(self, ignored: Iterable[int] = ()) -> None:
        """Read the marks of all child processes of this process but the ignored ones."""
        for child in set(_children()).difference(map(str, ignored)):
            try:
                status = (_PROC / child / "status").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue  # it has just ended
            mark = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
            if mark:
                self.megabytes = max(self.megabytes or 0.0, round(int(mark[1]) / 1024, 1))


@contextmanager
def watch_children(ignored: Callable[[], Iterable[int]] = tuple) -> Iterator[Peak]:
    """Watch the memory of child processes for the time of the block.

    Args:
        ignored: Gives the process numbers of those that are no kernels.
    """
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(_INTERVAL):
            peak.look(ignored())

    thread = threading.Thread(target=watch, name="ita-memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _children() -> list[str]:
    paths = (_PROC / str(os.getpid()) / "task").glob("*/children")
    found: list[str] = []
    for path in paths:
        try:
            found += path.read_text(encoding="ascii").split()
        except OSError:
            continue
    return found
