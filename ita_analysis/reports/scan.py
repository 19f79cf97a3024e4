"""The last look at a report before it leaves: nothing of the machine it was made on is in it."""

from __future__ import annotations

import html
import re
import socket
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ita_analysis.errors import ItaError
from ita_analysis.texts import fault

_PACKED = re.compile(r'<script type="application/octet-stream"[^>]*>[^<]*</script>')
_START = r"(?:file://|(?<![\w.\-/%]))"
_PATTERNS = (
    re.compile(r"Traceback \(most recent call last\)"),
    re.compile(_START + r"/(?:home|Users)/[^\s/<>\"']+"),
    re.compile(_START + r"/(?:root|tmp|var/folders|var/tmp)/[^\s<>\"']+"),
    re.compile(r"\b[A-Za-z]:(?:\\{1,2}|/)Users(?:\\{1,2}|/)[^\s<>\"'\\/]+"),
    re.compile(r"AppData(?:\\{1,2}|/)Local", re.IGNORECASE),
)
_SHORTEST_NAME = 4


class ReportError(ItaError):
    """One report cannot be made; the others can."""

    exit_code = 3


def refuse_leaks(page: str, *, own: str = "", forbidden: Iterable[str] = ()) -> None:
    """Refuse a page that tells of the machine or the folders it was made from.

    Args:
        page: The finished HTML.
        own: Text that every page holds (styles, scripts): a machine that is named like a word
            of it cannot be told from it.
        forbidden: Parameters that are paths, as they were given, for example ``data_dir``.

    Raises:
        ReportError: With the text that was found.
    """
    text = html.unescape(_PACKED.sub("", page)).replace("\\u003c", "<")
    found = next(_leaks(text, own, forbidden), None)
    if found is not None:
        raise ReportError(fault("report_leak", found=found))


def _leaks(text: str, own: str, forbidden: Iterable[str]) -> Iterator[str]:
    for pattern in _PATTERNS:
        yield from (match[0] for match in pattern.finditer(text))
    for path in (*_local_paths(), *(path for path in forbidden if _is_path(path))):
        for form in {path, path.replace("\\", "\\\\"), path.replace("\\", "/")}:
            # Looking for the plain text first spares most pages the slower pattern.
            if form in text and re.search(_START + re.escape(form) + r"(?![\w])", text):
                yield form
    for name in _local_names():
        whole = re.compile(rf"(?<![\w.\-]){re.escape(name)}(?![\w\-])")
        if name in text and not whole.search(own) and whole.search(text):
            yield name


def _is_path(value: str) -> bool:
    """Tell a path that gives a place away from a plain word such as ``data``."""
    return ("/" in value or "\\" in value) and len(value) >= _SHORTEST_NAME


@cache
def _local_paths() -> tuple[str, ...]:
    places = {str(Path.home()), tempfile.gettempdir(), str(Path.cwd())}
    return tuple(sorted(place for place in places if _is_path(place)))


@cache
def _local_names() -> tuple[str, ...]:
    """Return the machine's names; "localhost" is everybody's and tells nothing."""
    host = socket.gethostname()
    names = {host, host.split(".")[0]} - {"localhost"}
    return tuple(sorted(name for name in names if len(name) >= _SHORTEST_NAME))
