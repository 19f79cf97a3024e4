"""Everything a notebook needs of one agency's register: loaded and checked in one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ita_analysis.frameworks import Framework, load_framework
from ita_analysis.register.agencies import Agency, listed_agency, load_agencies
from ita_analysis.register.frames import measures_frame, obligations_frame
from ita_analysis.register.model import Register
from ita_analysis.register.store import load_register


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """One agency's register of one fiscal year, with the rules of that year.

    Attributes:
        agency: The agency as agencies.csv lists it.
        fiscal_year_be: Fiscal year, Buddhist Era.
        register: The register as validated.
        framework: The year's rules.
        measures: One row per measure, see :func:`ita_analysis.register.frames.measures_frame`.
        obligations: One row per obligation, see
            :func:`ita_analysis.register.frames.obligations_frame`.
    """

    agency: Agency
    fiscal_year_be: int
    register: Register
    framework: Framework
    measures: pd.DataFrame
    obligations: pd.DataFrame


def open_register(
    agency_id: str, fiscal_year_be: int, data_dir: str | Path | None = None
) -> RegisterCase:
    """Load the register of one agency and fiscal year.

    Args:
        agency_id: Key in agencies.csv.
        fiscal_year_be: Fiscal year, Buddhist Era.
        data_dir: The data folder; the shipped one where None.

    Raises:
        UsageError: The agency is not listed.
        DataError: There is no such register, or the data are faulty.
    """
    agency = listed_agency(agency_id, load_agencies(data_dir), data_dir)
    register = load_register(agency_id, fiscal_year_be, data_dir)
    return case_of(agency, register, load_framework(fiscal_year_be, data_dir))


def case_of(agency: Agency, register: Register, framework: Framework) -> RegisterCase:
    """Return the case of a register that has been loaded already."""
    return RegisterCase(
        agency=agency,
        fiscal_year_be=register.fiscal_year_be,
        register=register,
        framework=framework,
        measures=measures_frame(register),
        obligations=obligations_frame(register),
    )
