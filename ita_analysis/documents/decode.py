"""Bytes to text: which encoding a Thai text file is in.

Order: byte order mark, strict UTF-8, strict cp874 with enough Thai letters, else refuse. Guessing
libraries are not used: they take short cp874 texts for Japanese.
"""

from __future__ import annotations

import codecs

from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

MIN_THAI_SHARE = 0.3
"""Least share of Thai letters among all letters for bytes to pass as cp874."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 bytes of Thai letters once read as cp874 begin with these two characters
_MOJIBAKE = ("เธ", "เน")
_MOJIBAKE_SHARE = 0.2


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.

    Raises:
        DataError: The bytes are no text, in no encoding that can be told, or were broken by an
            earlier conversion.
    """
    place = Place(name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, place), encoding
    if b"\x00" in data:
        raise DataError(fault("not_text", place))
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _strict(data, "cp874", place), "cp874"
        if _thai_share(text) < MIN_THAI_SHARE:
            raise DataError(fault("unknown_encoding", place)) from None
    if _is_mojibake(text):
        raise DataError(fault("mojibake", place, text.strip()[:40]))
    return text, encoding


def _strict(data: bytes, encoding: str, place: Place) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DataError(fault("unknown_encoding", place)) from None


def _thai_share(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum("\u0e00" <= char <= "\u0e7f" for char in letters) / max(len(letters), 1)


def _is_mojibake(text: str) -> bool:
    thai = sum("\u0e00" <= char <= "\u0e7f" for char in text)
    pairs = sum(text.count(pair) for pair in _MOJIBAKE)
    return thai > 0 and 2 * pairs / thai > _MOJIBAKE_SHARE
