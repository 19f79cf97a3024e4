"""The command as a user starts it: in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_analysis.register.model import AgencyHead, Measure, Register
from ita_analysis.register.store import save_register

NOTEBOOKS = Path(__file__).parents[1] / "batch" / "notebooks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with data of one invented agency; its name has spaces, Thai letters and braces."""
    folder = tmp_path / "ผลงาน {a} b"
    data = folder / "data"
    measure = Measure(measure_no=1, title_th="มาตรการ")
    register = Register(
        agency=AgencyHead(name_th="หน่วยงานตัวอย่าง"),
        fiscal_year_be=2566,
        round_months=12,
        measures=(measure,),
    )
    save_register(register, data / "registers" / "example-one" / "2566", "example-one")
    head = "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
    row = "example-one,หน่วยงานตัวอย่าง,Example,อบต.,,\n"
    (data / "agencies.csv").write_text(head + row, encoding="utf-8-sig")
    (folder / "notebooks").mkdir()
    return folder


@pytest.fixture
def command(folder: Path) -> Callable[..., list[str]]:
    """Return a function that gives the command line of ``ita run`` with some notebooks."""

    def make(*names: str, more: tuple[str, ...] = ()) -> list[str]:
        for name in names:
            shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder / "notebooks")
        places = ["--data", "data", "--notebooks-dir", "notebooks", "--out", "reports"]
        return [sys.executable, "-m", "ita_analysis", "run", *places, *more]

    return make


@pytest.fixture
def call(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs a command in the folder, in English."""

    def run(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "ITA_LANG": "en", "PYTHONUTF8": "1", **environment}
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        return subprocess.run(
            words, cwd=folder, env=env, capture_output=True, encoding=encoding, check=False
        )

    return run
