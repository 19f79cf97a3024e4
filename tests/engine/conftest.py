"""Notebooks made on the spot, run by papermill with the engine ``warm`` or with its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from executed import Run  # type: ignore[import-not-found]
from papermill.execute import execute_notebook

from ita_analysis.engine.current import stop_zygotes


@pytest.fixture(scope="session", autouse=True)
def _no_zygote_is_left() -> Iterator[None]:
    yield
    stop_zygotes()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs some cells and returns the executed notebook."""

    def go(*cells: str, engine: str | None = "warm", **more: Any) -> Any:
        nb = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)],
            metadata={"kernelspec": {"name": "python3", "display_name": "p", "language": "python"}},
        )
        options = {"cwd": tmp_path, "progress_bar": False, **more}
        if engine is None:
            options["extra_arguments"] = ["--log-level=ERROR"]
        return execute_notebook(nb, None, engine_name=engine, **options)

    return go
