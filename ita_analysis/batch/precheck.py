"""Faulty data are found before any kernel starts.

A line with file and row comes sooner that way, and helps more than the end of a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ita_analysis.batch.plan import Task
from ita_analysis.errors import DataError, Fault, OutputError, Place
from ita_analysis.register.agencies import Agency
from ita_analysis.register.store import load_register
from ita_analysis.scores import compile_scores
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
    check = _Check(data, agencies)
    found = {task.key: check.faults(task) for task in tasks}
    return {key: DataError(faults) for key, faults in found.items() if faults}


@dataclass
class _Check:
    """Looks at each part of the data once.

    Attributes:
        data: The data folder.
        agencies: The agencies there are.
    """

    data: Path
    agencies: dict[str, Agency]
    _registers: dict[str, tuple[Fault, ...]] = field(default_factory=dict)

    def faults(self, task: Task) -> tuple[Fault, ...]:
        """Return the faults of all that a report rests on."""
        if task.agency_id not in self.agencies:
            place = Place(file="agencies.csv")
            return (fault("data_of_unlisted_agency", place, found=task.agency_id),)
        found: tuple[Fault, ...] = ()
        if task.notebook.needs in _REGISTER_NEEDED:
            if task.folder not in self._registers:
                self._registers[task.folder] = _register_faults(task, self.data)
            found += self._registers[task.folder]
        if "scores" in task.notebook.needs:
            found += self._score_faults
        return found

    @cached_property
    def _score_faults(self) -> tuple[Fault, ...]:
        """Compile the scores, once for all workers; every report on scores rests on all files."""
        try:
            compile_scores(self.data)
        except DataError as error:
            return tuple(error.faults)
        except OutputError:
            return ()  # no fault of the data: each report says that nothing could be written
        return ()


def _register_faults(task: Task, data: Path) -> tuple[Fault, ...]:
    try:
        load_register(task.agency_id, task.fiscal_year_be, data)
    except DataError as error:
        folder = f"registers/{task.agency_id}/{task.fiscal_year_be}"
        return tuple(_placed(found, folder) for found in error.faults)
    return ()


def _placed(found: Fault, folder: str) -> Fault:
    """Return the fault with the register's folder before its file's bare name."""
    if "/" in found.place.file or "\\" in found.place.file:
        return found
    return replace(found, place=replace(found.place, file=f"{folder}/{found.place.file}"))
