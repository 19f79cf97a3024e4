"""The runner is killed, or the disk refuses, at every point: nothing is lost, nothing is half."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from faulty import (  # type: ignore[import-not-found]
    FULL,
    TALLY,
    Forker,
    files_of,
    job_of,
    side_by_side,
    some,
    wait_until,
)

from ita_analysis.batch.job import Job
from ita_analysis.batch.manifest import load_manifest
from ita_analysis.batch.verify import verify

N_KILLS = 1000 if FULL else 6
"""Kills at random moments."""


@pytest.fixture(scope="module")
def data(make_data: Callable[[int], Path]) -> Path:
    return make_data(2)


@pytest.fixture
def clean(
    forker: Forker, data: Path, notebook: Callable[..., Path], tmp_path: Path
) -> tuple[Job, dict[str, bytes], dict[str, int]]:
    """A job, the files of a run without a fault, and what that run came to."""
    job = job_of(data, notebook(), tmp_path / "clean")
    counts = forker.run(job)
    assert counts["code"] == 0
    return job, files_of(job.out), counts


def left_behind(forker: Forker) -> list[str]:
    """Return the processes that a killed run has left, known by a variable they inherited."""
    mark = f"ITA_FAULTS_OF={forker.pid}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
        except OSError:
            continue  # it has just ended, or is another user's
    return found


def check_whole(job: Job, files: dict[str, bytes]) -> None:
    """Check that every file there is a whole one, and every report said to be made is there."""
    for name, content in files_of(job.out).items():
        assert name == "index.html" or content == files[name], name
    if (job.out / "manifest.json").exists():
        found = verify(job.out)
        assert (found.damaged, found.missing) == ((), ())


def check_converges(forker: Forker, job: Job, files: dict[str, bytes]) -> None:
    assert forker.run(job)["code"] == 0
    assert files_of(job.out) == files
    assert {record.state for record in load_manifest(job.out).records.values()} == {"ok"}
    left = [path.name for path in (job.out / ".ita").iterdir()]
    assert left == ["lock"]


def fresh(job: Job, tmp_path: Path, number: int) -> Job:
    return job_of(job.data, job.notebooks, tmp_path / f"out-{number}")


def test_killed_at_every_change_of_state(
    forkers: list[Forker], clean: tuple[Job, dict[str, bytes], dict[str, int]], tmp_path: Path
) -> None:
    job, files, counts = clean

    def check(forker: Forker, number: int) -> None:
        killed = fresh(job, tmp_path, number)
        assert forker.run(killed, "kill", number)["code"] == -9
        check_whole(killed, files)
        check_converges(forker, killed, files)
        shutil.rmtree(killed.out)

    side_by_side(forkers, some(range(1, counts["events"] + 1), 6), check)
    TALLY["runner killed at every change of state"] = (
        f"{counts['events']} places: each re-run gives the clean run's files"
    )


def test_killed_at_random_moments(
    forkers: list[Forker],
    clean: tuple[Job, dict[str, bytes], dict[str, int]],
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    job, files, _ = clean
    share = N_KILLS // len(forkers)

    def torment(number: int, forker: Forker) -> int:
        """Kill runs until the share is done; return how many ended before their moment came.

        A run that was killed is gone on with; one that had ended is made anew, so that there is
        always something to kill.
        """
        chance = random.Random(2566 + number)
        killed = fresh(job, tmp_path, number)
        start = time.monotonic()
        check_converges(forker, killed, files)
        seconds = time.monotonic() - start
        n_killed = n_runs = 0
        has_ended = True
        while n_killed < share:
            again = job_of(job.data, job.notebooks, killed.out, force=has_ended)
            code = forker.run(again, after=chance.uniform(0.02, seconds))["code"]
            check_whole(again, files)
            has_ended = code != -signal.SIGKILL
            n_runs, n_killed = n_runs + 1, n_killed + (not has_ended)
            if n_runs % 10 == 0:
                check_converges(forker, killed, files)
                has_ended = True
                tell(f"forker {number}: {n_killed} of {share} kills in {n_runs} runs")
        check_converges(forker, killed, files)
        return n_runs - n_killed

    with ThreadPoolExecutor(len(forkers)) as pool:
        too_late = sum(pool.map(torment, range(len(forkers)), forkers))
    for forker in forkers:
        assert wait_until(lambda: not left_behind(forker), 10), left_behind(forker)  # noqa: B023
    TALLY["runner killed at a random moment"] = (
        f"{share * len(forkers):,} kills ({too_late} runs had ended before): 0 corrupt or lost "
        "files, 0 processes left; every tenth run goes on to the clean run's files"
    )


@pytest.mark.parametrize("kind", ["full", "hiccup"])
def test_the_disk_refuses_at_every_operation(
    forkers: list[Forker],
    clean: tuple[Job, dict[str, bytes], dict[str, int]],
    tmp_path: Path,
    kind: str,
) -> None:
    job, files, counts = clean

    def check(forker: Forker, number: int) -> None:
        # A run over finished reports: they have to come through untouched.
        out = tmp_path / f"{kind}-{number}"
        shutil.copytree(job.out, out)
        again = job_of(job.data, job.notebooks, out, force=True)
        assert forker.run(again, kind, number)["code"] == 74
        assert files_of(out) == files
        check_converges(forker, job_of(job.data, job.notebooks, out), files)
        shutil.rmtree(out)

    side_by_side(forkers, some(range(1, counts["disk"] + 1), 5), check)
    how = "once" if kind == "hiccup" else "from then on"
    TALLY[f"n-th write, sync or replace fails, {how}"] = (
        f"{counts['disk']} places: exit 74, earlier files untouched, the re-run goes on"
    )


def test_a_hiccup_of_the_disk_is_got_over(
    forker: Forker, clean: tuple[Job, dict[str, bytes], dict[str, int]], tmp_path: Path
) -> None:
    job, files, _ = clean
    out = tmp_path / "retried"
    # The first disk operations of a run are those of its first report.
    patient = job_of(job.data, job.notebooks, out, retries=2)
    assert forker.run(patient, "hiccup", 3)["code"] == 0
    assert files_of(out) == files


def test_a_full_disk_gets_one_line(
    forker: Forker, clean: tuple[Job, dict[str, bytes], dict[str, int]], tmp_path: Path
) -> None:
    job, files, _ = clean
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        out = disk / "out"
        assert forker.run(job_of(job.data, job.notebooks, out))["code"] == 0
        with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        full = job_of(job.data, job.notebooks, out, force=True)
        assert forker.run(full)["code"] == 74
        assert files_of(out) == files
        (disk / "filler").unlink()
        check_converges(forker, job_of(job.data, job.notebooks, out), files)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
