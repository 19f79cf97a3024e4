"""The run: makes what is not current, records every outcome, loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.job import Job, Listener, find_due
from ita_analysis.batch.lock import hold
from ita_analysis.batch.manifest import Record, load_manifest
from ita_analysis.batch.memory import plain_arrow
from ita_analysis.batch.notebooks import find_notebooks
from ita_analysis.batch.paths import index_path
from ita_analysis.batch.place import disk_faults, sweep
from ita_analysis.batch.plan import make_plan


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        made: Reports that were made.
        current: Reports that were current and left alone.
        failed: Records of the reports that could not be made.
        skipped: Reports that were not tried, because too many others had failed.
        index: The page that lists all reports.
    """

    made: int
    current: int
    failed: tuple[Record, ...]
    skipped: int
    index: Path


def run(job: Job, listener: Listener) -> Outcome:
    """Make every wanted report that is not current.

    One report's failure never stops the others, and leaves its earlier files as they are.

    Args:
        job: What to make, from what, and where.
        listener: Who is told of the progress.

    Raises:
        UsageError: A name or parameter is wrong; nothing was run.
        DataError: There is nothing to report on, or the data of every report due are faulty;
            nothing was run.
        BusyError: Another run holds the output folder.
        ClusterError: The cluster was lost. What was made before is there.
        OutputError: The disk or a path failed. What was in place before is still there.
    """
    tasks = make_plan(Holdings(job.data), find_notebooks(job.notebooks), job.wishes)
    with disk_faults(job.out), hold(job.out):
        sweep(job.out)
        manifest = load_manifest(job.out)
        due = find_due(job, tasks, manifest)
        listener.begin(len(tasks), len(tasks) - len(due))
        failed: tuple[Record, ...] = ()
        if due or manifest.is_recovered or not index_path(job.out).is_file():
            plain_arrow()
            # Only a run with something to do pays for loading papermill and the rest: seconds.
            from ita_analysis.batch.make import make_all  # noqa: PLC0415

            failed = make_all(job, due, manifest, listener)
    made = len(due) - len(failed)
    skipped = sum(record.state == "skipped" for record in failed)
    failed = tuple(record for record in failed if record.state != "skipped")
    return Outcome(made, len(tasks) - len(due), failed, skipped, index_path(job.out))
