"""PDF files with a text layer: paragraphs and ruled tables, page by page.

What has no characters (a scan), is encrypted, or maps its glyphs to nothing is refused, with the
page.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ita_analysis.documents.glyphs import joined, lines_of
from ita_analysis.documents.limits import MAX_COLUMNS, MAX_PAGES
from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import current_language, fault, load_texts
from ita_analysis.thai import repair_text, unreadable

logging.getLogger("pdfminer").setLevel(logging.ERROR)

MAX_UNREADABLE_SHARE = 0.02
"""More characters than this without a meaning, and the page's text map is wrong as a whole."""
# Words that every report has, as they read where a font's map has lost or mixed up ู.
_MIXED_UP = re.compile("ผ[่-๋]?(?:รับผิดชอบ|บริหาร|อำนวยการ)|ข้อม[่-๋]?ล(?![ก-ฮ]*ูล)")


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF.

    Args:
        data: The file's bytes.
        name: The file's name, for places and messages.

    Raises:
        DataError: It is encrypted, damaged, a scan, badly mapped, or too long.
    """
    say = load_texts(current_language())
    blocks: list[Paragraph | Table] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise DataError(fault("document_damaged", Place(name), reason="no pages"))
            if len(pdf.pages) > MAX_PAGES:
                place = Place(name)
                raise DataError(fault("too_many_pages", place, allowed=MAX_PAGES))
            for number, page in enumerate(pdf.pages, 1):
                blocks += _read_page(page, Place(name, say("places.page", n=number)), number > 1)
                page.close()  # frees the page's characters
    except (DataError, MemoryError):
        raise
    except (PDFPasswordIncorrect, PdfminerException) as error:
        code = "pdf_encrypted" if "Password" in repr(error) else "document_damaged"
        raise DataError(fault(code, Place(name), reason=str(error))) from error
    except Exception as error:  # pdfminer raises whatever its parsers raise
        raise DataError(fault("document_damaged", Place(name), reason=str(error))) from error
    if not blocks:
        raise DataError(fault("pdf_without_text", Place(name, say("places.page", n=1))))
    return Document(name, hashlib.sha256(data).hexdigest(), "pdf", tuple(blocks))


def _read_page(page: Any, place: Place, is_continued: bool) -> list[Paragraph | Table]:
    if not page.chars:
        if page.images:
            raise DataError(fault("pdf_without_text", place))
        return []
    _check_map(page, place)
    found: list[tuple[float, Paragraph | Table]] = []
    outside = list(page.chars)
    row_number = 0
    for table in page.find_tables({"explicit_horizontal_lines": _ends_of_columns(page)}):
        inside = [char for char in outside if _is_in(char, table.bbox)]
        outside = [char for char in outside if not _is_in(char, table.bbox)]
        rows = []
        for line in table.rows:
            row_number += 1
            row = _row(line.cells, inside, page.height, Place(place.file, place.part, row_number))
            if any(row.texts):
                rows.append(row)
        if rows:
            top = float(table.bbox[1])
            found.append((top, Table(tuple(rows), is_continued)))
    for text_line in lines_of(outside, float(page.height)):
        text = repair_text(text_line.text).text
        if text:
            found.append((text_line.top, Paragraph(text, place)))
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def _ends_of_columns(page: Any) -> list[float]:
    """Heights at which the page's upright lines begin and end.

    A table that goes on over the page has no line below its last row there.
    """
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not upright:
        return []
    return [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]


def _check_map(page: Any, place: Place) -> None:
    text = repair_text(" ".join(line.text for line in lines_of(page.chars, page.height))).text
    bad = [each for each in unreadable(text) if not each.startswith("U+0E")]
    mixed = _MIXED_UP.search(text)
    if mixed or len(bad) > MAX_UNREADABLE_SHARE * max(len(text), 1):
        found = mixed[0] if mixed else " ".join(bad[:5])
        raise DataError(fault("pdf_badly_mapped", place, found))


def _is_in(char: dict[str, Any], box: Sequence[float]) -> bool:
    left, top, right, bottom = box
    middle_x = (char["x0"] + char["x1"]) / 2
    middle_y = (char["top"] + char["bottom"]) / 2
    return bool(left <= middle_x <= right and top <= middle_y <= bottom)


def _row(
    boxes: Sequence[Sequence[float] | None],
    chars: Sequence[dict[str, Any]],
    page_height: float,
    place: Place,
) -> Row:
    if len(boxes) > MAX_COLUMNS:
        raise DataError(fault("too_many_columns", place, allowed=MAX_COLUMNS))
    cells = []
    for number, box in enumerate(boxes, 1):
        own = [] if box is None else [char for char in chars if _is_in(char, box)]
        repaired = repair_text(joined(lines_of(own, float(page_height))))
        at = Place(place.file, place.part, place.row, str(number))
        cells.append(Cell(repaired.text, at, tuple(repaired.changes)))
    return Row(tuple(cells), place)
