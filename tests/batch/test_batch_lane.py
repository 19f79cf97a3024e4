"""A lane: one notebook runs while another report is exported, never two notebooks at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from typing import Any, cast

import pytest

from ita_analysis.batch.attempt import Attempt
from ita_analysis.batch.build import Making
from ita_analysis.batch.job import Due
from ita_analysis.batch.plan import Task
from ita_analysis.batch.schedule import Schedule
from ita_analysis.batch.workers import attempts
from ita_analysis.texts import current_language, use_language

SECONDS = 10
MAKING = cast(Making, None)  # the stand-ins below look at no more than the name of a report


def schedule(*names: str) -> Schedule:
    return Schedule([Due(cast(Task, name), (), "") for name in names], retries=0)


def nothing(*_: object) -> None:
    """Take note of no step."""


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Attempt]], None]:
    """Return a function that has reports made by a function of the test."""

    def put(make: Callable[..., Attempt]) -> None:
        monkeypatch.setattr("ita_analysis.batch.lane.attempt", make)

    return put


def test_a_report_is_exported_while_the_next_one_runs(
    stand_in: Callable[..., None], tmp_path: Path
) -> None:
    running: list[str] = []
    most_at_once = 0
    next_one_runs = threading.Event()

    def make(task: str, _making: object, _scratch: Path, reached: Callable[..., None]) -> Attempt:
        nonlocal most_at_once
        running.append(task)
        most_at_once = max(most_at_once, len(running))
        if task == "two":
            next_one_runs.set()
        running.remove(task)
        reached("executed")
        if task == "one":
            assert next_one_runs.wait(SECONDS)
        return Attempt("ok", None, 0)

    stand_in(make)
    steps: list[tuple[str, str]] = []
    tried = attempts(
        schedule("one", "two", "three"),
        MAKING,
        tmp_path,
        1,
        lambda item, step: steps.append((str(item.due.task), step)),
    )
    ended = [(str(item.due.task), result.state) for item, result in tried]
    assert sorted(ended) == [("one", "ok"), ("three", "ok"), ("two", "ok")]
    assert most_at_once == 1
    assert steps.index(("one", "executed")) < steps.index(("two", "running"))
    assert not list((tmp_path / ".ita").glob("scratch-*"))


def test_what_runs_is_cut_short_when_nobody_wants_it_any_more(
    stand_in: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Kernel:
        killed = threading.Event()

        def poll(self) -> int | None:
            return -9 if self.killed.is_set() else None

        def kill(self) -> None:
            self.killed.set()

    kernel = Kernel()
    next_one_runs = threading.Event()

    def make(task: str, _making: object, _scratch: Path, reached: Callable[..., None]) -> Attempt:
        if task == "one":
            reached("executed")
            assert next_one_runs.wait(SECONDS)
            return Attempt("ok", None, 0)
        next_one_runs.set()
        assert kernel.killed.wait(SECONDS)
        return Attempt("killed", None, 0)

    monkeypatch.setattr("ita_analysis.batch.lane.last_kernel", lambda: kernel)
    stand_in(make)
    tried = attempts(schedule("one", "two"), MAKING, tmp_path, 1, nothing)
    assert str(next(tried)[0].due.task) == "one"
    tried.close()
    assert kernel.killed.is_set()
    assert "ita-lane" not in [thread.name for thread in threading.enumerate()]
    assert not list((tmp_path / ".ita").glob("scratch-*"))


def test_a_lane_speaks_the_language_that_was_chosen(
    stand_in: Callable[..., None], tmp_path: Path
) -> None:
    def make(*_: Any) -> Attempt:
        return Attempt("failed", current_language(), 0)

    def in_english() -> list[Attempt]:
        use_language("en")
        return [result for _, result in attempts(schedule("one"), MAKING, tmp_path, 1, nothing)]

    stand_in(make)
    # In a context of its own: the other tests' language is not to change.
    (result,) = copy_context().run(in_english)
    assert result.error == "en"
