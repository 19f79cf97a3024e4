"""Score files as people send them: what is read, what is refused, where and how to mend it."""

from __future__ import annotations

import codecs
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_analysis.errors import DataError, Place
from ita_analysis.scores.load import load_score_file
from ita_analysis.scores.model import ScoreTable
from ita_analysis.scores.names import name_key
from ita_analysis.scores.values import parse_code, parse_score, parse_year

HEAD = (
    "agency_id,agency_name_th,fiscal_year_be,level,code,score_pct,published_rating,data_kind,source"
)
TRAT = ("93.55", "87.72", "91.01", "87.93", "89.52", "90.55", "88.68", "88.58", "72.89", "65.56")


def read(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> ScoreTable:
    file = folder / "scores.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding=encoding)
    table = load_score_file(file)
    accepted = len(table.rows) + len(table.rejects) + table.n_duplicates + table.n_missing
    assert table.n_entries == accepted
    return table


def row(code: str, score: str, year: str = "2564", agency: str = "a-1", rating: str = "") -> str:
    level = {"overall": "overall", "IIT": "tool", "EIT": "tool", "OIT": "tool"}.get(code)
    level = level or ("item" if code[0] in "oei" else "indicator")
    return f"{agency},อบต.ทดสอบ,{year},{level},{code},{score},{rating},agency,เอกสาร"


def faults(table: ScoreTable) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.row, each.found) for each in table.faults]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("85.5", "85.5"),
        ("๘๕.๕", "85.5"),
        ("๘5.๕0", "85.50"),
        ("85.5%", "85.5"),
        (" 85.5 ", "85.5"),
        ("0", "0"),
        ("100.00", "100.00"),
    ],
)
def test_scores_that_are_read(tmp_path: Path, written: str, read_as: str) -> None:
    table = read(tmp_path, row("9", written))
    assert [each.score_pct for each in table.rows] == [Decimal(read_as)]
    assert table.faults == ()


@pytest.mark.parametrize("written", ["", "-", "ไม่ประเมิน", "N/A", "na"])
def test_scores_that_are_not_there(tmp_path: Path, written: str) -> None:
    table = read(tmp_path, row("9", written), row("10", "50"))
    assert table.n_missing == 1
    assert len(table.rows) == 1
    assert table.faults == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("141", "score_out_of_range"),
        ("-3", "score_out_of_range"),
        ("100.01", "score_out_of_range"),
        ('"85,5"', "score_not_number"),
        ("8O.5", "score_not_number"),
        ("l00", "score_not_number"),
        ("inf", "score_not_number"),
        ("nan", "score_not_number"),
        ("1e1", "score_not_number"),
        ("#DIV/0!", "score_not_number"),
    ],
)
def test_scores_that_are_refused(tmp_path: Path, written: str, code: str) -> None:
    table = read(tmp_path, row("9", written), row("10", "50"))
    assert faults(table) == [(code, 2, written.strip('"'))]
    assert [each.code for each in table.rows] == ["10"]
    assert table.faults[0].place.column == "score_pct"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row("11", "50"), "score_code_unknown"),
        (row("o44", "100", "2566"), "score_code_unknown"),
        (row("o1", "50", "2566"), "oit_item_value"),
        (row("9", "50", "2560"), "score_year_unknown"),
        (row("9", "50", "25566"), "score_year_wrong"),
        (row("9", "50", ""), "score_year_missing"),
        (row("9", "50", agency="../x"), "agency_id_wrong"),
        (row("9", "50").replace("indicator", "tool"), "score_level_wrong"),
        (row("9", "50").replace("indicator", "level"), "score_level_unknown"),
        (row("9", "50").replace(",9,", ",nine,"), "score_code_unreadable"),
        (row("9", "50").replace(",agency,", ",rumour,"), "score_kind_unknown"),
        (row("9", "50").replace("a-1,อบต.ทดสอบ", ","), "score_agency_missing"),
        (row("9", "50").replace("ทดสอบ", "ทด�สอบ"), "score_text_unreadable"),
        (row("9", "50") + ",extra", "score_row_too_long"),
    ],
)
def test_rows_that_are_refused(tmp_path: Path, line: str, code: str) -> None:
    table = read(tmp_path, row("10", "50"), line)
    assert [(each.code, each.place.row) for each in table.faults] == [(code, 3)]
    assert len(table.rows) == len(table.rejects) == 1
    assert table.rejects[0].fault == table.faults[0]


