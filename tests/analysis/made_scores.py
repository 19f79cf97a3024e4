"""Small score frames, as the store returns them, and comparisons made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison import Comparison, compare_years
from ita_analysis.analysis.comparison_peers import COLUMNS as PEER_COLUMNS
from ita_analysis.frameworks import Framework, known_years, load_framework

FRAMEWORKS: dict[int, Framework] = {year: load_framework(year) for year in known_years()}
NO_PEERS = pd.DataFrame(columns=PEER_COLUMNS).astype(
    {"fiscal_year_be": "int64", "n_peers": "int64", "peer_p10_pct": "float64",
     "peer_p90_pct": "float64"}
)  # fmt: skip
TOOLS = ("IIT", "EIT", "OIT")


def level_of(code: str) -> str:
    if code in {"overall", *TOOLS}:
        return "overall" if code == "overall" else "tool"
    return "item" if code[0] in "oie" else "sub_indicator" if "." in code else "indicator"


def score_frame(
    years: Mapping[int, Mapping[str, float]],
    ratings: Mapping[int, str] | None = None,
    **values: Any,
) -> pd.DataFrame:
    """Scores by year and code; ``values`` replace what every row says (agency_id, data_kind)."""
    row = {"agency_id": "made", "agency_name_th": "ก", "data_kind": "agency", "source": "t.csv",
           "is_mean": False} | values  # fmt: skip
    return pd.DataFrame(
        [
            {
                **row,
                "fiscal_year_be": year,
                "level": level_of(code),
                "code": code,
                "score_pct": float(score),
                "published_rating": (ratings or {}).get(year) if code == "overall" else None,
            }
            for year, scores in years.items()
            for code, score in scores.items()
        ]
    )


def national_frame(means: Mapping[int, float], derived: tuple[int, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "fiscal_year_be": list(means),
            "mean_score_pct": [float(mean) for mean in means.values()],
            "is_derived": [year in derived for year in means],
            "source": "n.csv",
            "note_th": "",
            "note_en": "",
        }
    )


def compared(
    years: Mapping[int, Mapping[str, float]],
    ratings: Mapping[int, str] | None = None,
    *,
    national: Mapping[int, float] | None = None,
    peers: pd.DataFrame = NO_PEERS,
    upto: int | None = None,
    **values: Any,
) -> Comparison:
    means = national_frame(national or {})
    frame = score_frame(years, ratings, **values)
    return compare_years(frame, FRAMEWORKS, means, peers, upto or max(years))


def indicators(*scores: float) -> dict[str, float]:
    """Ten indicators, and no total."""
    return {str(number): score for number, score in enumerate(scores, 1)}


def cells(frame: pd.DataFrame, *names: str) -> list[list[Any]]:
    """Rows as lists, missing as None."""
    plain = frame[list(names)].astype(object)
    return plain.where(plain.notna(), None).values.tolist()


TRAT: dict[int, dict[str, float]] = {
    2563: {"overall": 75.62, **indicators(
        92.57, 86.13, 90.08, 85.98, 88.04, 83.67, 82.11, 79.29, 69.94, 52.78)},
    2564: {"overall": 81.45, **indicators(
        93.55, 87.72, 91.01, 87.93, 89.52, 90.55, 88.68, 88.58, 72.89, 65.56)},
}  # fmt: skip
"""Published means of the agencies of Trat province, all indicators."""
