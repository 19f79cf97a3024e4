"""Every class of bad input that people really send shows its line, and changes nothing silently."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from ita_analysis.documents import opening
from ita_analysis.errors import DataError, Fault
from ita_analysis.register.importing import read_reports
from ita_analysis.scores.load import load_score_file
from tests.documents import hostile
from tests.documents.corpus.agencies import FAHSAI
from tests.documents.corpus.layouts import OFFICIAL, official
from tests.documents.corpus.writers import write_docx
from tests.register.made_reports import DATA, HEADER, TITLE_PAGE, row

AGENCY = "องค์การบริหารส่วนตำบลฟ้าใส"
LONG = (
    "agency_id,agency_name_th,fiscal_year_be,level,code,score_pct,published_rating,data_kind,source"
)
Maker = Callable[[Path], Path]
shown: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def _count_of_classes() -> Iterator[None]:
    yield
    print(f"\n{len(shown)} classes of bad input showed their line:")
    for name, line in shown.items():
        print(f"  {name}: {line}")


def put(name: str, content: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def report(*rows: str, encoding: str = "utf-8", head: str = TITLE_PAGE) -> Maker:
    text = head + HEADER + "\n" + "\n".join(rows or [row()]) + "\n"
    return put("report.txt", text.encode(encoding))


def table(*rows: list[object]) -> Maker:
    """A workbook with title lines, the official header, and these rows."""

    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for line in TITLE_PAGE.strip().splitlines():
            sheet.append([line])
        sheet.append(OFFICIAL)
        for cells in rows:
            sheet.append(cells)
        book.save(folder / "report.xlsx")
        return folder / "report.xlsx"

    return make


def cells(**changed: object) -> list[object]:
    names = ["title", "units", "steps", "monitoring", "period", "result", "outcome"]
    plain: list[object] = list(row().split("\t"))
    for name, value in changed.items():
        plain[names.index(name)] = value
    return plain


def scores(*lines: str, head: str = LONG, encoding: str = "utf-8") -> Maker:
    return put("scores.csv", "\n".join([head, *lines, ""]).encode(encoding))


def score(  # noqa: PLR0917 # the cells of a row, in their order
    value: str, code: str = "overall", level: str = "overall", year: str = "2566",
          name: str = AGENCY, key: str = "fahsai", rating: str = "") -> str:  # fmt: skip
    return f"{key},{name},{year},{level},{code},{value},{rating},agency,test"


def read_report(path: Path) -> list[tuple[str, str]]:
    """Codes and lines of everything that is said about a report."""
    try:
        found = read_reports(path, None, DATA)
    except DataError as error:
        return [(each.code, str(each)) for each in error.faults]
    said = [(each.code, str(each)) for each in found.faults]
    for register in found.registers:
        said += [
            (note.code, f"{path.name} row {note.row or ''} | {note.code} {note.values}")
            for note in register.notes
        ]
    return said


def read_scores(path: Path) -> list[tuple[str, str]]:
    try:
        found = load_score_file(path, DATA)
    except DataError as error:
        return [(each.code, str(each)) for each in error.faults]
    said: list[Fault] = [*found.faults, *found.notes]
    return [(each.code, str(each)) for each in said]


def in_cp874_as_utf8() -> bytes:
    return (TITLE_PAGE + HEADER).encode().decode("cp874", "replace").encode()


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def with_tracked_changes(folder: Path) -> Path:
    path = folder / "report.docx"
    write_docx(official(FAHSAI), path)
    data = path.read_bytes()
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    old = "<w:t>กองช่าง</w:t>"
    new = (
        "</w:r><w:del w:id='1' w:author='a'><w:r><w:delText>กองคลัง</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='a'><w:r><w:t>กองช่าง</w:t></w:r></w:ins><w:r>"
    )
    path.write_bytes(hostile.replaced(data, "word/document.xml", xml.replace(old, new, 1).encode()))
    return path


def nested(folder: Path) -> Path:
    path = folder / "report.docx"
    write_docx(official(FAHSAI), path)
    document = docx.Document(str(path))
    inner = document.tables[0].rows[1].cells[6].add_table(1, 2)
    inner.rows[0].cells[0].text = "ซ้อน"
    document.save(str(path))
    return path


def hidden_and_merged(folder: Path) -> Path:
    path = table(cells(), cells(title="- การปฏิบัติงาน"))(folder)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.row_dimensions[7].hidden = True
    sheet.merge_cells("A1:G1")
    book.create_sheet("ซ่อน").append(["อื่น"])
    book.worksheets[1].sheet_state = "hidden"
    book.save(path)
    return path


def saved_as(name: str, maker: Maker) -> Maker:
    def make(folder: Path) -> Path:
        path = maker(folder)
        return path.rename(folder / name)

    return make


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "report.txt")
    return folder / "report.txt"


def broken_link(folder: Path) -> Path:
    (folder / "report.txt").symlink_to(folder / "nowhere.txt")
    return folder / "report.txt"


def directory(folder: Path) -> Path:
    (folder / "report.txt").mkdir()
    return folder / "report.txt"


BAD_MONITORING = "๑. เจ้าหน้าที่รายงานภายในเดือนกันยายน ๒๕๖๘"
REPORTS: dict[str, tuple[Maker, str]] = {
    "mojibake": (put("report.txt", in_cp874_as_utf8()), "mojibake"),
    "encoding that is no Thai one": (
        put("report.txt", b"\xe9\xe8\xff abc def ghi"),
        "unknown_encoding",
    ),
    "U+FFFD inside a name": (
        report(row(units="สำนัก\ufffdปลัด"), row(title="- การให้บริการ")),
        "cell_unreadable",
    ),
    "NUL bytes": (put("report.txt", b"a\x00b"), "not_text"),
    "empty file": (put("report.txt", b" \n"), "empty_file"),
    "header only": (put("report.txt", (TITLE_PAGE + HEADER).encode()), "no_measures"),
    "missing columns": (
        put("report.txt", (TITLE_PAGE + "ผู้รับผิดชอบ\tระยะเวลา\tอื่น\nก\tข\tค\n").encode()),
        "columns_doubtful",
    ),
    "doubled columns": (
        put("report.txt", (TITLE_PAGE + HEADER + "\tผลลัพธ์\n" + row() + "\tอื่น").encode()),
        "column_unused",
    ),
    "one extra field in a row": (
        report("\t".join([*row().split("\t")[:3], "แทรก", *row().split("\t")[3:]])),
        "columns_shifted",
    ),
    "two columns in one cell": (
        report(
            "\t".join(
                ["- การปฏิบัติงาน", "กองคลัง/งานพัสดุ ๑. จัดทำแผน ๒. รายงาน", *row().split("\t")[3:]]
            )
        ),
        "cells_split",
    ),
    "unclosed quote": (
        put("report.csv", f'{TITLE_PAGE}"{HEADER}'.replace("\t", ",").encode()),
        "csv_broken",
    ),
    "totals and signature lines": (report(row(), "รวม ๑ มาตรการ\t"), "row_left_out"),
    "another table on the page": (
        report(row(), "", "รายการ\tงบประมาณ\tเบิกจ่าย\nวัสดุ\t100\t90"),
        "table_left_out",
    ),
    "a page's header repeated": (
        report(row(), HEADER, row(title="- การให้บริการ")),
        "header_repeated",
    ),
    "exact duplicates": (report(row(), row()), "row_duplicate"),
    "html in cells": (report(row(units="<p>กองคลัง</p>")), "text_repaired"),
    "ํ + า for ำ": (report(row(outcome="ประชาชนได้รับข้อมูลสํานักงาน")), "text_repaired"),
    "no title": (report(row(), row(title="")), "title_carried"),
    "no fiscal year": (report(row(period=""), head="เรื่อง\n"), "no_fiscal_year"),
    "๓๑ กุมภาพันธ์": (report(row(result="เผยแพร่แล้ววันที่ ๓๑ กุมภาพันธ์ ๒๕๖๖")), "impossible_date"),
    "29 ก.พ. 2564": (report(row(result="เผยแพร่แล้ววันที่ 29 ก.พ. 2564")), "impossible_date"),
    "an Excel serial": (table(cells(result=44949)), "date_serial"),
    "an Excel cell dated 2566-01-31": (table(cells(result=dt.date(2566, 1, 31))), "remark"),
    "๒๕๖o": (report(row(result="เผยแพร่บนเว็บไซต์เมื่อวันที่ ๑ ม.ค. ๒๕๖o")), "text_repaired"),
    "publication outside the fiscal year": (
        report(row(result="เผยแพร่แล้ววันที่ ๑ มกราคม ๒๕๖๓")),
        "publication_outside_year",
    ),
    "publication after today": (
        report(row(result="เผยแพร่แล้ววันที่ ๑ มกราคม ๒๖๐๐")),
        "publication_in_future",
    ),
    "deadline outside the period": (
        report(row(monitoring=BAD_MONITORING)),
        "deadline_outside_year",
    ),
    "period of two years": (report(row(period="ต.ค.๖๕ – ก.ย.๖๗")), "period_over_a_year"),
    "result without a date": (report(row(result="อยู่ระหว่างดำเนินการ")), "no_publication_date"),
    "csv renamed .xlsx": (put("report.xlsx", b"a,b\n1,2\n"), "file_is_other_kind"),
    "html renamed .xlsx": (
        put("report.xlsx", b"<html><table></table></html>"),
        "file_is_other_kind",
    ),
    "html renamed .docx": (put("report.docx", b"<html><p>x</p></html>"), "file_is_other_kind"),
    "workbook renamed .csv": (put("report.csv", hostile.plain_xlsx()), "workbook_named_text"),
    ".xls": (put("report.xls", encrypted()), "old_file_kind"),
    ".xls renamed .xlsx": (
        put("report.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "workbook_protected",
    ),
    ".doc renamed .docx": (
        put("report.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "old_file_kind",
    ),
    "password-protected docx": (put("report.docx", encrypted()), "document_protected"),
    "password-protected xlsx": (put("report.xlsx", encrypted()), "workbook_protected"),
    "truncated workbook": (put("report.xlsx", hostile.plain_xlsx()[:-200]), "workbook_damaged"),
    "truncated docx": (put("report.docx", hostile.plain_docx()[:-200]), "document_damaged"),
    "formula without a value": (table(cells(result="=A1")), "formula_without_value"),
    "#DIV/0!": (table(cells(result="#DIV/0!")), "cell_error"),
    "merged cells, hidden rows, hidden sheets": (hidden_and_merged, "remark"),
    "tracked changes": (with_tracked_changes, "remark"),
    "nested tables": (nested, "remark"),
    "macros": (put("report.docm", hostile.plain_docx()), "file_with_macros"),
    "zip bomb": (
        put("report.docx", hostile.zip_bomb("word/media/a.png", hostile.plain_docx(), 60)),
        "zip_bomb",
    ),
    "far cell": (put("report.xlsx", hostile.far_cell()), "too_many_columns"),
    "billion laughs": (put("report.docx", hostile.word_laughs()), "xml_entities"),
    "XXE": (put("report.docx", hostile.word_xxe()), "xml_entities"),
    "scanned pdf": (put("report.pdf", hostile.scan_pdf()), "pdf_without_text"),
    "encrypted pdf": (put("report.pdf", hostile.encrypted_pdf()), "pdf_encrypted"),
    "wrongly mapped pdf": (put("report.pdf", hostile.pdf_without_a_map()), "pdf_badly_mapped"),
    "broken pdf": (put("report.pdf", hostile.broken_xref_pdf()), "document_damaged"),
    "pickle": (put("report.txt", hostile.a_pickle()), "file_that_runs"),
    "notebook": (put("report.txt", hostile.a_notebook()), "file_that_runs"),
    "a kind that is not read": (put("report.zip", b"PK"), "unknown_file_kind"),
    "no such file": (lambda folder: folder / "ไม่มี.txt", "no_such_file"),
    "broken link": (broken_link, "no_such_file"),
    "directory": (directory, "unreadable_file"),
    "pipe": (pipe, "unreadable_file"),
}

SCORES: dict[str, tuple[Maker, str]] = {
    "score 141": (scores(score("141")), "score_out_of_range"),
    "score -3": (scores(score("-3")), "score_out_of_range"),
    "score 85,5": (scores(score('"85,5"')), "score_not_number"),
    "score inf": (scores(score("inf")), "score_not_number"),
    "score 8O.5": (scores(score("8O.5")), "score_not_number"),
    "score l00": (scores(score("l00")), "score_not_number"),
    "missing score column": (scores("fahsai,x", head="agency_id,agency_name_th"), "no_score_table"),
    "one extra field in one row": (scores(score("90") + ",x"), "score_row_too_long"),
    "unclosed quote in scores": (scores('"fahsai,x'), "csv_broken"),
    "header only in scores": (scores(), "no_score_rows"),
    "two scores for one agency and year": (scores(score("90"), score("91")), "score_conflict"),
    "overall that does not follow": (
        scores(*(score("80", tool, "tool") for tool in ("IIT", "EIT", "OIT")), score("95")),
        "score_total_wrong",
    ),
    "rating the score cannot have": (scores(score("60", rating="ผ่านดีเยี่ยม")), "rating_impossible"),
    "indicator 11": (scores(score("90", "11", "indicator")), "score_code_unknown"),
    "item o44 in FY2566": (scores(score("100", "o44", "item")), "score_code_unknown"),
    "year 66": (scores(score("90", year="66")), "score_year_converted"),
    "year 2023": (scores(score("90", year="2023")), "score_year_converted"),
    "weighted parts": (
        scores(
            score("27", "IIT", "tool"),
            score("27.3", "EIT", "tool"),
            score("38.70", "OIT", "tool"),
            score("93"),
        ),
        "weighted_parts_converted",
    ),
    "same agency under two spellings": (
        scores(score("90"), score("80", "IIT", "tool", name="อบต.ฟ้าใส")),
        "score_agency_spelling",
    ),
}


@pytest.mark.parametrize(("make", "code"), REPORTS.values(), ids=REPORTS.keys())
def test_reports(make: Maker, code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    check(make, code, tmp_path, read_report, request.node.callspec.id)


@pytest.mark.parametrize(("make", "code"), SCORES.values(), ids=SCORES.keys())
def test_scores(make: Maker, code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    check(make, code, tmp_path, read_scores, request.node.callspec.id)


def check(
    make: Maker, code: str, folder: Path, read: Callable[[Path], list[tuple[str, str]]], name: str
) -> None:
    path = make(folder)
    before = path.read_bytes() if path.is_file() else b""
    said = read(path)
    lines = [line for said_code, line in said if said_code == code]
    assert lines, said
    assert path.name in lines[0]
    assert "\n" not in lines[0]
    assert before == (path.read_bytes() if path.is_file() else b""), "the input was touched"
    shown[name] = lines[0]


@pytest.mark.parametrize(
    ("encoding", "told"), [("cp874", "cp874"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8-sig")]
)
def test_encodings_that_are_read(encoding: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "ก ข.txt"
    path.write_bytes((TITLE_PAGE + HEADER + "\n" + row()).replace("–", "-").encode(encoding))
    (register,) = read_reports(path, None, DATA).registers
    assert register.source.encoding == told
    assert register.measures[0].published_date == dt.date(2023, 1, 23)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.date(2566, 1, 31), dt.date(2023, 1, 31)),
        (dt.date(2023, 1, 31), dt.date(2023, 1, 31)),
        (dt.datetime(2566, 1, 31), dt.date(2023, 1, 31)),  # noqa: DTZ001
        ("31/01/66", dt.date(2023, 1, 31)),
        ("05/06/2023", dt.date(2023, 6, 5)),
        ("๓๑ ม.ค. ๒๕๖๖", dt.date(2023, 1, 31)),
    ],
)
def test_dates_in_cells(value: object, day: dt.date, tmp_path: Path) -> None:
    path = table(cells(result=value))(tmp_path)
    (register,) = read_reports(path, None, DATA).registers
    assert register.measures[0].published_date == day


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = report()(tmp_path)
    real = os.fstat
    seen = []

    def changing(number: int) -> os.stat_result:
        seen.append(number)
        if len(seen) == 2:
            with path.open("ab") as stream:
                stream.write(b"x")
        return real(number)

    monkeypatch.setattr(opening.os, "fstat", changing)
    with pytest.raises(DataError) as caught:
        opening.read_whole(path)
    assert [each.code for each in caught.value.faults] == ["file_changed"]


def test_both_languages_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("report.docx", hostile.plain_docx()[:-200])(tmp_path)
    lines = []
    for lang in ("th", "en"):
        monkeypatch.setenv("ITA_LANG", lang)
        with pytest.raises(DataError) as caught:
            read_reports(path, None, DATA)
        lines.append(str(caught.value.faults[0]))
    assert "เอกสารเสียหาย" in lines[0]
    assert "damaged" in lines[1]


def test_missing_scores_are_missing_and_names_stay(tmp_path: Path) -> None:
    """``-``, ไม่ประเมิน and N/A are no score; an agency NA and a code 00123 keep their letters."""
    lines = [
        score("-"),
        score("ไม่ประเมิน", "IIT", "tool"),
        score("N/A", "EIT", "tool"),
        score("90", name="NA", key="00123"),
    ]
    table_read = load_score_file(scores(*lines)(tmp_path), DATA)
    assert table_read.faults == ()
    assert table_read.n_missing == 3
    assert [(each.agency_id, each.agency_name_th) for each in table_read.rows] == [("00123", "NA")]


@pytest.mark.parametrize(("text", "value"), [("๘๕.๕", "85.5"), ("85.5%", "85.5")])
def test_scores_in_thai_digits_and_with_a_percent_sign(
    text: str, value: str, tmp_path: Path
) -> None:
    (only,) = load_score_file(scores(score(text))(tmp_path), DATA).rows
    assert str(only.score_pct) == value


def test_one_extra_field_in_every_row_shifts_nothing(tmp_path: Path) -> None:
    table_read = load_score_file(scores(*[score("90") + ",x"] * 3)(tmp_path), DATA)
    assert table_read.rows == ()
    assert len(table_read.rejects) == 3


@pytest.mark.parametrize("ending", [".txt", ".csv"])
def test_a_path_with_thai_characters_and_spaces(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / "โฟลเดอร์ ของ เรา"
    folder.mkdir()
    path = folder / f"รายงาน ๖ เดือน{ending}"
    text = TITLE_PAGE + HEADER + "\n" + row()
    path.write_text(text, encoding="utf-8")
    (register,) = read_reports(path, None, DATA).registers
    assert register.source.file_name == path.name


def test_a_link_is_followed(tmp_path: Path) -> None:
    path = report()(tmp_path)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    assert len(read_reports(link, None, DATA).registers) == 1


def test_short_rows_lose_nothing(tmp_path: Path) -> None:
    path = report(row(), "\t".join(row(title="- การให้บริการ").split("\t")[:6]))(tmp_path)
    (register,) = read_reports(path, None, DATA).registers
    assert register.measures[1].outcome_th is None
    assert register.measures[1].published_date == dt.date(2023, 1, 23)
