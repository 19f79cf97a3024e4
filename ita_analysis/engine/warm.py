"""The engine: papermill's own, with kernels that are forked and saves that are quick."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine

from ita_analysis.engine.manager import WarmKernelManager
from ita_analysis.engine.saving import quick_saves


class WarmNotebookEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """papermill's engine on warm kernels; a kernel manager named by the caller is kept."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook; takes what papermill's own engine takes."""
        if options.get("km") is None:
            options.setdefault("kernel_manager_class", WarmKernelManager)
        with quick_saves(nb_man):
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
