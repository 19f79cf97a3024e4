"""Importing a report: read it, say what it would change, write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ita_analysis.documents import read_document
from ita_analysis.errors import DataError, Fault, Place, UsageError
from ita_analysis.frameworks import data_folder, load_framework
from ita_analysis.register.agencies import find_agency, load_agencies
from ita_analysis.register.build import build_rows
from ita_analysis.register.columns import Role, read_header
from ita_analysis.register.corrections import correct, load_corrections
from ita_analysis.register.mapping import draft_mapping
from ita_analysis.register.model import Measure, Note, Register
from ita_analysis.register.notes import note_message
from ita_analysis.register.row_faults import Rejected
from ita_analysis.register.sections import split_sections
from ita_analysis.register.store import MEASURES, load_register, register_folder, save_register
from ita_analysis.register.tables import HEADER_ROWS
from ita_analysis.texts import Texts, fault


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        register: The register as read.
        agency_id: Whose register it becomes.
        folder: Where it is written.
        is_new: There is no register of this agency and year yet.
        added: Numbers of measures that are new.
        changed: Numbers of measures that differ from those on disk.
        removed: Numbers of measures that are on disk only.
    """

    register: Register
    agency_id: str
    folder: Path
    is_new: bool
    added: tuple[int, ...]
    changed: tuple[int, ...]
    removed: tuple[int, ...]

    @property
    def is_same(self) -> bool:
        """Whether the register on disk already says all this."""
        return not (self.is_new or self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Report:
    """What was read of one document.

    Attributes:
        registers: One for each year; of several rounds of a year the latest.
        rejects: Rows that were not taken in.
        n_rows: Rows of data: accepted, rejected and repeated ones.
        n_accepted: Rows that became measures or part of one.
        n_duplicates: Rows that repeat another word for word.
        replaced_rounds: Rounds that a later round of the same year replaces.
    """

    registers: tuple[Register, ...]
    rejects: tuple[Rejected, ...]
    n_rows: int
    n_accepted: int
    n_duplicates: int
    replaced_rounds: tuple[int, ...] = ()

    @property
    def n_rejected(self) -> int:
        """Rows that were not taken in."""
        return sum(reject.n_rows for reject in self.rejects)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the rejected rows."""
        return tuple(each for reject in self.rejects for each in reject.faults)


def read_reports(
    path: Path,
    fiscal_year_be: int | None = None,
    data_dir: str | Path | None = None,
    mapping: Mapping[str, Role] | None = None,
) -> Report:
    """Read a document into registers, with the known errors of sources corrected.

    Args:
        path: The document.
        fiscal_year_be: The report's year; of a document with several, the one wanted.
        data_dir: The data folder.
        mapping: Roles by heading, where the user has said them.

    Raises:
        DataError: The file cannot be read, is no report of measures, or no row can be taken in.
    """
    document = read_document(path)
    frameworks = partial(load_framework, data_dir=data_dir)
    sections = split_sections(document, mapping)
    if fiscal_year_be is not None and len(sections) > 1:
        sections = tuple(each for each in sections if each.fiscal_year_be == fiscal_year_be)
        if not sections:
            place = Place(document.name)
            raise DataError(fault("no_such_year", place, str(fiscal_year_be)))
    builts = []
    for section in sections:
        year = section.fiscal_year_be or fiscal_year_be
        builts.append(build_rows(section.document, frameworks, year, mapping))
    rejects = tuple(reject for built in builts for reject in built.rejects)
    registers = [built.register for built in builts if built.register is not None]
    if not registers:
        raise DataError(each for reject in rejects for each in reject.faults)
    corrections = load_corrections(data_dir)
    kept, replaced = _latest_rounds(registers)
    n_measure_rows = sum(each.n_rows for built in builts for each in built.found.measures)
    n_duplicates = sum(len(built.found.duplicates) for built in builts)
    told = {each for reject in rejects for each in reject.faults}
    remarks = tuple(
        Note(
            code="remark", row=each.place.row, part=each.place.part, values={"words": each.problem}
        )
        for each in (*document.remarks, *(each for each in document.faults if each not in told))
    )
    return Report(
        registers=tuple(
            correct(
                each.model_copy(update={"notes": (*remarks, *each.notes)}), corrections, document
            )
            for each in kept
        ),
        rejects=rejects,
        n_rows=n_measure_rows + n_duplicates,
        n_accepted=n_measure_rows - sum(reject.n_rows for reject in rejects),
        n_duplicates=n_duplicates,
        replaced_rounds=replaced,
    )


def read_report(
    path: Path, fiscal_year_be: int | None = None, data_dir: str | Path | None = None
) -> Register:
    """Read a report of one year, whole or not at all.

    Raises:
        DataError: The file cannot be read, is no report of measures, has faulty rows, or speaks of
            several years.
    """
    report = read_reports(path, fiscal_year_be, data_dir)
    if report.rejects:
        raise DataError(report.faults)
    if len(report.registers) > 1:
        years = ", ".join(str(each.fiscal_year_be) for each in report.registers)
        raise DataError(fault("several_years", Place(path.name), years))
    return report.registers[0]


def draft_columns(path: Path) -> str:
    """Return a mapping file for the tables of a document, with what was recognised.

    Raises:
        DataError: The file cannot be read, or has no table whose header looks like a report's.
    """
    document = read_document(path)
    headers = []
    for table in document.tables:
        read = [read_header(row) for row in table.rows[:HEADER_ROWS]]
        likely = max(read, key=lambda header: header.n_report_roles)
        if likely.is_sure or likely.is_doubtful:
            headers.append(likely)
    if not headers:
        raise DataError(fault("no_register_table", Place(document.name)))
    return draft_mapping(headers)


def _latest_rounds(registers: list[Register]) -> tuple[list[Register], tuple[int, ...]]:
    """Of each year the register of the latest round; a report of 12 months tells the whole year."""
    latest: dict[int, Register] = {}
    replaced = []
    for register in registers:
        other = latest.get(register.fiscal_year_be)
        if other is not None:
            earlier = min(other, register, key=lambda each: each.round_months or 12)
            replaced.append(earlier.round_months or 12)
            if earlier is register:
                continue
        latest[register.fiscal_year_be] = register
    return list(latest.values()), tuple(replaced)


def plan_import(
    register: Register, agency_id: str | None = None, data_dir: str | Path | None = None
) -> ImportPlan:
    """Compare a register with what is on disk.

    Args:
        register: As read.
        agency_id: Whose it is; found by name in agencies.csv where None.
        data_dir: The data folder.

    Raises:
        UsageError: The agency is not in agencies.csv, or its name fits several.
    """
    agencies = load_agencies(data_dir)
    chosen = agency_id or find_agency(register.agency, agencies)
    if chosen is None or chosen not in agencies:
        path = str(data_folder(data_dir) / "agencies.csv")
        found = agency_id or register.agency.name_th or ""
        raise UsageError(fault("agency_not_listed", Place(path), found))
    folder = register_folder(chosen, register.fiscal_year_be, data_dir)
    is_new = not (folder / MEASURES).is_file()
    old = {} if is_new else _by_number(_on_disk(chosen, register, data_dir))
    new = _by_number(register)
    return ImportPlan(
        register=register,
        agency_id=chosen,
        folder=folder,
        is_new=is_new,
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(
            number for number in sorted(new.keys() & old.keys()) if new[number] != old[number]
        ),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def carry_out(plan: ImportPlan) -> None:
    """Write what the plan says."""
    save_register(plan.register, plan.folder, plan.agency_id)


def register_to_json(register: Register, texts: Texts) -> dict[str, Any]:
    """Return a register as the object that ``ita import --json`` prints; missing is None."""
    head = register.model_dump(mode="json", exclude={"measures", "notes", "coverage", "source"})
    measures = [
        {"round_months": register.round_months, **measure.model_dump(mode="json")}
        for measure in register.measures
    ]
    warnings = [
        {
            "code": note.code,
            "measure_no": note.measure_no,
            "row": note.row,
            "part": note.part or None,
            "message": note_message(note, texts),
        }
        for note in register.notes
    ]
    coverage = {**register.coverage.model_dump(), "share_pct": register.coverage.share_pct}
    return {**head, "measures": measures, "warnings": warnings, "coverage": coverage}


def _by_number(register: Register) -> dict[int, Measure]:
    return {measure.measure_no: measure for measure in register.measures}


def _on_disk(agency_id: str, register: Register, data_dir: str | Path | None) -> Register:
    """The register on disk; an unreadable one counts as empty, for an import replaces it."""
    try:
        return load_register(agency_id, register.fiscal_year_be, data_dir)
    except DataError:
        return register.model_copy(update={"measures": ()})
