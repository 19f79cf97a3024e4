"""Whether every report is still what the manifest says: each file is read whole and hashed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ita_analysis.batch.fingerprint import hash_file
from ita_analysis.batch.lock import hold
from ita_analysis.batch.manifest import NAME, load_manifest
from ita_analysis.batch.place import disk_faults
from ita_analysis.batch.shared import damaged_shared
from ita_analysis.errors import OutputError, Place
from ita_analysis.texts import fault


@dataclass(frozen=True)
class Verified:
    """What a verification found.

    Attributes:
        n_files: Files that were read.
        damaged: Paths, relative to the output folder, of files that are not what was made.
        missing: Paths of files that are not there.
    """

    n_files: int
    damaged: tuple[str, ...]
    missing: tuple[str, ...]


def verify(out: Path) -> Verified:
    """Read every file of every report again, and compare it with the manifest.

    Reports with a damaged or missing file count as not made from then on: the next run makes them
    anew.

    Raises:
        OutputError: There is no manifest, or the disk failed.
        BusyError: A run holds the output folder.
    """
    if not out.is_dir() or not (out / NAME).is_file():
        raise OutputError(fault("no_manifest", Place(file=str(out / NAME))))
    with disk_faults(out), hold(out):
        manifest = load_manifest(out)
        damaged = damaged_shared(out)
        n_files, missing = 0, []
        for key, record in manifest.records.items():
            n_files += len(record.outputs)
            lost = [item.path for item in record.outputs if not (out / item.path).is_file()]
            changed = [
                item.path
                for item in record.outputs
                if item.path not in lost and hash_file(out / item.path) != item.sha256
            ]
            if lost or changed:
                manifest.records[key] = replace(record, fingerprint=None)
            missing += lost
            damaged += changed
        if damaged or missing or manifest.is_recovered:
            manifest.save()
        return Verified(n_files, tuple(damaged), tuple(missing))
