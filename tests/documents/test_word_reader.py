"""Word documents: merged cells, nested tables, tracked changes, text boxes, places."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from ita_analysis.documents import Document, read_document
from tests.documents import hostile


@pytest.fixture
def word() -> WordDocument:
    return docx.Document()


def read(word: WordDocument, folder: Path) -> Document:
    path = folder / "report.docx"
    word.save(str(path))
    return read_document(path)


def edited(folder: Path, old: str, new: str) -> Document:
    """The document with its XML edited by hand, as python-docx cannot write all that Word can."""
    path = folder / "report.docx"
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    assert old in xml
    path.write_bytes(hostile.replaced(data, "word/document.xml", xml.replace(old, new).encode()))
    return read_document(path)


def texts(document: Document) -> list[tuple[str, ...]]:
    return [row.texts for table in document.tables for row in table.rows]


def codes(document: Document) -> list[str]:
    return [remark.code for remark in document.remarks]


def test_paragraphs_and_tables_come_in_reading_order(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph("ก่อน")
    word.add_table(1, 2).rows[0].cells[0].text = "หนึ่ง"
    word.add_paragraph("ระหว่าง")
    word.add_table(1, 2).rows[0].cells[1].text = "สอง"
    document = read(word, tmp_path)
    assert [getattr(block, "text", "table") for block in document.blocks] == [
        "ก่อน", "table", "ระหว่าง", "table",
    ]  # fmt: skip
    cell = document.tables[1].rows[0].cells[0]
    assert str(cell.place) == 'report.docx:ตาราง 2 row 1 column "1"'


def test_merged_cells_count_once(word: WordDocument, tmp_path: Path) -> None:
    table = word.add_table(3, 4)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"{number}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "กว้าง"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "สูง"
    document = read(word, tmp_path)
    assert texts(document) == [
        ("00", "กว้าง", "", "03"),
        ("สูง", "11", "12", "13"),
        ("", "21", "22", "23"),
    ]
    assert codes(document) == ["merged_cells"]


def test_nested_tables_are_words_or_tables_of_their_own(word: WordDocument, tmp_path: Path) -> None:
    table = word.add_table(1, 2)
    small = table.cell(0, 0).add_table(1, 2)
    small.cell(0, 0).text, small.cell(0, 1).text = "ซ้อน", "เล็ก"
    wide = table.cell(0, 1).add_table(2, 5)
    wide.cell(1, 4).text = "ซ้อนกว้าง"
    document = read(word, tmp_path)
    assert texts(document) == [("ซ้อน เล็ก",), ("ซ้อนกว้าง",)]
    assert codes(document) == ["nested_tables"]


def test_tracked_changes_read_as_accepted_and_are_told(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph("ภายในเดือนมกราคม")
    word.save(str(tmp_path / "report.docx"))
    run = "<w:r><w:t>ภายในเดือนมกราคม</w:t></w:r>"
    new = (
        "<w:r><w:t>ภายในเดือน</w:t></w:r><w:del w:id='1' w:author='ก'><w:r>"
        "<w:delText>มกราคม</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='ก'><w:r><w:t>มีนาคม</w:t></w:r></w:ins>"
    )
    document = edited(tmp_path, run, new)
    assert [each.text for each in document.paragraphs] == ["ภายในเดือนมีนาคม"]
    assert codes(document) == ["tracked_deletions", "tracked_insertions"]


def test_a_deleted_row_is_left_out_and_told(word: WordDocument, tmp_path: Path) -> None:
    table = word.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "คงไว้", "ลบแล้ว"
    word.save(str(tmp_path / "report.docx"))
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    last = xml[xml.rindex("<w:tr>") : xml.index("ลบแล้ว") + 6]
    marked = last.replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='1' w:author='ก'/></w:trPr>", 1)
    document = edited(tmp_path, last, marked)
    assert texts(document) == [("คงไว้",)]
    assert codes(document) == ["tracked_deletions"]


def test_text_boxes_are_told_not_read(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph("นอกกล่อง")
    word.save(str(tmp_path / "report.docx"))
    box = (
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r><w:r><w:t>นอกกล่อง</w:t></w:r>"
    )
    document = edited(tmp_path, "<w:r><w:t>นอกกล่อง</w:t></w:r>", box)
    assert [each.text for each in document.paragraphs] == ["นอกกล่อง"]
    assert codes(document) == ["text_boxes"]


def test_a_line_break_in_a_title_is_two_lines(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph("รายงาน\nปีงบประมาณ ๒๕๖๖")
    document = read(word, tmp_path)
    assert [each.text for each in document.paragraphs] == ["รายงาน", "ปีงบประมาณ ๒๕๖๖"]
