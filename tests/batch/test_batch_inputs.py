"""Which files a report rests on, and that a country's are each looked at once."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.batch import fingerprint, plan
from ita_analysis.batch.fingerprint import Inputs, hash_file
from ita_analysis.batch.holdings import AgencyYear, Holdings
from ita_analysis.batch.notebooks import Notebook
from ita_analysis.batch.parameters import Parameter
from ita_analysis.batch.plan import Task, make_plan
from ita_analysis.batch.wishes import Wishes

PARAMETERS = tuple(Parameter(name, ()) for name in ("agency_id", "fiscal_year", "lang", "as_of"))


def task(tmp_path: Path, needs: str, name: str = "n") -> Task:
    path = tmp_path / f"{name}.ipynb"
    path.write_text("{}", encoding="utf-8")
    return Task("example-one", 2566, Notebook(name, path, needs, 1, PARAMETERS), "th", None)


def paths(data: Path, wanted: Task) -> list[str]:
    return [file.path for file in Inputs(data).of(wanted)]


def test_a_report_rests_on_its_notebook_its_register_and_what_all_share(
    data: Path, tmp_path: Path
) -> None:
    (data / "frameworks").mkdir()
    (data / "frameworks" / "2566.yml").touch()
    (data / "scores").mkdir()
    (data / "scores" / "a.csv").touch()
    (data / "scores" / ".a.csv.swp").touch()
    (data / "scores" / "raw").mkdir()
    shared = ["data/agencies.csv", "data/frameworks/2566.yml"]
    files = ("measures.csv", "obligations.csv", "source.yml")
    year = [f"data/registers/example-one/2566/{name}" for name in files]
    before = [path.replace("2566", "2565") for path in year]
    assert paths(data, task(tmp_path, "register")) == [*shared, *year, "notebooks/n.ipynb"]
    assert paths(data, task(tmp_path, "register_or_scores")) == [
        *shared,
        *before,
        *year,
        "data/scores/a.csv",
        "notebooks/n.ipynb",
    ]


def test_an_agency_without_a_register_still_has_its_scores(data: Path, tmp_path: Path) -> None:
    (data / "scores").mkdir()
    (data / "scores" / "a.csv").touch()
    wanted = task(tmp_path, "register_or_scores")
    for path in sorted((data / "registers" / "example-one").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert paths(data, wanted) == ["data/agencies.csv", "data/scores/a.csv", "notebooks/n.ipynb"]


def test_each_folder_is_listed_and_each_file_read_once_for_all_reports(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: Counter[str] = Counter()
    read: Counter[str] = Counter()

    def scandir(folder: Path) -> Any:
        listed[str(folder)] += 1
        return os_scandir(folder)

    def hashed(path: Path) -> str:
        read[str(path)] += 1
        return hash_file(path)

    os_scandir = os.scandir
    monkeypatch.setattr(fingerprint.os, "scandir", scandir)
    monkeypatch.setattr(fingerprint, "hash_file", hashed)
    inputs = Inputs(data)
    for name in ("brief", "timeliness", "brief"):
        inputs.of(task(tmp_path, "register_or_scores", name))
    assert set(listed.values()) == {1}
    assert set(read.values()) == {1}
    assert len(read) == 2 + 1 + 6  # two notebooks, the list of agencies, two years' registers


def test_equal_inputs_of_two_reports_are_one_object(data: Path, tmp_path: Path) -> None:
    inputs = Inputs(data)
    one = inputs.of(task(tmp_path, "register", "one"))
    two = inputs.of(task(tmp_path, "register", "two"))
    assert one[0] is two[0]


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
def test_a_file_of_any_size_is_hashed_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size)
    whole = hashlib.sha256(b"x" * size).hexdigest()
    assert hash_file(path) == whole


def test_what_the_data_hold_is_asked_once_whatever_the_number_of_agencies(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()

    def counting(
        name: str, need: Callable[[Holdings], frozenset[AgencyYear]]
    ) -> Callable[[Holdings], frozenset[AgencyYear]]:
        def ask(held: Holdings) -> frozenset[AgencyYear]:
            asked[name] += 1
            return need(held)

        return ask

    monkeypatch.setattr(plan, "NEEDS", {n: counting(n, need) for n, need in plan.NEEDS.items()})
    pair = [
        Notebook(n, Path(f"{n}.ipynb"), needs, 1, PARAMETERS)
        for n, needs in (("a", "register"), ("b", "register_or_scores"))
    ]
    assert len(make_plan(Holdings(data), pair, Wishes(), date(2023, 12, 1))) == 6
    assert asked == {"register": 1, "register_or_scores": 1}


def test_rows_that_are_cut_short_are_left_to_the_score_checks(tmp_path: Path) -> None:
    (tmp_path / "scores").mkdir()
    rows = ["agency_id,fiscal_year_be,code,level", "a,2566", "b,2566,IIT,tool", "", "c"]
    (tmp_path / "scores" / "a.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    held = Holdings(tmp_path)
    assert held.scores == {("a", 2566), ("b", 2566)}