def test_every_fault_of_a_row_is_named(tmp_path: Path) -> None:
    table = read(tmp_path, "A B,อบต.ทดสอบ,25,indicator,11x,141,,rumour,")
    assert {each.code for each in table.faults} == {
        "agency_id_wrong",
        "score_year_wrong",
        "score_code_unreadable",
        "score_out_of_range",
        "score_kind_unknown",
    }
    assert len(table.rejects) == 1


def test_items_beyond_an_assumed_count_pass(tmp_path: Path) -> None:
    assert read(tmp_path, row("i31", "80", "2566")).faults == ()


def test_two_scores_for_one_key_are_both_refused(tmp_path: Path) -> None:
    table = read(tmp_path, row("9", "50"), row("10", "60"), row("9", "51"))
    assert faults(table) == [("score_conflict", 2, "50"), ("score_conflict", 4, "51")]
    assert "row 4 51" in table.faults[0].problem
    assert [each.code for each in table.rows] == ["10"]


def test_exact_repetitions_count_once(tmp_path: Path) -> None:
    table = read(tmp_path, row("9", "50"), row("9", "50.00"))
    assert (len(table.rows), table.n_duplicates, table.faults) == (1, 1, ())


def test_a_total_that_does_not_follow(tmp_path: Path) -> None:
    parts = [row(str(number), score) for number, score in enumerate(TRAT, 1)]
    assert read(tmp_path, *parts, row("overall", "81.45")).faults == ()
    assert read(tmp_path, *parts, row("overall", "81.46")).faults == ()
    table = read(tmp_path, *parts, row("overall", "81.48"))
    assert faults(table) == [("score_total_wrong", 12, "81.48")]
    assert "81.45" in table.faults[0].problem
    assert len(table.rows) == 11  # which of them is wrong only the reader can tell


@pytest.mark.parametrize(
    ("year", "score", "rating", "code"),
    [
        ("2565", "85.00", "A", None),
        ("2565", "84.99", "A", "rating_impossible"),
        ("2565", "84.99", "ไม่ผ่าน", None),
        ("2565", "84.99", "ผ่าน", "rating_impossible"),
        ("2565", "85.00", "ผ่านดี", "rating_unknown"),
        ("2566", "94.64", "ผ่าน", None),
        ("2566", "94.64", "ผ่านดี", None),
        ("2566", "94.64", "ผ่านดีเยี่ยม", "rating_impossible"),
        ("2566", "94.64", "A", "rating_unknown"),
        ("2566", "99.90", "ผ่าน", "rating_impossible"),
    ],
)
def test_ratings_beside_scores(
    tmp_path: Path, year: str, score: str, rating: str, code: str | None
) -> None:
    table = read(tmp_path, row("overall", score, year, rating=rating))
    assert [each.code for each in table.faults] == ([code] if code else [])


def test_years_written_otherwise_are_converted_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, row("9", "1", "66"), row("10", "2", "2023"), row("8", "3", "๒๕๖๖"))
    assert [each.fiscal_year_be for each in table.rows] == [2566, 2566, 2566]
    assert [(each.code, each.found) for each in table.notes] == [
        ("score_year_converted", "66"),
        ("score_year_converted", "2023"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"], ids=["utf8", "bom", "utf16", "cp874"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    line = row("overall", "81.45", rating="B").replace(",", delimiter)
    table = read(tmp_path, line, head=HEAD.replace(",", delimiter), encoding=encoding)
    assert table.faults == ()
    assert table.rows[0].agency_name_th == "อบต.ทดสอบ"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        ((HEAD + "\n").encode(), "no_score_rows"),
        (b"x,y\n1,2\n", "no_score_table"),
        (f'{HEAD}\n"a-1,x\n'.encode(), "csv_broken"),
        (f"{HEAD}\n{row('9', '50')}\n".encode().decode("cp874", "replace").encode(), "mojibake"),
        (b"PK\x03\x04rest", "workbook_named_text"),
        (b"a\x00b,c\n", "not_text"),
    ],
    ids=["empty", "blank", "head", "other", "quote", "mojibake", "zip", "nul"],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "scores.csv"
    file.write_bytes(content)
    try:
        found = [each.code for each in load_score_file(file).faults]
    except DataError as error:
        found = [each.code for each in error.faults]
    assert found == [code]


def test_other_files(tmp_path: Path) -> None:
    for name, code in (("x.pickle", "unknown_file_kind"), ("x.csv", "no_such_file")):
        with pytest.raises(DataError) as caught:
            load_score_file(tmp_path / name)
        assert caught.value.faults[0].code == code
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DataError) as caught:
        load_score_file(tmp_path / "folder.csv")
    assert caught.value.faults[0].code == "unreadable_file"


