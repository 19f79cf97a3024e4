"""Does the runner keep its pace and its size? Hundreds of reports out of a whole country.

    python benchmarks/scale.py [--agencies 8300] [--reports 500] [--write]

Makes the data of an invented country, then all notebooks' reports for some of its agencies, with
one job and with two, each in a fresh process. Takes note of the seconds per report, of the memory
and the open files of runner and zygote, and of what is left behind. ``--write`` puts the result
into docs/benchmarks.md. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

from ita_analysis.batch.holdings import Holdings
from ita_analysis.batch.job import Job, find_due
from ita_analysis.batch.manifest import Manifest, Record
from ita_analysis.batch.notebooks import find_notebooks
from ita_analysis.batch.paths import notebooks_folder
from ita_analysis.batch.plan import make_plan
from ita_analysis.batch.run import run
from ita_analysis.batch.wishes import Wishes
from ita_analysis.bench.clock import Clock
from ita_analysis.bench.country import make_country
from ita_analysis.bench.page import write_section
from ita_analysis.bench.table import NATIONAL_REPORTS
from ita_analysis.bench.windows import cut_windows
from ita_analysis.engine.current import stop_zygotes

MARK = "ITA_SCALE_RUN"
"""Variable by which the processes of a run are known."""

JOBS = (1, 2)

STRIDE = 50
"""Reports between two lines that tell how a run goes on."""


def tell(line: str) -> None:
    """Tell what goes on, at once: a full run takes many minutes."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Tell that a phase begins, and how long it took."""
    tell(f"{name} ...")
    start = time.monotonic()
    yield
    tell(f"{name}: {time.monotonic() - start:.1f} s")


def fixed_work() -> float:
    """Return the processor seconds that a fixed piece of work takes just now.

    The pace of a rented machine doubles and halves within minutes; by this, what its own drift
    does to a run is told from what the run does to itself.
    """
    start = time.thread_time()
    for _ in range(100_000):
        pass
    return time.thread_time() - start


@dataclass
class TellingClock(Clock):
    """A clock that tells every now and then how the run goes on.

    Attributes:
        machine: What the machine took for the same piece of work after each report, in seconds.
    """

    machine: list[float] = field(default_factory=list)

    def done(self, record: Record) -> None:
        """Take note of the moment."""
        super().done(record)
        self.machine.append(fixed_work())
        n = len(self.ticks)
        if n == 1:
            tell(f"  first report after {self.ticks[0]:.1f} s")
        if n % STRIDE == 0:
            memory, files = self.memory[-1], self.files[-1]
            size = "unknown" if memory is None else f"{memory:.1f} MB"
            pace = self.seconds(max(1, n - STRIDE), n)  # without what comes before the first
            tell(f"  {n} reports, {pace:.3f} s each; memory {size}; {files} open files")


def one_run(data: Path, year: int, n_agencies: int, jobs: int) -> dict[str, Any]:
    """Make the reports in this process, and say how it went."""
    out = data.parent / f"out-{jobs}"
    names = tuple(f"synthetic-{number:05d}" for number in range(1, n_agencies + 1))
    clock = TellingClock()
    outcome = run(
        Job(data, notebooks_folder(), out, Wishes(((year, year),), names), jobs=jobs), clock
    )
    if outcome.failed or outcome.skipped:
        raise SystemExit(f"{len(outcome.failed)} failed, first: {outcome.failed[0].error}")
    tell(f"  all {outcome.made} reports after {clock.ticks[-1]:.1f} s")
    records = json.loads((out / "manifest.json").read_bytes())["reports"]
    stop_zygotes()
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    state = sorted(path.name for path in (out / ".ita").iterdir())
    shutil.rmtree(out)
    return {
        "jobs": jobs,
        "reports": outcome.made,
        "state": state,
        "megabytes": size / 1e6 / outcome.made,
        "notebooks": seconds_by_notebook(records),
        **pace(clock, n_agencies, jobs),
    }


