"""The engine ``warm`` against papermill's own: the same outputs, and papermill's tests pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from papermill.execute import execute_notebook

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [
    path
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    if "ita" in json.loads(path.read_text(encoding="utf-8"))["metadata"]
]
EXCEPTIONS = tomllib.loads(
    Path(__file__).with_name("conformance_exceptions.toml").read_text(encoding="utf-8")
)["exceptions"]
PARTS = ("autosave", "cli", "clientwrap", "engines", "execute", "inspect", "parameterize", "utils")
PAPERMILLS_OWN = [f"papermill.tests.test_{part}" for part in PARTS]
FEWEST_FORKED = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks kernels")


def outputs(path: Path, folder: Path, engine: str | None) -> list[Any]:
    nb = execute_notebook(
        str(path),
        None,
        parameters={"lang": "en", "data_dir": str(ROOT / "data")},
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        cwd=folder,
        extra_arguments=["--log-level=ERROR"],
    )
    return [
        (cell.get("execution_count"), cell.get("outputs"))
        for cell in nb.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_our_notebooks_show_the_same(path: Path, tmp_path: Path) -> None:
    warm, stock = outputs(path, tmp_path, "warm"), outputs(path, tmp_path, None)
    assert len(warm) > 5
    assert warm == stock


def run_papermills_tests(folder: Path, engine: str) -> dict[str, Any]:
    report = folder / f"{engine}.json"
    words = [sys.executable, "-m", "pytest", "-p", "warm_swap", "-p", "no:cacheprovider", "-q"]
    words += ["-c", os.devnull, f"--rootdir={folder}", "--pyargs", *PAPERMILLS_OWN]
    env = {"PYTHONPATH": str(Path(__file__).parent), "ITA_SWAP": engine}
    env = {**os.environ, **env, "ITA_SWAP_REPORT": str(report)}
    subprocess.run(words, cwd=folder, env=env, check=False, capture_output=True)
    content: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return content


@pytest.mark.conformance
def test_papermills_own_tests_pass_where_they_do_with_its_engine(tmp_path: Path) -> None:
    stock, warm = (run_papermills_tests(tmp_path, engine) for engine in ("stock", "warm"))
    assert len(stock["outcomes"]) > 150
    assert stock["counts"] == {"forked": 0, "afresh": 0}
    assert warm["counts"]["forked"] >= FEWEST_FORKED
    different = {
        name: (outcome, warm["outcomes"].get(name))
        for name, outcome in stock["outcomes"].items()
        if outcome == "passed" and warm["outcomes"].get(name) != "passed"
    }
    assert different.keys() == EXCEPTIONS.keys(), different
