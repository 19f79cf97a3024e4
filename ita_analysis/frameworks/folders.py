"""Where the data folder is."""

from __future__ import annotations

import os
from pathlib import Path

from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

ENVIRONMENT_NAME = "ITA_DATA"


def data_folder(data_dir: str | Path | None = None) -> Path:
    """Return the folder that holds agencies, registers, scores and frameworks.

    The first of these that applies: the folder named by the caller; the one named by the
    environment variable ``ITA_DATA``; the ``data`` folder of the checkout that this package was
    installed from; ``data`` in the current folder.

    Args:
        data_dir: The folder that the caller asks for, or None for the default.

    Raises:
        DataError: The folder named does not exist, or no default was found.
    """
    named = data_dir or os.environ.get(ENVIRONMENT_NAME)
    if named:
        folder = Path(named).expanduser()
        if not folder.is_dir():
            raise DataError(fault("no_data_folder", Place(file=str(folder))))
        return folder
    candidates = (Path(__file__).resolve().parents[2] / "data", Path.cwd() / "data")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise DataError(fault("no_data_folder", Place(file=str(candidates[-1]))))
