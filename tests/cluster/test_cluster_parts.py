"""The parts of a run on a cluster, without one."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ita_analysis.batch import cluster, job, parcel, remote
from ita_analysis.batch.attempt import Attempt
from ita_analysis.batch.build import Built, Making
from ita_analysis.batch.crew import Crew, differences
from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.job import Due, Job, choose_scheduler, find_due
from ita_analysis.batch.line import Answer, Event, Lost, Seen
from ita_analysis.batch.manifest import Manifest
from ita_analysis.batch.notebooks import find_notebooks
from ita_analysis.batch.parcel import common_inputs, own_inputs, pack, unpack
from ita_analysis.batch.plan import make_plan
from ita_analysis.batch.remote import Greeting, Returned, facts
from ita_analysis.batch.schedule import Item
from ita_analysis.errors import ClusterError, UsageError
from ita_analysis.reports.plotly_bundle import plotly_bundle


@pytest.fixture
def dues(make_job: Callable[..., Job], data: Path) -> list[Due]:
    (data / "frameworks").mkdir()
    (data / "frameworks" / "2566.yml").write_bytes(b"x" * 25)
    made = make_job("there")
    tasks = make_plan(Holdings(data), find_notebooks(made.notebooks), made.wishes)
    return find_due(made, tasks, Manifest(made.out, {}))


def test_a_task_carries_its_agency_s_files_and_the_loads_carry_the_rest(
    dues: list[Due], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = own_inputs(dues[0], data)
    folder = "data/registers/example-1/2566"
    assert f"{folder}/measures.csv" in own
    assert {name.rpartition("/")[0] for name in own} == {folder}
    monkeypatch.setattr(parcel, "PIECE_BYTES", 10)
    loads = common_inputs(dues, data)
    pieces = [piece for load in loads for piece in load]
    assert {piece.name for piece in pieces} == {"data/agencies.csv", "data/frameworks/2566.yml"}
    rules = [piece.packed for piece in pieces if piece.name == "data/frameworks/2566.yml"]
    assert [len(zlib.decompress(packed)) for packed in rules] == [10, 10, 5]
    names = {name for due in dues for name in own_inputs(due, data)}
    sent = names | {piece.name for piece in pieces} | {"notebooks/good.ipynb"}
    assert sent == {each.path for due in dues for each in due.inputs}


def test_plotly_does_not_travel() -> None:
    content = b"<script>" + plotly_bundle().packed.encode() + b"</script>"
    assert len(pack(content)) < 100
    assert unpack(pack(content)) == content


def test_what_differs_is_named() -> None:
    ours = facts()
    assert differences(ours, dict(ours)) == []
    other = {**ours, "pandas": "0.1", "more": "1"}
    del other["numpy"]
    assert differences(ours, other) == [
        f"numpy –, here {ours['numpy']}",
        f"pandas 0.1, here {ours['pandas']}",
        "more 1, here –",
    ]


class FakeLine:
    """A line without a cluster: notes calls."""

    address = "tcp://fake:1"

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []

    def call(self, worker: str, work: Callable[..., Any], order: object) -> str:
        self.calls.append((worker, order))
        return str(len(self.calls))

    def let_go(self, call: str) -> None: ...


def crew_of(told: list[str]) -> Crew:
    return Crew(FakeLine(), told.append)  # type: ignore[arg-type]


def seen(*addresses: str, willing: tuple[str, ...] | None = None) -> Seen:
    return Seen({each: each for each in addresses}, frozenset(willing or addresses))


def test_a_crew_greets_refuses_and_forgets() -> None:
    told: list[str] = []
    crew = crew_of(told)
    crew.take(seen("a", "b", "c"))
    assert [address for address, _ in crew.line.calls] == ["a", "b", "c"]  # type: ignore[attr-defined]
    events: list[Event] = [
        Answer("1", Greeting("worker-a", facts())),
        Answer("2", Greeting("worker-b", {**facts(), "numpy": "0"})),
        Answer("3", error="ModuleNotFoundError: No module named 'ita_analysis'"),
    ]
    for event in events:
        assert crew.take(event) == ([], None)
    assert [member.address for member in crew.free()] == ["a"]
    assert len(told) == 2
    assert "the worker c takes no part: ModuleNotFoundError" in told[1]
    # One that is paused is given nothing; one that was refused is not asked again.
    crew.take(seen("a", "b", "c", willing=("b", "c")))
    assert (crew.free(), len(crew.line.calls)) == ([], 3)  # type: ignore[attr-defined]
    left, _ = crew.take(seen("b"))
    assert [member.address for member in left] == ["a"]
    # Another one at the address of one that was refused is asked.
    crew.take(seen())
    crew.take(seen("b"))
    assert len(crew.line.calls) == 4  # type: ignore[attr-defined]


def test_a_worker_that_died_in_a_call_is_greeted_anew() -> None:
    told: list[str] = []
    crew = crew_of(told)
    crew.take(seen("a"))
    crew.take(Answer("1", error="KilledWorker", is_death=True))
    assert (crew.members, told) == ({}, [])
    crew.take(seen("a"))
    assert len(crew.members) == 1


def test_a_lost_scheduler_is_named() -> None:
    with pytest.raises(ClusterError, match=r"tcp://fake:1.*the scheduler was lost: reset"):
        crew_of([]).take(Lost("reset"))


def test_files_from_a_worker_stay_in_their_report_s_folder(dues: list[Due], tmp_path: Path) -> None:
    task = dues[0].task
    built = Built({}, None, (), 1.0, "warm")  # type: ignore[arg-type]
    result = Attempt("ok", None, 1.0, built)
    good = f"{task.folder}/good.th.html"
    arrived = cluster._arrived(Returned(result, {good: pack(b"page")}), task, tmp_path)
    assert arrived.built is not None
    assert {name: path.read_bytes() for name, path in arrived.built.files.items()} == {
        good: b"page"
    }
    (output,) = arrived.built.outputs
    assert (output.path, output.size) == (good, 4)
    for name in ("index.html", f"{task.folder}/../../x", "/etc/x", f"{task.folder}-2/x"):
        refused = cluster._arrived(Returned(result, {name: pack(b"page")}), task, tmp_path)
        assert (refused.state, refused.built) == ("failed", None)
    damaged = cluster._arrived(Returned(result, {good: b"?"}), task, tmp_path)
    assert damaged.state == "failed"


def test_a_task_that_dask_moved_is_refused_and_counts_as_an_attempt(
    dues: list[Due], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crew_of([])
    crew.take(seen("a"))
    crew.take(Answer("1", Greeting("worker-a", facts())))
    shift = cluster._Shift(crew, making_of(data), ())
    shift.order(crew.members["a"], Item(dues[0], 1))
    order = crew.line.calls[-1][1]  # type: ignore[attr-defined]
    assert not order.making.data.is_absolute()
    monkeypatch.setattr(remote, "_homes", {order.lease: tmp_path})
    monkeypatch.setattr(remote, "_worker", lambda: SimpleNamespace(id="the next at its address"))
    assert remote.make(order) is None
    ended = shift.ended(Answer("2", None))
    assert ended is not None
    result = ended[1]
    assert isinstance(result, Attempt)
    assert (result.state, result.error) == (
        "killed",
        "the worker a was lost while it made the report",
    )
    crew.take(seen("a"))
    assert not crew.members["a"].worker_id  # it is asked anew who it is


def test_a_full_disk_of_a_worker_is_not_the_run_s(dues: list[Due], data: Path) -> None:
    told: list[str] = []
    crew = crew_of(told)
    crew.take(seen("a"))
    crew.take(Answer("1", Greeting("worker-a", facts())))
    shift = cluster._Shift(crew, making_of(data), ())
    assert shift.order(crew.members["a"], Item(dues[0], 1)) is None
    full = Attempt("failed", "?", 1.0, disk=("/x", "No space left on device"))
    ended = shift.ended(Answer("2", Returned(full, {})))
    assert ended is not None
    result = ended[1]
    assert isinstance(result, Attempt)
    assert (result.may_pass, result.disk) == (True, None)
    assert told == ["the worker a takes no part: /x: No space left on device"]
    assert crew.members == {}


def test_inputs_that_cannot_be_read_are_told_as_on_one_machine(dues: list[Due], data: Path) -> None:
    crew = crew_of([])
    crew.take(seen("a"))
    crew.take(Answer("1", Greeting("worker-a", facts())))
    shutil.rmtree(data / "registers")
    refused = cluster._Shift(crew, making_of(data), ()).order(crew.members["a"], Item(dues[0], 1))
    assert refused is not None
    assert refused.disk is not None
    assert crew.members["a"].is_free


def making_of(data: Path) -> Making:
    return Making(data, "warm", 60, date(2023, 1, 1))


def test_jobs_and_scheduler_exclude_each_other() -> None:
    assert choose_scheduler(None, 2) is None
    with pytest.raises(UsageError, match="--jobs 2"):
        choose_scheduler("tcp://host:8786", 2)


def test_a_missing_dask_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "find_spec", lambda name: None)
    assert choose_scheduler(None, None) is None
    with pytest.raises(UsageError, match=r"pip install 'ita-analysis\[cluster\]'"):
        choose_scheduler("tcp://host:8786", None)
