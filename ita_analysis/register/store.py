"""Registers on disk: data/registers/<agency_id>/<fiscal year>/.

CSV is the source of truth: people edit it in Excel and compare versions. What is read back is
checked row by row, and every fault is named with its row and column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ita_analysis.documents.decode import decode
from ita_analysis.documents.yaml_text import load_yaml
from ita_analysis.errors import DataError, Fault, Place, UsageError
from ita_analysis.files import write_whole
from ita_analysis.frameworks import data_folder
from ita_analysis.register.model import AGENCY_ID, Measure, Obligation, Register
from ita_analysis.texts import fault
from ita_analysis.thai import to_arabic

MEASURES, OBLIGATIONS, SOURCE = "measures.csv", "obligations.csv", "source.yml"
_KEYS = ("agency_id", "fiscal_year_be")
_MEASURE_COLUMNS = tuple(name for name in Measure.model_fields if name != "obligations")
MEASURE_COLUMNS = (*_KEYS, "round_months", *_MEASURE_COLUMNS)
OBLIGATION_COLUMNS = (*_KEYS, "measure_no", *Obligation.model_fields)
_Model = TypeVar("_Model", bound=BaseModel)


def register_folder(
    agency_id: str, fiscal_year_be: int, data_dir: str | Path | None = None
) -> Path:
    """Return the folder of one register, whether or not it exists.

    Raises:
        UsageError: The agency id has characters that may not reach a path.
    """
    if not re.fullmatch(AGENCY_ID, agency_id):
        raise UsageError(fault("bad_agency_id", found=agency_id))
    return data_folder(data_dir) / "registers" / agency_id / str(int(fiscal_year_be))


def save_register(register: Register, folder: Path, agency_id: str) -> None:
    """Write measures.csv, obligations.csv and source.yml, each whole or not at all."""
    keys = {"agency_id": agency_id, "fiscal_year_be": register.fiscal_year_be}
    measures, obligations = [], []
    for measure in register.measures:
        row = {**keys, "round_months": register.round_months, **measure.model_dump(mode="json")}
        measures.append(row)
        obligations += [
            {**keys, "measure_no": measure.measure_no, **obligation.model_dump(mode="json")}
            for obligation in measure.obligations
        ]
    write_whole(folder / MEASURES, _csv(MEASURE_COLUMNS, measures))
    write_whole(folder / OBLIGATIONS, _csv(OBLIGATION_COLUMNS, obligations))
    head = register.model_dump(mode="json", exclude={"measures"})
    text = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=100)
    write_whole(folder / SOURCE, text.encode("utf-8"))


def load_register(
    agency_id: str, fiscal_year_be: int, data_dir: str | Path | None = None
) -> Register:
    """Read one register and check it.

    Raises:
        DataError: There is no such register, or its files are faulty (every fault is named).
    """
    folder = register_folder(agency_id, fiscal_year_be, data_dir)
    if not (folder / MEASURES).is_file():
        raise DataError(
            fault("no_register", Place(str(folder)), found=f"{agency_id} {fiscal_year_be}")
        )
    faults: list[Fault] = []
    keys = {"agency_id": agency_id, "fiscal_year_be": str(fiscal_year_be)}
    obligations: dict[int, list[Obligation]] = {}
    for place, row in _rows(folder / OBLIGATIONS, OBLIGATION_COLUMNS, keys, faults):
        number = row.pop("measure_no")
        obligation = _checked(Obligation, row, place, faults)
        if obligation is not None and str(number).isdecimal():
            obligations.setdefault(int(number), []).append(obligation)
        elif obligation is not None:
            faults.append(fault("bad_value", place, str(number), reason="measure_no"))
    measures: dict[int, Measure] = {}
    for place, row in _rows(folder / MEASURES, MEASURE_COLUMNS, keys, faults):
        row.pop("round_months")
        measure = _checked(Measure, row, place, faults)
        if measure is None:
            continue
        if measure.measure_no in measures:
            faults.append(fault("doubled_key", place, str(measure.measure_no)))
        own = tuple(obligations.pop(measure.measure_no, ()))
        measures[measure.measure_no] = measure.model_copy(update={"obligations": own})
    faults += [
        fault("unknown_measure", Place(OBLIGATIONS), str(number)) for number in sorted(obligations)
    ]
    head = _head(folder / SOURCE, faults)
    if faults:
        raise DataError(faults)
    return Register.model_validate({**head, "measures": tuple(measures.values())})


def list_registers(data_dir: str | Path | None = None) -> list[tuple[str, int]]:
    """Return agency id and fiscal year of every register there is, in order."""
    folders = (data_folder(data_dir) / "registers").glob(f"*/*/{MEASURES}")
    found = [(path.parent.parent.name, path.parent.name) for path in folders]
    return sorted((agency_id, int(year)) for agency_id, year in found if year.isdecimal())


def list_years(agency_id: str, data_dir: str | Path | None = None) -> list[int]:
    """Return the fiscal years of one agency's registers, in order.

    Args:
        agency_id: Key of the agency; only its own folders are looked at, of thousands.
        data_dir: The data folder.
    """
    folders = (data_folder(data_dir) / "registers" / agency_id).glob(f"*/{MEASURES}")
    years = (path.parent.name for path in folders)
    return sorted(int(year) for year in years if year.isdecimal())


def _csv(columns: Iterable[str], rows: list[dict[str, Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _text(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _text(value: object) -> object:
    if isinstance(value, list):
        joint = "; " if any(isinstance(each, str) for each in value) else ";"
        return joint.join(str(each) for each in value)
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _rows(
    path: Path, columns: tuple[str, ...], keys: dict[str, str], faults: list[Fault]
) -> Iterable[tuple[Place, dict[str, Any]]]:
    """Rows of a file as dictionaries without the keys; empty cells are missing."""
    if not path.is_file():
        faults.append(fault("no_such_file", Place(path.name)))
        return
    text, _ = decode(path.read_bytes(), path.name)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    extra = [name for name in reader.fieldnames or () if name not in columns]
    if missing or extra:
        words = ", ".join([*(f"-{name}" for name in missing), *(f"+{name}" for name in extra)])
        faults.append(
            fault("wrong_columns", Place(path.name, row=1), words, allowed=", ".join(columns))
        )
        return
    for number, row in enumerate(reader, 2):
        place = Place(path.name, row=number)
        if None in row or None in row.values():
            faults.append(fault("wrong_number_of_cells", place, allowed=len(columns)))
            continue
        values: dict[str, Any] = {name: value.strip() or None for name, value in row.items()}
        for name, expected in keys.items():
            found = values.pop(name)
            if to_arabic(found or "") != expected:
                at = Place(path.name, row=number, column=name)
                faults.append(fault("wrong_key", at, found or "", allowed=expected))
        yield place, values


def _checked(
    model: type[_Model], row: dict[str, Any], place: Place, faults: list[Fault]
) -> _Model | None:
    given = {name: value for name, value in row.items() if value is not None}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        for each in error.errors():
            column = str(each["loc"][0]) if each["loc"] else ""
            at = Place(place.file, row=place.row, column=column)
            faults.append(fault("bad_value", at, str(row.get(column) or ""), reason=each["msg"]))
        return None


def _head(path: Path, faults: list[Fault]) -> dict[str, Any]:
    try:
        head = load_yaml(path.read_text(encoding="utf-8"))
        Register.model_validate({**head, "measures": ()})
    except FileNotFoundError:
        faults.append(fault("no_such_file", Place(path.name)))
    except (yaml.YAMLError, ValidationError, TypeError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:200]
        faults.append(fault("bad_file", Place(path.name), reason=reason))
    else:
        return dict(head)
    return {}
