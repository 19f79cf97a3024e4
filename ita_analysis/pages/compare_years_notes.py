"""What the comparison of years rests on: recomputed totals, breaks, bases, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.frameworks import Basis, Framework
from ita_analysis.pages.compare_years_rating import differing
from ita_analysis.pages.compare_years_words import (
    basis_parts,
    codes_of,
    listed,
    rule_bases,
    score,
    year_spans,
)
from ita_analysis.texts import Texts

Frameworks = Mapping[int, Framework]


def statements(
    result: Comparison, frameworks: Frameworks, national: pd.DataFrame, say: Texts
) -> list[str]:
    """Return the notes, each a sentence.

    Args:
        result: The comparison.
        frameworks: The rules by year.
        national: As :func:`ita_analysis.scores.load_national`.
        say: Words of the reader's language.
    """
    found = [recomputed(result, say), not_recomputed(result, say), *breaks(result, say)]
    if result.missing_years:
        years = year_spans(result.missing_years)
        found.append(say("compare.notes_missing", years=years))
    with_scores = [
        int(year) for year in result.years.loc[result.years["has_scores"], "fiscal_year_be"]
    ]
    found.append(
        say("compare.notes_rules", parts=basis_parts(rule_bases(frameworks, with_scores), say))
    )
    bands: dict[int, Basis] = {year: frameworks[year].ratings.basis for year in with_scores}
    found.append(say("compare.notes_bands", parts=basis_parts(bands, say)))
    found += differing(result, frameworks, say)
    found.append(derived(result, national, say))
    return [text for text in found if text]


def recomputed(result: Comparison, say: Texts) -> str:
    """Say how many given totals follow from their parts, and the largest difference."""
    rows = result.recomputed
    if rows.empty:
        return ""
    worst = float(rows["difference_points"].abs().max())
    key = "exact" if worst == 0 else "off"
    return say(f"compare.notes_recomputed_{key}", n=len(rows), worst=score(worst))


def not_recomputed(result: Comparison, say: Texts) -> str:
    """Name the years whose overall score cannot be recomputed; empty where there are none."""
    years = result.years
    rows = years[years["published_overall_pct"].notna() & years["computed_overall_pct"].isna()]
    if rows.empty:
        return ""
    spans = year_spans(int(year) for year in rows["fiscal_year_be"])
    return say("compare.notes_not_recomputed", years=spans)


def breaks(result: Comparison, say: Texts) -> list[str]:
    """Name each break of the framework between the years shown."""
    if len(result.years) == 1:
        return []
    if result.breaks.empty:
        return [say("compare.notes_no_break")]
    return [_break(row, say) for row in result.breaks.to_dict("records")]


def _break(row: Mapping[Any, Any], say: Texts) -> str:
    title = str(row[f"title_{say.lang}"])
    concerns = [say(f"framework.affects.{code}") for code in codes_of(row["affects"])]
    words = say(
        "compare.notes_break",
        year=row["fiscal_year_be"],
        title=title,
        affects=listed(concerns, say),
    )
    basis = say(f"framework.basis.{row['basis']}")
    # the framework's own words may have said so already
    return words if basis in title else f"{words} ({basis})"


def items_break(result: Comparison, pair: tuple[int, int], say: Texts) -> str:
    """Say that the items changed between two years; empty where they did not."""
    rows = result.breaks
    between = rows[(rows["fiscal_year_be"] > pair[0]) & (rows["fiscal_year_be"] <= pair[1])]
    titles = [
        str(row[f"title_{say.lang}"])
        for row in between.to_dict("records")
        if "items" in codes_of(row["affects"])
    ]
    return say("compare.split_items_break", titles=" · ".join(titles)) if titles else ""


def derived(result: Comparison, national: pd.DataFrame, say: Texts) -> str:
    """Say which national means shown were derived from others, and how."""
    years = result.years.loc[result.years["is_national_derived"].fillna(False), "fiscal_year_be"]
    rows = national[national["fiscal_year_be"].isin(years)]
    if rows.empty:
        return ""
    notes = [str(note) for note in rows["note_en" if say.lang == "en" else "note_th"] if note]
    spans = year_spans(int(year) for year in rows["fiscal_year_be"])
    return say("compare.derived_caveat", years=spans, note="; ".join(notes))
