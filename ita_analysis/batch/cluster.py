"""Attempts at reports on the workers of a Dask cluster, each with one report at a time.

A task is tied to one worker and counts once. Dask would give the task of a worker that died to the
next one, up to three times and without a word; here it comes back as a killed attempt, which the
schedule tries again and the manifest counts.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ita_analysis.batch.attempt import Attempt, disk_refusal
from ita_analysis.batch.build import Making
from ita_analysis.batch.crew import Crew, Member, Tell
from ita_analysis.batch.fingerprint import hash_file
from ita_analysis.batch.line import Answer, open_line
from ita_analysis.batch.manifest import OutputFile
from ita_analysis.batch.parcel import Load, common_inputs, own_inputs, pack, unpack
from ita_analysis.batch.place import scratch_folder, write_synced
from ita_analysis.batch.plan import Task
from ita_analysis.batch.remote import Delivery, Order, Returned, furnish, make
from ita_analysis.batch.schedule import Item, Schedule
from ita_analysis.batch.workers import Reached, Tried
from ita_analysis.texts import current_language, load_texts


@contextmanager
def hire(address: str, tell: Tell) -> Iterator[Crew]:
    """Have the workers of a cluster for the time of the block.

    Args:
        address: Address of the scheduler.
        tell: Shows the user a line.

    Raises:
        UsageError: No scheduler answers, or none of its workers fits.
        ClusterError: There is no worker.
    """
    with open_line(address) as line:
        crew = Crew(line, tell)
        crew.recruit()
        yield crew


def attempts_of(
    crew: Crew, schedule: Schedule, making: Making, out: Path, reached: Reached
) -> Tried:
    """Try the reports of a schedule until none is left; the files of an attempt last one step.

    Args:
        crew: The workers.
        schedule: The reports.
        making: How to make them.
        out: The output folder.
        reached: Is told each step of each report, the later ones when its files have arrived.

    Raises:
        ClusterError: The scheduler is gone, or all workers are.
        OSError: The data cannot be read.
    """
    shift = _Shift(crew, making, common_inputs(schedule.rest(), making.data))
    while True:
        for member in crew.free():
            item = shift.engage(member, schedule)
            if item is None:
                continue
            reached(item, "running")
            refused = shift.order(member, item)
            if refused is not None:
                yield item, refused
        if schedule.is_over and not crew.busy():
            return
        # With nobody free there is nothing to do before something happens.
        event = crew.line.next(schedule.pause() if crew.free() else None)
        left, answer = crew.take(event)
        crew.check_patience()
        for member in left:
            if member.item is not None:
                yield member.item, _killed(member)
        ended = shift.ended(answer) if answer is not None else None
        if ended is None:
            continue
        item, result = ended
        if isinstance(result, Attempt):
            yield item, result
            continue
        with scratch_folder(out) as scratch:
            arrived = _arrived(result, item.due.task, scratch)
            if arrived.built is not None:
                reached(item, "executed")
                reached(item, "exported")
            yield item, arrived


@dataclass(frozen=True)
class _Shift:
    """What workers are given and what comes back.

    Attributes:
        crew: The workers.
        making: How reports are made.
        loads: What all reports have in common; each worker gets it once.
    """

    crew: Crew
    making: Making
    loads: tuple[Load, ...]

    def engage(self, member: Member, schedule: Schedule) -> Item | None:
        """Return a report for a free worker; None where it first needs data, or none is left."""
        if schedule.is_over or member.n_loads == len(self.loads):
            return schedule.take()
        load = self.loads[member.n_loads]
        delivery = Delivery(member.worker_id, member.lease, load)
        member.call = self.crew.line.call(member.address, furnish, delivery)
        return None

    def order(self, member: Member, item: Item) -> Attempt | None:
        """Have a worker make a report; return the attempt where its inputs cannot be read."""
        due, data = item.due, self.making.data
        notebook = due.task.notebook
        try:
            content, inputs = pack(notebook.path.read_bytes()), own_inputs(due, data)
        except OSError as error:
            return Attempt("failed", str(error), 0.0, disk=disk_refusal(error, data))
        order = Order(
            worker_id=member.worker_id,
            lease=member.lease,
            # No path of this machine leaves it.
            task=replace(due.task, notebook=replace(notebook, path=Path(notebook.path.name))),
            making=replace(self.making, data=Path(data.name)),
            notebook=content,
            inputs=inputs,
            lang=current_language(),
        )
        member.item, member.start = item, time.monotonic()
        member.call = self.crew.line.call(member.address, make, order)
        return None

    def ended(self, answer: Answer) -> tuple[Item, Attempt | Returned] | None:
        """Return what a report came to; None where the answer is to something else."""
        for member in self.crew.members.values():
            if member.call == answer.call:
                break
        else:
            return None  # it has been given up
        self.crew.line.let_go(answer.call)
        item, member.call = member.item, ""
        if answer.is_death or (not answer.error and not answer.value):
            # It died, or another one works at its address by now.
            self.crew.dismiss(member)
            return (item, _killed(member)) if item is not None else None
        if item is None:
            if answer.error:
                self.crew.refuse(member, answer.error)
            member.n_loads += 1
            return None
        member.item = None
        return item, self._judged(member, answer)

    def _judged(self, member: Member, answer: Answer) -> Attempt | Returned:
        result: Returned | None = answer.value
        if result is None:
            say = load_texts()("run.cluster.error", worker=member.name, reason=answer.error)
            return Attempt("failed", say, _seconds(member))
        if result.attempt.disk is None:
            return result
        # Its disk, not the one of the output: others go on, and another one makes the report.
        reason = ": ".join(result.attempt.disk)
        self.crew.refuse(member, reason)
        say = load_texts()("run.cluster.error", worker=member.name, reason=reason)
        return Attempt("killed", say, _seconds(member))


def _killed(member: Member) -> Attempt:
    say = load_texts()("run.cluster.lost", worker=member.name)
    return Attempt("killed", say, _seconds(member))


def _seconds(member: Member) -> float:
    return round(time.monotonic() - member.start, 2)


def _arrived(returned: Returned, task: Task, scratch: Path) -> Attempt:
    """Write what a worker has sent into a private folder."""
    result = returned.attempt
    if result.built is None:
        return result
    try:
        files = _written(returned.files, task, scratch)
        outputs = tuple(
            OutputFile(target, path.stat().st_size, hash_file(path))
            for target, path in sorted(files.items())
        )
    except OSError as error:
        disk = disk_refusal(error, scratch)
        return Attempt("failed", str(error), result.seconds, disk=disk)
    except (ValueError, zlib.error) as error:
        return Attempt("failed", f"{type(error).__name__}: {error}", result.seconds)
    return replace(result, built=replace(result.built, files=files, outputs=outputs))


def _written(files: Mapping[str, bytes], task: Task, scratch: Path) -> dict[str, Path]:
    """Write files and return them by name.

    Raises:
        ValueError: A name lies outside the report's own folder.
    """
    written = {}
    for number, (name, packed) in enumerate(files.items()):
        pure = PurePosixPath(name)
        if not pure.is_relative_to(task.folder) or ".." in pure.parts:
            raise ValueError(name)
        written[name] = scratch / f"file-{number}"
        write_synced(written[name], unpack(packed))
    return written
