"""The workbook of every shipped report, taken in and written out again by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from ita_analysis import (
    brief_report,
    compare_years_report,
    improvement_report,
    open_register,
    timeliness_report,
)
from ita_analysis.reports import Block, ReportInfo
from ita_analysis.reports.mime import TABLES_MIME
from ita_analysis.reports.tables import Table
from ita_analysis.reports.workbook import workbook_bytes

AGENCY, YEAR = "example-agency", 2566
HOSTILE = pd.DataFrame(
    {
        "title_th": ["=1+1", "+SUM(A1)", "-2", "@x", "00123", "ก\nข", "<b>&amp;", "'x", " blank "],
        "due_date": [date(2023, 1, 31), None, date(2024, 2, 29), *[date(1999, 1, 1)] * 6],
        "share_pct": [0.1, None, 100.0, 1e-9, 99.99, 1e6, -3.5, 0.0, 1 / 3],
        "n_late": pd.array([1, None, 0, 2, 3, 4, 5, 6, 7], dtype="Int64"),
        "is_dated": [True, False] * 4 + [True],
    }
)


def frames_of(block: Block) -> dict[str, Table]:
    return {
        name: Table.parse(table)
        for bundle in block.outputs
        for name, table in bundle.get(TABLES_MIME, {}).items()
    }


def books(lang: str) -> dict[str, Mapping[str, Table]]:
    """The tables of each report."""
    timeliness = timeliness_report(open_register(AGENCY, YEAR), lang)
    return {
        "brief": frames_of(brief_report(AGENCY, YEAR, lang).close()),
        "timeliness": frames_of(timeliness.close()),
        "compare_years": frames_of(compare_years_report(AGENCY, YEAR, lang).close()),
        "indicator_improvement": frames_of(improvement_report(AGENCY, YEAR, lang).close()),
        "hostile": {"measures": Table.of(HOSTILE)},
    }


@pytest.fixture(scope="module")
def soffice() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail("LibreOffice is missing, and CI must have it")
        pytest.skip("LibreOffice is missing")
    return program


def plain(value: Any) -> Any:
    """A cell's value without what two programs may write in two ways."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return pytest.approx(float(value), rel=1e-12, abs=1e-15)
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return value


def contents(path: Path, *, written_by_office: bool = False) -> dict[str, list[list[Any]]]:
    # LibreOffice writes true and false as formulas with a stored value
    book = openpyxl.load_workbook(path, data_only=written_by_office)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


@pytest.mark.parametrize("lang", ["th", "en"])
def test_libreoffice_reads_and_writes_the_same(
    soffice: str, info: Callable[..., ReportInfo], tmp_path: Path, lang: str
) -> None:
    made, back = tmp_path / "made", tmp_path / "back"
    made.mkdir()
    for name, frames in books(lang).items():
        assert frames, name
        (made / f"{name}.xlsx").write_bytes(workbook_bytes(frames, info(lang=lang)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
             "--outdir", str(back), *map(str, sorted(made.glob("*.xlsx")))]  # fmt: skip
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for path in sorted(made.glob("*.xlsx")):
        before, after = contents(path), contents(back / path.name, written_by_office=True)
        assert list(before) == list(after), path.name
        for sheet, rows in before.items():
            for number, row in enumerate(rows, 1):
                same = after[sheet][number - 1][: len(row)]
                assert same == [plain(value) for value in row], (path.name, sheet, number)
        formulas = [
            cell.coordinate
            for sheet in openpyxl.load_workbook(back / path.name).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and cell.value not in {"=TRUE()", "=FALSE()"}
        ]
        assert formulas == [], path.name