def test_one_agency_under_two_spellings(tmp_path: Path) -> None:
    head = "หน่วยงาน,ปีงบประมาณ,คะแนนรวม"
    lines = ("องค์การบริหารส่วนตำบลนาคาย,2564,80", "อบต. นาคาย,2565,81", "อบต.อื่น,2565,82")
    table = read(tmp_path, *lines, head=head)
    assert [each.agency_id for each in table.rows][:2] == ["nakhai-ubon", "nakhai-ubon"]
    assert [each.code for each in table.notes] == ["score_agency_spelling"]
    other = table.rows[2].agency_id
    assert other.startswith("agency-")
    assert table.new_agencies == {other: "อบต.อื่น"}


def test_names_that_are_not_missing(tmp_path: Path) -> None:
    table = read(tmp_path, "00123,NA,2564,indicator,9,50,,agency,NA")
    assert (table.rows[0].agency_id, table.rows[0].agency_name_th) == ("00123", "NA")
    assert table.rows[0].source == "NA"


WIDE = [
    "ที่",
    "หน่วยงาน",
    *(f"ตัวชี้วัดที่ {number}" for number in range(1, 11)),
    "IIT (30)",
    "EIT (30)",
    "OIT (40)",
    "คะแนนรวม",
    "ระดับผลการประเมิน",
]
TRAT_PARTS = ("26.98", "26.78", "27.69")  # 0.3 x 89.946, 0.3 x 89.27, 0.4 x 69.225


def test_a_wide_table_with_weighted_parts(tmp_path: Path) -> None:
    cells = ["1", "อบต.ทดสอบ", *TRAT, *TRAT_PARTS, "81.45", "B"]
    table = read(
        tmp_path,
        ",".join(WIDE),
        ",".join(cells),
        ",".join(["รวม", "", "90"]),
        "ลงชื่อ ........................",
        head="ผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๔",
    )
    assert table.faults == ()
    scores = {each.code: each.score_pct for each in table.rows}
    assert scores["OIT"] == Decimal("69.225")
    assert scores["9"] == Decimal("72.89")
    assert {each.fiscal_year_be for each in table.rows} == {2564}
    assert [each.code for each in table.notes] == [
        "score_row_passed_over",
        "score_row_passed_over",
        "weighted_parts_converted",
    ]
    ratings = {each.code: each.published_rating for each in table.rows if each.published_rating}
    assert ratings == {"overall": "B"}


def test_weighted_parts_without_a_word_are_told_by_their_sum(tmp_path: Path) -> None:
    parts = zip(("IIT", "EIT", "OIT"), TRAT_PARTS, strict=True)
    lines = [row(code, score) for code, score in parts]
    table = read(tmp_path, *lines, row("overall", "81.45"))
    assert {each.code: each.is_converted for each in table.rows} == {
        "IIT": True,
        "EIT": True,
        "OIT": True,
        "overall": False,
    }
    assert table.faults == ()
    # low percentages that do not add up to the total stay what they are
    table = read(
        tmp_path, row("IIT", "20"), row("EIT", "20"), row("OIT", "20"), row("overall", "20")
    )
    assert not any(each.is_converted for each in table.rows)
    assert table.faults == ()


def test_a_percentage_under_a_heading_of_weighted_parts(tmp_path: Path) -> None:
    table = read(tmp_path, "ก,2564,85,26,38", head="หน่วยงาน,ปี,IIT เต็ม 30,EIT เต็ม 30,OIT เต็ม 40")
    assert [each.code for each in table.faults] == ["weighted_part_too_high"]


