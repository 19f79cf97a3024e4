"""The commands that work on data, called as a user calls them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ita_analysis.cli import main
from tests.register.made_reports import DATA, HEADER, TITLE_PAGE, row


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one invented agency, and a working folder of its own."""
    data = tmp_path / "data"
    shutil.copytree(DATA / "frameworks", data / "frameworks")
    (data / "scores").mkdir()
    (data / "agencies.csv").write_text(
        "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
        "example,องค์การบริหารส่วนตำบลตัวอย่าง,Example,อบต.,สมมติ,ทดสอบ\n",
        encoding="utf-8-sig",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ITA_DATA", str(data))
    return tmp_path


def report(folder: Path, *rows: str, name: str = "รายงาน ๑.txt") -> Path:
    path = folder / name
    path.write_text(TITLE_PAGE + HEADER + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_json_goes_alone_to_stdout_and_nothing_is_written(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = report(folder, row())
    before = tree(folder)
    assert main(["import", str(path), "--json"]) == 0
    out, err = capfd.readouterr()
    shown = json.loads(out)
    assert shown["fiscal_year_be"] == 2566
    assert shown["measures"][0]["obligations"][0]["due_date"] == "2023-01-31"
    assert err == ""
    assert tree(folder) == before


def test_import_shows_what_changes_and_writes(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = report(folder, row(), row(title="- การปฏิบัติงาน"))
    assert main(["import", str(path)]) == 0
    assert "2 มาตรการ" in capfd.readouterr().err
    written = folder / "data" / "registers" / "example" / "2566"
    assert {each.name for each in written.iterdir()} == {
        "measures.csv",
        "obligations.csv",
        "source.yml",
    }
    before = tree(folder)
    assert main(["import", str(path)]) == 0
    assert "ไม่ต้องเขียน" in capfd.readouterr().err
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "ว่างเปล่า"),
        ("บันทึกข้อความ\nเรื่อง ประชุม\n", "ไม่พบ"),
        (
            TITLE_PAGE + HEADER + "\n" + row(result="เผยแพร่แล้ววันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖"),
            "ไม่มีวันนี้",
        ),
    ],
    ids=["empty", "no report", "impossible date"],
)
def test_what_cannot_be_imported_is_one_line_exit_4_and_nothing_written(
    folder: Path, content: str, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "bad.txt"
    path.write_text(content, encoding="utf-8")
    before = tree(folder)
    assert main(["import", str(path)]) == 4
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err
    assert "bad.txt" in err
    assert tree(folder) == before


def test_one_broken_file_does_not_stop_the_others(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = report(folder, row())
    (folder / "bad.txt").write_text("", encoding="utf-8")
    assert main(["import", str(folder / "bad.txt"), str(good)]) == 3
    assert (folder / "data" / "registers" / "example" / "2566").is_dir()
    assert "1 จาก 2" in capfd.readouterr().err


def test_unknown_agency_is_named_with_the_way_out(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = report(folder, row())
    assert main(["import", str(path), "--agency", "nobody"]) == 2
    assert "agencies.csv" in capfd.readouterr().err


def test_check_names_every_fault_of_the_folder(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    main(["import", str(report(folder, row()))])
    path = folder / "data" / "registers" / "example" / "2566" / "measures.csv"
    text = path.read_text(encoding="utf-8-sig").replace(",OIT,9,", ",XXX,99,")
    path.write_text(text, encoding="utf-8-sig")
    capfd.readouterr()
    assert main(["check"]) == 4
    err = capfd.readouterr().err
    assert 'registers/example/2566/measures.csv row 2 column "tool"' in err
    assert 'registers/example/2566/measures.csv row 2 column "indicator_no"' in err


def test_check_names_a_fault_once_however_many_readers_meet_it(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = folder / "data"
    (data / "frameworks" / "2566.yml").write_text("tools: [", encoding="utf-8")
    heads = "agency_id,fiscal_year_be,level,code,score_pct\n"
    for name in ("a.csv", "b.csv"):  # both are read by the rules of the broken year
        (data / "scores" / name).write_text(heads + "example,2566,overall,overall,90\n", "utf-8")
    assert main(["check"]) == 4
    lines = capfd.readouterr().err.splitlines()
    assert len([line for line in lines if "frameworks/2566.yml" in line]) == 1
    assert len(lines) == len(set(lines))


def test_check_of_a_file_names_its_faults(folder: Path) -> None:
    assert main(["check", str(report(folder, row()))]) == 0
    bad = report(folder, row(monitoring="ภายในวันที่ ๓๐ กุมภาพันธ์ ๒๕๖๖"), name="bad.txt")
    assert main(["check", str(bad)]) == 4


def test_explain_as_published(capfd: pytest.CaptureFixture[str]) -> None:
    words = ["explain", "--year", "2564", "--indicator", "9", "--json", "--score"]
    assert main([*words, "97.50"]) == 0
    assert json.loads(capfd.readouterr().out) == [
        {"misses": {"9.2": 1}, "n_misses": 1, "score_pct": 97.5}
    ]
    assert main([*words, "97.77"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out) == []
    assert "97.77" in err
    assert main([*words, "abc"]) == 2


def test_scores_are_imported_and_computed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = folder / "scores.csv"
    heads = "ชื่อหน่วยงาน,ปีงบประมาณ,IIT,EIT,OIT,คะแนนรวม\n"
    path.write_text(
        heads + "องค์การบริหารส่วนตำบลตัวอย่าง,2566,90.00,80.00,95.00,89.00\n", encoding="utf-8"
    )
    assert main(["score", str(path), "--json"]) == 0
    (answer,) = json.loads(capfd.readouterr().out)
    assert (answer["overall"], answer["difference"]) == (89.0, 0.0)
    assert answer["rating"] == "ผ่าน"
    assert main(["import-scores", str(path)]) == 0
    assert (folder / "data" / "scores" / "imported.csv").is_file()
    path.write_text(
        heads + "องค์การบริหารส่วนตำบลตัวอย่าง,2566,190,80.00,95.00,89.00\n", encoding="utf-8"
    )
    before = (folder / "data" / "scores" / "imported.csv").read_bytes()
    assert main(["import-scores", str(path)]) == 4
    assert "row 2" in capfd.readouterr().err
    assert (folder / "data" / "scores" / "imported.csv").read_bytes() == before
