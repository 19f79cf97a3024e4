"""The score store: one agency's scores in milliseconds, never from a stale cache.

The CSV files of ``data/scores`` are the truth. They are compiled once into Parquet beside the data
folder (``.cache/scores/<key>``); the key is a hash of the files' bytes, of the rules they were
checked by and of the form of the store. Before every load the files' state is compared: where
size and time of change are the same as at compilation the hash holds, else it is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ita_analysis.errors import DataError, OutputError, Place, UsageError
from ita_analysis.frameworks import data_folder
from ita_analysis.register.agencies import FILE as AGENCIES_FILE
from ita_analysis.scores.answer import score_files
from ita_analysis.scores.compiling import (
    BUCKET_BYTES,
    MAX_BUCKETS,
    OVERVIEW,
    bucket_of,
    compile_files,
)
from ita_analysis.scores.rows import is_agency_id
from ita_analysis.texts import fault

FORM = "scores-3"
"""Name of the store's form; changes whenever the same files would be stored otherwise."""
STATE = "state.json"
TRIES = 3
RECENT_SECONDS = 3.0
"""A file changed this shortly before it was hashed may change again without its time changing."""


def load_scores(agency_id: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """Return all scores of one agency.

    Args:
        agency_id: Key of the agency.
        data_dir: The data folder.

    Returns:
        Columns as in the score files (``fiscal_year_be`` integer, ``score_pct`` float 0 to 100,
        ``is_mean`` boolean, the others text, empty where missing), sorted by year, level, tool
        and number. No rows where the agency has no scores.

    Raises:
        UsageError: This is no agency key.
        DataError: The score files are faulty.
        OutputError: The cache could not be written.
    """
    if not is_agency_id(agency_id):
        raise UsageError(fault("agency_id_wrong", found=agency_id))
    store = compile_scores(data_dir)
    n_buckets = _read_state(store)["n_buckets"]
    table = pq.read_table(
        store / f"{bucket_of(agency_id, n_buckets)}.parquet",
        filters=[("agency_id", "==", agency_id)],
        use_threads=False,
    )
    return pd.DataFrame(table.to_pandas())


def year_values(frame: pd.DataFrame) -> dict[int, dict[str, Decimal]]:
    """Return the scores of a frame of one agency by year and code, as :func:`compute` takes them.

    Args:
        frame: As :func:`load_scores` returns it.
    """
    found: dict[int, dict[str, Decimal]] = {}
    for year, code, score in zip(
        frame["fiscal_year_be"], frame["code"], frame["score_pct"], strict=True
    ):
        found.setdefault(int(year), {})[str(code)] = Decimal(str(float(score)))
    return found


def load_overview(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Return what there is: one row for each agency and year.

    Returns:
        agency_id, fiscal_year_be, agency_name_th, data_kind, is_mean, n_scores,
        published_rating (empty where none), overall_pct, IIT_pct, EIT_pct, OIT_pct (as given;
        missing where not), sorted by agency and year.

    Raises:
        DataError: The score files are faulty.
        OutputError: The cache could not be written.
    """
    return _overview(compile_scores(data_dir)).copy(deep=False)


@lru_cache(maxsize=2)
def _overview(store: Path) -> pd.DataFrame:
    # A store never changes: its name is the hash of what it was made from.
    frame = pd.DataFrame(pq.read_table(store / OVERVIEW).to_pandas())
    return frame.sort_values(["agency_id", "fiscal_year_be"], ignore_index=True)


def is_compiled(data_dir: str | Path | None = None) -> bool:
    """Tell whether the score files are compiled as they stand, so that reading is quick."""
    data = data_folder(data_dir)
    root = _root(data)
    return (root / _current_key(data, root) / STATE).is_file()


def compile_scores(data_dir: str | Path | None = None) -> Path:
    """Compile the score files if they have changed, and return the folder of the store.

    Raises:
        DataError: The score files are faulty: every fault, nothing is stored.
        OutputError: The cache could not be written.
    """
    data = data_folder(data_dir)
    files = score_files(data)
    root = _root(data)
    for _ in range(TRIES):
        store = root / _current_key(data, root)
        if (store / STATE).is_file():
            return store
        try:
            done = _compile_into(store, files, data)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(fault("file_not_written", Place(str(store)), reason=reason)) from None
        if done:
            # A run that goes on for hours would keep what the compiling took of memory.
            pa.default_memory_pool().release_unused()
            _forget_others(root, store.name)
            return store
    raise DataError(fault("changed_while_read", Place(str(data / "scores"))))


def _root(data: Path) -> Path:
    return data.parent / ".cache" / "scores"


def _compile_into(store: Path, files: list[Path], data: Path) -> bool:
    """Compile, and tell whether the files stayed as they were meanwhile."""
    total = sum(file.stat().st_size for file in files)
    n_buckets = max(1, min(MAX_BUCKETS, total // BUCKET_BYTES))
    work = store.with_name(f"{store.name}.{os.getpid()}.part")
    work.mkdir(parents=True)
    try:
        n_scores = compile_files(files, work, n_buckets, data)
        state = {"n_buckets": n_buckets, "n_scores": n_scores, "form": FORM}
        (work / STATE).write_text(json.dumps(state), encoding="utf-8")
        if _current_key(data, store.parent) != store.name:
            return False
        try:
            work.rename(store)
        except OSError:
            if not (store / STATE).is_file():  # another process was first: its store is as good
                raise
        return True
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _forget_others(root: Path, key: str) -> None:
    """Remove stores of former states, but none that another process may just be reading."""
    day_ago = time.time() - 86_400
    for other in root.iterdir():
        if other.is_dir() and other.name != key and other.stat().st_mtime < day_ago:
            shutil.rmtree(other, ignore_errors=True)


def _current_key(data: Path, root: Path) -> str:
    """Return the hash of what the store is made from, without reading unchanged files."""
    memory = root / f"keys-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]}.json"
    known = _remembered(memory)
    rules = [*(data / "frameworks").glob("*.yml"), *data.glob(AGENCIES_FILE)]
    now = time.time()
    hashes: dict[str, Any] = {}
    for file in (*score_files(data), *sorted(rules)):
        name = file.relative_to(data).as_posix()
        stat = file.stat()
        seen = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        old = known.get(name)
        if old and old["seen"] == seen:
            hashes[name] = old
            continue
        settled = now - stat.st_mtime > RECENT_SECONDS
        hashes[name] = {"seen": seen if settled else None, "sha256": _sha256(file)}
    if hashes != known:
        _remember(memory, hashes)
    parts = [FORM, *(f"{name}={each['sha256']}" for name, each in sorted(hashes.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _remembered(memory: Path) -> dict[str, Any]:
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(memory: Path, hashes: dict[str, Any]) -> None:
    part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(hashes), encoding="utf-8")
        part.replace(memory)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(fault("file_not_written", Place(str(memory)), reason=reason)) from None


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_state(store: Path) -> dict[str, int]:
    state: dict[str, int] = json.loads((store / STATE).read_text(encoding="utf-8"))
    return state
