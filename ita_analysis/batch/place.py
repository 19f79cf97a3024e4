"""Putting files where readers look for them: whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from ita_analysis.errors import OutputError, Place
from ita_analysis.files import PART, replace_file, sync
from ita_analysis.texts import fault

STATE_FOLDER = ".ita"
"""Folder within the output folder for the lock and for unfinished work."""

_SCRATCH = "scratch-"


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into one clear line.

    Raises:
        OutputError: The system refused to write, make or move something; exit code 74.
    """
    try:
        yield
    except OSError as error:
        place = Place(file=str(error.filename or path))
        raise OutputError(fault("disk", place, reason=error.strerror or str(error))) from error


@contextmanager
def scratch_folder(out: Path) -> Iterator[Path]:
    """Make a folder that only we can read, on the same disk as the output, and take it away."""
    state = out / STATE_FOLDER
    state.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=_SCRATCH, dir=state))  # mode 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(out: Path) -> int:
    """Take away what dead runs left behind; only for the holder of the lock.

    Returns:
        The number of folders and files taken away.
    """
    folders = list((out / STATE_FOLDER).glob(f"{_SCRATCH}*"))
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    parts = list(out.glob(f".*{PART}"))
    for part in parts:
        part.unlink(missing_ok=True)
    return len(folders) + len(parts)


def place_files(files: Mapping[str, Path], out: Path) -> None:
    """Move finished files into place, one after the other, each whole.

    Args:
        files: Path relative to the output folder -> the finished file, on the same disk; it has
            been written by :func:`write_synced`.
        out: The output folder.
    """
    for name, path in files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for folder in {(out / name).parent for name in files}:
        _sync_folder(folder)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file that all may read, and wait until the disk has it."""
    path.write_bytes(content)
    path.chmod(0o644)
    sync(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as ``files.replace_file``, and wait until the disk knows it by its name."""
    replace_file(path, content)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on folders; its file system keeps renames itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
