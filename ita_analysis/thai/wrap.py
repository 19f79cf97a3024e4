"""Breaking Thai text into lines at the borders of its words.

Thai is written without spaces between words, so that browsers and plotly break it anywhere or
nowhere. The words come from pythainlp's dictionary; the library is imported with the first
line that needs it, never with this module (its import takes longer than reading a register).
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path

_LEADING_VOWELS = frozenset("เแโใไ")
_NEVER_FIRST = frozenset("ๆฯ)]}”’»,.;:!?%…")
_NEVER_LAST = frozenset("([{“‘«")


def display_width(text: str) -> int:
    """Return the number of columns a text takes: marks above and below a letter take none."""
    return sum(map(_char_width, text))


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_fill(paragraph, width))
    return tuple(lines)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns.

    A word is only broken where it is longer than a whole line, and then never between a letter
    and its marks. Spaces at a break are dropped. Line ends in the text are kept.

    Args:
        text: Any text, Thai or not.
        width: Columns of a line, at least 1.

    Returns:
        The lines, at least one (an empty text gives one empty line).

    Raises:
        ValueError: The width is less than 1.
    """
    if width < 1:
        raise ValueError(width)
    return list(_wrapped(text, width))


def _fill(paragraph: str, width: int) -> list[str]:
    if display_width(paragraph) <= width:
        return [paragraph.strip()]
    lines, line = [], ""
    for unit in _units(paragraph):
        if display_width(line + unit.rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            lines.append(line.strip())
        *whole, line = _pieces(unit.lstrip(), width)
        lines.extend(whole)
    if line.strip() or not lines:
        lines.append(line.strip())
    return lines


def _units(paragraph: str) -> Iterator[str]:
    """Yield the words, each with the signs that must stay on its line."""
    held = ""
    for word in _segment()(paragraph):
        if held and not (word[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST):
            yield held
            held = ""
        held += word
    if held:
        yield held


def _pieces(word: str, width: int) -> list[str]:
    """Cut a word that is too long for a line; the last piece may be empty."""
    pieces, piece = [], ""
    for cluster in _clusters(word):
        if piece and display_width(piece + cluster) > width:
            pieces.append(piece)
            piece = ""
        piece += cluster
    return [*pieces, piece]


def _clusters(word: str) -> Iterator[str]:
    """Yield letters with their marks; a vowel written before its consonant stays with it."""
    cluster = ""
    for char in word:
        joins = _char_width(char) == 0 or char == "ำ" or cluster in _LEADING_VOWELS
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@cache
def _segment() -> Callable[[str], list[str]]:
    # pythainlp makes a data folder in the home directory when it is imported. Its dictionary is
    # in the package, so nothing needs to be written; the folder is moved away all the same, for
    # versions without a read-only mode.
    if "PYTHAINLP_READ_MODE" not in os.environ:
        os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    if "PYTHAINLP_DATA_DIR" not in os.environ:
        folder = Path(tempfile.gettempdir()) / "ita-analysis" / "pythainlp"
        os.environ.setdefault("PYTHAINLP_DATA", str(folder))
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415  (slow: see above)

    def cut(text: str) -> list[str]:
        return [word for word in segment(text) if word]

    return cut
