"""What papermill's entry point loads.

papermill loads its engines while it is itself being imported. Whoever imports this module first
would meet it half made; so papermill is imported here only when the engine is used.
"""

from __future__ import annotations

from typing import Any


class WarmEngine:
    """The engine ``warm``; see :mod:`ita_analysis.engine.warm`."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook in a warm kernel; takes what papermill's own engine takes."""
        from ita_analysis.engine.warm import WarmNotebookEngine  # noqa: PLC0415

        return WarmNotebookEngine.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the name of the kernel that a notebook asks for."""
        from papermill.utils import nb_kernel_name  # noqa: PLC0415

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language that a notebook is written in."""
        from papermill.utils import nb_language  # noqa: PLC0415

        return str(nb_language(nb, language))
