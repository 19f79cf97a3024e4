"""Which agencies and years the data hold, read from folder names and three columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.texts import fault

AgencyYear = tuple[str, int]
"""An agency id and a fiscal year (BE)."""

_AGENCY_ID = re.compile(r"[a-z0-9-]{1,60}")
_COLUMNS = ("agency_id", "fiscal_year_be", "level")
_YEAR = re.compile(r"2[5-6]\d\d")


@dataclass(frozen=True)
class Holdings:
    """What a data folder holds; each part is read when it is first asked for.

    Attributes:
        data: The data folder.
    """

    data: Path

    @cached_property
    def registers(self) -> frozenset[AgencyYear]:
        """Agencies and years with a register of measures.

        Raises:
            DataError: A folder's name is no agency id or no fiscal year (BE), so that the
                register in it would be passed over in silence.
        """
        found: set[AgencyYear] = set()
        faults: list[Fault] = []
        for path in sorted((self.data / "registers").glob("*/*/measures.csv")):
            agency_id, year = path.parts[-3:-1]
            if _AGENCY_ID.fullmatch(agency_id) and _YEAR.fullmatch(year):
                found.add((agency_id, int(year)))
            else:
                place = Place(file=f"registers/{agency_id}/{year}")
                faults.append(fault("register_folder_name", place))
        if faults:
            raise DataError(faults)
        return frozenset(found)

    @cached_property
    def scores(self) -> frozenset[AgencyYear]:
        """Agencies and years with at least one score."""
        return frozenset(key for key, _ in self._score_rows)

    @cached_property
    def scores_over_years(self) -> frozenset[AgencyYear]:
        """Agencies and years with a score to which there is an earlier one."""
        first: dict[str, int] = {}
        for agency_id, year in self.scores:
            first[agency_id] = min(year, first.get(agency_id, year))
        return frozenset(key for key in self.scores if key[1] > first[key[0]])

    @cached_property
    def detailed_scores(self) -> frozenset[AgencyYear]:
        """Agencies and years whose scores say more than one total alone."""
        parts = frozenset(key for key, level in self._score_rows if level != "overall")
        return parts | self.scores_over_years

    @cached_property
    def _score_rows(self) -> frozenset[tuple[AgencyYear, str]]:
        paths = sorted((self.data / "scores").glob("*.csv"))
        return frozenset(row for path in paths for row in _score_rows(path))


def _score_rows(path: Path) -> Iterator[tuple[AgencyYear, str]]:
    """Yield key and level of each row; what is no id or year is left to the score checks."""
    # Only ids and years are read here, which are ASCII in every encoding that score files have.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file)
        columns = {name: at for at, name in enumerate(next(rows, []))}
        places = [columns.get(name, -1) for name in _COLUMNS]
        # A country has a million rows; only what differs is looked at.
        distinct = {tuple(_cell(row, at) for at in places) for row in rows}
    for agency_id, year, level in distinct:
        if _AGENCY_ID.fullmatch(agency_id) and _YEAR.fullmatch(year):
            yield (agency_id, int(year)), level


def _cell(row: list[str], at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""
