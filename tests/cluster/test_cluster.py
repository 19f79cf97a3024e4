"""Reports made on a cluster: the same files, and nothing lost when machines are."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from machines import SECONDS, Machines, ancestors, wait_until  # type: ignore[import-not-found]

from ita_analysis.batch import crew, line
from ita_analysis.batch.job import Job, Listener
from ita_analysis.batch.manifest import load_manifest
from ita_analysis.batch.paths import home
from ita_analysis.batch.run import Outcome, run
from ita_analysis.batch.verify import verify
from ita_analysis.batch.wishes import Wishes
from ita_analysis.cli import main
from ita_analysis.errors import ClusterError, UsageError

FIRST = "example-1"
"""The agency whose report is made first."""


def files_of(out: Path) -> dict[str, bytes]:
    """Return what readers find: everything but the manifest and the run's own folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".ita" not in path.parts and path.name != "manifest.json"
    }


def attempts_of(out: Path) -> dict[str, int]:
    """Return the attempts of each report that is made, by its agency."""
    records = load_manifest(out).records.values()
    return {each.agency_id: each.attempts for each in records if each.state == "ok"}


def check_tidy(out: Path) -> None:
    assert [path.name for path in (out / ".ita").iterdir()] == ["lock"]
    found = verify(out)
    assert (found.damaged, found.missing) == ((), ())


@contextmanager
def running(job: Job, listener: Listener) -> Iterator[list[Outcome | BaseException]]:
    """Have a run going on beside the block; its end is in the list after it."""
    ended: list[Outcome | BaseException] = []

    def go() -> None:
        try:
            ended.append(run(job, listener))
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield ended
    finally:
        thread.join(SECONDS)
        assert not thread.is_alive()


def places_of(job: Job) -> list[str]:
    places = ["--data", job.data, "--notebooks-dir", job.notebooks, "--out", job.out]
    return [str(word) for word in places]


