"""The national result by year: data/national.csv."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ita_analysis.documents.decode import decode
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.files import kept_while_unchanged
from ita_analysis.frameworks import data_folder
from ita_analysis.texts import fault

FILE = "national.csv"
Percent = Annotated[float, Field(ge=0, le=100)]


class NationalYear(BaseModel):
    """The national result of one fiscal year.

    Attributes:
        fiscal_year_be: Fiscal year in the Buddhist Era; the key.
        n_agencies: Number of agencies assessed; None where unknown.
        mean_score_pct: Mean overall score of all agencies; None where unknown.
        n_passed: Number of agencies at 85 or over; None where unknown.
        share_passed_pct: Their share; None where unknown.
        is_derived: Whether the figures were computed from other published ones, as the note says.
        source: Address.
        note_th: Remark in Thai; empty where there is none.
        note_en: Remark in English; empty where there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fiscal_year_be: Annotated[int, Field(ge=2557, le=2600)]
    n_agencies: Annotated[int, Field(gt=0)] | None = None
    mean_score_pct: Percent | None = None
    n_passed: Annotated[int, Field(ge=0)] | None = None
    share_passed_pct: Percent | None = None
    is_derived: bool = False
    source: str = Field(min_length=1)
    note_th: str = ""
    note_en: str = ""

    @field_validator("n_agencies", "mean_score_pct", "n_passed", "share_passed_pct", mode="before")
    @classmethod
    def _empty_is_missing(cls, value: object) -> object:
        return None if value == "" else value


def load_national(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Return the national result by year.

    Args:
        data_dir: The data folder.

    Returns:
        Columns as in :class:`NationalYear`, one row a year in order; no rows where the data folder
        has no such file.

    Raises:
        DataError: Rows are faulty (all of them are named), or a year stands twice.
    """
    path = data_folder(data_dir) / FILE
    records = _read(path) if path.is_file() else ()
    frame = pd.DataFrame(records, columns=list(NationalYear.model_fields))
    return frame.astype({"n_agencies": "Int64", "n_passed": "Int64"})


@kept_while_unchanged
def _read(path: Path) -> tuple[dict[str, object], ...]:
    rows: dict[int, NationalYear] = {}
    faults: list[Fault] = []
    text = decode(path.read_bytes(), FILE)[0]
    for number, cells in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        try:
            row = NationalYear.model_validate(cells)
        except ValidationError as error:
            for each in error.errors():
                place = Place(FILE, row=number, column=str(each["loc"][0]))
                found = str(each["input"])
                faults.append(fault("score_row_faulty", place, found, reason=each["msg"]))
            continue
        if row.fiscal_year_be in rows:
            place = Place(FILE, row=number, column="fiscal_year_be")
            faults.append(fault("national_year_doubled", place, str(row.fiscal_year_be)))
        rows[row.fiscal_year_be] = row
    if faults:
        raise DataError(faults)
    return tuple(rows[year].model_dump() for year in sorted(rows))
