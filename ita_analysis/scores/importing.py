"""Taking scores into the data folder: what would change, and writing it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ita_analysis.errors import DataError, Fault
from ita_analysis.frameworks import data_folder
from ita_analysis.register.agencies import FILE as AGENCIES_FILE
from ita_analysis.register.excel_csv import write_csv
from ita_analysis.scores.answer import score_files
from ita_analysis.scores.checks import settle
from ita_analysis.scores.load import load_score_file, load_score_files
from ita_analysis.scores.model import COLUMNS, ScoreRow, ScoreTable
from ita_analysis.texts import fault

IMPORTED = "imported.csv"
"""The file of ``data/scores`` that imports go to; other files are never changed by an import."""

AGENCY_COLUMNS = ("agency_id", "name_th", "name_en", "agency_type", "district_th", "province_th")


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """What an import changes.

    Attributes:
        added: Scores of keys that the data folder has not.
        changed: Scores imported before, with their new values: (before, after).
        same: Scores that the data folder has already.
        faults: What stops the import, the files' own faults included.
        notes: What a reader should know.
        new_agencies: Names of agencies to be added to the list, by key.
        tables: What was read of each file.
    """

    added: tuple[ScoreRow, ...]
    changed: tuple[tuple[ScoreRow, ScoreRow], ...]
    same: tuple[ScoreRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    new_agencies: dict[str, str]
    tables: tuple[ScoreTable, ...]

    def as_json(self) -> list[dict[str, object]]:
        """Return the rows that ``ita import-scores --json`` prints, in the files' order."""
        rows = (row for table in self.tables for row in table.rows)
        return [
            {
                "agency_id": row.agency_id,
                "agency_name_th": row.agency_name_th,
                "fiscal_year_be": row.fiscal_year_be,
                "level": row.level,
                "code": row.code,
                "score_pct": float(row.score_pct),
                "published_rating": row.published_rating or None,
                "data_kind": row.data_kind,
                "source": row.source or None,
                "is_mean": row.is_mean,
            }
            for row in rows
        ]


def plan_import(paths: list[Path], data_dir: str | Path | None = None) -> ScoreImport:
    """Compare score files with the data folder; nothing is written.

    A score that was imported before may change. A score that another file of the folder holds
    with another value is a conflict: mend that file.

    Args:
        paths: The files, long or wide, CSV or XLSX.
        data_dir: The data folder.
    """
    faults: list[Fault] = []
    tables = []
    for path in paths:
        try:
            tables.append(load_score_file(path, data_dir))
        except DataError as error:
            faults += error.faults
    rows, conflicts, _ = settle(row for table in tables for row in table.rows)
    for table in tables:
        faults += table.faults
    faults += [wrong for _, wrong in conflicts]
    present, old_faults, _ = load_score_files(score_files(data_dir), data_dir)
    faults += old_faults
    held = {row.key: row for row in present}
    added, changed, same = [], [], []
    for row in rows:
        old = held.get(row.key)
        if old is None:
            added.append(row)
        elif old.score_pct == row.score_pct and row.published_rating in ("", old.published_rating):
            same.append(row)
        elif old.place.file == IMPORTED:
            changed.append((old, row))
        else:
            found = f"{row.score_pct} {row.published_rating}".strip()
            others = f"{old.place} {old.score_pct} {old.published_rating}".strip()
            faults.append(fault("score_conflict", row.place, found, which=row.code, others=others))
    return ScoreImport(
        added=tuple(added),
        changed=tuple(changed),
        same=tuple(same),
        faults=tuple(faults),
        notes=tuple(note for table in tables for note in table.notes),
        new_agencies={key: name for table in tables for key, name in table.new_agencies.items()},
        tables=tuple(tables),
    )


def write_import(plan: ScoreImport, data_dir: str | Path | None = None) -> list[Path]:
    """Write what an import changes, each file whole.

    Args:
        plan: The plan, without faults.
        data_dir: The data folder.

    Returns:
        The files that were written; none where nothing changes.

    Raises:
        DataError: The plan has faults; nothing is written.
        OutputError: A file could not be written.
    """
    if plan.faults:
        raise DataError(plan.faults)
    if not plan.added and not plan.changed:
        return []
    folder = data_folder(data_dir)
    target = folder / "scores" / IMPORTED
    held = list(load_score_file(target, data_dir).rows) if target.is_file() else []
    rows = {row.key: row for row in held}
    rows |= {row.key: row for row in (*plan.added, *(after for _, after in plan.changed))}
    written = [write_csv(target, COLUMNS, (rows[key].cells() for key in sorted(rows)))]
    if plan.new_agencies:
        written.append(_add_agencies(folder / AGENCIES_FILE, plan.new_agencies))
    return written


def write_rejects(table: ScoreTable, target: Path) -> Path:
    """Write the scores that were not accepted, each with its reason; the input is not touched.

    Raises:
        OutputError: The file could not be written.
    """
    rows = (
        (*reject.cells, str(reject.fault.place), reject.fault.problem, reject.fault.remedy)
        for reject in table.rejects
    )
    return write_csv(target, (*COLUMNS, "place", "problem", "remedy"), rows)


def _add_agencies(path: Path, new: dict[str, str]) -> Path:
    rows: list[tuple[str, ...]] = []
    columns: tuple[str, ...] = AGENCY_COLUMNS
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            columns = tuple(next(reader))
            rows = [tuple(row) for row in reader]
    for key, name in new.items():
        cells = {"agency_id": key, "name_th": name}
        rows.append(tuple(cells.get(column, "") for column in columns))
    return write_csv(path, columns, sorted(rows))
