"""The tables behind the charts: through the executed notebook, and out as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ita_analysis.frames import plain_values
from ita_analysis.reports.block import Block
from ita_analysis.reports.mime import BLOCK_MIME, TABLES_MIME
from ita_analysis.reports.notebook import bundles

if TYPE_CHECKING:
    import pandas as pd

DATES = "date"
"""Name of the type of a column of ``datetime.date`` objects."""

TEXTS = "text"
"""Name of the type of a column of ``str`` objects (object dtype)."""

MOMENTS = frozenset({"datetime64[ns]", "datetime64[us]", "datetime64[s]"})
"""Types of columns of days and times."""

_PLAIN = frozenset({"Int64", "int64", "Float64", "float64", "boolean", "bool", "str", "string"})
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """A table as plain values: what a notebook carries, and what files are made from.

    Attributes:
        kinds: Name of a column -> its pandas type, or :data:`DATES` or :data:`TEXTS`.
        columns: The values of each column, in the same order; None where missing.
    """

    kinds: Mapping[str, str]
    columns: tuple[list[Any], ...]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Table:
        """Return a frame's rows; its index is not carried.

        Raises:
            TypeError: A column has a type that would not come back as it was.
        """
        names = [str(name) for name in frame.columns]
        if len(set(names)) != len(names):
            raise TypeError(f"a column name occurs twice: {names}")
        series = [column for _, column in frame.items()]
        columns = tuple(plain_values(each) for each in series)
        kinds = map(_kind, names, series, columns)
        return cls(dict(zip(names, kinds, strict=True)), columns)

    @classmethod
    def parse(cls, payload: Mapping[str, Any]) -> Table:
        """Return the table that :meth:`payload` was made from."""
        kinds = dict(zip(payload["columns"], payload["dtypes"], strict=True))
        columns = [[row[i] for row in payload["rows"]] for i in range(len(kinds))]
        return cls(kinds, tuple(map(_decoded, kinds.values(), columns)))

    def payload(self) -> dict[str, Any]:
        """Return the table as JSON values: columns, types and rows; missing is null."""
        columns = map(_encoded, self.kinds.values(), self.columns)
        rows = [list(row) for row in zip(*columns, strict=True)]
        return {"columns": list(self.kinds), "dtypes": list(self.kinds.values()), "rows": rows}

    def frame(self) -> pd.DataFrame:
        """Return the rows as a frame, with the types of the one it came from."""
        # A notebook without pandas is no report of ours: only who wants a frame waits for it.
        import pandas as pd  # noqa: PLC0415

        objects = {DATES: "object", TEXTS: "object"}
        columns = {
            name: pd.Series(values, dtype=objects.get(kind, kind))
            for (name, kind), values in zip(self.kinds.items(), self.columns, strict=True)
        }
        return pd.DataFrame(columns)


def tables(frames: Mapping[str, pd.DataFrame]) -> Block:
    """Return a block that is not shown: it carries tables to the exporter.

    Args:
        frames: Name of a table -> its rows. The index is not carried.

    Raises:
        TypeError: A column has a type that would not come back as it was.
    """
    payload = {name: Table.of(frame).payload() for name, frame in frames.items()}
    plain = "\n".join(f"{name}: {len(frame)}" for name, frame in frames.items())
    bundle = {TABLES_MIME: payload, BLOCK_MIME: {"kind": "tables"}, "text/plain": plain}
    return Block((bundle,))


def read_tables(nb: Mapping[str, Any]) -> dict[str, Table]:
    """Return the tables that an executed notebook carries, by name."""
    found: dict[str, Table] = {}
    for bundle in bundles(nb):
        if TABLES_MIME in bundle:
            value = bundle[TABLES_MIME]
            payload = json.loads(value) if isinstance(value, str) else value
            found.update({name: Table.parse(each) for name, each in payload.items()})
    return found


def write_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with BOM, ISO dates, the columns' own names.

    Text that Excel would run as a formula gets an apostrophe before it; numbers stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.kinds)
    columns = [list(map(_csv_value, column)) for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_START) else value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(name: str, column: pd.Series[Any], values: list[Any]) -> str:
    kind = str(column.dtype)
    if kind in _PLAIN or kind in MOMENTS:
        return kind
    if kind == "object":
        types = {type(value) for value in values if value is not None}
        if types == {date}:
            return DATES
        if all(issubclass(each, str) for each in types):
            return TEXTS
    raise TypeError(f"column {name!r} of type {kind} would not come back as it was")


def _encoded(kind: str, values: list[Any]) -> list[Any]:
    if kind == DATES or kind in MOMENTS:
        return [None if value is None else value.isoformat() for value in values]
    return values


def _decoded(kind: str, values: list[Any]) -> list[Any]:
    if kind == DATES:
        return [None if value is None else date.fromisoformat(value) for value in values]
    if kind in MOMENTS:
        return [None if value is None else datetime.fromisoformat(value) for value in values]
    return values
