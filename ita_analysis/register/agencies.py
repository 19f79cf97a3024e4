"""The list of agencies: data/agencies.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_analysis.documents.decode import decode
from ita_analysis.errors import DataError, Fault, Place, UsageError
from ita_analysis.files import kept_while_unchanged
from ita_analysis.frameworks import data_folder
from ita_analysis.register.model import AGENCY_ID, AgencyHead
from ita_analysis.texts import fault

FILE = "agencies.csv"


class Agency(BaseModel):
    """One row of agencies.csv.

    Attributes:
        agency_id: Key; the only part of it that ever reaches a path.
        name_th: Full Thai name.
        name_en: English name; empty where there is none.
        agency_type: Kind of agency.
        district_th: District; empty where it has none or it is unknown.
        province_th: Province; empty where it has none or it is unknown.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    agency_id: str = Field(pattern=AGENCY_ID)
    name_th: str = Field(min_length=1)
    name_en: str = ""
    agency_type: str = ""
    district_th: str = ""
    province_th: str = ""

    def name(self, lang: str) -> str:
        """Return the name in a language; the Thai one where there is no other."""
        return self.name_en or self.name_th if lang == "en" else self.name_th


def load_agencies(data_dir: str | Path | None = None) -> dict[str, Agency]:
    """Return the agencies by their id, in the order of the file.

    Raises:
        DataError: The file is missing, or rows are faulty (all of them are named).
    """
    path = data_folder(data_dir) / FILE
    if not path.is_file():
        raise DataError(fault("no_such_file", Place(str(path))))
    return dict(_read(path))


@kept_while_unchanged
def _read(path: Path) -> dict[str, Agency]:
    text, _ = decode(path.read_bytes(), FILE)
    agencies: dict[str, Agency] = {}
    faults: list[Fault] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        try:
            agency = Agency.model_validate(row)
        except ValidationError as error:
            for each in error.errors():
                column = str(each["loc"][0])
                place = Place(FILE, row=number, column=column)
                faults.append(
                    fault("bad_value", place, str(row.get(column) or ""), reason=each["msg"])
                )
            continue
        if agency.agency_id in agencies:
            place = Place(FILE, row=number, column="agency_id")
            faults.append(fault("doubled_key", place, agency.agency_id))
        agencies[agency.agency_id] = agency
    if faults:
        raise DataError(faults)
    return agencies


def listed_agency(
    agency_id: str, agencies: Mapping[str, Agency], data_dir: str | Path | None = None
) -> Agency:
    """Return an agency of the list.

    Raises:
        UsageError: The agency is not listed.
    """
    if agency_id not in agencies:
        path = str(data_folder(data_dir) / FILE)
        raise UsageError(fault("agency_not_listed", Place(path), agency_id))
    return agencies[agency_id]


def find_agency(head: AgencyHead, agencies: dict[str, Agency]) -> str | None:
    """Return the id of the one agency with this name (and province, where both are known)."""
    matches = [
        agency.agency_id
        for agency in agencies.values()
        if agency.name_th == head.name_th
        and (not head.province_th or agency.province_th in ("", head.province_th))
    ]
    return matches[0] if len(matches) == 1 else None
