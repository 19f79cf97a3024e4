"""Thai and Arabic digits, and the Latin letter o typed for a zero.

Everything that reads numbers passes through :func:`to_arabic` once, at the door: ``int`` and
``float`` accept Thai digits, ``pandas.to_numeric`` refuses them, and a mixture of habits loses
values.
"""

from __future__ import annotations

import re

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
"""The ten Thai digits in order."""

_TO_ARABIC = {ord(digit): str(value) for value, digit in enumerate(THAI_DIGITS)}
_TO_THAI = {ord(str(value)): digit for value, digit in enumerate(THAI_DIGITS)}
# A run begins with a digit: "o๔๒" is the code of an item, in which the o is a letter.
_RUN = re.compile(r"(?<![0-9A-Za-z๐-๙])[0-9๐-๙][0-9๐-๙oO]*[oO][0-9๐-๙oO]*(?![A-Za-z])")
_THAI_RUN = re.compile(r"[๐-๙]+")
_YEAR = re.compile(r"(?:19|2[0-7])[0-9]{2}")


def to_arabic(text: str) -> str:
    """Return the text with Thai digits as Arabic ones; nothing else and no length changes."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Return the text with Arabic digits as Thai ones; nothing else and no length changes."""
    return text.translate(_TO_THAI)


def mend_zero(text: str) -> tuple[str, bool]:
    """Replace a Latin o or O that stands for a zero.

    Only two cases are beyond doubt: the run begins with a digit and is otherwise all Thai digits
    (``๒๕๖o``), or it is a year of four characters (``256o``, ``2O23``). ``8O.5`` may be a zero
    or a slip of another kind and stays as it is; so does ``o๔๒``, the code of an item.

    Args:
        text: Any text; its length does not change.

    Returns:
        The text, and whether anything was mended.
    """
    mended = _RUN.sub(_mend_run, text)
    return mended, mended != text


def _mend_run(match: re.Match[str]) -> str:
    run = match[0]
    digits = re.sub("[oO]", "", run)
    if _THAI_RUN.fullmatch(digits):
        return re.sub("[oO]", "๐", run)
    plain = re.sub("[oO]", "0", run)
    return plain if _YEAR.fullmatch(to_arabic(plain)) else run
