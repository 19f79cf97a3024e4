"""Making reports: each tried, put into place, and recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ita_analysis.batch.attempt import Attempt, disk_refusal
from ita_analysis.batch.build import Built, Making
from ita_analysis.batch.catalogue import write_index
from ita_analysis.batch.job import Due, Job, Listener
from ita_analysis.batch.journal import Step
from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.place import place_files
from ita_analysis.batch.plan import THAI_TIME
from ita_analysis.batch.precheck import find_faulty
from ita_analysis.batch.records import Recorder
from ita_analysis.batch.schedule import FIRST_PAUSE, Item, Schedule
from ita_analysis.batch.shared import write_shared
from ita_analysis.batch.workers import Reached, Tried, attempts
from ita_analysis.errors import DataError, OutputError, Place
from ita_analysis.register.agencies import load_agencies
from ita_analysis.texts import fault

TryAll = Callable[[Schedule, Making, Reached], Tried]
"""Tries the reports of a schedule."""


def make_all(
    job: Job, due: Sequence[Due], manifest: Manifest, listener: Listener
) -> tuple[Record, ...]:
    """Make reports, and the page that lists all there are.

    Returns:
        The records of those that were not made: failed, or skipped because too many had.

    Raises:
        DataError: The list of agencies is faulty, or the data of every report; nothing was run.
        OutputError: The disk failed, more than once.
        UsageError: There is no such cluster, or none of its workers fits; nothing was run.
        ClusterError: The cluster was lost.
    """
    agencies = load_agencies(job.data) if due else {}
    faulty = find_faulty((each.task for each in due), job.data, agencies)
    if due and len(faulty) == len(due):
        raise DataError(dict.fromkeys(found for e in faulty.values() for found in e.faults))
    making = Making(job.data, job.engine, job.timeout, datetime.now(THAI_TIME).date())
    if job.shared_assets:
        making = replace(making, shared_assets=True)
        write_shared(job.out)
    with _way(job, len(due) - len(faulty), listener) as try_all:
        maker = Maker(job, manifest, Recorder(manifest, agencies, making), listener)
        try:
            maker.make(due, faulty, making, try_all)
        finally:
            # Also after Ctrl-C or a full disk: what was made so far is to be found.
            manifest.save()
            write_index(manifest)
    return tuple(maker.failed)


@contextmanager
def _way(job: Job, n_sound: int, listener: Listener) -> Iterator[TryAll]:
    """Give the way in which reports are tried: on this machine, or on a cluster's workers."""
    if job.scheduler is None or not n_sound:
        jobs = max(1, min(job.jobs, n_sound))
        yield lambda schedule, making, reached: attempts(schedule, making, job.out, jobs, reached)
        return
    # Loaded here only: Dask takes a second, and is an extra.
    from ita_analysis.batch.cluster import attempts_of, hire  # noqa: PLC0415

    with hire(job.scheduler, listener.note) as crew:
        yield lambda schedule, making, reached: attempts_of(
            crew, schedule, making, job.out, reached
        )


class Maker:
    """Makes the reports of one run.

    Attributes:
        failed: Records of the reports that were not made.
    """

    def __init__(
        self, job: Job, manifest: Manifest, recorder: Recorder, listener: Listener
    ) -> None:
        self.failed: list[Record] = []
        self._awaited: set[str] = set()
        self._job = job
        self._manifest = manifest
        self._recorder = recorder
        self._listener = listener

    def make(
        self, due: Sequence[Due], faulty: dict[str, DataError], making: Making, try_all: TryAll
    ) -> None:
        """Make what is due; what has faulty data is recorded and not tried."""
        self._awaited.update(each.task.key for each in due)
        for each in due:
            self._manifest.journal.step(each.task.key, "planned", 0)
        sound = []
        for each in due:
            error = faulty.get(each.task.key)
            if error is None:
                sound.append(each)
            else:
                self._record(self._recorder.faulty(each, error))
        schedule = Schedule(sound, self._job.retries)
        with closing(try_all(schedule, making, self._reached)) as tried:
            for item, result in tried:
                self._take(item, result, schedule)
        for each in schedule.rest():
            self._record(self._recorder.skipped(each), durable=False)

    def _take(self, item: Item, result: Attempt, schedule: Schedule) -> None:
        if result.may_pass and schedule.try_again(item):
            return
        if result.disk is not None:
            path, reason = result.disk
            raise OutputError(fault("disk", Place(file=path), reason=reason))
        if result.built is not None:
            built = self._without_shared(item, result.built)
            self._place(built.files)
            result = replace(result, built=built)
            self._reached(item, "in_place")
        self._record(self._recorder.ended(item, result))
        schedule.ended(result.built is not None)

    def _without_shared(self, item: Item, built: Built) -> Built:
        """Return what is made without the files that the Thai report of the same kind has.

        The executed notebook and the CSV tables carry no language in their names. They are the
        Thai report's where it is made, whichever of the two is done first.
        """
        task = item.due.task
        thai = self._manifest.records.get(f"{task.folder}/{task.notebook.name}.th")
        if task.lang == "th" or thai is None or thai.state != "ok" or thai.key in self._awaited:
            return built
        taken = {item.path for item in thai.outputs}
        return replace(
            built,
            files={path: file for path, file in built.files.items() if path not in taken},
            outputs=tuple(item for item in built.outputs if item.path not in taken),
        )

    def _place(self, files: Mapping[str, Path]) -> None:
        """Put files into place; a disk that refuses is asked again after a pause."""
        out: Path = self._job.out
        for number in range(self._job.retries + 1):
            try:
                return place_files(files, out)
            except OSError as error:
                if number == self._job.retries or disk_refusal(error, out) is None:
                    raise
                time.sleep(FIRST_PAUSE * 2**number)
        return None

    def _reached(self, item: Item, step: Step) -> None:
        self._manifest.journal.step(item.due.task.key, step, item.attempt)
        if step == "running" and item.attempt == 1:
            self._listener.starting(item.due.task)

    def _record(self, record: Record, durable: bool = True) -> None:
        self._awaited.discard(record.key)
        self._manifest.put(record, durable)
        if record.state != "skipped":
            self._listener.done(record)
        if record.state != "ok":
            self.failed.append(record)
