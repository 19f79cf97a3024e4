"""The same blocks as a file of each format."""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.documents.corpus.layouts import Block

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-pdf-header-footer",
)  # fmt: skip


def write_txt(blocks: list[Block], path: Path) -> None:
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines += [block, ""]
        else:
            lines += ["\t".join(row) for row in block] + [""]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_docx(blocks: list[Block], path: Path) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=0, cols=max(map(len, block)))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    document.save(str(path))


def write_xlsx(blocks: list[Block], path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for block in blocks:
        for row in [[block], [""]] if isinstance(block, str) else [*block, []]:
            sheet.append([text or None for text in row])
    book.save(path)


def write_csv(blocks: list[Block], path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for block in blocks:
        writer.writerows([[block]] if isinstance(block, str) else [*block, []])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def write_pdf(blocks: list[Block], path: Path) -> None:
    """Print with Chromium, landscape, in a font whose characters can be read back."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    page = path.with_suffix(".html")
    page.write_text(as_html(blocks), encoding="utf-8")
    subprocess.run(
        [chromium, *CHROMIUM, f"--user-data-dir={path.parent / 'profile'}",
         f"--print-to-pdf={path}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def as_html(blocks: list[Block]) -> str:
    pieces = []
    for block in blocks:
        if isinstance(block, str):
            pieces.append(f"<p>{html.escape(block)}</p>")
            continue
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>"
            for row in block
        )
        pieces.append(f"<table>{rows}</table>")
    style = (
        "@page{size:A4 landscape} body{font:11pt Garuda,Loma,'Tlwg Typo'}"
        "table{border-collapse:collapse;margin-bottom:1em}"
        "td{border:1px solid;padding:3px;vertical-align:top}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(pieces)}"


WRITERS: dict[str, Callable[[list[Block], Path], None]] = {
    ".txt": write_txt, ".docx": write_docx, ".xlsx": write_xlsx, ".csv": write_csv,
}  # fmt: skip
"""The formats that cost nothing to write; PDF needs a browser."""
