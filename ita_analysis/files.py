"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ita_analysis.errors import OutputError, Place
from ita_analysis.texts import fault

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
