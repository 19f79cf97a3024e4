import io
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from ita_analysis.reports.tables import Table
from ita_analysis.reports.workbook import workbook_bytes, write_workbook
from ita_analysis.texts import load_texts

FRAME = pd.DataFrame(
    {
        "title_th": ["=1+1", "+SUM(A1)", "00123"],
        "due_date": [date(2023, 1, 31), None, date(2024, 2, 29)],
        "days_late": pd.array([5, None, -3], dtype="Int64"),
        "share_pct": [23.8, None, 100.0],
        "is_dated": [True, False, True],
        "status": ["late", "on_time", None],
    }
)


@pytest.fixture
def book(info):
    packed = workbook_bytes({"measures": Table.of(FRAME)}, info())
    return openpyxl.load_workbook(io.BytesIO(packed))


def test_about_comes_first_and_dictionary_last(book):
    say = load_texts("th")
    assert book.sheetnames == [
        say("report.sheet_about"),
        say("report.tables.measures"),
        say("report.sheet_dictionary"),
    ]
    about = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert say("report.synthetic_warning") in about
    assert "องค์การบริหารส่วนตำบลตัวอย่าง" in about


def test_values_come_back_with_their_types(book):
    sheet = book.worksheets[1]
    day = datetime(2023, 1, 31)  # noqa: DTZ001 - Excel knows no time zones
    assert [cell.value for cell in sheet[2]][:5] == ["=1+1", day, 5, 23.8, True]
    assert [cell.value for cell in sheet[3]][:5] == ["+SUM(A1)", None, None, None, False]
    assert sheet["A4"].value == "00123"
    assert sheet["F2"].value == load_texts("th")("status.late")


def test_text_is_never_a_formula(info):
    packed = workbook_bytes({"measures": Table.of(FRAME)}, info(agency_name="=cmd|' /C calc'!A0"))
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        sheets = [files.read(name) for name in files.namelist() if "worksheets/" in name]
    assert len(sheets) == 3
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@pytest.mark.parametrize(("lang", "locale"), [("th", "041E"), ("en", "0409")])
def test_dates_are_shown_in_the_buddhist_era(info, lang, locale):
    packed = workbook_bytes({"measures": Table.of(FRAME)}, info(lang=lang))
    sheet = openpyxl.load_workbook(io.BytesIO(packed)).worksheets[1]
    assert sheet["B2"].number_format == f"[$-107{locale}]d mmm yyyy"


def test_header_is_frozen_and_filtered(book):
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"


def test_dictionary_names_every_column(book):
    rows = list(book.worksheets[2].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == FRAME.columns.tolist()
    say = load_texts("th")
    kinds = ["text", "date", "integer", "number", "boolean", "text"]
    assert [row[4] for row in rows] == [say(f"report.types.{kind}") for kind in kinds]


def test_same_tables_same_bytes(info, tmp_path):
    path = tmp_path / "ตาราง.xlsx"
    write_workbook({"measures": Table.of(FRAME)}, path, info())
    assert path.read_bytes() == workbook_bytes({"measures": Table.of(FRAME)}, info())


def test_odd_names_and_texts_are_stored(info):
    frame = pd.DataFrame({"a": ["x\x00\x0by", "z" * 40_000]})
    table = Table.of(frame)
    tables = {"a/b": table, "a?b": table, "n" * 40: table, "empty": Table.of(frame[:0])}
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(tables, info())))
    assert len(book.sheetnames) == 6
    assert book.worksheets[1]["A2"].value == "xy"
    assert len(book.worksheets[1]["A3"].value) == 32_767
