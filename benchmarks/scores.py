"""The score store against reading the CSV with pandas, in one run.

    python benchmarks/scores.py [--agencies 8300] [--years 8] [--codes 100] [--write]

Makes synthetic score files in a temporary folder, then measures in fresh processes: the one-time
compilation, loading one agency from the store, and reading the CSV with pandas and filtering it.
Peak memory is each process's own (``ru_maxrss``). ``--write`` puts the result into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ita_analysis.bench.page import write_section

ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    "agency_id,agency_name_th,fiscal_year_be,level,code,score_pct,published_rating,data_kind,source"
)
N_LOADS = 30


def codes_of_a_year(n_codes: int) -> list[tuple[str, str]]:
    """Return up to 109 codes that every year has or does not rule out."""
    pairs = [("overall", "overall"), *(("tool", tool) for tool in ("IIT", "EIT", "OIT"))]
    pairs += [("indicator", str(number)) for number in range(1, 11)]
    pairs += [
        ("item", f"{kind}{number}")
        for kind, count in (("o", 43), ("i", 30), ("e", 15))
        for number in range(1, count + 1)
    ]
    subs = ("9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2")
    pairs += [("sub_indicator", sub) for sub in subs]
    return pairs[:n_codes]


def make_scores(data: Path, n_agencies: int, n_years: int, n_codes: int) -> int:
    """Write one score file a year, agencies in random order; return the number of rows."""
    shutil.copytree(ROOT / "data" / "frameworks", data / "frameworks")
    (data / "scores").mkdir()
    chance = random.Random(2566)
    pairs = codes_of_a_year(n_codes)
    n_rows = 0
    for year in range(2562, 2562 + n_years):
        order = list(range(n_agencies))
        chance.shuffle(order)
        with (data / "scores" / f"{year}.csv").open("w", encoding="utf-8-sig") as stream:
            stream.write(HEAD + "\n")
            for number in order:
                start = f"synthetic-{number:05d},หน่วยงานสังเคราะห์ที่ {number},{year},"
                for level, code in pairs:
                    score = (
                        chance.choice(("100", "0"))
                        if level == "item" and code[0] == "o"
                        else f"{chance.uniform(40, 100):.2f}"
                    )
                    stream.write(f"{start}{level},{code},{score},,synthetic,benchmarks/scores.py\n")
                    n_rows += 1
    return n_rows


MEASURE = """
import json, resource, statistics, sys, time
what, data, n, n_loads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
ids = [f"synthetic-{(each * 7919) % n:05d}" for each in range(n_loads)]
start = time.perf_counter()
times = []
if what == "pandas":
    from pathlib import Path
    import pandas as pd
    start = time.perf_counter()
    files = sorted(Path(data, "scores").glob("*.csv"))
    frames = [pd.read_csv(file, dtype={"code": str}) for file in files]
    frame = pd.concat(frames)
    rows = len(frame[frame["agency_id"] == ids[0]])
    seconds = time.perf_counter() - start
else:
    from ita_analysis.scores.store import compile_scores, load_scores
    start = time.perf_counter()
    if what == "compile":
        compile_scores(data)
        rows = 0
    else:
        rows = len(load_scores(ids[0], data))
    seconds = time.perf_counter() - start
    for agency in ids if what == "load" else []:
        begin = time.perf_counter()
        load_scores(agency, data)
        times.append(time.perf_counter() - begin)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "times": times, "rows": rows, "peak_mb": peak}))
"""


def measure(what: str, data: Path, n_agencies: int) -> dict:
    """Run one measurement in a fresh process."""
    command = [sys.executable, "-c", MEASURE, what, str(data), str(n_agencies), str(N_LOADS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout)


def report(arguments: argparse.Namespace, results: dict, n_rows: int, n_bytes: int) -> str:
    """Return the section of docs/benchmarks.md."""
    load, stock, compiled = results["load"], results["pandas"], results["compile"]
    median = statistics.median(load["times"])
    return f"""## Scores: one agency out of all

`python benchmarks/scores.py --agencies {arguments.agencies} --years {arguments.years} \
--codes {arguments.codes} --write`

{n_rows:,} synthetic score rows in {arguments.years} CSV files ({n_bytes / 1e6:,.0f} MB). Each \
line is a fresh process in the same run on Python {platform.python_version()}, {platform.system()} \
{platform.machine()}.

| what | seconds | peak memory, MB |
|---|---:|---:|
| compile once (stream) | {compiled["seconds"]:.1f} | {compiled["peak_mb"]:,.0f} |
| load one agency, first in a process | {load["seconds"]:.3f} | |
| load one agency, median of {N_LOADS} | {median:.4f} | {load["peak_mb"]:,.0f} |
| load one agency, slowest of {N_LOADS} | {max(load["times"]):.4f} | |
| pandas: read the CSV files, filter | {stock["seconds"]:.1f} | {stock["peak_mb"]:,.0f} |

Both give {load["rows"]} rows. Loading from the store is {stock["seconds"] / median:,.0f} times as \
fast as reading the CSV and takes {load["peak_mb"] / stock["peak_mb"]:.2f} of its memory; \
the compilation pays after {compiled["seconds"] / (stock["seconds"] - median):.1f} loads.
"""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, default=8300)
    parser.add_argument("--years", type=int, default=8)
    parser.add_argument("--codes", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        n_rows = make_scores(data, arguments.agencies, arguments.years, arguments.codes)
        n_bytes = sum(file.stat().st_size for file in (data / "scores").iterdir())
        time.sleep(4)  # the store does not trust the time of a file that has just changed
        results = {
            what: measure(what, data, arguments.agencies) for what in ("compile", "load", "pandas")
        }
    if results["load"]["rows"] != results["pandas"]["rows"]:
        raise SystemExit("the store and pandas do not give the same rows")
    section = report(arguments, results, n_rows, n_bytes)
    print(section)
    if arguments.write:
        write_section("scores", section)


if __name__ == "__main__":
    main()
