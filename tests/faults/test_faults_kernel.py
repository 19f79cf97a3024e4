"""The kernel fails in every way it can: each is named, and never taken for a report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FULL, TALLY, Forker, files_of, job_of, side_by_side, some  # type: ignore[import-not-found]

from ita_analysis.batch.manifest import Record, load_manifest

KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.fixture(scope="module")
def data(make_data: Callable[[int], Path]) -> Path:
    return make_data(1)


def code_cells(cells: list[dict[str, Any]]) -> list[int]:
    """Return the indexes of the code cells after the one with the parameters."""
    return [index for index, cell in enumerate(cells) if cell["cell_type"] == "code"][1:]


def n_code_cells(folder: Path) -> int:
    return len(code_cells(json.loads((folder / "good.ipynb").read_text("utf-8"))["cells"]))


def before(text: str, place: int) -> Callable[[list[dict[str, Any]]], None]:
    def spoil(cells: list[dict[str, Any]]) -> None:
        cell = cells[code_cells(cells)[place]]
        cell["source"] = text + "".join(cell["source"])

    return spoil


def spoilt(
    forker: Forker, data: Path, folder: Path, out: Path, **more: Any
) -> tuple[Record, list[str]]:
    assert forker.run(job_of(data, folder, out, **more))["code"] == 3
    (record,) = load_manifest(out).records.values()
    return record, list(files_of(out))


@pytest.mark.parametrize("place", [0, 1, -1], ids=["first", "middle", "last"])
def test_a_cell_raises(
    forker: Forker, data: Path, notebook: Callable[..., Path], tmp_path: Path, place: int
) -> None:
    folder = notebook(before("raise ValueError('broken')\n", place))
    record, files = spoilt(forker, data, folder, tmp_path / "out")
    assert record.state == "failed"
    assert "ValueError: broken" in (record.error or "")
    assert files == ["index.html"]


def test_a_kernel_is_killed_at_each_cell(
    forkers: list[Forker], data: Path, notebook: Callable[..., Path], tmp_path: Path
) -> None:
    n_cells = n_code_cells(notebook())

    def check(forker: Forker, number: int) -> None:
        folder = notebook(before(KILL, number % n_cells), f"notebooks-{number}")
        record, files = spoilt(forker, data, folder, tmp_path / f"{number}")
        assert record.state == "killed"
        assert "SIGKILL" in (record.error or "")
        assert files == ["index.html"]

    side_by_side(forkers, range(100) if FULL else some(range(n_cells), 4), check)
    TALLY["kernel killed at each cell in turn"] = (
        '100 kills: all named with signal and memory, 0 false "ok"'
    )


@pytest.mark.parametrize(
    ("text", "state", "word"),
    [
        ("while True: pass\n", "timeout", "3"),
        ("import sys; sys.exit(0)\n", "failed", "SystemExit"),
        ("import os; os._exit(0)\n", "killed", ""),
        ("print('x' * 100_000_000)\n", "failed", "100 MB"),
    ],
    ids=["hangs", "exits", "vanishes", "floods"],
)
def test_a_cell_never_ends_or_ends_too_soon(  # noqa: PLR0917
    forker: Forker,
    data: Path,
    notebook: Callable[..., Path],
    tmp_path: Path,
    text: str,
    state: str,
    word: str,
) -> None:
    seconds = 3 if state == "timeout" else 60
    record, files = spoilt(
        forker, data, notebook(before(text, 1)), tmp_path / "out", timeout=seconds
    )
    assert record.state == state
    assert word in (record.error or "")
    assert files == ["index.html"]


def test_three_of_ten_fail_each_in_its_own_way(
    forker: Forker, make_data: Callable[[int], Path], notebook: Callable[..., Path], tmp_path: Path
) -> None:
    text = (
        "import os, signal\n"
        "if agency_id == 'example-02': raise ValueError('broken')\n"
        "while agency_id == 'example-05': pass\n"
        "if agency_id == 'example-08': os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    out = tmp_path / "out"
    job = job_of(make_data(10), notebook(before(text, 0)), out, timeout=8, jobs=2)
    assert forker.run(job)["code"] == 3
    records = load_manifest(out).records.values()
    states = {record.agency_id: record.state for record in records if record.state != "ok"}
    assert states == {"example-02": "failed", "example-05": "timeout", "example-08": "killed"}
    pages = [name for name in files_of(out) if name.endswith(".th.html")]
    assert len(pages) == 7
    assert os.access(out / "index.html", os.R_OK)
    TALLY["of 10 agencies one cell raises, one hangs, one kernel is killed"] = (
        "7 reports, 3 named failures, exit 3"
    )
