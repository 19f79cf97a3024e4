"""A pytest plugin that puts the engine ``warm`` into the place of papermill's own.

Used as ``pytest -p warm_swap --pyargs papermill.tests.test_execute``. At the end it writes into the
file named by ITA_SWAP_REPORT how each test ended and how many kernels were forked, so that a swap
that did nothing cannot pass for one that worked. With ITA_SWAP=stock it only reports.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import papermill.engines
import pytest

outcomes: dict[str, str] = {}
counts = {"forked": 0, "afresh": 0}


def pytest_configure() -> None:
    if os.environ.get("ITA_SWAP") == "stock":
        return
    from ita_analysis.engine.manager import WarmProvisioner  # noqa: PLC0415
    from ita_analysis.engine.warm import WarmNotebookEngine  # noqa: PLC0415

    for name in (None, "nbclient"):
        papermill.engines.papermill_engines.register(name, WarmNotebookEngine)
    papermill.engines.NBClientEngine = WarmNotebookEngine
    launch = WarmProvisioner.launch_kernel

    async def counted(self: Any, cmd: list[str], **kwargs: Any) -> Any:
        answer = await launch(self, cmd, **kwargs)
        counts["forked" if hasattr(self.process, "peak_mb") else "afresh"] += 1
        return answer

    WarmProvisioner.launch_kernel = counted  # type: ignore[method-assign]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    module = Path(str(report.location[0])).stem
    name = f"{module}::{report.location[2]}"
    if report.outcome != "passed" or report.when == "call":
        outcomes[name] = report.outcome if outcomes.get(name) != "failed" else "failed"


def pytest_sessionfinish() -> None:
    content = {"outcomes": outcomes, "counts": counts}
    Path(os.environ["ITA_SWAP_REPORT"]).write_text(json.dumps(content), encoding="utf-8")
