"""Importing a report: read it, say what it would change, write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ita_analysis.documents import read_document
from ita_analysis.errors import DataError, Place, UsageError
from ita_analysis.frameworks import data_folder, load_framework
from ita_analysis.register.agencies import find_agency, load_agencies
from ita_analysis.register.build import build_register
from ita_analysis.register.corrections import correct, load_corrections
from ita_analysis.register.model import Measure, Register
from ita_analysis.register.notes import note_message
from ita_analysis.register.store import MEASURES, load_register, register_folder, save_register
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


def read_report(
    path: Path, fiscal_year_be: int | None = None, data_dir: str | Path | None = None
) -> Register:
    """Read a report document into a register, with the known errors of sources corrected.

    Raises:
        DataError: The file cannot be read or is no report of measures.
    """
    document = read_document(path)
    register = build_register(document, partial(load_framework, data_dir=data_dir), fiscal_year_be)
    return correct(register, load_corrections(data_dir), document)


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
