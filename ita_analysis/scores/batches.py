"""Large score files in a stream: batches of checked columns, faulty rows named one by one.

A row that is written as contracts ask is checked column by column, a million a second. Any other
row takes the way of :class:`RowReader`, which reads what people write and names each fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from ita_analysis.documents.limits import MAX_BYTES
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.frameworks import Framework, load_framework
from ita_analysis.scores.entries import Entry
from ita_analysis.scores.load import load_score_file
from ita_analysis.scores.model import AGENCY_ID, COLUMNS, DATA_KINDS, ScoreRow
from ita_analysis.scores.rows import RowReader
from ita_analysis.scores.values import code_fault, parse_code
from ita_analysis.texts import fault

BLOCK_BYTES = 8 << 20
SAMPLE_BYTES = 1 << 20
OPTIONAL = ("published_rating", "data_kind", "source", "is_mean")
NUMBER = r"^[0-9]{1,3}(\.[0-9]{1,8})?$"
MAX_FAULTS = 200
"""Faults named before the reading of a large file stops."""

SCHEMA = pa.schema(
    [
        ("agency_id", pa.string()),
        ("agency_name_th", pa.string()),
        ("fiscal_year_be", pa.int64()),
        ("level", pa.string()),
        ("code", pa.string()),
        ("score_pct", pa.float64()),
        ("published_rating", pa.string()),
        ("data_kind", pa.string()),
        ("source", pa.string()),
        ("is_mean", pa.bool_()),
        ("file", pa.string()),
        ("row", pa.int32()),
    ]
)
"""Columns of a checked batch; file and row say where a score stands."""


class BatchReader:
    """Reads the score files of a data folder batch by batch.

    Attributes:
        faults: What is wrong, up to :data:`MAX_FAULTS`.
    """

    def __init__(self, data_dir: str | Path | None, years: list[int], rows: RowReader) -> None:
        self._data_dir = data_dir
        self._frameworks = {year: load_framework(year, data_dir) for year in years}
        self._rows = rows
        self._pairs: dict[tuple[str, str, str], bool] = {}
        self.faults: list[Fault] = []

    def read(self, path: Path) -> Iterator[pa.Table]:
        """Yield the scores of one file as tables of :data:`SCHEMA`."""
        head = _head(path)
        if head is None:
            yield from self._read_whole(path)
            return
        before = len(self.faults)
        try:
            yield from self._read_stream(path, head)
        except pa.ArrowInvalid as error:
            reason = " ".join(str(error).split())
            self.faults.append(fault("csv_broken", Place(path.name), reason=reason))
        if len(self.faults) > before and path.stat().st_size <= MAX_BYTES:
            # A cell that spans lines or a broken row shifts the stream's row numbers: a file of
            # common size is read again for the exact ones.
            self.faults[before:] = _exact_faults(path, self._data_dir) or self.faults[before:]

    def _read_whole(self, path: Path) -> Iterator[pa.Table]:
        """Read a file that is not in the long form as contracts ask: wide, cp874, other names."""
        try:
            table = load_score_file(path, self._data_dir)
        except DataError as error:
            self.faults += error.faults
            return
        self.faults += table.faults
        if table.rows:
            yield _as_table(list(table.rows))

    def _read_stream(self, path: Path, head: list[str]) -> Iterator[pa.Table]:
        broken: list[Fault] = []

        def note_broken(row: Any) -> str:
            place = Place(path.name, row=row.number)
            counts = {"n_cells": row.actual_columns, "n_columns": row.expected_columns}
            broken.append(fault("score_row_too_long", place, row.text[:60], **counts))
            return "skip"

        stream = pacsv.open_csv(
            path,
            read_options=pacsv.ReadOptions(block_size=BLOCK_BYTES, use_threads=False),
            parse_options=pacsv.ParseOptions(
                invalid_row_handler=note_broken, newlines_in_values=True
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.string() for name in head}, strings_can_be_null=False
            ),
        )
        number = 2
        for batch in stream:
            skipped = len(broken)
            yield self._check(pa.Table.from_batches([batch]), path.name, number)
            number += batch.num_rows + skipped
            self.faults += broken
            broken.clear()
            if len(self.faults) >= MAX_FAULTS:
                return
        self.faults += broken

    def _check(self, table: pa.Table, name: str, first_row: int) -> pa.Table:
        columns = {
            column: table[column]
            if column in table.column_names
            else pa.chunked_array([pa.array([""] * len(table), pa.string())])
            for column in COLUMNS
        }
        numbers = pa.array(range(first_row, first_row + len(table)), pa.int32())
        good = self._is_good(columns)
        clean = _typed(columns, numbers, name).filter(good) if pc.any(good).as_py() else None
        others = self._slowly(columns, pc.invert(good), name, first_row)
        parts = [part for part in (clean, others) if part is not None]
        return pa.concat_tables(parts) if parts else SCHEMA.empty_table()

    def _is_good(self, columns: dict[str, Any]) -> Any:
        year = pc.is_in(
            columns["fiscal_year_be"], pa.array([str(each) for each in self._frameworks])
        )
        kind = pc.is_in(columns["data_kind"], pa.array(DATA_KINDS))
        mean = pc.is_in(columns["is_mean"], pa.array(["true", "false", ""]))
        good = pc.and_(pc.and_(year, kind), mean)
        good = pc.and_(good, pc.match_substring_regex(columns["agency_id"], AGENCY_ID))
        good = pc.and_(good, pc.match_substring_regex(columns["score_pct"], NUMBER))
        good = pc.and_(good, pc.not_equal(columns["agency_name_th"], ""))
        good = pc.and_(good, self._is_coded(columns))
        score = pc.cast(pc.if_else(good, columns["score_pct"], "0"), pa.float64())
        return pc.and_(good, pc.less_equal(score, 100.0))

    def _is_coded(self, columns: dict[str, Any]) -> Any:
        """Tell which rows have a code of their year: asked once for each kind of code."""
        joined = pc.binary_join_element_wise(
            columns["fiscal_year_be"], columns["level"], columns["code"], "\t"
        ).combine_chunks()
        encoded = joined.dictionary_encode()
        known = pa.array(
            [self._knows(*each.split("\t")) for each in encoded.dictionary.to_pylist()]
        )
        allowed = pc.take(known, encoded.indices)
        # An OIT item must be 100 or 0: any other score takes the slow way, which names it.
        is_item = pc.starts_with(columns["code"], "o")
        is_item = pc.and_(is_item, pc.equal(columns["level"], "item"))
        full = pc.match_substring_regex(columns["score_pct"], r"^(100|0)(\.0+)?$")
        return pc.and_(allowed, pc.or_(pc.invert(is_item), full))

    def _knows(self, year: str, level: str, code: str) -> bool:
        key = (year, level, code)
        if key not in self._pairs:
            framework: Framework | None = (
                self._frameworks.get(int(year)) if year.isdecimal() else None
            )
            coded = parse_code(code)
            self._pairs[key] = (
                framework is not None
                and coded == (level, code)
                and code_fault(framework, coded[0], code, Place()) is None
            )
        return self._pairs[key]

    def _slowly(
        self, columns: dict[str, Any], chosen: Any, name: str, first_row: int
    ) -> pa.Table | None:
        places = pc.indices_nonzero(chosen).to_pylist()
        rows = []
        for index in places:
            fields = {column: columns[column][index].as_py() for column in COLUMNS}
            place = Place(name, row=first_row + index)
            entry = Entry(place, fields["level"], fields["code"], fields["score_pct"], fields)
            result = self._rows.read(entry)
            self.faults += result.faults
            if result.row is not None:
                rows.append(result.row)
            if len(self.faults) >= MAX_FAULTS:
                break
        return _as_table(rows) if rows else None


def _exact_faults(path: Path, data_dir: str | Path | None) -> list[Fault]:
    try:
        return list(load_score_file(path, data_dir).faults)
    except DataError as error:
        return list(error.faults)


def _head(path: Path) -> list[str] | None:
    """Return the heading of a file in the long form as contracts ask; None for any other."""
    with path.open("rb") as stream:
        line = stream.readline(4096)
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return None
    names = [name.strip('"') for name in text.split(",")]
    needed = set(COLUMNS) - set(OPTIONAL)
    if not needed <= set(names) or len(set(names)) != len(names):
        return None
    return names if _is_utf8(path) else None


def _is_utf8(path: Path) -> bool:
    with path.open("rb") as stream:
        block = stream.read(SAMPLE_BYTES)
    whole = block if len(block) < SAMPLE_BYTES else block[: block.rfind(b"\n") + 1]
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not re.search(rb"\x00", block)


def _typed(columns: dict[str, Any], numbers: pa.Array, name: str) -> pa.Table:
    typed = dict(columns)
    numeric = pc.match_substring_regex(columns["score_pct"], NUMBER)
    typed["score_pct"] = pc.cast(pc.if_else(numeric, columns["score_pct"], "0"), pa.float64())
    plain = pc.match_substring_regex(columns["fiscal_year_be"], r"^25[0-9]{2}$")
    typed["fiscal_year_be"] = pc.cast(pc.if_else(plain, columns["fiscal_year_be"], "0"), pa.int64())
    typed["is_mean"] = pc.equal(columns["is_mean"], "true")
    typed["file"] = pa.array([name] * len(numbers), pa.string())
    typed["row"] = numbers
    return pa.table({field.name: typed[field.name] for field in SCHEMA}, schema=SCHEMA)


def _as_table(rows: list[ScoreRow]) -> pa.Table:
    return pa.table(
        {
            "agency_id": [row.agency_id for row in rows],
            "agency_name_th": [row.agency_name_th for row in rows],
            "fiscal_year_be": [row.fiscal_year_be for row in rows],
            "level": [row.level for row in rows],
            "code": [row.code for row in rows],
            "score_pct": [float(row.score_pct) for row in rows],
            "published_rating": [row.published_rating for row in rows],
            "data_kind": [row.data_kind for row in rows],
            "source": [row.source for row in rows],
            "is_mean": [row.is_mean for row in rows],
            "file": [row.place.file for row in rows],
            "row": [row.place.row or 0 for row in rows],
        },
        schema=SCHEMA,
    )
