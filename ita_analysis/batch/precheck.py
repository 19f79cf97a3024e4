"""Faulty data are found before any kernel starts.

A line with file and row comes sooner that way, and helps more than the end of a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ita_analysis.batch.plan import Task
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.register.agencies import Agency
from ita_analysis.register.store import load_register
from ita_analysis.texts import fault

_REGISTER_NEEDED = frozenset({"register", "register_and_scores"})


def find_faulty(
    tasks: Iterable[Task], data: Path, agencies: dict[str, Agency]
) -> dict[str, DataError]:
    """Return the faults of the data that single reports rest on.

    Args:
        tasks: The reports that are due.
        data: The data folder.
        agencies: The agencies there are.

    Returns:
        Key of a report -> what is wrong with its data; sound reports are not in it.
    """
    checked: dict[str, DataError | None] = {}
    faulty: dict[str, DataError] = {}
    for task in tasks:
        if task.agency_id not in agencies:
            place = Place(file="agencies.csv")
            faulty[task.key] = DataError(
                fault("data_of_unlisted_agency", place, found=task.agency_id)
            )
            continue
        if task.notebook.needs not in _REGISTER_NEEDED:
            continue
        if task.folder not in checked:
            checked[task.folder] = _check_register(task, data)
        error = checked[task.folder]
        if error is not None:
            faulty[task.key] = error
    return faulty


def _check_register(task: Task, data: Path) -> DataError | None:
    try:
        load_register(task.agency_id, task.fiscal_year_be, data)
    except DataError as error:
        folder = f"registers/{task.agency_id}/{task.fiscal_year_be}"
        return DataError(_placed(found, folder) for found in error.faults)
    return None


def _placed(found: Fault, folder: str) -> Fault:
    """Return the fault with the register's folder before its file's bare name."""
    if "/" in found.place.file or "\\" in found.place.file:
        return found
    return replace(found, place=replace(found.place, file=f"{folder}/{found.place.file}"))
