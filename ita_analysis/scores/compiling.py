"""Compiling score files into sorted Parquet, in a stream, once for each state of the files.

First pass: checked batches are dealt out by agency into buckets on disk. Second pass: each bucket
is sorted, repetitions are dropped, conflicts named, and written as Parquet with small row groups,
so that one agency's scores are a few row groups of one file.
"""

from __future__ import annotations

import zlib
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.frameworks import known_years
from ita_analysis.scores.batches import MAX_FAULTS, SCHEMA, BatchReader
from ita_analysis.scores.load import known_agencies
from ita_analysis.scores.model import COLUMNS
from ita_analysis.scores.rows import RowReader
from ita_analysis.scores.values import LEVELS
from ita_analysis.texts import fault

BUCKET_BYTES = 4_000_000
"""Size of input that one bucket is meant to hold."""
MAX_BUCKETS = 128
ROW_GROUP = 8192
OVERVIEW = "overview.parquet"
"""One row per agency and year: what a plan and a band of peers need."""

TOOLS_IN_CODES = ("IIT", "EIT", "OIT", "i", "e", "o")
OVERVIEW_CODES = ("overall", "IIT", "EIT", "OIT")


def bucket_of(agency_id: str, n_buckets: int) -> int:
    """Return the bucket of an agency: the same in every process and on every machine."""
    return zlib.crc32(agency_id.encode()) % n_buckets


def compile_files(
    files: list[Path], folder: Path, n_buckets: int, data_dir: str | Path | None
) -> int:
    """Compile score files into a folder.

    Args:
        files: The score files, long form.
        folder: An empty folder for the buckets and the overview.
        n_buckets: Number of buckets.
        data_dir: The data folder, for frameworks and the list of agencies.

    Returns:
        Number of scores.

    Raises:
        DataError: Rows are faulty or conflict; nothing of it may be used.
    """
    years = known_years(data_dir)
    rows = RowReader(known_agencies(data_dir), data_dir, "")
    reader = BatchReader(data_dir, years, rows)
    _deal(files, folder, n_buckets, reader)
    faults = list(reader.faults)
    n_scores = 0
    overview = []
    for number in range(n_buckets):
        dealt = folder / f"{number}.arrow"
        table, conflicts = _settle(_read_dealt(dealt))
        faults += conflicts
        if not faults:
            pq.write_table(
                table.select(list(COLUMNS)), folder / f"{number}.parquet", row_group_size=ROW_GROUP
            )
            overview.append(_overview(table))
        n_scores += len(table)
        dealt.unlink()
        if len(faults) >= MAX_FAULTS:
            break
    if faults:
        raise DataError(faults)
    pq.write_table(pa.concat_tables(overview).sort_by("agency_id"), folder / OVERVIEW)
    return n_scores


def _deal(files: list[Path], folder: Path, n_buckets: int, reader: BatchReader) -> None:
    with ExitStack() as stack:
        writers = [
            stack.enter_context(pa.ipc.new_stream(str(folder / f"{number}.arrow"), SCHEMA))
            for number in range(n_buckets)
        ]
        for file in files:
            for table in reader.read(file):
                for number, part in _parts(table, n_buckets):
                    writers[number].write_table(part)


def _parts(table: pa.Table, n_buckets: int) -> list[tuple[int, pa.Table]]:
    if n_buckets == 1 or not len(table):
        return [(0, table)] if len(table) else []
    encoded = table["agency_id"].combine_chunks().dictionary_encode()
    by_agency = pa.array(
        [bucket_of(agency_id, n_buckets) for agency_id in encoded.dictionary.to_pylist()],
        pa.int16(),
    )
    buckets = pc.take(by_agency, encoded.indices)
    order = pc.sort_indices(buckets)
    table, buckets = table.take(order), buckets.take(order)
    parts = []
    start = 0
    for each in sorted(pc.value_counts(buckets).to_pylist(), key=lambda each: each["values"]):
        parts.append((each["values"], table.slice(start, each["counts"])))
        start += each["counts"]
    return parts


def _read_dealt(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_stream(source).read_all()


def _settle(table: pa.Table) -> tuple[pa.Table, list[Fault]]:
    """Sort by key, drop exact repetitions, name keys that have more than one score."""
    keys = ("agency_id", "fiscal_year_be", "code")
    table = table.sort_by([(key, "ascending") for key in (*keys, "file", "row")])
    if len(table) < 2:
        return table, []
    table = table.combine_chunks()
    before, after = table.slice(0, len(table) - 1), table.slice(1)
    repeats = pc.equal(before[keys[0]], after[keys[0]])
    for key in keys[1:]:
        repeats = pc.and_(repeats, pc.equal(before[key], after[key]))
    same = pc.and_(
        pc.equal(before["score_pct"], after["score_pct"]),
        pc.equal(before["published_rating"], after["published_rating"]),
    )
    conflicts = pc.indices_nonzero(pc.and_(repeats, pc.invert(same))).to_pylist()[:MAX_FAULTS]
    faults = [_conflict(table.slice(index, 2).to_pylist()) for index in conflicts]
    first = pa.concat_arrays([pa.array([True]), pc.invert(repeats).combine_chunks()])
    return _in_order(table.filter(first)), faults


def _in_order(table: pa.Table) -> pa.Table:
    """Sort by agency, year, level, tool and number, so that a load need not."""
    rank = pc.index_in(table["level"], pa.array(LEVELS))
    letters = pc.replace_substring_regex(table["code"], "[0-9.]+$", "")
    tool = pc.index_in(letters, pa.array(TOOLS_IN_CODES))
    digits = pc.replace_substring_regex(table["code"], "^[A-Za-z]+", "")
    number = pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), pa.float64())
    ranked = table.append_column("rank", rank).append_column("tool", tool)
    ranked = ranked.append_column("number", number)
    keys = ("agency_id", "fiscal_year_be", "rank", "tool", "number")
    return ranked.sort_by([(key, "ascending") for key in keys]).select(table.column_names)


def _conflict(pair: list[dict[str, object]]) -> Fault:
    first, second = pair
    before = Place(str(first["file"]), row=int(str(first["row"])))
    after = Place(str(second["file"]), row=int(str(second["row"])))
    found = f"{second['score_pct']} {second['published_rating']}".strip()
    others = f"{before} {first['score_pct']} {first['published_rating']}".strip()
    return fault("score_conflict", after, found, which=first["code"], others=others)


def _overview(table: pa.Table) -> pa.Table:
    keys = ["agency_id", "fiscal_year_be"]
    counted = table.group_by(keys, use_threads=False).aggregate(
        [
            ("agency_name_th", "first"),
            ("data_kind", "first"),
            ("is_mean", "any"),
            ("code", "count"),
            ("published_rating", "max"),
        ]
    )
    counted = counted.rename_columns(
        {
            "agency_name_th_first": "agency_name_th",
            "data_kind_first": "data_kind",
            "is_mean_any": "is_mean",
            "code_count": "n_scores",
            "published_rating_max": "published_rating",
        }
    )
    for code in OVERVIEW_CODES:
        own = table.filter(pc.equal(table["code"], code)).select([*keys, "score_pct"])
        own = own.rename_columns([*keys, f"{code}_pct"])
        counted = counted.join(own, keys, use_threads=False)
    return counted.sort_by([(key, "ascending") for key in keys])
