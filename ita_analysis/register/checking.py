"""Everything that is wrong with the agencies, corrections and registers of a data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.register.agencies import Agency, load_agencies
from ita_analysis.register.corrections import load_corrections
from ita_analysis.register.store import list_registers, load_register
from ita_analysis.texts import fault


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """What a check of a data folder found.

    Attributes:
        n_agencies: Agencies listed.
        n_registers: Registers found, faulty ones included.
        faults: Every fault of every file.
    """

    n_agencies: int
    n_registers: int
    faults: tuple[Fault, ...]


def check_registers(data_dir: str | Path | None = None) -> RegisterCheck:
    """Read everything about registers in a data folder and collect all faults."""
    faults: list[Fault] = []
    agencies: dict[str, Agency] = {}
    with _collecting(faults):
        agencies = load_agencies(data_dir)
    with _collecting(faults):
        load_corrections(data_dir)
    registers = list_registers(data_dir)
    for agency_id, year in registers:
        with _collecting(faults, f"registers/{agency_id}/{year}"):
            load_register(agency_id, year, data_dir)
        if agencies and agency_id not in agencies:
            faults.append(fault("agency_not_listed", Place("agencies.csv"), agency_id))
    return RegisterCheck(len(agencies), len(registers), tuple(faults))


@contextmanager
def _collecting(faults: list[Fault], folder: str = "") -> Iterator[None]:
    """Add the faults that are raised within to the list, with their folder, and go on."""
    try:
        yield
    except DataError as error:
        faults += [
            replace(each, place=replace(each.place, file=f"{folder}/{each.place.file}"))
            if folder
            else each
            for each in error.faults
        ]
