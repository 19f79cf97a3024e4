"""The journal, the schedule, retries, several jobs: nothing is lost, nothing is tried for ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from test_batch_files import RECORD  # type: ignore[import-not-found]
from test_batch_run import BASE, files_of, record_of  # type: ignore[import-not-found]

from ita_analysis.batch.attempt import Attempt
from ita_analysis.batch.fingerprint import Inputs
from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.job import Due, Job, choose_engine
from ita_analysis.batch.journal import Journal, read_journal
from ita_analysis.batch.manifest import Manifest, load_manifest
from ita_analysis.batch.notebooks import find_notebooks
from ita_analysis.batch.plan import make_plan
from ita_analysis.batch.run import run
from ita_analysis.batch.schedule import FEWEST_FINISHED, Schedule
from ita_analysis.batch.verify import verify
from ita_analysis.batch.wishes import Wishes
from ita_analysis.errors import OutputError, UsageError


def test_a_record_outlives_a_killed_run(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.put(RECORD)
    manifest.journal.close()
    assert not (tmp_path / "manifest.json").exists()
    again = load_manifest(tmp_path)
    assert again.is_recovered
    assert again.records == {RECORD.key: RECORD}
    again.save()
    assert not list(read_journal(tmp_path))
    assert not load_manifest(tmp_path).is_recovered


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_torn_last_line_is_passed_over(tmp_path: Path, kept: int) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.put(RECORD)
    end = manifest.journal.path.stat().st_size
    other = replace(RECORD, agency_id="example-two")
    manifest.put(other)
    manifest.journal.close()
    content = manifest.journal.path.read_bytes()
    manifest.journal.path.write_bytes(content[: end + 1 + kept] if kept > 0 else content[:kept])
    assert set(load_manifest(tmp_path).records) == {RECORD.key}
    # What the next run writes is not hurt by the torn line.
    journal = Journal(tmp_path)
    journal.record(json.loads(json.dumps(manifest_values(other))))
    journal.close()
    assert set(load_manifest(tmp_path).records) == {RECORD.key, other.key}


def manifest_values(record: object) -> dict[str, object]:
    return asdict(record)  # type: ignore[call-overload,no-any-return]


def test_a_report_killed_while_it_was_placed_is_made_again(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.put(RECORD)
    manifest.journal.step(RECORD.key, "exported", 1)
    manifest.journal.close()
    assert load_manifest(tmp_path).records[RECORD.key].fingerprint is None


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def due_of(job: Job) -> list[Due]:
    plan = make_plan(Holdings(job.data), find_notebooks(job.notebooks), Wishes())
    inputs = Inputs(job.data)
    return [Due(task, (), inputs.fingerprint(task, ())) for task in plan]


def test_what_may_pass_is_tried_thrice_with_pauses(make_job: Callable[..., Job]) -> None:
    first, second, _ = due_of(make_job(["quick"]))
    clock = Clock()
    schedule = Schedule([first, second], retries=2, clock=clock)
    item = schedule.take()
    assert item is not None
    assert schedule.try_again(item)
    assert schedule.pause() == 0.5
    other = schedule.take()
    assert other is not None
    assert other.due is second
    assert schedule.take() is None
    clock.now = 0.5
    item = schedule.take()
    assert item is not None
    assert (item.due, item.attempt) == (first, 2)
    assert schedule.try_again(item)
    assert schedule.pause() == 1.0
    clock.now = 1.5
    item = schedule.take()
    assert item is not None
    assert item.attempt == 3
    assert not schedule.try_again(item)
    assert schedule.take() is None
    assert schedule.pause() is None
    assert schedule.rest() == []


def test_too_many_failures_stop_a_run_but_a_few_do_not(make_job: Callable[..., Job]) -> None:
    due = due_of(make_job(["quick"])) * 20
    schedule = Schedule(due, retries=0)
    for number in range(FEWEST_FINISHED - 1):
        schedule.take()
        schedule.ended(number % 3 != 0)
    assert not schedule.is_stopped  # three in ten of a small batch are said by name, no more
    schedule.take()
    schedule.ended(True)
    assert schedule.is_stopped
    assert schedule.take() is None
    assert len(schedule.rest()) == len(due) - FEWEST_FINISHED
    just = Schedule(due, retries=0)
    for number in range(FEWEST_FINISHED):
        just.take()
        just.ended(number % 5 != 0)
    assert not just.is_stopped


def test_skipped_reports_are_recorded_and_made_next_time(
    make_job: Callable[..., Job], recorder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(["quick"], agencies=("example-one", "example-two"))
    monkeypatch.setattr("ita_analysis.batch.schedule.FEWEST_FINISHED", 1)
    bad = Attempt("failed", "broken", 0.0)
    monkeypatch.setattr("ita_analysis.batch.lane.attempt", lambda *_: bad)
    outcome = run(job, recorder)  # type: ignore[arg-type]
    assert (outcome.made, len(outcome.failed), outcome.skipped) == (0, 1, 1)
    assert sorted(r.state for r in load_manifest(job.out).records.values()) == ["failed", "skipped"]
    monkeypatch.undo()
    assert run(job, recorder).made == 2  # type: ignore[arg-type]


def test_a_dead_kernel_is_named_and_tried_again(
    make_job: Callable[..., Job], recorder: object
) -> None:
    job = make_job(["dies"], retries=1)
    assert len(run(job, recorder).failed) == 1  # type: ignore[arg-type]
    record = record_of(job.out, "dies")
    assert (record.state, record.attempts) == ("killed", 2)
    assert "SIGKILL" in (record.error or "")
    assert "MB" in (record.error or "")


def test_a_disk_that_refuses_is_asked_again_then_stops_the_run(
    make_job: Callable[..., Job], recorder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(["quick"], retries=1)
    run(job, recorder)  # type: ignore[arg-type]
    files = files_of(job.out)
    tried: list[Path] = []

    def full(path: Path, _content: bytes) -> None:
        tried.append(path)
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("ita_analysis.batch.build.write_synced", full)
    with pytest.raises(OutputError, match="No space left"):
        run(replace(job, force=True), recorder)  # type: ignore[arg-type]
    assert len(tried) == 2
    assert files_of(job.out) == files


def test_two_jobs_make_what_one_makes(make_job: Callable[..., Job], recorder: object) -> None:
    agencies = ("example-one", "example-two")
    job = make_job(["good", "raises"], agencies=agencies, langs=("en", "th"))
    run(job, recorder)  # type: ignore[arg-type]
    alone = files_of(job.out)
    outcome = run(replace(job, jobs=2, force=True), recorder)  # type: ignore[arg-type]
    assert (outcome.made, len(outcome.failed)) == (4, 4)
    assert files_of(job.out) == alone
    assert not list((job.out / ".ita").glob("scratch*"))


def test_warm_and_stock_make_the_same_bytes(make_job: Callable[..., Job], recorder: object) -> None:
    job = make_job(["good"])
    run(job, recorder)  # type: ignore[arg-type]
    warm = files_of(job.out)
    assert record_of(job.out, "good").engine == "warm" or not hasattr(os, "fork")
    run(replace(job, engine="stock", force=True), recorder)  # type: ignore[arg-type]
    assert record_of(job.out, "good").engine == "stock"
    assert files_of(job.out) == warm


def test_verify_finds_a_flipped_byte_and_the_next_run_mends_it(
    make_job: Callable[..., Job], recorder: object
) -> None:
    job = make_job(["quick"])
    run(job, recorder)  # type: ignore[arg-type]
    files = files_of(job.out)
    assert verify(job.out).damaged == ()
    page = job.out / BASE / "quick.th.html"
    content = bytearray(page.read_bytes())
    content[100] ^= 1
    page.write_bytes(content)
    found = verify(job.out)
    assert (found.n_files, found.damaged, found.missing) == (2, (f"{BASE}/quick.th.html",), ())
    assert run(job, recorder).made == 1  # type: ignore[arg-type]
    assert files_of(job.out) == files
    page.unlink()
    assert verify(job.out).missing == (f"{BASE}/quick.th.html",)


def test_verify_without_a_manifest_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="manifest"):
        verify(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_engines_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_engine("stock") == "stock"
    with pytest.raises(UsageError, match="stock"):
        choose_engine("cold")


def test_the_command_verifies(make_job: Callable[..., Job], recorder: object) -> None:
    job = make_job(["quick"])
    run(job, recorder)  # type: ignore[arg-type]
    words = [sys.executable, "-m", "ita_analysis", "verify", str(job.out)]
    assert subprocess.run(words, check=False).returncode == 0
    (job.out / BASE / "quick.ipynb").unlink()
    assert subprocess.run(words, check=False).returncode == 3
