"""Files made to do harm, or to look like what they are not."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(
        f'<!ENTITY lol{n} "{"&lol" + (str(n - 1) if n > 1 else "") + ";"}{"&lol;" * 9}">'
        for n in range(1, 10)
    )
    + "]>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def plain_docx(text: str = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def plain_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "x"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def replaced(data: bytes, member: str, content: bytes) -> bytes:
    """The same archive with one member's content replaced, or added."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != member:
                target.writestr(name, source.read(name))
        target.writestr(member, content)
    return buffer.getvalue()


def sheet(body: str, before: str = "") -> bytes:
    return (
        f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def far_cell() -> bytes:
    """A few KB: one cell at the far corner, and a stated size of all of the sheet."""
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    return replaced(plain_xlsx(), "xl/worksheets/sheet1.xml", sheet(row))


def zip_bomb(member: str, data: bytes, megabytes: int = 600) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != member:
                target.writestr(name, source.read(name))
        with target.open(member, "w", force_zip64=True) as stream:
            block = b" " * (1 << 20)
            for _ in range(megabytes):
                stream.write(block)
    return buffer.getvalue()


def many_cells(n_rows: int) -> bytes:
    """Well within the limits of size, but more than the memory of a reader: rows of many cells."""
    cells = "".join(f'<c t="inlineStr"><is><t>{"ก" * 20}{n}</t></is></c>' for n in range(100))
    return replaced(plain_xlsx(), "xl/worksheets/sheet1.xml", sheet(f"<row>{cells}</row>" * n_rows))


def word_laughs() -> bytes:
    body = zipfile.ZipFile(io.BytesIO(plain_docx())).read("word/document.xml")
    text = body.decode().split("?>", 1)[-1].replace("ประจำปี", "&lol9;")
    return replaced(plain_docx(), "word/document.xml", (LAUGHS + text).encode())


def word_xxe() -> bytes:
    body = zipfile.ZipFile(io.BytesIO(plain_docx())).read("word/document.xml")
    text = body.decode().split("?>", 1)[-1].replace("ประจำปี", "&x;")
    return replaced(plain_docx(), "word/document.xml", (XXE + text).encode())


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, ("was-loaded",))


def a_pickle() -> bytes:
    return pickle.dumps([_Evil()])


def a_notebook() -> bytes:
    return json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def broken_xref_pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def scan_pdf() -> bytes:
    """One page with a picture and not one character."""
    stream = b"q 500 0 0 700 40 40 cm /I Do Q"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</I 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Length 1>>stream\n\xff\nendstream",
        ]
    )


def pdf_without_a_map() -> bytes:
    """Letters whose font maps them to codes that mean nothing."""
    stream = b"BT /F 12 Tf 50 700 Td (ABABABABAB) Tj ET"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
            b"/Encoding<</Differences[65/uniE010/uniE011]>>>>",
        ]
    )


def encrypted_pdf() -> bytes:
    reader = pypdf.PdfReader(io.BytesIO(scan_pdf()))
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
