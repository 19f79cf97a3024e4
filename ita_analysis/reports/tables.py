"""The tables behind the charts: through the executed notebook, and out as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ita_analysis.reports.block import Block
from ita_analysis.reports.mime import BLOCK_MIME, TABLES_MIME
from ita_analysis.reports.notebook import bundles

if TYPE_CHECKING:
    import pandas as pd

DATES = "date"
"""Name of the type of a column of ``datetime.date`` objects."""

TEXTS = "text"
"""Name of the type of a column of ``str`` objects (object dtype)."""

_PLAIN = frozenset({"Int64", "int64", "Float64", "float64", "boolean", "bool", "str", "string"})
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def tables(frames: Mapping[str, pd.DataFrame]) -> Block:
    """Return a block that is not shown: it carries tables to the exporter.

    Args:
        frames: Name of a table -> its rows. The index is not carried.

    Raises:
        TypeError: A column has a type that would not come back as it was.
    """
    payload = {name: encode(frame) for name, frame in frames.items()}
    plain = "\n".join(f"{name}: {len(frame)}" for name, frame in frames.items())
    bundle = {TABLES_MIME: payload, BLOCK_MIME: {"kind": "tables"}, "text/plain": plain}
    return Block((bundle,))


def encode(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a table as JSON values: columns, types and rows; missing is null."""
    names = [str(name) for name in frame.columns]
    if len(set(names)) != len(names):
        raise TypeError(f"a column name occurs twice: {names}")
    kinds = [_kind(frame.iloc[:, i], name) for i, name in enumerate(names)]
    columns = [_encode_column(frame.iloc[:, i], kind) for i, kind in enumerate(kinds)]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return {"columns": names, "dtypes": kinds, "rows": rows}


def decode(payload: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table that :func:`encode` was given, types and all."""
    # A notebook without pandas is no report of ours: only who reads tables waits for it.
    import pandas as pd  # noqa: PLC0415

    names, kinds, rows = payload["columns"], payload["dtypes"], payload["rows"]
    columns = {
        name: pd.Series(*_decoded([row[i] for row in rows], kinds[i]))
        for i, name in enumerate(names)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))


def read_tables(nb: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables that an executed notebook carries, by name."""
    found: dict[str, pd.DataFrame] = {}
    for bundle in bundles(nb):
        if TABLES_MIME in bundle:
            value = bundle[TABLES_MIME]
            payload = json.loads(value) if isinstance(value, str) else value
            found.update({name: decode(table) for name, table in payload.items()})
    return found


def write_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8 with BOM, ISO dates, the columns' own names.

    Text that Excel would run as a formula gets an apostrophe before it; numbers stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(name) for name in frame.columns])
    columns = [_csv_column(frame.iloc[:, i]) for i in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _csv_column(column: pd.Series[Any]) -> list[str]:
    pairs = zip(column, column.isna(), strict=True)
    return ["" if missing else _csv_value(value) for value, missing in pairs]


def _csv_value(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_START) else value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(column: pd.Series[Any], name: str) -> str:
    kind = str(column.dtype)
    if kind in _PLAIN or kind in {"datetime64[ns]", "datetime64[us]", "datetime64[s]"}:
        return kind
    if kind == "object":
        values = column.dropna()
        if all(type(value) is date for value in values):
            return DATES
        if all(isinstance(value, str) for value in values):
            return TEXTS
    raise TypeError(f"column {name!r} of type {kind} would not come back as it was")


def _encode_column(column: pd.Series[Any], kind: str) -> list[Any]:
    def plain(value: Any) -> Any:
        if kind == DATES or kind.startswith("datetime64"):
            return value.isoformat()
        return value.item() if hasattr(value, "item") else value

    pairs = zip(column, column.isna(), strict=True)
    return [None if missing else plain(value) for value, missing in pairs]


def _decoded(values: list[Any], kind: str) -> tuple[list[Any], pd.RangeIndex | None, str]:
    """Return the values, no index, and the type, as ``pd.Series`` takes them."""
    if kind == DATES:
        days = [None if value is None else date.fromisoformat(value) for value in values]
        return days, None, "object"
    return values, None, "object" if kind == TEXTS else kind
