"""Frames as plain Python values, for what looks at every cell.

A table of a report has some dozens of rows. Going through a frame cell by cell costs many times
what going through lists does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def plain_values(column: pd.Series[Any]) -> list[Any]:
    """Return the values of a column as Python's own; None where missing."""
    # Whoever has a column has loaded pandas; importing this module should not.
    import pandas as pd  # noqa: PLC0415

    # NaN and NaT are the values that differ from themselves.
    return [None if each is pd.NA or each != each else each for each in column.tolist()]  # noqa: PLR0124


def plain_rows(frame: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a frame as mappings of these columns; None where missing."""
    columns = [plain_values(frame[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
