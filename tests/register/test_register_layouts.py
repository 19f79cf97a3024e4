"""Columns recognised with reasons, mappings by the user, several years, rows that go on."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.documents import Document
from ita_analysis.documents.text import read_text
from ita_analysis.errors import DataError, UsageError
from ita_analysis.frameworks import load_framework
from ita_analysis.register.build import build_rows
from ita_analysis.register.columns import Role, read_header
from ita_analysis.register.importing import draft_columns, read_reports
from ita_analysis.register.mapping import load_mapping
from ita_analysis.register.tables import find_measures
from tests.register.made_reports import DATA, HEADER, TITLE_PAGE, build, document, row

UNKNOWN = "เรื่อง\tใคร\tผู้รับผิดชอบ\tทำอะไร\tติดตามเมื่อใด\tระยะเวลา\tเป็นอย่างไร"


def header_of(*headings: str) -> tuple[Role, ...]:
    table = read_text("\t".join(headings).encode(), "x.txt").tables[0]
    return read_header(table.rows[0]).roles


def text(*lines: str) -> Document:
    return read_text("\n".join(lines).encode(), "report.txt")


def test_two_results_of_two_rounds_are_one_column() -> None:
    roles = header_of("ประเด็น", "ผลการดำเนินการ รอบ 6 เดือน", "ผลการดำเนินการ รอบ 12 เดือน")
    assert roles == (Role.TITLE, Role.RESULT, Role.RESULT)


def test_a_doubled_heading_is_no_second_column_of_the_role() -> None:
    assert header_of("ประเด็น", "ผลลัพธ์", "ผลลัพธ์") == (Role.TITLE, Role.OUTCOME, Role.OTHER)


def test_a_heading_over_two_columns_holds_for_both() -> None:
    roles = header_of("ที่", "ประเด็น", "ระยะเวลา", "", "ผลลัพธ์")
    assert roles == (Role.NUMBER, Role.TITLE, Role.PERIOD, Role.PERIOD, Role.OUTCOME)


def test_a_reason_is_shown_for_every_recognised_column() -> None:
    register = build(row(), head=TITLE_PAGE + "ลำดับที่\t" + HEADER + "\n1\t" + row() + "\n")
    (note,) = [note for note in register.notes if note.code == "columns_matched"]
    assert "ผู้รับผิดชอบ = units" in note.values["matches"]


def test_a_deadline_column_gives_deadlines_where_there_is_no_monitoring() -> None:
    head = "ประเด็น\tผู้รับผิดชอบ\tขั้นตอน\tกำหนดเวลา\tผลการดำเนินการ"
    words = "ข้อมูลพื้นฐาน\tสำนักปลัด\t๑. จัดทำ\tภายในเดือนมกราคม ๒๕๖๖\tเผยแพร่วันที่ ๒ ม.ค. ๒๕๖๖"
    built = build_rows(text(TITLE_PAGE, head, words), partial(load_framework, data_dir=DATA))
    assert built.register is not None
    (measure,) = built.register.measures
    assert [each.due_date for each in measure.obligations] == [dt.date(2023, 1, 31)]


def test_doubtful_columns_are_asked_for_with_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    cells = row().split("\t")
    cells.insert(1, "ปลัด")
    path.write_text(f"{TITLE_PAGE}{UNKNOWN}\n" + "\t".join(cells), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_reports(path, None, DATA)
    (fault,) = caught.value.faults
    assert fault.code == "columns_doubtful"
    assert "--draft-columns" in fault.remedy
    draft = tmp_path / "columns.yml"
    draft.write_text(draft_columns(path), encoding="utf-8")
    assert load_mapping(draft)["ผู้รับผิดชอบ"] is Role.UNITS
    filled = draft.read_text(encoding="utf-8")
    for heading, role in {"เรื่อง": "title", "ทำอะไร": "steps", "ติดตามเมื่อใด": "monitoring",
                          "เป็นอย่างไร": "result"}.items():  # fmt: skip
        filled = filled.replace(f"{heading}\n    role: other", f"{heading}\n    role: {role}")
    draft.write_text(filled, encoding="utf-8")
    (register,) = read_reports(path, None, DATA, load_mapping(draft)).registers
    (measure,) = register.measures
    assert measure.responsible_units_th == ("สำนักปลัด",)
    assert measure.published_date == dt.date(2023, 1, 23)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("columns: 3", "mapping_unreadable"),
        ("[", "mapping_unreadable"),
        ("columns:\n  - heading: ก\n    role: ไม่มี\n", "mapping_role_unknown"),
    ],
)
def test_a_faulty_mapping_is_named(content: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "columns.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_mapping(path)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_several_years_on_one_page_keep_their_own_year(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    pieces = ["เทศบาลตำบลตัวอย่าง", "จังหวัดทดสอบ"]
    for year in (2565, 2566, 2567):
        words = row(monitoring="๑. เจ้าหน้าที่รายงานภายในเดือนมกราคม", period="", result="เสร็จแล้ว")
        pieces += [f"รายงานผล ประจำปีงบประมาณ พ.ศ. {year} รอบ 12 เดือน", HEADER, words]
    path.write_text("\n".join(pieces), encoding="utf-8")
    report = read_reports(path, None, DATA)
    assert [
        (r.agency.name_th, r.fiscal_year_be, r.measures[0].obligations[0].due_date)
        for r in report.registers
    ] == [("เทศบาลตำบลตัวอย่าง", year, dt.date(year - 543, 1, 31)) for year in (2565, 2566, 2567)]
    (only,) = read_reports(path, 2566, DATA).registers
    assert only.fiscal_year_be == 2566
    with pytest.raises(DataError) as caught:
        read_reports(path, 2570, DATA)
    assert caught.value.faults[0].code == "no_such_year"


def test_of_two_rounds_of_a_year_the_later_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    pieces = []
    for months, done in ((6, "อยู่ระหว่างดำเนินการ"), (12, "เผยแพร่วันที่ ๒ ม.ค. ๒๕๖๖")):
        pieces += [f"รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ {months} เดือน", HEADER, row(result=done)]
    path.write_text("\n".join(pieces), encoding="utf-8")
    report = read_reports(path, None, DATA)
    (register,) = report.registers
    assert (register.round_months, report.replaced_rounds) == (12, (6,))
    assert register.measures[0].published_date == dt.date(2023, 1, 2)


def test_good_rows_are_kept_and_bad_ones_rejected_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    rows = [
        row(),
        row(title="- การให้บริการ", result="เผยแพร่แล้ววันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖"),
        row(title="- การปฏิบัติงาน"),
        row(),
    ]
    path.write_text(TITLE_PAGE + HEADER + "\n" + "\n".join(rows), encoding="utf-8")
    report = read_reports(path, None, DATA)
    (register,) = report.registers
    assert [measure.measure_no for measure in register.measures] == [1, 3]
    assert (report.n_rows, report.n_accepted, report.n_rejected, report.n_duplicates) == (
        4,
        2,
        1,
        1,
    )
    assert [fault.code for fault in report.faults] == ["impossible_date"]
    assert "row_rejected" in {note.code for note in register.notes}


def test_an_example_row_of_a_template_is_no_measure() -> None:
    head = TITLE_PAGE + "ลำดับที่\t" + HEADER + "\n(ตัวอย่าง)\t" + row() + "\n"
    built = build_rows(
        text(*head.split("\n"), "1\t" + row(title="- การให้บริการ")),
        partial(load_framework, data_dir=DATA),
    )
    assert built.register is not None
    assert [measure.title_th for measure in built.register.measures] == ["การให้บริการ"]


ROWS = st.lists(
    st.sampled_from(
        [
            row(),
            row(title="- การให้บริการ"),
            row(title=""),
            row(title="", units="", period=""),
            row(result="เผยแพร่แล้ววันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖"),
            row(units="สำนัก\ufffdปลัด"),
            HEADER,
            "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต\t",
            "รวม ๑ มาตรการ\t",
            "ลงชื่อ\t.....\tผู้รายงาน",
            "\t\t๓. เผยแพร่\t\t\t\t",
            "ก\tข\tค",
            "รายการ\tงบประมาณ\tเบิกจ่าย",
            "\t\t",
            "",
        ]
    ),
    max_size=12,
)


@given(ROWS)
def test_every_row_goes_to_exactly_one_place(rows: list[str]) -> None:
    """Rows in = accepted + rejected + declared duplicates, and none is lost beside them."""
    made = document(row(title="แถวแรก"), *rows)
    found = find_measures(made, load_framework(2566, DATA))
    assert found.n_rows == sum(len(table.rows) for table in made.tables)
    built = build_rows(made, partial(load_framework, data_dir=DATA))
    assert built.register is not None
    accepted = len(built.register.measures)
    assert accepted + len(built.rejects) == len(found.measures)
    measure_rows = sum(measure.n_rows for measure in found.measures)
    kept = {measure.measure_no for measure in built.register.measures}
    n_accepted = sum(m.n_rows for n, m in enumerate(found.measures, 1) if n in kept)
    assert measure_rows == n_accepted + sum(reject.n_rows for reject in built.rejects)
