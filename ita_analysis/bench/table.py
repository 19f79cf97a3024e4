"""One run of all ways, and its table in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from ita_analysis.batch.job import count_cores
from ita_analysis.batch.paths import notebooks_folder
from ita_analysis.bench.country import make_country
from ita_analysis.bench.variants import (
    Ground,
    Timing,
    engine_with_saves,
    our_run,
    stock_commands,
)

NATIONAL_REPORTS = 33_200
"""Four reports a year for each of 8,300 agencies."""

_KINDS = {
    "runner": "with JupyterLab's full set",
    "runner-lean": "without JupyterLab",
}
"""Environments, by section: what JupyterLab brings makes every start of stock papermill slower."""

_LABELS = {
    "commands": "(a) `papermill` and `nbconvert` commands, one after the other",
    "command-papermill": "`papermill` command alone, saving after every cell",
    "engine": "papermill's API with `--engine warm`, saving after every cell",
    "api": "(b) papermill's API with its own engine, our export",
    "ours-1": "(c) `ita run --jobs 1`",
    "ours-2": "(c) `ita run --jobs 2`",
}


def bench(notebook: str, n_reports: int, n_commands: int) -> str:
    """Time all ways on the same notebook and data, and return the table as Markdown.

    Args:
        notebook: Name of the notebook.
        n_reports: Reports of each way of ours.
        n_commands: Reports of the stock commands.
    """
    with tempfile.TemporaryDirectory(prefix="ita-bench-") as folder:
        country = Path(folder) / "data"
        year = make_country(country, n_reports)
        names = tuple(sorted(path.name for path in (country / "registers").iterdir()))
        path = notebooks_folder() / f"{notebook}.ipynb"
        few, all_of_them = (Ground(country, path, year, names[:n]) for n in (n_commands, n_reports))
        timings = [
            stock_commands(few),
            stock_commands(few, convert=False),
            engine_with_saves(all_of_them),
            our_run(few if n_commands > 1 else all_of_them, "api", "stock", 1),
            our_run(all_of_them, "ours-1", "warm", 1),
            our_run(all_of_them, "ours-2", "warm", 2),
        ]
    return _markdown(notebook, {timing.name: timing for timing in timings})


def _markdown(notebook: str, ways: dict[str, Timing]) -> str:
    base = ways["commands"].seconds
    lines = [
        f"## The runner against stock papermill, {_KINDS[section()]}",
        "",
        f"`ita bench --notebook {notebook} --reports {ways['ours-1'].n_reports}`, one run, "
        "the same invented data for all.",
        _environment(),
        "",
        "| way | reports | set-up, s | s per report | times as fast as (a) "
        f"| hours for {NATIONAL_REPORTS:,} reports (extrapolated) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, way in ways.items():
        hours = NATIONAL_REPORTS * way.seconds / 3600
        ratio = f"{base / way.seconds:.1f}"
        lines.append(
            f"| {_LABELS[name]} | {way.n_reports} | {way.set_up:.1f} | {way.seconds:.2f} "
            f"| {ratio} | {hours:.1f} |"
        )
    engine = ways["command-papermill"].seconds / ways["engine"].seconds
    jobs = ways["ours-1"].seconds / ways["ours-2"].seconds
    growth = ways["ours-1"].growth_mb
    lines += [
        "",
        f"Engine alone, saves on: {engine:.1f} times the `papermill` command. Two jobs: {jobs:.2f} "
        "times one. Memory that runner and zygote gained from the second report to the last: "
        + (f"{growth:.1f} MB." if growth is not None else "not measured."),
        "Seconds per report are medians, of ours after the first third of them: the set-up of "
        "each process is left out, but not of (a), where every report pays for it.",
    ]
    return "\n".join(lines)


def _environment() -> str:
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", "import nbformat"], check=True)
    seconds = time.monotonic() - start
    full = _KINDS[section()]
    compiled = "compiled" if _is_compiled("pandas") else "not compiled"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{count_cores()} cores, load before {load}; {full} (`import nbformat` {seconds:.1f} s), "
        f"libraries' bytecode {compiled}; papermill {version('papermill')}, "
        f"nbclient {version('nbclient')}, ipykernel {version('ipykernel')}."
    )


def section() -> str:
    """Return the name of the section of docs/benchmarks.md that this environment writes."""
    return "runner" if _has("jupyterlab") else "runner-lean"


def _has(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _is_compiled(module: str) -> bool:
    spec = find_spec(module)
    return bool(spec and spec.origin and Path(cache_from_source(spec.origin)).exists())
