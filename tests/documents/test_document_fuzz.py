"""Whatever comes in: never a traceback, never a number or date changed in silence."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable
from functools import cache, partial

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_analysis.documents import Document
from ita_analysis.documents.delimited import read_delimited
from ita_analysis.documents.grid import document_of
from ita_analysis.documents.pdf import read_pdf
from ita_analysis.documents.text import read_text
from ita_analysis.documents.wire import pack, unpack
from ita_analysis.documents.word import read_word
from ita_analysis.documents.workbook import read_workbook
from ita_analysis.errors import DataError
from ita_analysis.frameworks import load_framework
from ita_analysis.register.build import Built, build_rows
from tests.documents import hostile
from tests.register.made_reports import DATA, HEADER, TITLE_PAGE, document, row

THAI = st.text(alphabet="กขคงจรสำเแโไาิีึืุูัํ่้๊็์ๆฯ๐๑๒๕๖0123456789oOl.,/-–()<>&;\t \u00a0\u200b\ufffd\"'")
CELLS = st.lists(st.lists(THAI, max_size=9), max_size=8)


def build(made: Document) -> Built | None:
    try:
        return build_rows(made, partial(load_framework, data_dir=DATA))
    except DataError:
        return None


@given(CELLS)
def test_any_table_of_text(rows: list[list[str]]) -> None:
    lines = ["\t".join(cell.replace("\t", " ") for cell in cells) for cells in rows]
    build(read_text((TITLE_PAGE + HEADER + "\n" + "\n".join(lines)).encode(), "x.txt"))


@given(st.binary(max_size=400))
def test_any_bytes_as_a_table(data: bytes) -> None:
    try:
        sheet = read_delimited(data, "x.csv")
    except DataError:
        return
    build(document_of([sheet], data, "x.csv", "csv"))


@cache
def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in (TITLE_PAGE + HEADER + "\n" + row()).split("\n"):
        book.worksheets[0].append(line.split("\t"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


READERS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, str], object]]] = {
    "docx": (cache(hostile.plain_docx), read_word),
    "xlsx": (a_workbook, read_workbook),
    "pdf": (cache(hostile.scan_pdf), read_pdf),
}


@pytest.mark.parametrize(("make", "read"), READERS.values(), ids=READERS.keys())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_are_refused_or_read(
    make: Callable[[], bytes], read: Callable[[bytes, str], object], data: st.DataObject
) -> None:
    content = bytearray(make())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from([len(content), len(content) // 2, len(content) - 30]))
    with contextlib.suppress(DataError):  # any other error is a fault of ours
        read(bytes(content[:end]), "x")


def no_change(text: str, _at: int) -> str:
    return text


def arabic(text: str, _at: int) -> str:
    return text.translate({0x0E50 + digit: str(digit) for digit in range(10)})


def zero_width(text: str, at: int) -> str:
    return text[:at] + "\u200b" + text[at:]


def hard_spaces(text: str, _at: int) -> str:
    return text.replace(" ", "\u00a0 ")


def tags(text: str, _at: int) -> str:
    return f"<p>{text}</p><br/>"


def split_sara_am(text: str, _at: int) -> str:
    return text.replace("ำ", "ํา")


def detached_marks(text: str, _at: int) -> str:
    return text.replace("่", " ่").replace("้", " ้")


def latin_zero(text: str, _at: int) -> str:
    return text.replace("๒๕๖๐", "๒๕๖o")


HARMLESS = [
    no_change,
    arabic,
    zero_width,
    hard_spaces,
    tags,
    split_sara_am,
    detached_marks,
    latin_zero,
]
CELL_WORDS = {
    "monitoring": "๑. เจ้าหน้าที่ผู้รับผิดชอบรายงานภายในเดือนมกราคม ๒๕๖๖ ๒. ผู้บริหารติดตามทุก ๓ เดือน",
    "period": "ต.ค.๖๕ – ก.ย.๖๖",
    "result": "ดำเนินการและเผยแพร่บนเว็บไซต์เรียบร้อยแล้วเมื่อวันที่ ๒๓ มกราคม ๒๕๖๖",
}


@given(
    st.sampled_from(HARMLESS), st.sampled_from(HARMLESS), st.sampled_from(sorted(CELL_WORDS)),
    st.integers(0, 40),
)  # fmt: skip
def test_damage_that_is_mended_changes_no_fact(
    first: Callable[[str, int], str], second: Callable[[str, int], str], column: str, at: int
) -> None:
    words = second(first(CELL_WORDS[column], at), at)
    built = build(document(row(**{**CELL_WORDS, column: words})))
    assert built is not None
    assert built.register is not None
    (measure,) = built.register.measures
    assert measure.published_date == dt.date(2023, 1, 23)
    assert (measure.period_start_date, measure.period_end_date) == (
        dt.date(2022, 10, 1), dt.date(2023, 9, 30),
    )  # fmt: skip
    assert [(o.due_date, o.every_months) for o in measure.obligations] == [
        (dt.date(2023, 1, 31), None), (None, 3),
    ]  # fmt: skip


@pytest.mark.parametrize("letter", "xกl?\ufffd่#,")
@pytest.mark.parametrize("at", range(14))
def test_a_broken_date_is_told_never_another_date(at: int, letter: str) -> None:
    day = "๒๓ มกราคม ๒๕๖๖"
    broken = (day[:at] + letter + day[at + 1 :])[: len(day)]
    built = build(document(row(result=f"เผยแพร่บนเว็บไซต์แล้วเมื่อวันที่ {broken}")))
    if built is None:
        return
    if built.register is None:
        assert built.rejects
        return
    (measure,) = built.register.measures
    told = {note.code for note in built.register.notes}
    if measure.published_date is None:
        assert "no_publication_date" in told
    elif measure.published_date != dt.date(2023, 1, 23):
        assert told & {"publication_month_only", "publication_outside_year", "text_repaired"}


@given(CELLS)
def test_what_comes_from_another_process_is_what_was_sent(rows: list[list[str]]) -> None:
    lines = ["\t".join(cell.replace("\t", " ") for cell in cells) for cells in rows]
    made = read_text("\n".join(["ก", *lines]).encode(), "x.txt")
    assert unpack(pack(made)) == made
