"""What a file really is: told by its content, not by its ending."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

HEAD = 4096


class Kind(StrEnum):
    """A kind of file that there is a reader for."""

    TEXT = "text"
    TABLE = "table"
    WORD = "word"
    WORKBOOK = "workbook"
    PDF = "pdf"


ENDINGS = {
    ".txt": Kind.TEXT,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".docx": Kind.WORD,
    ".xlsx": Kind.WORKBOOK,
    ".pdf": Kind.PDF,
}
"""Kinds by file ending, in lower case."""

MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm")
OLD_ENDINGS = (".doc", ".xls", ".odt", ".ods", ".rtf", ".html", ".htm")

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A pickle of protocol 2 to 5, written by no program that writes text.
_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95|[}\](cX\x8c])")
_NOTEBOOK = re.compile(rb'"nbformat"\s*:')
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\b")


def check_ending(name: str, kinds: tuple[Kind, ...] = tuple(Kind)) -> Kind:
    """Return the kind that a file's ending stands for.

    Args:
        name: Name of the file.
        kinds: The kinds that are wanted.

    Raises:
        DataError: Files of this ending are not read.
    """
    place, ending = Place(name), PurePath(name).suffix.lower()
    if ending in MACRO_ENDINGS:
        raise DataError(fault("file_with_macros", place, ending))
    if ending in OLD_ENDINGS:
        raise DataError(fault("old_file_kind", place, ending))
    kind = ENDINGS.get(ending)
    if kind is None or kind not in kinds:
        allowed = ", ".join(sorted(each for each, kind in ENDINGS.items() if kind in kinds))
        raise DataError(fault("unknown_file_kind", place, ending, allowed=allowed))
    return kind


def check_content(data: bytes, name: str, kind: Kind) -> None:
    """Check that a file holds what its ending says.

    Raises:
        DataError: It holds something else, named in the fault with the way out.
    """
    place = Place(name)
    found = _content(data)
    if found in ("pickle", "notebook"):
        raise DataError(fault("file_that_runs", place, kind=found))
    if found == "encrypted" and kind is Kind.WORD:
        raise DataError(fault("document_protected", place))
    if found == "encrypted" or (found == "ole" and kind is Kind.WORKBOOK):
        raise DataError(fault("workbook_protected", place))
    if found == "ole":
        raise DataError(fault("old_file_kind", place))
    if found in (kind.value, "zip"):
        # A damaged archive is its reader's to name.
        if kind in (Kind.WORD, Kind.WORKBOOK) or found == kind.value:
            return
        raise DataError(fault("workbook_named_text", place))
    if kind in (Kind.TEXT, Kind.TABLE) and found == "text":
        return
    if kind in (Kind.TEXT, Kind.TABLE) and found == "workbook":
        raise DataError(fault("workbook_named_text", place))
    raise DataError(fault("file_is_other_kind", place, allowed=PurePath(name).suffix, kind=found))


def _content(data: bytes) -> str:
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive(data)
    if head.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in data else "ole"
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    marks = {
        "pickle": _PICKLE.match(head),
        "notebook": start.startswith(b"{") and _NOTEBOOK.search(data),
        "rtf": start.startswith(b"{\\rtf"),
        "html": start.startswith(b"<") and _HTML.search(head[:1024]),
        "xml": _XML.match(head),
    }
    return next((kind for kind, is_so in marks.items() if is_so), "text")


def _archive(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "word/document.xml" in names:
        return "word"
    return "workbook" if any(name.startswith("xl/workbook") for name in names) else "zip"
