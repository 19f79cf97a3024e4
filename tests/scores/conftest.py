from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ita_analysis.frameworks import data_folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of its own, with the real frameworks, agencies and published scores."""
    folder = tmp_path / "data"
    folder.mkdir()
    real = data_folder()
    shutil.copytree(real / "frameworks", folder / "frameworks")
    (folder / "scores").mkdir()
    shutil.copy(real / "scores" / "published.csv", folder / "scores")
    shutil.copy(real / "agencies.csv", folder)
    return folder
