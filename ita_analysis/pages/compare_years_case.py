"""Everything a notebook needs of one agency's scores over the years, loaded in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ita_analysis.analysis.comparison_peers import peer_bands
from ita_analysis.errors import DataError, Place
from ita_analysis.frameworks import Framework, known_years, load_framework
from ita_analysis.register.agencies import Agency, listed_agency, load_agencies
from ita_analysis.scores import load_national, load_overview, load_scores
from ita_analysis.texts import fault

UNKNOWN_TYPE = "ไม่ทราบ"
"""What agencies.csv says of an agency whose type is not known: no group to compare with."""


@dataclass(frozen=True, slots=True)
class ScoreCase:
    """One agency's scores up to a fiscal year, with the rules and what they are compared with.

    Attributes:
        agency: The agency as agencies.csv lists it.
        fiscal_year_be: The last year to look at.
        scores: Its scores up to that year, as :func:`ita_analysis.scores.load_scores`.
        frameworks: The rules by year, from the first year with scores to the last.
        national: The national result by year.
        peers: The band of its peers by year.
    """

    agency: Agency
    fiscal_year_be: int
    scores: pd.DataFrame
    frameworks: Mapping[int, Framework]
    national: pd.DataFrame
    peers: pd.DataFrame


def open_scores(
    agency_id: str, fiscal_year_be: int, data_dir: str | Path | None = None
) -> ScoreCase:
    """Load the scores of one agency up to and including a fiscal year.

    Args:
        agency_id: Key in agencies.csv.
        fiscal_year_be: The last year to look at, Buddhist Era.
        data_dir: The data folder; the shipped one where None.

    Raises:
        UsageError: The agency is not listed.
        DataError: It has no scores up to this year, or the data are faulty.
    """
    agencies = load_agencies(data_dir)
    agency = listed_agency(agency_id, agencies, data_dir)
    scores = load_scores(agency_id, data_dir)
    upto = scores[scores["fiscal_year_be"] <= fiscal_year_be].reset_index(drop=True)
    if upto.empty:
        years = ", ".join(str(year) for year in sorted(set(scores["fiscal_year_be"]))) or "-"
        found = f"{agency_id} {fiscal_year_be}"
        raise DataError(fault("no_scores_up_to_year", Place("scores"), found, years=years))
    first, last = int(upto["fiscal_year_be"].min()), int(upto["fiscal_year_be"].max())
    with_scores = set(upto["fiscal_year_be"])
    needed = [
        year
        for year in range(first, last + 1)
        if year in with_scores or year in known_years(data_dir)
    ]
    types = {
        key: each.agency_type for key, each in agencies.items() if each.agency_type != UNKNOWN_TYPE
    }
    is_synthetic = bool((upto["data_kind"] == "synthetic").any())
    return ScoreCase(
        agency=agency,
        fiscal_year_be=fiscal_year_be,
        scores=upto,
        frameworks={year: load_framework(year, data_dir) for year in needed},
        national=load_national(data_dir),
        peers=peer_bands(load_overview(data_dir), types, agency_id, is_synthetic=is_synthetic),
    )
