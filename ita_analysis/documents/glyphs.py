"""Characters of a PDF's page to lines of Thai text.

A PDF places glyphs; it knows no words. Sorted by place, a tone mark slides behind the letter
beside it; in the order of the file, runs in another font stand out of turn. So a letter is kept
together with the marks that follow it in the file, and these clusters are sorted by place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# With the glyphs of old fonts for marks moved aside, which the repair of texts maps to marks.
_MARKS = "ัิ-ฺ็-๎\uf701-\uf70e\uf710-\uf71a\uf884-\uf899\uf89b-\uf89d"
_MARK = re.compile(f"[{_MARKS}]")
LINE_HEIGHT = 0.45
"""Baselines nearer than this share of the letters' size are one line."""
SPACE = 0.18
"""A gap wider than this share of the letters' size is a space that the file left out."""
_THAI_END, _THAI_START = re.compile(f"[ก-ฮะ-ำเ-ๆ{_MARKS}]$"), re.compile("^[ก-ฮเ-ไ]")


@dataclass
class _Cluster:
    """A letter with its marks."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        text: Its words.
        top: Distance from the top of the page, in points.
    """

    text: str
    top: float


def lines_of(chars: Sequence[dict[str, Any]], page_height: float) -> list[Line]:
    """Return the lines of these characters, from top to bottom.

    Args:
        chars: Characters as pdfplumber gives them, in the order of the file.
        page_height: Height of the page, in points.
    """
    rows: list[list[_Cluster]] = []
    for cluster in sorted(_clusters(chars), key=lambda each: -each.baseline):
        if rows and rows[-1][0].baseline - cluster.baseline < LINE_HEIGHT * cluster.size:
            rows[-1].append(cluster)
        else:
            rows.append([cluster])
    return [Line(_words(row), page_height - row[0].baseline - row[0].size) for row in rows]


def joined(lines: Iterable[Line]) -> str:
    """Return the lines of a cell as one text.

    The breaks are the page's, not the author's: Thai letters are joined across them. Numbers,
    bullets and Latin words get the space that the break stands for.
    """
    text = ""
    for line in lines:
        is_one_word = _THAI_END.search(text) and _THAI_START.search(line.text)
        text += line.text if is_one_word or not text else f" {line.text}"
    return text


def _clusters(chars: Sequence[dict[str, Any]]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for char in chars:
        text, left, right = str(char["text"]), float(char["x0"]), float(char["x1"])
        if clusters and _MARK.fullmatch(text):
            clusters[-1].text += text
            continue
        baseline = float(char["matrix"][5])
        clusters.append(_Cluster(text, left, right, baseline, float(char["size"]) or 1.0))
    return clusters


def _words(row: list[_Cluster]) -> str:
    text = ""
    end = None
    for cluster in sorted(row, key=lambda each: each.left):
        if end is not None and cluster.left - end > SPACE * cluster.size:
            text += " "
        text += cluster.text
        end = cluster.right if end is None else max(end, cluster.right)
    return text.replace("าำ", "ำ").rstrip("\n")  # some fonts give ำ as า and ำ
