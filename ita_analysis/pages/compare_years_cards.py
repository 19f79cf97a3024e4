"""The key figures of the comparison of years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.frameworks import Framework
from ita_analysis.pages.compare_years_rating import rating_note, rating_shown
from ita_analysis.pages.compare_years_words import (
    change_to,
    codes_of,
    current,
    listed,
    score,
    signed,
)
from ita_analysis.reports import Card
from ita_analysis.texts import Texts

NOTHING = "–"
"""What stands on a card that has no number."""


def key_cards(
    result: Comparison, frameworks: Mapping[int, Framework], is_national: bool, say: Texts
) -> list[Card]:
    """Return score, rating, change and change against the country of the last year.

    Args:
        result: The comparison.
        frameworks: The rules by year.
        is_national: Whether this is the national mean itself, which has no country beside it.
        say: Words of the reader's language.
    """
    row = current(result)
    change = change_to(result, int(row["fiscal_year_be"]))
    # what is said where there is no change to show
    why = say("compare.card_no_overall" if pd.isna(row["overall_pct"]) else "compare.card_one_year")
    found = [
        _score(row, result.data_kind, say),
        _rating(row, result, frameworks, say),
        _change(change, why, say),
    ]
    return found if is_national else [*found, _against(change, why, say)]


def _score(row: Mapping[Any, Any], data_kind: str, say: Texts) -> Card:
    year = row["fiscal_year_be"]
    label = say("compare.card_score")
    if pd.isna(row["overall_pct"]):
        return Card(label, NOTHING, say("compare.card_score_none", year=year))
    if row["overall_kind"] == "published":
        note = say(f"compare.card_score_{data_kind}", year=year)
    else:
        basis = say(f"framework.basis.{row['rule_basis']}")
        note = say("compare.card_score_computed", year=year, basis=basis)
    return Card(label, score(row["overall_pct"]), note)


def _rating(
    row: Mapping[Any, Any], result: Comparison, frameworks: Mapping[int, Framework], say: Texts
) -> Card:
    framework = frameworks[int(row["fiscal_year_be"])]
    label = say("compare.card_rating_mean" if result.is_mean else "compare.card_rating")
    note = rating_note(row, framework, say)
    return Card(label, rating_shown(row, framework, say), note)


def _change(change: Mapping[Any, Any] | None, why: str, say: Texts) -> Card:
    if change is None:
        return Card(say("compare.card_change_none"), NOTHING, why)
    label = say("compare.card_change", earlier=change["earlier_year_be"])
    if not change["is_comparable"]:
        return Card(label, NOTHING, say("compare.card_not_comparable"))
    note = say(
        "compare.card_change_note",
        before=score(change["earlier_overall_pct"]),
        after=score(change["overall_pct"]),
    )
    return Card(label, signed(change["overall_change_points"]), note)


def _against(change: Mapping[Any, Any] | None, why: str, say: Texts) -> Card:
    label = say("compare.card_against")
    if change is None:
        return Card(label, NOTHING, why)
    if not change["is_comparable"]:
        return Card(label, NOTHING, say("compare.card_not_comparable"))
    if pd.isna(change["against_national_points"]):
        missing = listed(codes_of(change["national_missing_years"]), say)
        return Card(label, NOTHING, say("compare.card_against_unknown", missing=missing))
    note = say("compare.card_against_note", points=signed(change["national_change_points"]))
    return Card(label, signed(change["against_national_points"]), note)
