"""From a path to bytes: only whole, regular files of a bearable size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ita_analysis.documents.limits import MAX_BYTES
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault


def read_whole(path: Path) -> bytes:
    """Return the bytes of a file.

    A link is followed. A device or a pipe is refused before anything is read of it.

    Args:
        path: The file.

    Raises:
        DataError: There is no such file, it is no regular file, may not be read, is empty or too
            large, or changed while it was read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: a pipe would wait for ever
            raise DataError(fault("unreadable_file", Place(str(path)), reason=_what(path)))
        with path.open("rb") as stream:
            before = os.fstat(stream.fileno())
            if before.st_size > MAX_BYTES:
                place = Place(path.name)
                raise DataError(fault("file_too_large", place, allowed=MAX_BYTES // 1_000_000))
            data = stream.read(MAX_BYTES + 1)
            after = os.fstat(stream.fileno())
    except FileNotFoundError:
        raise DataError(fault("no_such_file", Place(str(path)))) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(fault("unreadable_file", Place(str(path)), reason=reason)) from None
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or len(data) != after.st_size:
        raise DataError(fault("file_changed", Place(path.name)))
    if not data.strip():
        raise DataError(fault("empty_file", Place(path.name)))
    return data


def _what(path: Path) -> str:
    return "directory" if path.is_dir() else "not a regular file"
