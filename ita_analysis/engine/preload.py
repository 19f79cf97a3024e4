"""What a zygote has imported before it forks kernels: whatever our notebooks import and touch."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress

MODULES = (
    "ipykernel.kernelapp",
    # What a kernel imports while it starts.
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "sqlite3",
    "tornado.platform.asyncio",
    # What notebooks import, beside this package's own public names.
    "pandas",
    "plotly.graph_objects",
    "plotly.graph_objs.bar.marker",
    "pandas.core.reshape.reshape",
    "plotly.graph_objs.scatter.marker",
    "pyarrow.pandas_compat",
)
"""Modules that nearly every kernel needs; one that is not installed is passed over."""

NEVER = ("plotly.io._renderers", "tqdm.auto", "tqdm.autonotebook", "matplotlib.pyplot")
"""Modules that look at import time whether they are in a kernel, and remember the answer.

Imported in the zygote, where there is none, they would act as in a plain script: plotly's figures
would vanish without a word.
"""


def preload() -> None:
    """Import what notebooks use, and use it once."""
    # The debugger is imported, not used: its warning about frozen modules says nothing.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    for name in MODULES:
        with suppress(ImportError):
            importlib.import_module(name)
    # The zygote starts before anything of ours is loaded.
    import ita_analysis  # noqa: PLC0415
    from ita_analysis.engine.rehearsal import rehearse  # noqa: PLC0415

    for name in ita_analysis.__all__:
        getattr(ita_analysis, name)
    rehearse()
    for name in NEVER:
        _forget(name)


def _forget(name: str) -> None:
    if sys.modules.pop(name, None) is None:
        return
    parent, _, child = name.rpartition(".")
    if hasattr(sys.modules.get(parent), child):
        delattr(sys.modules[parent], child)
