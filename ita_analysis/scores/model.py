"""A score that has been read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ita_analysis.errors import Fault, Place
from ita_analysis.scores.values import Level

DataKind = Literal["published", "agency", "synthetic"]
DATA_KINDS: tuple[DataKind, ...] = ("published", "agency", "synthetic")
AGENCY_ID = r"^[a-z0-9-]{1,60}$"

COLUMNS = (
    "agency_id",
    "agency_name_th",
    "fiscal_year_be",
    "level",
    "code",
    "score_pct",
    "published_rating",
    "data_kind",
    "source",
    "is_mean",
)
"""Columns of a score file in its long form, in order."""


def joint_data_kind(kinds: Iterable[str]) -> DataKind:
    """Return the kind of what rests on data of several kinds.

    ``synthetic`` if any are, ``published`` if all are, else ``agency``.
    """
    found = set(kinds)
    if "synthetic" in found:
        return "synthetic"
    return "published" if found == {"published"} else "agency"


class ScoreRow(BaseModel):
    """One score of one agency in one year: one row of ``data/scores/*.csv``.

    Attributes:
        agency_id: Key of the agency.
        agency_name_th: Its name as written.
        fiscal_year_be: Fiscal year in the Buddhist Era.
        level: overall, tool, indicator, sub_indicator or item.
        code: overall, IIT, 9, 9.2, o42, e6, i1.
        score_pct: 0 to 100.
        published_rating: The rating as published; empty where none was.
        data_kind: published, agency (its own record) or synthetic.
        source: Address or name of the source.
        is_mean: Whether this is a mean over many agencies, not one agency.
        place: Where it stands in its file.
        is_converted: Whether it was a weighted part and was converted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    agency_id: Annotated[str, Field(pattern=AGENCY_ID)]
    agency_name_th: str
    fiscal_year_be: Annotated[int, Field(ge=2557, le=2600)]
    level: Level
    code: Annotated[str, Field(min_length=1)]
    score_pct: Annotated[Decimal, Field(ge=0, le=100)]
    published_rating: str = ""
    data_kind: DataKind = "agency"
    source: str = ""
    is_mean: bool = False
    place: Place = Place()
    is_converted: bool = False

    @property
    def key(self) -> tuple[str, int, str]:
        """Agency, year and code: what a score is of."""
        return self.agency_id, self.fiscal_year_be, self.code

    def cells(self) -> tuple[str, ...]:
        """Return the row in the order of :data:`COLUMNS`, as text."""
        return (
            self.agency_id,
            self.agency_name_th,
            str(self.fiscal_year_be),
            self.level,
            self.code,
            format(self.score_pct, "f"),
            self.published_rating,
            self.data_kind,
            self.source,
            "true" if self.is_mean else "false",
        )


@dataclass(frozen=True, slots=True)
class Reject:
    """A score that was not accepted.

    Attributes:
        fault: Why.
        cells: The row's words: agency, year, code and score as written.
    """

    fault: Fault
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """All that a score file gave. Entries in = rows + rejects + n_duplicates + n_missing.

    Attributes:
        rows: The accepted scores.
        rejects: The scores not accepted, each with its reason.
        faults: Everything that is wrong, in the order of the file; the rejects' faults included.
        notes: What a reader should know and need not mend.
        n_entries: Scores in the file.
        n_duplicates: Exact repetitions, counted once.
        n_missing: Cells that say that there is no score.
        new_agencies: Names of agencies that are not in the list, by the key they were given.
    """

    rows: tuple[ScoreRow, ...]
    rejects: tuple[Reject, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    n_entries: int
    n_duplicates: int
    n_missing: int
    new_agencies: dict[str, str]
