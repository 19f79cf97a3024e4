"""Rows that were not taken in, written to a file beside their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ita_analysis.register.excel_csv import write_csv
from ita_analysis.register.row_faults import Rejected

HEAD = ("place", "problem", "remedy")


def write_rejects(rejects: Sequence[Rejected], target: Path) -> Path:
    """Write rejected rows: one line a fault, with the words of the whole row behind it.

    Raises:
        OutputError: The file could not be written.
    """
    width = max((len(reject.row.cells) for reject in rejects), default=0)
    return write_csv(
        target,
        [*HEAD, *(f"cell_{number}" for number in range(1, width + 1))],
        [
            [str(wrong.place), wrong.problem, wrong.remedy, *reject.row.texts]
            for reject in rejects
            for wrong in reject.faults
        ],
    )
