"""Reading a score file whole: rows, rejects, faults and notes, with nothing lost between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ita_analysis.documents import read_sheets
from ita_analysis.errors import DataError, Fault
from ita_analysis.frameworks import data_folder, known_years, load_framework
from ita_analysis.register.agencies import FILE as AGENCIES_FILE
from ita_analysis.register.agencies import Agency, load_agencies
from ita_analysis.scores.checks import convert_weighted, group_faults, group_rows, settle
from ita_analysis.scores.entries import Entry, read_entries
from ita_analysis.scores.model import Reject, ScoreRow, ScoreTable
from ita_analysis.scores.rows import RowReader
from ita_analysis.texts import fault

MAX_SHEET_ROWS = 200_000
"""Most rows of a sheet of scores in a workbook; larger tables come as CSV."""


def load_score_file(
    path: str | Path,
    data_dir: str | Path | None = None,
    agencies: Mapping[str, Agency] | None = None,
) -> ScoreTable:
    """Read one score file, long or wide, CSV or XLSX.

    Args:
        path: The file.
        data_dir: The data folder, for frameworks and the list of agencies.
        agencies: The list of agencies; read from the data folder where None.

    Returns:
        What was read. Faults of rows do not stop the reading: look at ``faults``.

    Raises:
        DataError: The file as a whole cannot be read, or there is no framework at all.
    """
    file = Path(path)
    years = known_years(data_dir)
    if not years:
        load_framework(0, data_dir)  # raises, with the remedy
    framework = load_framework(years[-1], data_dir)
    reading = read_entries(read_sheets(file, MAX_SHEET_ROWS), framework)
    if agencies is None:
        agencies = known_agencies(data_dir)
    reader = RowReader(agencies, data_dir, file.name)
    rows: list[ScoreRow] = []
    weighted: set[tuple[str, int]] = set()
    rejects = [Reject(wrong, cells) for wrong, cells in reading.rejected_rows]
    n_missing = 0
    for entry in reading.entries:
        result = reader.read(entry)
        if result.row is not None:
            rows.append(result.row)
            if entry.is_weighted:
                weighted.add((result.row.agency_id, result.row.fiscal_year_be))
        elif result.faults:
            rejects.append(Reject(result.faults[0], _cells(entry)))
            reading.faults += result.faults
        else:
            n_missing += 1
    kept, conflicts, n_duplicates = settle(rows)
    rejects += [Reject(wrong, row.cells()) for row, wrong in conflicts]
    reading.faults += [wrong for _, wrong in conflicts]
    accepted, doubts, notes = _settle_groups(kept, weighted, data_dir)
    return ScoreTable(
        rows=tuple(accepted),
        rejects=tuple(rejects),
        faults=tuple(sorted([*reading.faults, *doubts], key=_order)),
        notes=(*reading.notes, *reader.notes, *notes),
        n_entries=len(reading.entries) + len(reading.rejected_rows),
        n_duplicates=n_duplicates,
        n_missing=n_missing,
        new_agencies=reader.new_agencies,
    )


def load_score_files(
    paths: list[Path], data_dir: str | Path | None = None
) -> tuple[list[ScoreRow], list[Fault], list[Fault]]:
    """Read several score files as one body of scores.

    Returns:
        The rows whose keys do not conflict across the files, all faults, and all notes.
    """
    rows: list[ScoreRow] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    for path in paths:
        try:
            table = load_score_file(path, data_dir)
        except DataError as error:
            faults += error.faults
            continue
        rows += table.rows
        faults += table.faults
        notes += table.notes
    kept, conflicts, _ = settle(rows)
    return kept, faults + [wrong for _, wrong in conflicts], notes


def _settle_groups(
    rows: list[ScoreRow], weighted: set[tuple[str, int]], data_dir: str | Path | None
) -> tuple[list[ScoreRow], list[Fault], list[Fault]]:
    accepted: list[ScoreRow] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    for key, group in group_rows(rows).items():
        framework = load_framework(key[1], data_dir)
        converted, wrong = convert_weighted(framework, group, key in weighted)
        if wrong is not None:
            faults.append(wrong)
        accepted += converted
        faults += group_faults(converted, framework)
    parts = [row for row in accepted if row.is_converted]
    if parts:
        place = parts[0].place
        shown = f"{parts[0].code} {parts[0].score_pct}"
        notes.append(fault("weighted_parts_converted", place, shown, n=len(parts)))
    return accepted, faults, notes


def known_agencies(data_dir: str | Path | None = None) -> Mapping[str, Agency]:
    """Return the list of agencies; an empty one where the data folder has none yet.

    Raises:
        DataError: The list is faulty.
    """
    if not (data_folder(data_dir) / AGENCIES_FILE).is_file():
        return {}
    return load_agencies(data_dir)


def _cells(entry: Entry) -> tuple[str, ...]:
    fields = entry.fields
    return (
        fields.get("agency_id", ""),
        fields.get("agency_name_th", ""),
        fields.get("fiscal_year_be", ""),
        entry.level,
        entry.code,
        entry.score,
        fields.get("published_rating", ""),
        fields.get("data_kind", ""),
        fields.get("source", ""),
        fields.get("is_mean", ""),
    )


def _order(wrong: Fault) -> tuple[str, str, int]:
    return wrong.place.file, wrong.place.part, wrong.place.row or 0
