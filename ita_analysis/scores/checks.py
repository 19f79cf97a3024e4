"""What scores of one agency and year must be to each other.

Nothing is averaged away: of two scores for one key neither is taken. A total that does not follow
from its parts and a rating that the score cannot have are reported; which of the numbers is wrong
only the reader can tell, so the rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from ita_analysis.errors import Fault
from ita_analysis.frameworks import Framework, load_framework
from ita_analysis.scores.formula import OVERALL, Computed, compute
from ita_analysis.scores.model import ScoreRow
from ita_analysis.scores.numbers import round_half_up
from ita_analysis.scores.rating import band_of, rate
from ita_analysis.texts import fault

TOLERANCE = Decimal("0.01")
"""Largest difference that rounding of parts with two decimals can make in their mean or sum."""

CONVERTED_TOLERANCE = Decimal("0.03")
"""The same where a part was rounded out of 30 or 40 and then converted."""

WEIGHTED_SUM_TOLERANCE = Decimal("0.02")
"""Largest difference between an overall score and the sum of its three rounded weighted parts."""

PASSED, NOT_PASSED = "ผ่าน", "ไม่ผ่าน"
"""What is published instead of a grade in years whose ratings are AA to F."""

Group = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A published total beside the one that follows from its parts.

    Attributes:
        agency_id: The agency.
        fiscal_year_be: The year.
        code: overall, a tool, or an OIT indicator.
        published_pct: As given.
        computed_pct: As it follows, two decimals.
        difference_points: Computed less published.
        is_within_rounding: Whether rounding of the parts explains the difference.
        row: The given row.
    """

    agency_id: str
    fiscal_year_be: int
    code: str
    published_pct: Decimal
    computed_pct: Decimal
    difference_points: Decimal
    is_within_rounding: bool
    row: ScoreRow


