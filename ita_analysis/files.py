"""Files: written whole or not at all, read again only when they have changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

from ita_analysis.errors import OutputError, Place
from ita_analysis.texts import fault

T = TypeVar("T")

PART = ".ita-part"
"""How the name of an unfinished file ends; it begins with a dot."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as :func:`replace_file`, for a user who is told what the disk refuses.

    Raises:
        OutputError: The disk or the folder does not take it; the earlier file is untouched.
    """
    try:
        replace_file(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(fault("file_not_written", Place(str(path)), reason=reason)) from None


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads it meets the earlier or the new content, never a part.

    Raises:
        OSError: The disk or the folder does not take it; the earlier file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        part.write_bytes(content)
        sync(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until the disk has what a file holds."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def kept_while_unchanged(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """Return a reader that reads a file again only when its size, time or place has changed.

    What it returns is shared by all who ask: whoever would change it takes a copy first.

    Args:
        read: Reads one file; what it raises is not kept.
    """

    @lru_cache(maxsize=64)
    def kept(path: Path, _state: tuple[int, int, int]) -> T:
        return read(path)

    @wraps(read)
    def reader(path: Path) -> T:
        stat = path.stat()
        return kept(path, (stat.st_mtime_ns, stat.st_size, stat.st_ino))

    return reader
