"""Reading a risky file in a process of its own, within limits of time and memory.

Word, Excel and PDF files are read by large parsers; a hostile one may take all memory, hang or
crash. One process serves many files, so that two hundred documents do not start two hundred
interpreters; after a file that broke a limit, the next one gets a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from typing import IO, Any

from ita_analysis.documents.limits import MAX_ROWS, MAX_SECONDS
from ita_analysis.documents.wire import unpack
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.texts import current_language, fault

MAX_FILES = 100
"""A process that has read so many files is replaced: parsers keep memory."""


class _Reader:
    """One process, and how many files it has read."""

    def __init__(self) -> None:
        # one thread each: every thread of a library reserves address space
        few = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ita_analysis.documents.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **few},
        )
        self.n_files = 0

    @property
    def is_usable(self) -> bool:
        return self.process.poll() is None and self.n_files < MAX_FILES

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> bytes | None:
        """Return the answer; None where the process ended or was out of time."""
        self.n_files += 1
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            assert self.process.stdin is not None  # noqa: S101 # both are pipes
            assert self.process.stdout is not None  # noqa: S101
            self.process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            self.process.stdin.flush()
            return _answer(self.process.stdout)
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what was not written is for nobody


def _answer(stream: IO[bytes]) -> bytes | None:
    line = stream.readline()
    if not line:
        return None
    size = int(line)
    answer = stream.read(size)
    return answer if len(answer) == size else None


_lock = threading.Lock()
_readers: list[_Reader] = []


def read_apart(
    reader: str,
    data: bytes,
    name: str,
    max_rows: int = MAX_ROWS,
    seconds: float = MAX_SECONDS,
) -> Any:
    """Read a file in another process.

    Args:
        reader: ``word``, ``pdf`` or ``workbook``.
        data: The file's bytes.
        name: The file's name, for places and messages.
        max_rows: Most rows of a sheet.
        seconds: Time after which the process is ended.

    Returns:
        A :class:`~ita_analysis.documents.model.Document`; for a workbook a list of
        :class:`~ita_analysis.documents.sheets.Sheet`.

    Raises:
        DataError: What the reader found wrong, or that it needed too much time or memory.
    """
    request = {"reader": reader, "name": name, "size": len(data), "max_rows": max_rows,
               "lang": current_language()}  # fmt: skip
    with _lock:
        process = _usable_reader()
        answer = process.ask(request, data, seconds)
        if answer is None:
            _end_reader()
    if answer is None:
        raise DataError(fault("reader_broke_off", Place(name), allowed=int(seconds)))
    found = unpack(answer)
    if isinstance(found, tuple):
        if found and found[0] == "sheets":
            return list(found[1:])
        raise DataError(each for each in found if isinstance(each, Fault))
    return found


def _usable_reader() -> _Reader:
    if not _readers or not _readers[0].is_usable:
        _end_reader()
        _readers.append(_Reader())
    return _readers[0]


def _end_reader() -> None:
    while _readers:
        _readers.pop().end()


atexit.register(_end_reader)
