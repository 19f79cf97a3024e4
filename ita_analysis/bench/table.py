"""One run of all ways, and its table in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from statistics import median

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


Round = dict[str, Timing]
"""The timings of all ways, one after the other, by the key of the way."""


def bench(notebook: str, n_reports: int, n_commands: int, n_rounds: int) -> str:
    """Time all ways on the same notebook and data, and return the table as Markdown.

    Args:
        notebook: Name of the notebook.
        n_reports: Reports of each way of ours, in each round.
        n_commands: Reports of the stock commands, in each round.
        n_rounds: How often all ways are timed: the pace of a machine changes within minutes.
    """
    with tempfile.TemporaryDirectory(prefix="ita-bench-") as folder:
        country = Path(folder) / "data"
        year = make_country(country, n_reports)
        names = tuple(sorted(path.name for path in (country / "registers").iterdir()))
        path = notebooks_folder() / f"{notebook}.ipynb"
        few, all_of_them = (Ground(country, path, year, names[:n]) for n in (n_commands, n_reports))
        rounds = [_round(few, all_of_them) for _ in range(n_rounds)]
    return _markdown(notebook, rounds)


def _round(few: Ground, all_of_them: Ground) -> Round:
    timings = [
        stock_commands(few),
        stock_commands(few, convert=False),
        engine_with_saves(all_of_them),
        our_run(few if len(few.agencies) > 1 else all_of_them, "api", "stock", 1),
        our_run(all_of_them, "ours-1", "warm", 1),
        our_run(all_of_them, "ours-2", "warm", 2),
    ]
    return {timing.name: timing for timing in timings}


def _together(timings: Sequence[Timing]) -> Timing:
    """Return one way's timings in all rounds as one: medians, and the largest growth."""
    growths = [each.growth_mb for each in timings if each.growth_mb is not None]
    return Timing(
        timings[0].name,
        sum(each.n_reports for each in timings),
        median(each.set_up for each in timings),
        median(each.seconds for each in timings),
        max(growths, default=None),
    )


def _times(rounds: Sequence[Round], slow: str, fast: str) -> str:
    """Return how many times as fast one way is as another: the median round, and all of them."""
    ratios = sorted(each[slow].seconds / each[fast].seconds for each in rounds)
    return f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def _markdown(notebook: str, rounds: Sequence[Round]) -> str:
    ways = {name: _together([each[name] for each in rounds]) for name in rounds[0]}
    n_reports = rounds[0]["ours-1"].n_reports
    lines = [
        f"## The runner against stock papermill, {_KINDS[section()]}",
        "",
        f"`ita bench --notebook {notebook} --reports {n_reports} --rounds {len(rounds)}`, "
        "one run, the same invented data for all.",
        _environment(),
        "",
        "| way | reports | set-up, s | s per report | times as fast as (a) "
        f"| hours for {NATIONAL_REPORTS:,} reports (extrapolated) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, way in ways.items():
        hours = NATIONAL_REPORTS * way.seconds / 3600
        ratio = _times(rounds, "commands", name)
        lines.append(
            f"| {_LABELS[name]} | {way.n_reports} | {way.set_up:.1f} | {way.seconds:.2f} "
            f"| {ratio} | {hours:.1f} |"
        )
    engine = _times(rounds, "command-papermill", "engine")
    jobs = _times(rounds, "ours-1", "ours-2")
    growth = ways["ours-1"].growth_mb
    lines += [
        "",
        f"Engine alone, saves on: {engine} times the `papermill` command. Two jobs: {jobs} "
        "times one. Memory that runner and zygote gained from the second report to the last: "
        + (f"{growth:.1f} MB." if growth is not None else "not measured."),
        "Seconds per report are medians of the rounds' medians, of ours after the first third of "
        "a round's reports: the set-up of each process is left out, but not of (a), where every "
        "report pays for it. Ratios are taken within a round: the median, the least, the most.",
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
