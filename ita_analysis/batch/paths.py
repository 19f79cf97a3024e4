"""Where data, notebooks and reports are, and where in the output folder each file goes."""

from __future__ import annotations

from pathlib import Path

from ita_analysis.errors import Place, UsageError
from ita_analysis.texts import fault


def home() -> Path:
    """Return the folder that data, notebooks and reports stand in by default.

    The checkout that this package was installed from; where it was installed without one (from a
    wheel), the current folder.
    """
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "notebooks").is_dir() else Path.cwd()


def notebooks_folder(named: Path | None = None) -> Path:
    """Return the folder of the notebooks, as an absolute path.

    Args:
        named: The folder asked for, or None for ``notebooks`` in :func:`home`.

    Raises:
        UsageError: There is no such folder.
    """
    folder = (named or home() / "notebooks").absolute()
    if not folder.is_dir():
        raise UsageError(fault("no_notebooks_folder", Place(file=str(folder))))
    return folder


def out_folder(named: Path | None = None) -> Path:
    """Return the folder that the reports go to (``reports`` in :func:`home`), as an absolute path.

    It need not exist.
    """
    return (named or home() / "reports").absolute()


def index_path(out: Path) -> Path:
    """Return the path of the page that lists all reports."""
    return out / "index.html"
