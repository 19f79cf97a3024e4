"""Why a score has the rating it has, by the rule of its year.

Source of the rule: ``ratings`` of the year's framework. From FY2566 the better ratings also ask
something of each tool: a score that reaches a band by its overall score alone may still be kept
from it by one tool, and where the tools are not known the rating cannot be computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ita_analysis.frameworks import BASES, Band, Basis, Framework
from ita_analysis.scores import rate
from ita_analysis.scores.checks import NOT_PASSED, PASSED
from ita_analysis.scores.formula import OVERALL
from ita_analysis.scores.rating import Rating, band_of

REASONS = (
    "overall_unknown",
    "tools_unknown",
    "only_possible",
    "overall_band",
    "tools_reached",
    "tools_reached_unseen",
    "tool_below",
    "tool_below_unseen",
    "published_conflict",
)
"""Every reason for a rating.

``_unseen``: the rating is published, the tools are not known. ``only_possible``: neither is, but
the overall score leaves one rating only, whatever the tools are.
"""

JOINT = "; "
"""Stands between codes in one cell."""

Tools = Mapping[str, Decimal | None]


def year_rating(
    framework: Framework,
    overall: Decimal | None,
    tools: Tools,
    published: str,
    made_basis: Mapping[str, Basis],
) -> dict[str, object]:
    """Return the rating of one year and the reason for it, as columns of a row.

    Args:
        framework: The rules of the year.
        overall: Overall score that is rated; None where unknown.
        tools: Score of each tool; None where unknown.
        published: The rating as published; empty where none was.
        made_basis: How sure the rules are by which a score was computed, by its code (``overall``
            or a tool); absent for scores that were given.

    Returns:
        ``rating`` (code of the band; None where it cannot be told), ``rating_kind`` (computed,
        published, deduced where only one is possible, or None), ``possible_ratings``,
        ``is_pass`` (None where it cannot be told),
        ``rating_reason`` (of REASONS), ``band_min_pct`` and ``band_below_pct`` (the band holds
        overall scores from the one to just below the other), ``blocked_rating`` (the next better
        rating, whose overall score is reached but not its tools), ``tool_needed_pct`` (what it,
        else the rating itself, asks of each tool), ``tools_below`` (known tools below that),
        ``tools_unknown``, ``rating_basis``.
    """
    rated = rate(framework, overall, tools)
    within = [
        b for b in framework.ratings.entries if overall is not None and b.overall_min <= overall
    ]
    band, kind = _told(framework, rated, published)
    blocked = _blocked(band, within)
    needed = blocked or band or (within[0] if within else None)
    tool_needed_pct = needed.tool_min if needed else None
    below = [code for code, value in tools.items() if _is_below(value, tool_needed_pct)]
    unknown = [code for code, value in tools.items() if value is None]
    is_pass = band.is_pass if band else rated.is_pass
    if is_pass is None and published in (PASSED, NOT_PASSED):
        is_pass = published == PASSED
    reason = (
        "only_possible" if kind == "deduced" else _reason(band, within, overall, below, unknown)
    )
    return {
        "rating": band.code if band else None,
        "rating_kind": kind,
        "possible_ratings": JOINT.join(rated.possible),
        "is_pass": is_pass,
        "rating_reason": reason,
        "band_min_pct": band.overall_min if band else None,
        "band_below_pct": _ceiling(framework, band),
        "blocked_rating": blocked.code if blocked else None,
        "tool_needed_pct": tool_needed_pct,
        "tools_below": JOINT.join(below),
        "tools_unknown": JOINT.join(unknown),
        "rating_basis": _basis(framework, kind, made_basis, uses_tools=tool_needed_pct is not None),
    }


def band_zones(framework: Framework) -> list[dict[str, object]]:
    """Return the stretches of overall scores that the year's bands make, best first.

    Returns:
        ``floor_pct`` (included), ``ceiling_pct`` (not included, but for 100), and ``rating``: the
        best rating that an overall score of this stretch can have.
    """
    zones: dict[Decimal, str] = {}
    for band in framework.ratings.entries:
        zones.setdefault(band.overall_min, band.code)
    ceilings = [Decimal(100), *zones]
    return [
        {"floor_pct": float(floor), "ceiling_pct": float(ceiling), "rating": code}
        for (floor, code), ceiling in zip(zones.items(), ceilings, strict=False)
    ]


def _told(framework: Framework, rated: Rating, published: str) -> tuple[Band | None, str | None]:
    """The rating that is shown and how it is known: computed, else published, else deduced."""
    own = band_of(framework, rated.rating) if rated.rating else None
    if own and not rated.is_deduced:
        return own, "computed"
    given = band_of(framework, published) if published else None
    if given:
        return given, "published"
    return own, "deduced" if own else None


def _is_below(value: Decimal | None, needed: Decimal | None) -> bool:
    return value is not None and needed is not None and value < needed


def _blocked(band: Band | None, within: list[Band]) -> Band | None:
    """The next better band whose overall score is reached."""
    if band is None or band not in within:
        return None
    place = within.index(band)
    return within[place - 1] if place else None


def _reason(
    band: Band | None,
    within: list[Band],
    overall: Decimal | None,
    below: list[str],
    unknown: list[str],
) -> str:
    if overall is None:
        return "overall_unknown"
    if band is None:
        return "tools_unknown"
    if band not in within:
        return "published_conflict"
    if band is not within[0]:
        return "tool_below" if below else "tool_below_unseen"
    if band.tool_min is None:
        return "overall_band"
    return "tools_reached_unseen" if unknown else "tools_reached"


def _ceiling(framework: Framework, band: Band | None) -> Decimal | None:
    """The overall score at which the next better band begins."""
    if band is None:
        return None
    higher = [b.overall_min for b in framework.ratings.entries if b.overall_min > band.overall_min]
    return min(higher, default=None)


def _basis(
    framework: Framework, kind: str | None, made_basis: Mapping[str, Basis], *, uses_tools: bool
) -> Basis:
    """The least sure basis among what a rating, or a list of possible ones, rests on."""
    bases: set[Basis] = {framework.ratings.basis}
    if kind == "published":
        return framework.ratings.basis
    bases |= {basis for code, basis in made_basis.items() if code == OVERALL or uses_tools}
    if kind in {None, "deduced"}:
        # which ratings are possible depends on how much a tool weighs
        bases.add(framework.tools.basis)
    return max(bases, key=BASES.index)