def pace(clock: TellingClock, n_agencies: int, jobs: int) -> dict[str, Any]:
    """Return the seconds, memory and open files, at the beginning and at the end of a run."""
    n = len(clock.ticks)
    cut = cut_windows(n, n // n_agencies, jobs)
    spans = [slice(at, at + cut.size) for at in (cut.first, cut.last)]
    kinds = [Counter(clock.names[span]) for span in spans]
    tell(f"  windows: {' and '.join(str(dict(sorted(each.items()))) for each in kinds)}")
    memory = [[each for each in clock.memory[span] if each is not None] for span in spans]
    files = [[each for each in clock.files[span] if each is not None] for span in spans]
    return {
        "set_up": clock.ticks[0],
        "seconds": clock.seconds(cut.first, n),
        "first": clock.seconds(cut.first, cut.first + cut.size),
        "last": clock.seconds(cut.last, cut.last + cut.size),
        "machine": [median(clock.machine[span]) for span in spans],
        "warm_up": cut.first,
        "window": cut.size,
        "unlike": (kinds[0] - kinds[1]).total(),
        "memory": [clock.memory[cut.first - 1], clock.memory[-1]],
        "memory_medians": [median(each) if each else None for each in memory],
        "files": [median(each) if each else None for each in files],
    }


def seconds_by_notebook(records: list[dict[str, Any]]) -> dict[str, float]:
    """Return the mean seconds of each notebook's reports."""
    seconds: dict[str, list[float]] = {}
    for record in records:
        seconds.setdefault(record["notebook"], []).append(record["seconds"])
    return {name: mean(seconds[name]) for name in sorted(seconds)}


def plan_seconds(data: Path, year: int) -> tuple[int, float]:
    """Return how many reports the whole country's plan has, and the seconds to find those due."""
    start = time.perf_counter()
    job = Job(data, notebooks_folder(), data.parent / "none", Wishes(((year, year),)))
    with phase("planning the whole country"):
        tasks = make_plan(Holdings(data), find_notebooks(job.notebooks), job.wishes)
    with phase("hashing its inputs"):
        due = find_due(job, tasks, Manifest(job.out, {}))
    return len(due), time.perf_counter() - start


def left_behind(mark: str) -> list[str]:
    """Return the processes that a run has left, by a variable that they inherited."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
        except OSError:
            continue  # it has just ended, or is another user's
    return found


def measure(data: Path, year: int, n_agencies: int, jobs: int) -> dict[str, Any]:
    """Run in a fresh process with a folder of its own for what is temporary; see what is left."""
    temporary = data.parent / f"tmp-{jobs}"
    temporary.mkdir()
    mark = f"{os.getpid()}-{jobs}"
    env = {**os.environ, MARK: mark, "TMPDIR": str(temporary)}
    words = [sys.executable, __file__, "--one", str(data), str(year), str(n_agencies), str(jobs)]
    with phase(f"reports with {jobs} job{'s' if jobs > 1 else ''}"):
        done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    result["processes"] = len(left_behind(mark))
    result["folders"] = len(list(temporary.iterdir()))
    return result


def pace_rows(runs: list[Any]) -> str:
    """Return the rows of the table of windows."""
    rows = []
    for each in runs:
        change, drift = each["last"] / each["first"], each["machine"][1] / each["machine"][0]
        rows.append(
            f"| {each['jobs']} | {each['reports']:,} | {each['set_up']:.1f} "
            f"| {each['first']:.3f} | {each['last']:.3f} | {percent(change)} | {percent(drift)} "
            f"| {percent(change / drift)} | {each['seconds']:.3f} |"
        )
    return "\n".join(rows)


def percent(ratio: float) -> str:
    """Return a ratio as a change in per cent."""
    return f"{100 * (ratio - 1):+.1f} %"


def hours_rows(runs: list[Any]) -> str:
    """Return the rows of the table of hours for all of a country's reports."""
    hours = {each["jobs"]: NATIONAL_REPORTS * each["seconds"] / 3600 for each in runs}
    measured = [
        f"| {each['jobs']} | {hours[each['jobs']]:.2f} "
        f"| {each['reports']:,} reports measured, the rest extrapolated |"
        for each in runs
    ]
    further = [f"| {n} | {hours[2] * 2 / n:.2f} | extrapolated from two jobs |" for n in (4, 8, 16)]
    return "\n".join([*measured, *further])


def held(run: dict[str, Any]) -> str:
    """Return what the processes of a run held: memory and open files."""
    (memory, last), medians, files = run["memory"], run["memory_medians"], run["files"]
    if None in (memory, last, *medians, *files):
        return "Memory and open files were not measured."
    return (
        f"Memory of runner and zygote from report {run['warm_up']} to the last: "
        f"{last - memory:+.1f} MB ({memory:.0f} MB then), from the median of the first window to "
        f"that of the last {medians[1] - medians[0]:+.1f} MB. Open files of the runner, medians "
        f"of the windows: {files[0]:g} and {files[1]:g}."
    )


def left(runs: list[Any]) -> str:
    """Return what the runs have left behind."""
    return "; ".join(
        f"{each['jobs']} job{'s' if each['jobs'] > 1 else ''}: {each['processes']} processes, "
        f"{each['folders']} temporary entries, in the output's own folder {each['state']}"
        for each in runs
    )


def section_of(asked: argparse.Namespace, plan: tuple[int, float], runs: list[Any]) -> str:
    """Return the section of docs/benchmarks.md."""
    one, two = runs
    kinds = ", ".join(f"{name} {each:.2f} s" for name, each in one["notebooks"].items())
    return f"""## Scale: reports out of a whole country

`python benchmarks/scale.py --agencies {asked.agencies} --reports {asked.reports} --write`

{asked.agencies:,} invented agencies with scores of all years that have a national mean and a \
register each; the reports of all notebooks for the first of them. Python \
{platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. \
A window is {one["window"]} reports with one job and {two["window"]} with two, all of some \
agencies, but for {one["unlike"]} and {two["unlike"]} that ended out of turn; the first begins \
after {one["warm_up"]} and {two["warm_up"]} reports, and the last ends before each job's last \
agency.

| jobs | reports | until the first, s | s per report, first window | last window | change \
| the machine's own | without it | s per report, all |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{pace_rows(runs)}

"The machine's own" is the change in the time of a fixed piece of work, done after every report.

With one job: {kinds} (attempt with export). {held(one)} Left after the end: {left(runs)}. Size on \
disk: {one["megabytes"]:.1f} MB per report.

A year of all these agencies is {plan[0]:,} reports; to plan them, hash their inputs and find what \
is due took {plan[1]:.0f} s. Two jobs are {one["seconds"] / two["seconds"]:.2f} times one.

| jobs or workers of this kind | hours for {NATIONAL_REPORTS:,} reports | from |
|---:|---:|---|
{hours_rows(runs)}
"""


def main() -> None:
    """Run the benchmark."""
    if sys.argv[1:2] == ["--one"]:
        data, year, n_agencies, jobs = sys.argv[2:]
        print(json.dumps(one_run(Path(data), int(year), int(n_agencies), int(jobs))))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, default=8300)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ita-scale-") as folder:
        data = Path(folder) / "data"
        with phase(f"the data of {asked.agencies:,} agencies"):
            year = make_country(data, asked.agencies)
        plan = plan_seconds(data, year)
        per_agency = plan[0] // asked.agencies
        n_agencies = max(1, asked.reports // per_agency)
        try:
            for jobs in JOBS:
                cut_windows(n_agencies * per_agency, per_agency, jobs)
        except ValueError as error:  # told before the reports are made, not after
            parser.error(str(error))
        runs = [measure(data, year, n_agencies, jobs) for jobs in JOBS]
    section = section_of(asked, plan, runs)
    print(section)
    if asked.write:
        write_section("scale", section)


if __name__ == "__main__":
    main()
