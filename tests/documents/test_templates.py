"""Templates: what is filled in imports without a fault, also after another program saved it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ita_analysis.cli import main
from ita_analysis.register.importing import read_reports
from ita_analysis.scores.load import load_score_file
from tests.register.made_reports import DATA


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ITA_DATA", str(DATA))


def filled_measures(folder: Path, day: object = "23 มกราคม 2566") -> Path:
    path = folder / "measures.xlsx"
    assert main(["template", "measures", str(path), "--year", "2566"]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book["มาตรการ"]
    sheet["C2"], sheet["C3"], sheet["C4"] = "องค์การบริหารส่วนตำบลฟ้าใส", "สมมติ", "ทดสอบ"
    items = [str(cell.value) for cell in book["รายการ"]["A"] if cell.value]
    news = next(item for item in items if item.startswith("o7 "))
    indicator = next(item for item in items if item.startswith("ตัวชี้วัดที่ 9 "))
    rows: list[list[Any]] = [
        [1, "OIT", indicator, news, "ข่าวประชาสัมพันธ์", "สำนักปลัด", "๑. จัดทำข่าว", "ทุกเดือน",
         "ต.ค. 2565 - ก.ย. 2566", "ดำเนินการแล้ว", day, "ประชาชนรับทราบ"],
        [2, "IIT", next(i for i in items if i.startswith("ตัวชี้วัดที่ 5 ")), None, "ป้องกันการทุจริต",
         "กองคลัง", "๑. อบรม", "ภายในเดือนมกราคม 2566", "ต.ค. 2565 - ก.ย. 2566", "อบรมแล้ว", None,
         "เข้าใจมากขึ้น"],
    ]  # fmt: skip
    for number, row in enumerate(rows, 10):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    book.save(path)
    return path


def filled_scores(folder: Path) -> Path:
    path = folder / "scores.xlsx"
    assert main(["template", "scores", str(path), "--year", "2566"]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book["คะแนน"]
    for column, value in enumerate(["อบต.ฟ้าใส", 2566, 85.5, None, 80, 90.25, 86], 1):
        sheet.cell(3, column, value)
    book.save(path)
    return path


def with_libreoffice(path: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    out = path.parent / "saved"
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
         "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / path.name


def check_measures(path: Path) -> None:
    report = read_reports(path, None, DATA)
    (register,) = report.registers
    assert report.rejects == ()
    assert (register.agency.name_th, register.agency.district_th, register.agency.province_th) == (
        "องค์การบริหารส่วนตำบลฟ้าใส", "สมมติ", "ทดสอบ",
    )  # fmt: skip
    assert (register.fiscal_year_be, register.round_months) == (2566, 12)
    first, second = register.measures
    assert (first.tool, first.indicator_no, first.item_code) == ("OIT", 9, "o7")
    assert first.title_th == "ข่าวประชาสัมพันธ์"
    assert first.published_date == dt.date(2023, 1, 23)
    assert [each.every_months for each in first.obligations] == [1]
    assert (second.tool, second.indicator_no, second.item_code) == ("IIT", 5, None)
    assert [each.due_date for each in second.obligations] == [dt.date(2023, 1, 31)]
    assert second.published_date is None


@pytest.mark.parametrize(
    "day", ["23 มกราคม 2566", "๒๓ ม.ค. ๒๕๖๖", "23/01/2566", dt.date(2566, 1, 23)]
)
def test_measures_filled_in_come_back(day: object, tmp_path: Path) -> None:
    check_measures(filled_measures(tmp_path, day))


def test_measures_saved_by_libreoffice_come_back(tmp_path: Path) -> None:
    check_measures(with_libreoffice(filled_measures(tmp_path)))


def check_scores(path: Path) -> None:
    table = load_score_file(path, DATA)
    assert [each for each in table.faults if each.code != "score_total_wrong"] == []
    assert {row.code: row.score_pct for row in table.rows} == {
        "overall": Decimal("85.5"), "IIT": Decimal(80), "EIT": Decimal("90.25"),
        "OIT": Decimal(86),
    }  # fmt: skip


def test_scores_filled_in_come_back(tmp_path: Path) -> None:
    check_scores(filled_scores(tmp_path))


def test_scores_saved_by_libreoffice_come_back(tmp_path: Path) -> None:
    check_scores(with_libreoffice(filled_scores(tmp_path)))


def test_drop_downs_offer_tools_indicators_items_and_deadlines(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled_measures(tmp_path))["มาตรการ"]
    columns = {str(each.sqref)[0] for each in sheet.data_validations.dataValidation}
    assert columns >= {"B", "C", "D", "H"}
    scores = openpyxl.load_workbook(filled_scores(tmp_path))["คะแนน"]
    assert len(scores.data_validations.dataValidation) == 3


def test_an_empty_template_is_no_register_and_a_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    assert main(["template", "measures", str(path)]) == 0
    before = path.read_bytes()
    assert main(["import", str(path)]) == 4
    assert main(["template", "measures", str(path)]) == 2
    assert main(["template", "measures", "x.docx"]) == 2
    assert path.read_bytes() == before
