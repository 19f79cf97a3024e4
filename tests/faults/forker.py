"""A process that has loaded everything, and forks one run of the batch for each fault.

Reads lines of JSON: ``{"job": {...}, "fault": {"kind", "at"}, "after": seconds}``; answers
``{"code", "events", "disk"}``: how the run ended, and how many journal events and disk operations
it came to. Kinds: ``kill`` (SIGKILL at the n-th journal event), ``full`` (every disk operation from
the n-th on fails), ``hiccup`` (only the n-th fails), ``none``. ``after``: SIGKILL by the clock.
"""

from __future__ import annotations

import errno
import json
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ita_analysis.batch.make  # noqa: F401 - loaded once, for all runs
from ita_analysis.batch.fingerprint import code_hash, library_versions
from ita_analysis.batch.job import Job
from ita_analysis.batch.journal import Journal
from ita_analysis.batch.run import run
from ita_analysis.engine.current import stop_zygotes
from ita_analysis.errors import ItaError
from ita_analysis.reports.exporter import report_exporter
from ita_analysis.reports.plotly_bundle import plotly_bundle
from ita_analysis.reports.style import page_style

counts = {"events": 0, "disk": 0}


class Silent:
    """A listener that says nothing."""

    def begin(self, n_reports: int, n_current: int) -> None: ...

    def starting(self, task: object) -> None: ...

    def done(self, record: object) -> None: ...

    def note(self, line: str) -> None: ...


def main() -> None:
    # All that is read from files once, so that every run has the same of it.
    report_exporter()
    plotly_bundle()
    page_style()
    code_hash()
    library_versions()
    os.environ["ITA_FAULTS_OF"] = str(os.getpid())  # its runs and their kernels are known by it
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(one_run(json.loads(line))), flush=True)


def one_run(request: dict[str, Any]) -> dict[str, Any]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        code = 99
        try:
            inject(request["fault"])
            code = make(pickle.loads(bytes.fromhex(request["job"])))
        finally:
            os.write(writer, json.dumps(counts).encode())
            os._exit(code)
    os.close(writer)
    if request.get("after"):
        time.sleep(request["after"])
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    told = os.read(reader, 1000)
    os.close(reader)
    return {"code": os.waitstatus_to_exitcode(status), **(json.loads(told) if told else {})}


def make(job: Job) -> int:
    try:
        return 3 if run(job, Silent()).failed else 0
    except ItaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    finally:
        stop_zygotes()


def inject(fault: dict[str, Any]) -> None:
    kind, at = fault["kind"], fault.get("at", 0)
    append = Journal._append

    def appended(self: Journal, event: Any) -> None:
        counts["events"] += 1
        if kind == "kill" and counts["events"] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        append(self, event)

    Journal._append = appended  # type: ignore[method-assign]

    def failing(operation: Callable[..., Any]) -> Callable[..., Any]:
        def operate(*args: Any, **more: Any) -> Any:
            counts["disk"] += 1
            n = counts["disk"]
            if (kind == "full" and n >= at) or (kind == "hiccup" and n == at):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return operation(*args, **more)

        return operate

    os.fsync = failing(os.fsync)
    os.replace = failing(os.replace)
    Path.write_bytes = failing(Path.write_bytes)  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
