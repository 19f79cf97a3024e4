"""Registers on disk: what is written is read back, and every fault has its row and column."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.errors import DataError, OutputError, UsageError
from ita_analysis.register.agencies import load_agencies
from ita_analysis.register.corrections import Correction, correct
from ita_analysis.register.importing import carry_out, plan_import, register_to_json
from ita_analysis.register.notes import GROUPS, note_group, note_message
from ita_analysis.register.store import (
    MEASURE_COLUMNS,
    OBLIGATION_COLUMNS,
    list_registers,
    list_years,
    load_register,
    register_folder,
    save_register,
)
from ita_analysis.texts import load_texts
from tests.register.made_reports import DATA, build, document, row


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "frameworks", tmp_path / "frameworks")
    (tmp_path / "agencies.csv").write_text(
        "agency_id,name_th,name_en,agency_type,district_th,province_th\n"
        "example,องค์การบริหารส่วนตำบลตัวอย่าง,Example,อบต.,สมมติ,ทดสอบ\n",
        encoding="utf-8-sig",
    )
    return tmp_path


def saved(data: Path) -> Path:
    folder = register_folder("example", 2566, data)
    save_register(build(row(), row(title="- การปฏิบัติงาน")), folder, "example")
    return folder


def test_written_and_read_back_is_the_same(data: Path) -> None:
    register = build(
        row(monitoring="๑. รายงานทุก ๖ เดือน ภายในเดือนเมษายน และเดือนตุลาคม ๒. ภายใน ๗ วันทำการ"),
        row(title="- การให้บริการ", units="กองคลัง กองช่าง", result="ยังไม่ได้ดำเนินการ"),
    )
    save_register(register, register_folder("example", 2566, data), "example")
    assert load_register("example", 2566, data) == register
    assert list_registers(data) == [("example", 2566)]


def test_the_years_of_one_agency_are_found_without_looking_at_the_others(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = build(row())
    for agency_id, year in (("example", 2566), ("example", 2564), ("other", 2563)):
        save_register(register, register_folder(agency_id, year, data), agency_id)
    (data / "registers" / "example" / "notes").mkdir()
    looked_at: list[str] = []
    scandir = os.scandir

    def noting(folder: str) -> Any:
        looked_at.append(Path(folder).name)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noting)
    assert list_years("example", data) == [2564, 2566]
    assert list_years("nobody", data) == []
    assert not {"registers", "other"} & set(looked_at)


def test_contract_columns_come_first_and_files_have_a_bom(data: Path) -> None:
    folder = saved(data)
    assert MEASURE_COLUMNS[:8] == (
        "agency_id", "fiscal_year_be", "round_months", "measure_no", "tool", "indicator_no",
        "sub_indicator", "item_code",
    )  # fmt: skip
    assert OBLIGATION_COLUMNS[:6] == (
        "agency_id", "fiscal_year_be", "measure_no", "obligation_no", "actor", "kind",
    )  # fmt: skip
    assert (folder / "measures.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not list(folder.glob(".*"))


def test_all_faults_of_both_files_are_named_at_once(data: Path) -> None:
    folder = saved(data)
    path = folder / "measures.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("2023-01-23", "31/01/66").replace(",OIT,", ",ABC,"), "utf-8")
    path = folder / "obligations.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("officer", "nobody"), "utf-8")
    with pytest.raises(DataError) as caught:
        load_register("example", 2566, data)
    places = {(f.place.file, f.place.row, f.place.column) for f in caught.value.faults}
    assert {
        ("measures.csv", 2, "tool"),
        ("measures.csv", 2, "published_date"),
        ("measures.csv", 3, "published_date"),
        ("obligations.csv", 2, "actor"),
    } <= places


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("measure_no,", "measure,", "wrong_columns"),
        ("\nexample,2566,12,1", "\nother,2566,12,1", "wrong_key"),
        ("\nexample,2566,12,2", "\nexample,2566,12,1", "doubled_key"),
        ("\nexample,2566,12,2", "\nx,example,2566,12,2", "wrong_number_of_cells"),
    ],
)
def test_a_broken_file_is_refused_by_name(data: Path, old: str, new: str, code: str) -> None:
    path = saved(data) / "measures.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_register("example", 2566, data)
    assert code in {fault.code for fault in caught.value.faults}


def test_thai_digits_and_cp874_in_an_edited_file_are_read(data: Path) -> None:
    path = saved(data) / "measures.csv"
    text = path.read_text(encoding="utf-8-sig").replace("example,2566", "example,๒๕๖๖")
    path.write_bytes(text.replace("–", "-").encode("cp874"))
    assert len(load_register("example", 2566, data).measures) == 2


def test_missing_register_and_bad_agency_id(data: Path) -> None:
    with pytest.raises(DataError, match="import"):
        load_register("example", 2566, data)
    with pytest.raises(UsageError):
        register_folder("../etc", 2566, data)


def test_import_plan_says_what_changes(data: Path) -> None:
    plan = plan_import(build(row()), None, data)
    assert (plan.agency_id, plan.is_new, plan.added) == ("example", True, (1,))
    carry_out(plan)
    assert plan_import(build(row()), None, data).is_same
    changed = plan_import(build(row(outcome="ใหม่"), row(title="- การให้บริการ")), None, data)
    assert (changed.is_new, changed.added, changed.changed) == (False, (2,), (1,))
    carry_out(changed)
    assert plan_import(build(row()), None, data).removed == (2,)


def test_agency_that_is_not_listed_is_refused_with_the_way_out(data: Path) -> None:
    head = "รายงาน ปีงบประมาณ ๒๕๖๖\nเทศบาลตำบลไม่มีในรายชื่อ\n"
    with pytest.raises(UsageError) as caught:
        plan_import(build(row(), head=head), None, data)
    assert "--agency" in str(caught.value)


def test_agencies_name_every_faulty_row(data: Path) -> None:
    with (data / "agencies.csv").open("a", encoding="utf-8") as file:
        file.write("BAD ID,ก,,,,\nexample,ซ้ำ,,,,\nempty,,,,,\n")
    with pytest.raises(DataError) as caught:
        load_agencies(data)
    assert [(f.place.row, f.place.column) for f in caught.value.faults] == [
        (3, "agency_id"), (4, "agency_id"), (5, "name_th"),
    ]  # fmt: skip


def test_correction_applies_only_to_what_it_expects() -> None:
    correction = Correction(
        agency_name_th="องค์การบริหารส่วนตำบลตัวอย่าง", field="district_th", expect="สมมติ",
        correct="สมมุติ", reason_th="เหตุผล", reason_en="reason", source="test",
    )  # fmt: skip
    register = build(row())
    mended = correct(register, [correction], document(row()))
    assert mended.agency.district_th == "สมมุติ"
    assert (mended.notes[0].code, mended.notes[0].row) == ("source_corrected", 4)
    assert correct(mended, [correction], document(row())) == mended


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_note_has_words_and_a_group(lang: str) -> None:
    say = load_texts(lang)
    for codes in GROUPS.values():
        for code in codes:
            assert say.has(f"notes.{code}")
    register = build(row(units="<b>กองคลัง</b>", monitoring="๑. รายงานภายในเดือนมกราคม"))
    for note in register.notes:
        assert note_group(note) in GROUPS
        assert "{" not in note_message(note, say)


def test_json_has_the_contracts_shape() -> None:
    shown = register_to_json(build(row()), load_texts("en"))
    assert list(shown)[:6] == [
        "agency", "fiscal_year_be", "round_months", "period_start_date", "period_end_date",
        "measures",
    ]  # fmt: skip
    measure = shown["measures"][0]
    assert measure["responsible_units_th"] == ["สำนักปลัด"]
    assert measure["item_code"] is None
    assert measure["obligations"][0]["due_months"] == []
    assert {"code", "measure_no", "message"} <= shown["warnings"][0].keys()
    assert "agency_id" not in measure


def test_a_folder_that_cannot_be_written_is_one_clear_line(data: Path) -> None:
    (data / "registers").write_text("a file where a folder must be", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        save_register(build(row()), register_folder("example", 2566, data), "example")
    assert caught.value.exit_code == 74
    assert "measures.csv" in str(caught.value)
