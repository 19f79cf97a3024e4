"""What a worker of a cluster does: it is asked who it is, is given data, and makes reports.

A worker shares no file system with the run. It keeps the common data of a run in a private folder
for as long as that run holds its lease: the result of :func:`greet`, which Dask takes from a
worker when the run lets go of it or is gone, however it ended.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from ita_analysis.batch.attempt import Attempt, attempt, disk_refusal
from ita_analysis.batch.build import Making
from ita_analysis.batch.fingerprint import code_version, library_versions
from ita_analysis.batch.parcel import DATA, REGISTERS, Load, Parcel, pack, unpack
from ita_analysis.batch.plan import Task
from ita_analysis.engine.current import stop_zygotes

_LOOK_SECONDS = 1.0
"""Seconds between two looks at a lease."""

_homes: dict[str, Path] = {}
"""Lease -> the private folder with its run's data."""

_one_at_a_time = threading.RLock()
"""A worker may have many threads, but environment variables and the last kernel are a process's."""


@dataclass(frozen=True)
class Greeting:
    """Who a worker is.

    Attributes:
        worker_id: Name that no other worker has, nor the next one at the same address.
        facts: What its reports depend on beside their inputs.
    """

    worker_id: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Delivery:
    """Common data for a worker.

    Attributes:
        worker_id: The worker that it is meant for.
        lease: Name of the result that holds it.
        load: Parts of files.
    """

    worker_id: str
    lease: str
    load: Load


@dataclass(frozen=True)
class Order:
    """A report to make.

    Attributes:
        worker_id: The worker that is to make it; a task that Dask moved is not made twice unseen.
        lease: Name of the result that holds the common data.
        task: The report.
        making: How to make it; its data folder is put in by the worker.
        notebook: The notebook's content, packed.
        inputs: The inputs that are its own.
        lang: Language of messages.
    """

    worker_id: str
    lease: str
    task: Task
    making: Making
    notebook: bytes
    inputs: Parcel
    lang: str


@dataclass(frozen=True)
class Returned:
    """An attempt at a report, with its files.

    Attributes:
        attempt: How it ended; its files' paths mean nothing elsewhere.
        files: Path relative to the output folder -> the packed file.
    """

    attempt: Attempt
    files: Parcel


def facts() -> dict[str, str]:
    """Return what reports depend on beside their inputs; it has to be alike on all machines."""
    return {"ita-analysis": code_version(), "system": sys.platform, **library_versions()}


def greet(_run: str) -> Greeting:
    """Tell who this worker is."""
    return Greeting(_worker().id, facts())


def furnish(delivery: Delivery) -> bool:
    """Take in common data.

    Returns:
        False where it was meant for another worker.

    Raises:
        OSError: The disk refused.
    """
    worker = _worker()
    if delivery.worker_id != worker.id:
        return False
    with _one_at_a_time:
        home = _homes.get(delivery.lease)
        if home is None:
            # Within the folder that Dask takes away, also after a worker that was killed.
            home = Path(mkdtemp(prefix="ita-", dir=worker.local_directory))  # mode 0700
            _homes[delivery.lease] = home
            guard = threading.Thread(
                target=_leave_with_lease, args=(delivery.lease, worker), daemon=True
            )
            guard.start()
        for piece in delivery.load:
            path = home / piece.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(zlib.decompress(piece.packed))
    return True


def make(order: Order) -> Returned | None:
    """Make a report.

    Returns:
        The attempt with its files; None where the order was meant for another worker, or its
        lease is over.
    """
    with _one_at_a_time:
        home = _homes.get(order.lease)
        if home is None or order.worker_id != _worker().id:
            return None
        try:
            with _speaking(order.lang), _folder(home) as folder:
                return _make(order, home / DATA, Path(folder))
        except OSError as error:
            return Returned(Attempt("failed", str(error), 0, disk=disk_refusal(error, home)), {})
        finally:
            shutil.rmtree(home / REGISTERS, ignore_errors=True)


def _make(order: Order, data: Path, folder: Path) -> Returned:
    for name, packed in order.inputs.items():
        path = data.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(unpack(packed))
    path = folder / order.task.notebook.path.name
    path.write_bytes(unpack(order.notebook))
    task = replace(order.task, notebook=replace(order.task.notebook, path=path))
    scratch = folder / "report"
    scratch.mkdir()
    result = attempt(task, replace(order.making, data=data), scratch, lambda _step: None)
    if result.built is None:
        return Returned(result, {})
    files = {name: pack(path.read_bytes()) for name, path in result.built.files.items()}
    return Returned(replace(result, built=replace(result.built, files={})), files)


def _folder(home: Path) -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="scratch-", dir=home, ignore_cleanup_errors=True)


@contextmanager
def _speaking(lang: str) -> Iterator[None]:
    """Give messages the language of the run, those of kernels too."""
    before = os.environ.get("ITA_LANG")
    os.environ["ITA_LANG"] = lang
    try:
        yield
    finally:
        if before is None:
            del os.environ["ITA_LANG"]
        else:
            os.environ["ITA_LANG"] = before


def _leave_with_lease(lease: str, worker: Any) -> None:
    while lease in worker.data:
        time.sleep(_LOOK_SECONDS)
    with _one_at_a_time:
        shutil.rmtree(_homes.pop(lease), ignore_errors=True)
        if not _homes:
            stop_zygotes()  # the cluster may have other work to do


def _worker() -> Any:
    from distributed import get_worker  # noqa: PLC0415 - an extra, and always there on a worker

    return get_worker()
