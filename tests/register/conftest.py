"""The real report, where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def real_report() -> Path:
    folder = os.environ.get("ITA_REAL_REPORTS")
    path = Path(folder or "") / "nakhai-2566-12m.txt"
    if not folder or not path.is_file():
        pytest.skip("set ITA_REAL_REPORTS to the folder of real reports")
    return path
