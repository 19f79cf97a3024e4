"""Reading the frameworks of the years from ``data/frameworks``."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from ita_analysis.documents.yaml_text import load_yaml
from ita_analysis.errors import DataError, Fault, Place
from ita_analysis.files import kept_while_unchanged
from ita_analysis.frameworks.folders import data_folder
from ita_analysis.frameworks.framework import Framework
from ita_analysis.texts import fault

FOLDER = "frameworks"


def known_years(data_dir: str | Path | None = None) -> list[int]:
    """Return the fiscal years (BE) that have a framework, in order."""
    folder = data_folder(data_dir) / FOLDER
    return sorted(int(file.stem) for file in folder.glob("*.yml") if file.stem.isdecimal())


def load_framework(fiscal_year_be: int, data_dir: str | Path | None = None) -> Framework:
    """Return the rules of one fiscal year.

    Args:
        fiscal_year_be: Fiscal year in the Buddhist Era, for example 2566.
        data_dir: The data folder; by default as :func:`data_folder` finds it.

    Raises:
        DataError: There is no framework for this year (the fault names the years there are and
            how to add one), or its file is faulty (every fault with its place in the file).
    """
    file = data_folder(data_dir) / FOLDER / f"{int(fiscal_year_be)}.yml"
    if not file.is_file():
        years = ", ".join(str(year) for year in known_years(data_dir)) or "-"
        raise DataError(
            fault(
                "unknown_framework_year",
                Place(file=f"{FOLDER}/{file.name}"),
                found=str(fiscal_year_be),
                years=years,
                folder=str(file.parent),
            )
        )
    return _read(file)


def check_frameworks(data_dir: str | Path | None = None) -> list[Fault]:
    """Return every fault of every year's framework."""
    faults: list[Fault] = []
    for year in known_years(data_dir):
        try:
            load_framework(year, data_dir)
        except DataError as error:
            faults += error.faults
    return faults


@kept_while_unchanged
def _read(file: Path) -> Framework:
    place = Place(file=f"{FOLDER}/{file.name}")
    try:
        content = load_yaml(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise DataError(fault("framework_unreadable", place, reason=reason)) from error
    try:
        framework = Framework.model_validate(content)
    except ValidationError as error:
        faults = [
            fault(
                "framework_faulty",
                Place(file=place.file, column=".".join(str(step) for step in each["loc"])),
                found="" if isinstance(each["input"], dict) else str(each["input"]),
                reason=each["msg"],
            )
            for each in error.errors()
        ]
        raise DataError(faults) from error
    if framework.fiscal_year_be != int(file.stem):
        found = str(framework.fiscal_year_be)
        raise DataError(
            fault("framework_wrong_year", place, found=found, fiscal_year_be=int(file.stem))
        )
    return framework
