"""Running one notebook through papermill, and not believing it until it is checked.

papermill counts ``sys.exit(0)`` in a cell as success, and marks every cell of a killed run as
completed. A notebook is taken for done only if every code cell has run without an error and the
last one has shown the mark of the end.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from ita_analysis.batch.cleaning import INJECTED
from ita_analysis.batch.memory import watch_children
from ita_analysis.batch.parameters import TAG
from ita_analysis.engine.current import zygote_pids
from ita_analysis.engine.ending import NotedKernelManager, forget_kernel, last_kernel
from ita_analysis.reports.mime import END_MIME
from ita_analysis.texts import load_texts

ENGINES: Mapping[str, Mapping[str, Any]] = {
    "stock": {"kernel_manager_class": NotedKernelManager},
    "warm": {"engine_name": "warm"},
}
"""Our names of engines -> what papermill is told."""

KERNEL = "python3"
"""The kernel of the Python that this process runs in."""

_SHORTEST_TIMEOUT = 0.01  # nbclient takes 0 for "no limit"
_REASON_WIDTH = 500
_MOST_OUTPUT = 20_000_000
"""Characters of printed output beyond which no report is meant; a look at it would take minutes."""


class ReportFailedError(Exception):
    """One report could not be made; the others can.

    Attributes:
        state: What the manifest says of it.
        reason: One line telling why, in the reader's language.
    """

    def __init__(self, state: Literal["failed", "timeout", "killed"], reason: str) -> None:
        self.state = state
        self.reason = " ".join(reason.split())[:_REASON_WIDTH]
        super().__init__(self.reason)


@dataclass(frozen=True)
class Limits:
    """By what engine a notebook is run, and for how long.

    Attributes:
        engine: A key of :data:`ENGINES`.
        timeout: Seconds for all its cells together.
    """

    engine: str
    timeout: float


@dataclass(frozen=True)
class Executed:
    """An executed and checked notebook.

    Attributes:
        nb: The notebook (an ``nbformat`` node, which is a mapping).
        peak_mb: Largest memory of its kernel in megabytes; None where it was not measured.
        engine: The engine that ran it: ``stock`` also where ``warm`` could not.
    """

    nb: Any
    peak_mb: float | None
    engine: str


def execute(
    path: Path,
    parameters: Mapping[str, object],
    data: Path,
    scratch: Path,
    limits: Limits,
) -> Executed:
    """Run a notebook in a kernel of its own and check that it really came to its end.

    Args:
        path: The notebook; it is not changed.
        parameters: What it is given; names and types are checked before.
        data: The data folder.
        scratch: Private folder; the kernel's current folder and the only place it writes to.
        limits: Engine and time.

    Raises:
        ReportFailedError: A cell failed, the time was over, the kernel died, or the notebook
            ended before its last cell.
    """
    # It warns of parameters that it cannot find, and misses those with a default of another type.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    say = load_texts()
    forget_kernel()
    try:
        with _kernel_environment(scratch, data), watch_children(zygote_pids) as peak:
            nb = execute_notebook(
                # A path is a format string to papermill.
                str(path).replace("{", "{{").replace("}", "}}"),
                None,
                parameters=dict(parameters),
                **ENGINES[limits.engine],
                kernel_name=KERNEL,
                cwd=scratch,
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                timeout_func=_time_left(limits.timeout),
                shutdown_kernel="immediate",
                # It would warn of every kernel that its loopback connection is not encrypted.
                extra_arguments=["--log-level=ERROR"],
            )
    except PapermillExecutionError as error:
        number = source_number(json.loads(path.read_bytes())["cells"], error.cell_index)
        reason = f"{error.ename}: {error.evalue}"
        raise ReportFailedError("failed", say("run.cell", cell=number, reason=reason)) from error
    except CellTimeoutError as error:
        raise ReportFailedError(
            "timeout", say("run.timeout", seconds=f"{limits.timeout:g}")
        ) from error
    except DeadKernelError as error:
        raise ReportFailedError("killed", _death(peak.megabytes)) from error
    except RuntimeError as error:  # the kernel did not come up
        raise ReportFailedError("failed", say("run.no_kernel", reason=str(error))) from error
    check_executed(nb)
    kernel = last_kernel()
    warm = hasattr(kernel, "peak_mb")
    return Executed(nb, _peak(peak.megabytes), "warm" if warm else "stock")


def _time_left(seconds: float) -> Callable[[object], float]:
    """Return a function that gives the time left, counted from its first call.

    That is the first cell: the kernel's start has a limit of its own.
    """
    ends: list[float] = []

    def left(_cell: object) -> float:
        if not ends:
            ends.append(time.monotonic() + seconds)
        return max(ends[0] - time.monotonic(), _SHORTEST_TIMEOUT)

    return left


def _peak(seen: float | None) -> float | None:
    """Return a forked kernel's own account of its memory, else what was seen of it."""
    told: float | None = getattr(last_kernel(), "peak_mb", None)
    return told or seen


