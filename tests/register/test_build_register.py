"""From rows of a report to measures: repairs, headings, titles, dates, notes."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from ita_analysis.documents.text import read_text
from ita_analysis.errors import DataError
from ita_analysis.frameworks import load_framework
from ita_analysis.register.build import build_register
from ita_analysis.register.model import Register
from tests.register.made_reports import DATA, HEADER, build, document, row


def codes(register: Register) -> list[str]:
    return [note.code for note in register.notes]


def test_a_plain_row_is_read_without_a_word_of_repair() -> None:
    register = build(row())
    (measure,) = register.measures
    assert (measure.tool, measure.indicator_no, measure.sub_indicator) == ("OIT", 9, "9.1")
    assert measure.title_th == "ข้อมูลพื้นฐาน"
    assert measure.responsible_units_th == ("สำนักปลัด",)
    assert measure.published_date == dt.date(2023, 1, 23)
    assert (measure.period_start_date, measure.period_end_date) == (
        dt.date(2022, 10, 1),
        dt.date(2023, 9, 30),
    )
    assert codes(register) == ["sub_indicator_matched"]


def test_head_tells_agency_year_round_and_period() -> None:
    register = build(row())
    assert register.agency.name_th == "องค์การบริหารส่วนตำบลตัวอย่าง"
    assert register.agency.agency_type == "อบต."
    assert (register.agency.district_th, register.agency.province_th) == ("สมมติ", "ทดสอบ")
    assert (register.fiscal_year_be, register.round_months) == (2566, 12)


def test_six_month_round_covers_the_first_half() -> None:
    head = "รายงานผล ประจำปีงบประมาณ พ.ศ. 2567 รอบ 6 เดือน\nเทศบาลตำบลตัวอย่าง\n"
    register = build(row(), head=head)
    assert (register.fiscal_year_be, register.round_months) == (2567, 6)
    assert register.period_end_date == dt.date(2024, 3, 31)


def test_last_years_result_in_the_prose_does_not_decide_the_year() -> None:
    head = "จากการวิเคราะห์ผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๕\nรายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๖๖\n"
    assert build(row(), head=head).fiscal_year_be == 2566


def test_year_comes_from_the_periods_where_no_paragraph_tells() -> None:
    assert build(row(), head="").fiscal_year_be == 2566


def test_headings_between_tables_and_item_codes() -> None:
    heading = "เครื่องมือการประเมิน EIT\n\nตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร\n"
    register = build(row(), heading + HEADER, row(title="e๖ การเผยแพร่ข้อมูล"))
    second = register.measures[1]
    assert (second.tool, second.indicator_no, second.item_code) == ("EIT", 7, "e6")
    assert second.title_th == "การเผยแพร่ข้อมูล"
    assert second.sub_indicator is None


def test_indicator_is_carried_to_the_rows_below() -> None:
    register = build(row(), row(title="- การปฏิบัติงาน"))
    second = register.measures[1]
    assert (second.indicator_no, second.sub_indicator) == (9, "9.2")


def test_an_item_of_another_tool_ends_the_indicator() -> None:
    register = build(row(), row(title="i๓ การใช้งบประมาณ"))
    assert (register.measures[1].tool, register.measures[1].indicator_no) == ("IIT", None)
    assert "indicator_not_named" in codes(register)


def test_cell_that_holds_two_columns_is_split_and_the_shift_mended() -> None:
    monitoring = "๑. เจ้าหน้าที่รายงานภายในเดือนธันวาคม ๒๕๖๕"
    cells = [
        "- การจัดซื้อจัดจ้างหรือการพัสดุ",
        "กองคลัง/งานพัสดุ ๑. จัดทำแผน ๒. รายงานผู้บริหาร",
        monitoring,
        "- การจัดซื้อจัดจ้างหรือการพัสดุ กองคลัง/งานพัสดุ",
        "ต.ค.๖๕ – ก.ย.๖๖",
        "เผยแพร่บนเว็บไซต์แล้วเมื่อวันที่ ๑๑ เมษายน ๒๕๖๖",
        "ประชาชนตรวจสอบได้",
    ]
    register = build(row(), "\t".join(cells))
    measure = register.measures[1]
    assert measure.responsible_units_th == ("กองคลัง", "งานพัสดุ")
    assert measure.steps_th == "๑. จัดทำแผน ๒. รายงานผู้บริหาร"
    assert measure.monitoring_th == monitoring
    assert measure.published_date == dt.date(2023, 4, 11)
    notes = {note.code: note for note in register.notes if note.measure_no == 2}
    assert {"cells_split", "columns_shifted", "cell_repeated"} <= notes.keys()
    assert notes["cells_split"].row == measure.source_row


def test_missing_cell_shifts_nothing_into_the_wrong_column() -> None:
    cells = row().split("\t")
    del cells[1]  # no unit
    (measure,) = build("\t".join(cells)).measures
    assert measure.responsible_units_th == ()
    assert measure.monitoring_th == "๑. เจ้าหน้าที่รายงานภายในเดือนมกราคม ๒๕๖๖"
    assert measure.period_end_date == dt.date(2023, 9, 30)
    assert measure.published_date == dt.date(2023, 1, 23)


def test_no_word_of_a_row_is_lost_when_it_has_a_cell_too_many() -> None:
    cells = row().split("\t")
    cells.insert(3, "หมายเหตุพิเศษ")
    (measure,) = build("\t".join(cells)).measures
    said = " ".join(str(value) for value in measure.model_dump().values())
    assert "หมายเหตุพิเศษ" in said
    assert measure.published_date == dt.date(2023, 1, 23)


def test_html_inside_cells_is_removed_and_told() -> None:
    register = build(row(units="<p>กองคลัง</p> <p>กองช่าง</p>"))
    assert register.measures[0].responsible_units_th == ("กองคลัง", "กองช่าง")
    assert "text_repaired" in codes(register)


def test_repeated_headers_are_skipped_and_told_with_their_lines() -> None:
    register = build(row(), HEADER, row(title="- การปฏิบัติงาน"))
    assert len(register.measures) == 2
    (note,) = [note for note in register.notes if note.code == "header_repeated"]
    assert (note.values["n"], note.row) == (1, 8)


def test_row_that_is_no_measure_is_left_out_and_told() -> None:
    register = build(row(), "รวม ๑ มาตรการ\t", row(title="- การปฏิบัติงาน"))
    assert len(register.measures) == 2
    assert [n.values["words"] for n in register.notes if n.code == "row_left_out"] == [
        "รวม ๑ มาตรการ"
    ]


def test_spaces_of_page_breaks_leave_a_known_title() -> None:
    register = build(row(title="ตัวชี้วัดที่ ๑๐ OIT - มาตรการภายในเพื่อ ป้องกันการทุจริต"))
    assert register.measures[0].title_th == "มาตรการภายในเพื่อป้องกันการทุจริต"
    assert "title_spaces" in codes(register)


def test_deadline_outside_the_year_is_kept_and_told() -> None:
    register = build(row(monitoring="๑. เจ้าหน้าที่ประเมินภายในเดือนกันยายน ๒๕๖๕"))
    assert register.measures[0].obligations[0].due_date == dt.date(2022, 9, 30)
    assert "deadline_outside_year" in codes(register)


def test_result_without_a_date_is_no_publication() -> None:
    register = build(row(result="อยู่ระหว่างดำเนินการ"))
    assert register.measures[0].published_date is None
    assert "no_publication_date" in codes(register)


def test_publication_named_by_month_counts_from_the_months_end_and_is_told() -> None:
    register = build(row(result="เผยแพร่บนเว็บไซต์แล้วในเดือนมกราคม ๒๕๖๖"))
    assert register.measures[0].published_date == dt.date(2023, 1, 31)
    assert "publication_month_only" in codes(register)


def test_impossible_dates_are_all_named_and_nothing_is_built() -> None:
    bad = [
        row(result="เผยแพร่แล้วเมื่อวันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖"),
        row(monitoring="๑. รายงานภายในวันที่ 29 ก.พ. 2566"),
    ]
    with pytest.raises(DataError) as caught:
        build(*bad)
    faults = caught.value.faults
    assert [fault.code for fault in faults] == ["impossible_date", "impossible_date"]
    assert [(fault.place.row, fault.place.column) for fault in faults] == [(7, "6"), (8, "4")]
    assert "๓๑ กุมภาพันธ์ ๒๕๖๖" in faults[0].found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("หนังสือราชการทั่วไป\nเรื่อง ขอเชิญประชุม\n", "no_register_table"),
        ("ชื่อ\tนามสกุล\tอายุ\nก\tข\t๓\n", "no_register_table"),
        (f"ปีงบประมาณ ๒๕๖๖\n{HEADER}\n", "no_measures"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(text: str, code: str) -> None:
    other = read_text(text.encode(), "letter.txt")
    with pytest.raises(DataError) as caught:
        build_register(other, partial(load_framework, data_dir=DATA), 2566)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert str(caught.value).startswith("letter.txt")


def test_cells_keep_their_place() -> None:
    cell = document(row()).tables[0].rows[1].cells[5]
    assert (cell.place.file, cell.place.row, cell.place.column) == ("report.txt", 7, "6")