@pytest.mark.parametrize(
    ("heading", "level", "code"),
    [
        ("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "indicator", "1"),
        ("ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต", "indicator", "10"),
        ("การใช้งบประมาณ", "indicator", "2"),
        ("Open data", "indicator", "9"),
        ("IIT", "tool", "IIT"),
        ("คะแนน EIT", "tool", "EIT"),
        ("แบบวัด OIT (ร้อยละ)", "tool", "OIT"),
        ("คะแนนรวม", "overall", "overall"),
        ("ผลคะแนน ITA", "overall", "overall"),
        ("คะแนน", "overall", "overall"),
        ("9.2", "sub_indicator", "9.2"),
        ("ตัวชี้วัดย่อยที่ 10.1 การดำเนินการ", "sub_indicator", "10.1"),
        ("o42", "item", "o42"),
        ("O๑", "item", "o1"),
    ],
)
def test_headings(tmp_path: Path, heading: str, level: str, code: str) -> None:
    table = read(tmp_path, "อบต.ทดสอบ,2564,100", head=f"ชื่อหน่วยงาน,ปีงบประมาณ,{heading}")
    assert [(each.level, each.code) for each in table.rows] == [(level, code)]


def test_a_heading_whose_number_and_title_differ(tmp_path: Path) -> None:
    table = read(tmp_path, "ก,2564,90", head="หน่วยงาน,ปี,ตัวชี้วัดที่ 2 การใช้อำนาจ")
    assert [each.code for each in table.faults] == ["score_heading_contradicts"]


def test_years_as_columns(tmp_path: Path) -> None:
    table = read(tmp_path, "ก,80,81.5", head="หน่วยงาน,2564,ปี 2565")
    assert {each.fiscal_year_be: each.score_pct for each in table.rows} == {
        2564: Decimal(80),
        2565: Decimal("81.5"),
    }


def test_a_head_that_comes_again_and_a_doubled_column(tmp_path: Path) -> None:
    head = "หน่วยงาน,ปี,คะแนนรวม"
    table = read(tmp_path, "ก,2564,80", head, "ข,2564,81", head=head)
    assert [each.agency_name_th for each in table.rows] == ["ก", "ข"]
    table = read(tmp_path, "ก,2564,80,80", head=head + ",คะแนนรวม")
    assert [each.code for each in table.faults] == ["score_column_doubled"]


def test_unused_columns_are_said(tmp_path: Path) -> None:
    table = read(tmp_path, "ก,2564,80,x,y", head="หน่วยงาน,ปี,คะแนนรวม,โทรศัพท์,จังหวัด")
    assert [(each.code, each.place.column) for each in table.notes] == [
        ("score_column_unused", "โทรศัพท์")
    ]


def workbook(folder: Path) -> tuple[Path, openpyxl.Workbook]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "คะแนน"
    sheet.append(["ผลการประเมินปีงบประมาณ 2564"])
    sheet.append(["หน่วยงาน", "คะแนนรวม", "ตัวชี้วัดที่ 9"])
    sheet.append(["อบต.ก", 81.45, 0.7289])
    sheet["C3"].number_format = "0.00%"
    return folder / "scores.xlsx", book


def test_a_workbook(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    sheet = book.worksheets[0]
    sheet.append(["อบต.ข", "=40+41", "#DIV/0!"])
    sheet.append(["อบต.ค", 90, None])
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("อื่น")["A1"] = "ไม่ใช่คะแนน"
    book.save(path)
    table = load_score_file(path)
    assert [(each.agency_name_th, each.code, each.score_pct) for each in table.rows] == [
        ("อบต.ก", "overall", Decimal("81.45")),
        ("อบต.ก", "9", Decimal("72.89")),
        ("อบต.ค", "overall", Decimal(90)),
    ]
    assert [(each.code, str(each.place)) for each in table.faults] == [
        ("formula_without_value", 'scores.xlsx:คะแนน row 4 column "B"'),
        ("cell_error", 'scores.xlsx:คะแนน row 4 column "C"'),
    ]
    assert [each.code for each in table.notes] == ["sheet_hidden_rows", "sheet_without_scores"]
    assert table.n_entries == len(table.rows) + len(table.rejects) == 5


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.worksheets[0]["XFD1048576"] = "far"
    book.save(path)
    table = load_score_file(path)
    assert len(table.rows) == 2
    assert [each.code for each in table.faults] == ["sheet_too_long"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table></table></html>", "file_is_other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook_protected"),
        (codecs.BOM_UTF8 + b"a,b", "file_is_other_kind"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "scores.xlsx"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        load_score_file(path)
    assert caught.value.faults[0].code == code


def test_a_truncated_workbook(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.save(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DataError):
        load_score_file(path)


@given(st.text(max_size=12))
def test_any_text_is_a_score_a_fault_or_nothing(text: str) -> None:
    found = parse_score(text, Place("x"))
    if isinstance(found, Decimal):
        assert 0 <= found <= 100
    parse_year(text)
    parse_code(text)


@given(st.decimals(0, 100, places=2))
def test_thai_digits_are_the_same_score(score: Decimal) -> None:
    thai = str(score).translate({ord("0") + digit: 0x0E50 + digit for digit in range(10)})
    assert parse_score(thai, Place("x")) == score


def test_name_keys() -> None:
    same = {
        name_key(name)
        for name in ("องค์การบริหารส่วนตำบลนาคาย", "อบต.นาคาย", "อบต. นาคาย", "อบต นาคาย")
    }
    assert len(same) == 1
    assert name_key("อบจ.นาคาย") not in same
