"""From a path to a document: which reader, and the limits every file meets first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ita_analysis.documents.model import Document
from ita_analysis.documents.text import read_text
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

MAX_BYTES = 50_000_000

READERS: dict[str, Callable[[bytes, str], Document]] = {".txt": read_text}
"""Reader by file ending, in lower case."""


def read_document(path: Path) -> Document:
    """Read any document that there is a reader for.

    Args:
        path: The file.

    Raises:
        DataError: There is no such file, it is empty, too large, of a kind that cannot be read, or
            not what its ending says.
    """
    place = Place(path.name)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            fault("unknown_file_kind", place, path.suffix, allowed=", ".join(sorted(READERS)))
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DataError(fault("file_too_large", place, allowed=MAX_BYTES // 1_000_000))
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError(fault("no_such_file", Place(str(path)))) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(fault("unreadable_file", Place(str(path)), reason=reason)) from None
    if not data.strip():
        raise DataError(fault("empty_file", place))
    return reader(data, path.name)