def _death(seen: float | None) -> str:
    """Return a line that names what ended the last kernel, and its largest memory."""
    code = getattr(last_kernel(), "returncode", None)
    peak = _peak(seen)
    size = f"{peak:.0f} MB" if peak else "–"
    try:
        name = signal.Signals(-(code or 0)).name
    except ValueError:
        name = "–" if code is None else f"exit {code}"
    return load_texts()("run.killed", signal=name, peak=size)


def check_executed(nb: Mapping[str, Any]) -> None:
    """Check that every code cell has run, none has failed, and the last shows the end's mark.

    Raises:
        ReportFailedError: The notebook did not come to its end.
    """
    say = load_texts()
    own = [cell for cell in nb["cells"] if INJECTED not in cell["metadata"].get("tags", ())]
    code = [
        (number, cell)
        for number, cell in enumerate(own, start=1)
        if cell["cell_type"] == "code" and "".join(cell["source"]).strip()
    ]
    for number, cell in code:
        printed = sum(len(item.get("text", "")) for item in cell["outputs"])
        if printed > _MOST_OUTPUT:
            size = f"{printed / 1e6:.0f} MB"
            raise ReportFailedError("failed", say("run.flood", cell=number, size=size))
        errors = [item for item in cell["outputs"] if item["output_type"] == "error"]
        if errors:
            reason = f"{errors[0]['ename']}: {errors[0]['evalue']}"
            raise ReportFailedError("failed", say("run.cell", cell=number, reason=reason))
        if cell["execution_count"] is None:
            raise ReportFailedError("failed", say("run.not_run", cell=number))
    last = code[-1][1]["outputs"] if code else []
    if not any(END_MIME in item.get("data", {}) for item in last):
        raise ReportFailedError("failed", say("run.no_end"))


def source_number(cells: Sequence[Mapping[str, Any]], index: int) -> int:
    """Return a cell's number, from 1, in the notebook as it is opened in JupyterLab.

    Args:
        cells: The notebook's own cells.
        index: Index of the cell in the executed notebook, which holds one cell more: papermill
            puts its parameters after the cell tagged for them.
    """
    tagged = (i for i, cell in enumerate(cells) if TAG in cell["metadata"].get("tags", ()))
    return index if index > next(tagged, len(cells)) else index + 1


@contextmanager
def _kernel_environment(scratch: Path, data: Path) -> Iterator[None]:
    """Set what the kernel inherits: where the data are, and nowhere to write but scratch.

    The data folder goes this way and not as a parameter, which papermill would write into the
    notebook. papermill has no option for a kernel's environment.
    """
    changed = {
        "ITA_DATA": str(data),
        "PYTHONUTF8": "1",
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_DATA_DIR": str(scratch / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter-config"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "jupyter-runtime"),
        # This environment's kernel, not one of the same name that the user has installed.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_PATH": None,
        "JUPYTER_PLATFORM_DIRS": "1",
        # What the export draws charts from; a renderer set by the user would lose them.
        "PLOTLY_RENDERER": "plotly_mimetype",
        # A breakpoint's debugger has no use here and warns about frozen modules.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    before = {name: os.environ.get(name) for name in changed}
    _set_environment(changed)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
