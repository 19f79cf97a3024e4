"""Rows that were not taken in, written to a file beside their reasons."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from ita_analysis.files import write_whole
from ita_analysis.register.row_faults import Rejected

HEAD = ("place", "problem", "remedy")
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9.]+$)")


def write_rejects(rejects: Sequence[Rejected], target: Path) -> Path:
    """Write rejected rows: one line a fault, with the words of the whole row behind it.

    Raises:
        OutputError: The file could not be written.
    """
    width = max((len(reject.row.cells) for reject in rejects), default=0)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEAD, *(f"cell_{number}" for number in range(1, width + 1))])
    for reject in rejects:
        for wrong in reject.faults:
            cells = [str(wrong.place), wrong.problem, wrong.remedy, *reject.row.texts]
            writer.writerow([_harmless(cell) for cell in cells])
    write_whole(target, text.getvalue().encode("utf-8-sig"))
    return target


def _harmless(cell: str) -> str:
    """A cell that Excel will not run as a formula; numbers stay numbers."""
    return "'" + cell if _FORMULA.match(cell) else cell
