"""``ita import`` on many files, doubtful columns, and files with some faulty rows."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ita_analysis.cli import main
from ita_analysis.thai import to_thai
from tests.documents import hostile
from tests.documents.corpus.agencies import FAHSAI, Agency
from tests.documents.corpus.layouts import LAYOUTS, official
from tests.documents.corpus.writers import WRITERS
from tests.register.made_reports import DATA, HEADER, TITLE_PAGE, row

N_DOCUMENTS = 200


def agency_of(number: int) -> Agency:
    return replace(FAHSAI, name=f"เทศบาลตำบลสมมติ{to_thai(str(number))}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA / "frameworks", data / "frameworks")
    names = [
        ("example", "องค์การบริหารส่วนตำบลตัวอย่าง"),
        *((f"made-{n}", agency_of(n).name) for n in range(N_DOCUMENTS)),
    ]
    head = "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
    rows = "".join(f"{key},{name},,,,\n" for key, name in names)
    (data / "agencies.csv").write_text(head + rows, encoding="utf-8-sig")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ITA_DATA", str(data))
    return tmp_path


def test_two_hundred_documents_of_which_some_are_broken(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = []
    broken: dict[int, Callable[[], bytes]] = {
        7: lambda: hostile.plain_docx()[:-200],
        60: hostile.word_laughs,
        111: lambda: b"",
        160: hostile.plain_docx,
    }
    for number in range(N_DOCUMENTS):
        path = folder / f"รายงาน {number}.docx"
        if number in broken:
            path.write_bytes(broken[number]())
        else:
            WRITERS[".docx"](LAYOUTS[number % len(LAYOUTS)](agency_of(number)), path)
        paths.append(str(path))
    assert main(["import", *paths]) == 3
    err = capfd.readouterr().err
    written = {path.parent.name for path in (folder / "data" / "registers").glob("*/2566")}
    assert written == {f"made-{n}" for n in range(N_DOCUMENTS) if n not in broken}
    table = err[err.index("ผลการนำเข้า") :].splitlines()
    assert len(table) == N_DOCUMENTS + 2
    assert sum("ไม่สำเร็จ" in line for line in table) == len(broken)
    assert f"{len(broken)} จาก {N_DOCUMENTS}" in table[-1]
    assert "Traceback" not in err


def test_good_rows_are_written_and_bad_ones_go_to_a_file(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = row(title="- การให้บริการ", result="=เผยแพร่แล้ววันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖")
    path = folder / "report.txt"
    path.write_text(TITLE_PAGE + "\n".join([HEADER, row(), bad, row()]), encoding="utf-8")
    before = path.read_bytes()
    assert main(["import", str(path)]) == 3
    assert "3 = รับ 1 + ไม่รับ 1 + ซ้ำ 1" in capfd.readouterr().err
    assert path.read_bytes() == before
    with (folder / "report.txt.rejects.csv").open(encoding="utf-8-sig", newline="") as stream:
        (reject,) = csv.DictReader(stream)
    assert reject["place"] == 'report.txt row 8 column "6"'
    assert "ไม่มีวันนี้" in reject["problem"]
    assert reject["cell_6"].startswith("'="), "Excel would run it as a formula"
    assert main(["check", str(path)]) == 4


def test_doubtful_columns_are_drafted_and_then_imported(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "report.txt"
    unknown = HEADER.replace("ประเด็นที่ต้องปรับปรุง", "เรื่อง").replace("ผลการดำเนินการ", "ทำแล้ว")
    path.write_text(f"{TITLE_PAGE}{unknown}\n{row()}", encoding="utf-8")
    assert main(["import", str(path)]) == 4
    assert "--draft-columns" in capfd.readouterr().err
    assert main(["import", str(path), "--draft-columns", "columns.yml"]) == 0
    assert main(["import", str(path), "--draft-columns", "columns.yml"]) == 2, "never overwritten"
    draft = (folder / "columns.yml").read_text(encoding="utf-8")
    filled = draft.replace("เรื่อง\n    role: other", "เรื่อง\n    role: title")
    filled = filled.replace("ทำแล้ว\n    role: other", "ทำแล้ว\n    role: result")
    (folder / "columns.yml").write_text(filled, encoding="utf-8")
    capfd.readouterr()
    assert main(["import", str(path), "--columns", "columns.yml", "--json"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert shown["measures"][0]["published_date"] == "2023-01-23"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx"])
def test_check_reads_any_report_with_the_same_code(
    ending: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"report{ending}"
    WRITERS[ending](official(FAHSAI), path)
    assert main(["check", str(path)]) == 0
    assert capfd.readouterr().err.count("\n") == 1
