"""Files made to do harm are refused quickly, in little memory, and by name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_analysis.documents import apart, read_document
from ita_analysis.documents.limits import MAX_MEMORY, MAX_SECONDS
from ita_analysis.errors import DataError
from tests.documents import hostile

CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "far cell": ("x.xlsx", hostile.far_cell, "too_many_columns"),
    "zip bomb xlsx": (
        "x.xlsx",
        lambda: hostile.zip_bomb("xl/worksheets/sheet1.xml", hostile.plain_xlsx()),
        "zip_bomb",
    ),
    "zip bomb docx": (
        "x.docx",
        lambda: hostile.zip_bomb("word/document.xml", hostile.plain_docx()),
        "zip_bomb",
    ),
    "zip bomb in a picture": (
        "x.docx",
        lambda: hostile.zip_bomb("word/media/image1.png", hostile.plain_docx(), 60),
        "zip_bomb",
    ),
    "billion laughs docx": ("x.docx", hostile.word_laughs, "xml_entities"),
    "xxe docx": ("x.docx", hostile.word_xxe, "xml_entities"),
    "billion laughs xlsx": (
        "x.xlsx",
        lambda: hostile.replaced(
            hostile.plain_xlsx(),
            "xl/worksheets/sheet1.xml",
            hostile.sheet('<row><c t="str"><v>&lol9;</v></c></row>', hostile.LAUGHS),
        ),
        "xml_entities",
    ),
    "xxe xlsx": (
        "x.xlsx",
        lambda: hostile.replaced(
            hostile.plain_xlsx(),
            "xl/sharedStrings.xml",
            (hostile.XXE + "<sst><si><t>&x;</t></si></sst>").encode(),
        ),
        "xml_entities",
    ),
    "xxe in utf-16": (
        "x.xlsx",
        lambda: hostile.replaced(
            hostile.plain_xlsx(), "xl/sharedStrings.xml", (hostile.XXE + "<sst/>").encode("utf-16")
        ),
        "xml_entities",
    ),
    "macros": (
        "x.docx",
        lambda: hostile.replaced(hostile.plain_docx(), "word/vbaProject.bin", b"x"),
        "file_with_macros",
    ),
    "macro ending": ("x.xlsm", hostile.plain_xlsx, "file_with_macros"),
    "pickle": ("x.txt", hostile.a_pickle, "file_that_runs"),
    "pickle by name": ("x.pkl", hostile.a_pickle, "unknown_file_kind"),
    "notebook": ("x.txt", hostile.a_notebook, "file_that_runs"),
    "notebook by name": ("x.ipynb", hostile.a_notebook, "unknown_file_kind"),
    "truncated docx": ("x.docx", lambda: hostile.plain_docx()[:-300], "document_damaged"),
    "truncated xlsx": ("x.xlsx", lambda: hostile.plain_xlsx()[:-300], "workbook_damaged"),
    "broken pdf": ("x.pdf", hostile.broken_xref_pdf, "document_damaged"),
    "pdf without a map": ("x.pdf", hostile.pdf_without_a_map, "pdf_badly_mapped"),
    "encrypted pdf": ("x.pdf", hostile.encrypted_pdf, "pdf_encrypted"),
    "scan": ("x.pdf", hostile.scan_pdf, "pdf_without_text"),
}


@pytest.mark.parametrize(("name", "make", "code"), CASES.values(), ids=CASES.keys())
def test_hostile_files_are_refused(
    name: str, make: Callable[[], bytes], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.write_bytes(make())
    start = time.monotonic()
    try:
        document = read_document(path)
        found = [each.code for each in document.faults]
    except DataError as error:
        found = [each.code for each in error.faults]
    assert found == [code]
    assert time.monotonic() - start < MAX_SECONDS
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_far_cell_is_small() -> None:
    assert len(hostile.far_cell()) < 10_000


@pytest.mark.skipif(os.name == "nt", reason="Windows does not limit the address space")
def test_memory_is_limited_and_the_next_file_is_read(tmp_path: Path) -> None:
    big, good = tmp_path / "big.xlsx", tmp_path / "good.docx"
    big.write_bytes(hostile.many_cells(60_000))
    good.write_bytes(hostile.plain_docx())
    start = time.monotonic()
    with pytest.raises(DataError) as caught:
        read_document(big)
    assert caught.value.faults[0].code in {"needs_too_much_memory", "reader_broke_off", "zip_bomb"}
    assert time.monotonic() - start < MAX_SECONDS + 5
    assert read_document(good).paragraphs


@pytest.mark.skipif(not Path("/proc/self/limits").is_file(), reason="needs Linux's /proc")
def test_the_reader_runs_within_its_limit_and_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(hostile.plain_docx())
    read_document(path)
    (reader,) = apart._readers
    limits = Path(f"/proc/{reader.process.pid}/limits").read_text(encoding="ascii")
    (line,) = (line for line in limits.splitlines() if line.startswith("Max address space"))
    assert line.split()[3] == str(MAX_MEMORY)
    maps = Path(f"/proc/{reader.process.pid}/maps").read_text(encoding="utf-8")
    assert "numpy" not in maps
    assert "pyarrow" not in maps


def test_a_reader_out_of_time_is_ended_and_the_next_file_is_read() -> None:
    with pytest.raises(DataError) as caught:
        apart.read_apart("word", hostile.plain_docx(), "x.docx", seconds=0.0)
    assert [each.code for each in caught.value.faults] == ["reader_broke_off"]
    assert apart.read_apart("word", hostile.plain_docx(), "x.docx").paragraphs


def test_a_reader_that_died_is_replaced() -> None:
    apart.read_apart("word", hostile.plain_docx(), "x.docx")
    apart._readers[0].process.kill()
    apart._readers[0].process.wait()
    assert apart.read_apart("word", hostile.plain_docx(), "x.docx").paragraphs
