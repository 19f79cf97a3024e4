"""Against whom: the band of peers and the national mean, year by year.

Peers are the other agencies of the same type whose overall score of the same year is given. Means
over many agencies are no peers, and synthetic scores are never mixed with real ones.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

LEAST_PEERS = 5
"""Fewer other agencies than this are no group to speak of: no band is drawn from them."""

LOW, HIGH = 0.10, 0.90
"""The band runs from the 10th to the 90th percentile, with linear interpolation between ranks."""

NATIONAL_ID = "mean-national"
"""Key of the national mean itself: comparing it with the country would compare it with itself."""

COLUMNS = ["fiscal_year_be", "n_peers", "peer_p10_pct", "peer_p90_pct"]


def peer_bands(
    overview: pd.DataFrame,
    agency_types: Mapping[str, str],
    agency_id: str,
    *,
    is_synthetic: bool = False,
) -> pd.DataFrame:
    """Return the band of an agency's peers by year.

    Args:
        overview: As :func:`ita_analysis.scores.load_overview`.
        agency_types: Type of each agency by key; empty or absent where unknown.
        agency_id: Whose peers.
        is_synthetic: Whether the agency's scores are synthetic; its peers then are, too.

    Returns:
        Columns COLUMNS, one row per year with at least one peer. ``n_peers`` is the number of
        other agencies; the percentiles are missing where it is under LEAST_PEERS.
    """
    own_type = agency_types.get(agency_id, "")
    same_type = overview["agency_id"].map(dict(agency_types)).eq(own_type) & bool(own_type)
    rows = overview[
        same_type
        & (overview["agency_id"] != agency_id)
        & ~overview["is_mean"]
        & overview["overall_pct"].notna()
        & ((overview["data_kind"] == "synthetic") == is_synthetic)
    ]
    groups = rows.groupby("fiscal_year_be")["overall_pct"]
    table = pd.DataFrame(
        {
            "n_peers": groups.size(),
            "peer_p10_pct": groups.quantile(LOW).round(2),
            "peer_p90_pct": groups.quantile(HIGH).round(2),
        }
    )
    table.loc[table["n_peers"] < LEAST_PEERS, ["peer_p10_pct", "peer_p90_pct"]] = None
    return table.rename_axis("fiscal_year_be").reset_index()[COLUMNS]


def beside(years: pd.DataFrame, national: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """Return the years with the national mean and the peers of each year beside them.

    Args:
        years: As :func:`ita_analysis.analysis.comparison_years.year_rows`.
        national: ``fiscal_year_be``, ``mean_score_pct``, ``is_derived``.
        peers: As :func:`peer_bands`.

    Returns:
        ``years`` with ``national_mean_pct``, ``is_national_derived`` (missing where the mean is),
        ``n_peers`` (0 where there is none), ``peer_p10_pct`` and ``peer_p90_pct``.
    """
    means = national[["fiscal_year_be", "mean_score_pct", "is_derived"]].rename(
        columns={"mean_score_pct": "national_mean_pct", "is_derived": "is_national_derived"}
    )
    table = years.merge(means, on="fiscal_year_be", how="left", validate="one_to_one").merge(
        peers, on="fiscal_year_be", how="left", validate="one_to_one"
    )
    table["n_peers"] = table["n_peers"].fillna(0)
    types = {
        "national_mean_pct": "Float64",
        "is_national_derived": "boolean",
        "n_peers": "int64",
        "peer_p10_pct": "Float64",
        "peer_p90_pct": "Float64",
    }
    table = table.astype(types)
    table.loc[table["national_mean_pct"].isna(), "is_national_derived"] = pd.NA
    return table
