"""One run at a time in an output folder.

The lock is the operating system's own on an open file. It ends with its holder, however that
ends, so a dead run's lock needs no guess from process numbers.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ita_analysis.batch.place import STATE_FOLDER
from ita_analysis.errors import BusyError, Place
from ita_analysis.texts import fault

_FAR = 1 << 20
"""Byte that is locked on Windows: beyond the holder's name, which others must be able to read."""


@contextmanager
def hold(out: Path) -> Iterator[None]:
    """Hold an output folder for the time of the block.

    Raises:
        BusyError: Another run holds it; names its process, machine and start.
    """
    path = out / STATE_FOLDER / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if not _try_lock(file):
            raise BusyError(fault("output_busy", Place(file=str(out)), holder=_holder(path)))
        file.truncate(0)
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        file.write(json.dumps(holder).encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            _unlock(file)


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_bytes())
        return f"pid {holder['pid']}, {holder['host']}, {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "pid ?"  # caught between taking the lock and writing its name


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
