"""The script that many reports share, in one file beside them."""

from __future__ import annotations

from pathlib import Path

from ita_analysis.batch.fingerprint import hash_file
from ita_analysis.batch.place import write_whole
from ita_analysis.reports.plotly_bundle import SHARED_FOLDER, SHARED_HASH_LENGTH, shared_plotly


def write_shared(out: Path) -> None:
    """Write the shared script where it is not there as it should be."""
    name, content = shared_plotly()
    path = out / name
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def damaged_shared(out: Path) -> list[str]:
    """Return the shared scripts, relative to the output folder, that belie their names' hash."""
    return [
        path.relative_to(out).as_posix()
        for path in sorted((out / SHARED_FOLDER).glob("plotly-*.js"))
        if not path.stem.endswith(hash_file(path)[:SHARED_HASH_LENGTH])
    ]