def settle(rows: Iterable[ScoreRow]) -> tuple[list[ScoreRow], list[tuple[ScoreRow, Fault]], int]:
    """Take each key once.

    Returns:
        The rows whose key has one score; the rows whose key has several, each with its fault; and
        the number of exact repetitions, which are counted once.
    """
    by_key: dict[tuple[str, int, str], list[ScoreRow]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    kept, conflicts, n_duplicates = [], [], 0
    for same in by_key.values():
        first = same[0]
        if all(_says_same(first, other) for other in same):
            rated = next((row for row in same if row.published_rating), first)
            kept.append(rated)
            n_duplicates += len(same) - 1
            continue
        for row in same:
            others = [other for other in same if other is not row]
            conflicts.append((row, _conflict(row, others)))
    return kept, conflicts, n_duplicates


def group_rows(rows: Iterable[ScoreRow]) -> dict[Group, list[ScoreRow]]:
    """Return the rows by agency and year, in their order."""
    groups: dict[Group, list[ScoreRow]] = {}
    for row in rows:
        groups.setdefault((row.agency_id, row.fiscal_year_be), []).append(row)
    return groups


def convert_weighted(
    framework: Framework, rows: list[ScoreRow], is_weighted: bool
) -> tuple[list[ScoreRow], Fault | None]:
    """Convert the tools' weighted parts (out of 30 or 40) of one group to percentages.

    Parts are weighted if the heading says so, or if all three tools lie within their weights and
    add up to the given overall score.

    Args:
        framework: The rules of the year.
        rows: All rows of one agency and year.
        is_weighted: Whether the headings say that the tools are weighted parts.

    Returns:
        The rows, converted where they were weighted (see ``ScoreRow.is_converted``); and, where a
        part exceeds the weight that its heading names, the fault.
    """
    weights = {tool.code: 100 * tool.weight for tool in framework.tools.entries}
    parts = {row.code: row for row in rows if row.code in weights}
    overall = next((row for row in rows if row.code == OVERALL), None)
    if not parts:
        return rows, None
    fit = all(row.score_pct <= weights[code] for code, row in parts.items())
    if is_weighted and not fit:
        high = next(row for code, row in parts.items() if row.score_pct > weights[code])
        found = str(high.score_pct)
        return rows, fault("weighted_part_too_high", high.place, found, weight=weights[high.code])
    if not is_weighted:
        if not fit or overall is None or len(parts) < len(weights):
            return rows, None
        total = sum((row.score_pct for row in parts.values()), Decimal(0))
        if total == 0 or abs(total - overall.score_pct) > WEIGHTED_SUM_TOLERANCE:
            return rows, None
    converted = [
        row.model_copy(
            update={"score_pct": _percent(row.score_pct, weights[row.code]), "is_converted": True}
        )
        if row.code in parts
        else row
        for row in rows
    ]
    return converted, None


def recompute(rows: list[ScoreRow], framework: Framework) -> list[Recomputed]:
    """Compute every given total of one group that has its parts.

    Args:
        rows: All rows of one agency and year.
        framework: The rules of the year.
    """
    computed = compute(framework, values_of(rows))
    converted = any(row.is_converted for row in rows)
    allowed = CONVERTED_TOLERANCE if converted else TOLERANCE
    found = []
    for row in rows:
        if row.code not in computed.computed:
            continue
        score = round_half_up(computed.exact[row.code])
        difference = score - row.score_pct
        off = abs(computed.exact[row.code] - Fraction(row.score_pct))
        found.append(
            Recomputed(
                row.agency_id,
                row.fiscal_year_be,
                row.code,
                row.score_pct,
                score,
                difference,
                off <= Fraction(allowed) or abs(difference) <= allowed,
                row,
            )
        )
    return found


def group_faults(rows: list[ScoreRow], framework: Framework) -> list[Fault]:
    """Return what the scores of one agency and year cannot be to each other."""
    faults = [
        fault(
            "score_total_wrong",
            each.row.place,
            str(each.published_pct),
            which=each.code,
            computed=each.computed_pct,
        )
        for each in recompute(rows, framework)
        if not each.is_within_rounding
    ]
    computed = compute(framework, values_of(rows))
    for row in rows:
        if row.published_rating and row.code == OVERALL:
            wrong = _rating_fault(row, framework, computed)
            if wrong:
                faults.append(wrong)
    return faults


def check_rows(rows: Iterable[ScoreRow], data_dir: str | Path | None = None) -> list[Fault]:
    """Return the faults of all groups; the years must have frameworks."""
    return [
        each
        for (_, year), group in group_rows(rows).items()
        for each in group_faults(group, load_framework(year, data_dir))
    ]


def values_of(rows: Iterable[ScoreRow]) -> dict[str, Decimal]:
    """Return the scores of one group by code."""
    return {row.code: row.score_pct for row in rows}


def tool_scores(framework: Framework, computed: Computed) -> Mapping[str, Decimal | None]:
    """Return the scores of the tools; None where missing."""
    return {tool.code: computed.score(tool.code) for tool in framework.tools.entries}


def _rating_fault(row: ScoreRow, framework: Framework, computed: Computed) -> Fault | None:
    rating = rate(framework, row.score_pct, tool_scores(framework, computed))
    possible = ", ".join(rating.possible)
    if band_of(framework, row.published_rating) is None:
        if row.published_rating in (PASSED, NOT_PASSED):
            if rating.is_pass in (None, row.published_rating == PASSED):
                return None
            return fault("rating_impossible", row.place, row.published_rating, allowed=possible)
        allowed = ", ".join(band.code for band in framework.ratings.entries)
        return fault(
            "rating_unknown",
            row.place,
            row.published_rating,
            fiscal_year_be=row.fiscal_year_be,
            allowed=allowed,
        )
    if row.published_rating in rating.possible:
        return None
    return fault("rating_impossible", row.place, row.published_rating, allowed=possible)


def _says_same(first: ScoreRow, other: ScoreRow) -> bool:
    ratings = {first.published_rating, other.published_rating} - {""}
    return first.score_pct == other.score_pct and len(ratings) <= 1


def _conflict(row: ScoreRow, others: list[ScoreRow]) -> Fault:
    seen = "; ".join(
        " ".join(
            part
            for part in (str(other.place), str(other.score_pct), other.published_rating)
            if part
        )
        for other in others
    )
    found = f"{row.score_pct} {row.published_rating}".strip()
    return fault("score_conflict", row.place, found, which=row.code, others=seen)


def _percent(part: Decimal, weight: Decimal) -> Decimal:
    return round_half_up(Fraction(part) * 100 / Fraction(weight), 4)