def ita(job: Job, *words: str) -> subprocess.Popen[str]:
    """Start ``ita run`` as a user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "ita_analysis", "run", *places_of(job), *words],
        env={**os.environ, "ITA_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_a_cluster_makes_what_one_machine_makes(
    machines: Machines, listener: Listener, tmp_path: Path
) -> None:
    wishes = Wishes(((2566, 2566),), ("example-agency",), ("brief", "timeliness"), ("th", "en"))
    there = Job(home() / "data", home() / "notebooks", tmp_path / "there", wishes)
    workers = machines.workers(2)
    outcome = run(replace(there, scheduler=machines.address), listener)
    assert (outcome.made, outcome.failed) == (4, ())
    here = replace(there, out=tmp_path / "here")
    run(here, listener)
    assert files_of(there.out) == files_of(here.out)
    made, records = load_manifest(there.out).records, load_manifest(here.out).records
    for key, record in records.items():
        assert replace(made[key], seconds=0, peak_mb=0) == replace(record, seconds=0, peak_mb=0)
        assert made[key].peak_mb
    check_tidy(there.out)
    # What is made once is not made again, and the cluster is not asked.
    assert run(replace(there, scheduler="tcp://127.0.0.1:1"), listener).current == 4
    # With the run, its data leave the workers.
    wait_until(lambda: not any(worker.data_folders() for worker in workers))


def test_a_worker_that_dies_costs_only_its_running_report(
    machines: Machines, listener: Listener, make_job: Callable[..., Job], tmp_path: Path
) -> None:
    job = make_job("there", FIRST, scheduler=machines.address)
    workers = {each.process.pid: each for each in machines.workers(2)}
    mark = tmp_path / "there.mark"
    with running(job, listener) as ended:
        wait_until(mark.exists)
        wait_until(lambda: len(listener.records) == 3)  # the other worker makes the others
        kernel = int(mark.read_text())
        zygote, owner = ancestors(kernel)[:2]
        # It has one folder, that only it can open, with the registers of this one agency.
        (folder,) = workers[owner].data_folders()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert [path.name for path in (folder / "data" / "registers").iterdir()] == [FIRST]
        workers.pop(owner).kill()
    assert isinstance(ended[0], Outcome)
    assert (ended[0].made, ended[0].failed) == (4, ())
    wait_until(lambda: not machines.alive() & {kernel, zygote})
    assert attempts_of(job.out) == {FIRST: 2, "example-2": 1, "example-3": 1, "example-4": 1}
    check_tidy(job.out)
    (other,) = workers.values()
    wait_until(lambda: not other.data_folders())
    here = replace(job, out=tmp_path / "here", scheduler=None)
    run(here, listener)
    assert files_of(job.out) == files_of(here.out)


def test_workers_that_come_later_are_used(
    machines: Machines, listener: Listener, make_job: Callable[..., Job], tmp_path: Path
) -> None:
    machines.workers(1)
    job = make_job("there", FIRST, scheduler=machines.address)
    with running(job, listener) as ended:
        wait_until((tmp_path / "there.mark").exists)
        machines.workers(2)
        wait_until(lambda: len(listener.records) == 3)
        # A kernel that dies costs an attempt, as on one machine.
        os.kill(int((tmp_path / "there.mark").read_text()), signal.SIGKILL)
    assert isinstance(ended[0], Outcome)
    assert attempts_of(job.out) == {FIRST: 2, "example-2": 1, "example-3": 1, "example-4": 1}


def test_a_worker_that_differs_is_named_and_left_alone(
    apart: Machines, listener: Listener, make_job: Callable[..., Job]
) -> None:
    other = apart.worker("other", OTHER_VERSION="0.1")
    job = make_job("there", scheduler=apart.address)
    with pytest.raises(UsageError, match="no worker of the cluster would make the same"):
        run(job, listener)
    assert not (job.out / "manifest.json").exists()
    (line,) = listener.notes
    assert line.startswith("the worker other (tcp://")
    assert ") takes no part: pandas 0.1, here " in line
    apart.worker("one")
    assert run(job, listener).made == 4
    assert listener.notes[1:] == [line]
    assert other.data_folders() == []


def test_without_workers_it_ends_with_a_clear_line_and_goes_on_next_time(
    machines: Machines,
    listener: Listener,
    make_job: Callable[..., Job],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(crew, "PATIENCE", 2.0)
    job = make_job("there", "example-2", scheduler=machines.address)
    (worker,) = machines.workers(1)
    with running(job, listener) as ended:
        wait_until((tmp_path / "there.mark").exists)
        worker.kill()
    assert isinstance(ended[0], ClusterError)
    assert "the cluster has no worker" in str(ended[0])
    assert listener.notes == ["the cluster has no worker that takes part; waiting 2 s for one"]
    assert attempts_of(job.out) == {FIRST: 1}
    check_tidy(job.out)
    monkeypatch.undo()
    machines.workers(1)
    outcome = run(job, listener)
    assert (outcome.made, outcome.current) == (3, 1)


def test_a_scheduler_that_is_lost_ends_the_run(
    apart: Machines, make_job: Callable[..., Job], tmp_path: Path
) -> None:
    job = make_job("there", "example-2")
    apart.workers(1)
    process = ita(job, "--scheduler", apart.address)
    wait_until((tmp_path / "there.mark").exists)
    apart.scheduler.kill()
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 69
    first, second = told.splitlines()
    assert "example-1/good.th: made" in first
    assert f"'{apart.address}' | the scheduler was lost" in second
    assert attempts_of(job.out) == {FIRST: 1}
    check_tidy(job.out)
    os.kill(int((tmp_path / "there.mark").read_text()), signal.SIGKILL)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_it_can_be_stopped(
    machines: Machines,
    make_job: Callable[..., Job],
    tmp_path: Path,
    number: signal.Signals,
    code: int,
) -> None:
    job = make_job("there", "example-2")
    (worker,) = machines.workers(1)
    process = ita(job, "--scheduler", machines.address)
    wait_until((tmp_path / "there.mark").exists)
    process.send_signal(number)
    _, told = process.communicate(timeout=10)
    assert process.returncode == code
    assert attempts_of(job.out) == {FIRST: 1}
    if code > 0:
        assert "stopped as asked" in told.splitlines()[-1]
        assert "Traceback" not in told
        check_tidy(job.out)
    # The worker's report ends by itself; then the run's data go.
    assert worker.data_folders()
    os.kill(int((tmp_path / "there.mark").read_text()), signal.SIGKILL)
    wait_until(lambda: not worker.data_folders())


def test_a_wrong_address_is_told_in_one_line(
    make_job: Callable[..., Job],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("distributed")
    assert line.CONNECT_SECONDS < 10
    monkeypatch.setattr(line, "CONNECT_SECONDS", 0.5)
    job = make_job("there")
    with socket.socket() as closed, socket.create_server(("127.0.0.1", 0)) as silent:
        closed.bind(("127.0.0.1", 0))
        ports = [each.getsockname()[1] for each in (closed, silent)]
        for address in (*(f"127.0.0.1:{port}" for port in ports), "carrier-pigeon://coop", ""):
            assert main(["run", *places_of(job), "--scheduler", address]) == 2
            (told,) = capsys.readouterr().err.splitlines()
            assert "no Dask scheduler answers at this address" in told
    assert not (job.out / "manifest.json").exists()
