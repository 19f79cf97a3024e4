"""CSV files for people with Excel: Thai opens right, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ita_analysis.files import write_whole

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9.]+$)")


def write_csv(target: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a table, whole or not at all, and return its path.

    Raises:
        OutputError: The file could not be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    write_whole(target, text.getvalue().encode("utf-8-sig"))  # with it, Excel opens Thai right
    return target


def _harmless(cell: str) -> str:
    """Return a cell that Excel will not run as a formula; numbers stay numbers."""
    return "'" + cell if _FORMULA.match(cell) else cell
