"""The rating of each year in words, with the reason for it and for each move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.comparison_years import TOOLS
from ita_analysis.frameworks import Framework
from ita_analysis.pages.compare_years_words import change_words, codes_of, listed, score
from ita_analysis.scores.checks import NOT_PASSED, PASSED
from ita_analysis.scores.rating import band_of
from ita_analysis.texts import Texts

SURE = ("published", "proved")
"""Bases that need no mark beside a number."""


def rating_name(code: object, framework: Framework, say: Texts) -> str:
    """Return a rating in the reader's language; as published where the year has no such band."""
    band = band_of(framework, str(code))
    if band is not None:
        return band.title_en if say.lang == "en" else band.title_th
    if code in {PASSED, NOT_PASSED}:
        return say("compare.pass" if code == PASSED else "compare.not_passed")
    return str(code)


def short_rating(code: str, framework: Framework, say: Texts) -> str:
    """Return a rating as it fits into a margin: a letter grade without the word before it."""
    return code if code.isascii() else rating_name(code, framework, say)


def possible_names(row: Mapping[Any, Any], framework: Framework, say: Texts) -> str:
    """Return the ratings that a year's scores can have, best first."""
    names = [rating_name(code, framework, say) for code in codes_of(row["possible_ratings"])]
    return listed(names, say, "or")


def rating_shown(row: Mapping[Any, Any], framework: Framework, say: Texts) -> str:
    """Return a year's rating, or that it cannot be told."""
    if pd.isna(row["rating"]):
        return say("compare.cannot_tell")
    return rating_name(row["rating"], framework, say)


def rating_note(row: Mapping[Any, Any], framework: Framework, say: Texts) -> str:
    """Say in a few words what a rating rests on, or why it cannot be told."""
    reason = row["rating_reason"]
    needed = "" if pd.isna(row["tool_needed_pct"]) else f"{row['tool_needed_pct']:g}"
    words = say(
        f"compare.rating_note.{reason}",
        possible=possible_names(row, framework, say),
        tools=listed(
            codes_of(row["tools_below" if reason == "tool_below" else "tools_unknown"]), say
        ),
        needed=needed,
    )
    return words + _mark(row, say)


def path_line(
    row: Mapping[Any, Any],
    change: Mapping[Any, Any] | None,
    frameworks: Mapping[int, Framework],
    say: Texts,
) -> str:
    """Say the rating of one year, why, and how it moved.

    Args:
        row: A row of ``Comparison.years``.
        change: The change that led to this year; None for the first one.
        frameworks: The rules by year.
        say: Words of the reader's language.
    """
    year = int(row["fiscal_year_be"])
    if not row["has_scores"]:
        return say("compare.path_gap", year=year)
    framework = frameworks[year]
    if pd.isna(row["rating"]):
        head = say("compare.path_year_unknown", year=year)
    else:
        kind = "path_year_published" if row["rating_kind"] == "published" else "path_year"
        name = rating_name(row["rating"], framework, say)
        head = say(f"compare.{kind}", year=year, rating=name)
    pieces = [_reason(row, framework, say) + _mark(row, say), _published(row, framework, say)]
    if change is not None:
        # the move is the finding and comes first, unless the reason is why there is none
        at = len(pieces) if change["rating_move"] == "unknown" else 0
        pieces.insert(at, _move(row, change, frameworks, say))
    reason = say("compare.joint").join(piece for piece in pieces if piece)
    return say("compare.path_line", head=head, reason=reason)


def differing(result: Comparison, frameworks: Mapping[int, Framework], say: Texts) -> list[str]:
    """Name the years whose published rating is not the one that follows from the rule."""
    found = []
    for row in result.years.to_dict("records"):
        framework = frameworks.get(int(row["fiscal_year_be"]))
        published = row["published_rating"]
        if framework is None or pd.isna(published) or pd.isna(row["rating"]):
            continue
        if band_of(framework, published) is not None and published != row["rating"]:
            found.append(
                say(
                    "compare.notes_rating_differs",
                    year=row["fiscal_year_be"],
                    published=rating_name(published, framework, say),
                    computed=rating_name(row["rating"], framework, say),
                )
            )
    return found


def _reason(row: Mapping[Any, Any], framework: Framework, say: Texts) -> str:
    reason = str(row["rating_reason"])
    key = reason
    if reason == "overall_unknown":
        is_narrow = len(codes_of(row["possible_ratings"])) < len(framework.ratings.entries)
        key = "overall_unknown_some" if is_narrow else reason
    elif reason == "overall_band":
        if pd.isna(row["band_below_pct"]):
            key = "overall_band_top"
        elif not row["band_min_pct"]:
            key = "overall_band_bottom"
    blocked = row["blocked_rating"]
    return say(
        f"compare.reason.{key}",
        overall="" if pd.isna(row["overall_pct"]) else score(row["overall_pct"]),
        rating=rating_shown(row, framework, say),
        possible=possible_names(row, framework, say),
        tools=_tools(row, reason, say),
        needed="" if pd.isna(row["tool_needed_pct"]) else f"{row['tool_needed_pct']:g}",
        min="" if pd.isna(row["band_min_pct"]) else f"{row['band_min_pct']:g}",
        below="" if pd.isna(row["band_below_pct"]) else f"{row['band_below_pct']:g}",
        blocked="" if pd.isna(blocked) else rating_name(blocked, framework, say),
    )


def _tools(row: Mapping[Any, Any], reason: str, say: Texts) -> str:
    """The tools that a reason speaks of: with their scores where they are known."""
    if reason == "tool_below":
        below = codes_of(row["tools_below"])
    elif reason == "tools_reached":
        below = [tool for tool in TOOLS if not pd.isna(row[f"{tool}_pct"])]
    else:
        return listed(codes_of(row["tools_unknown"]), say)
    return listed([f"{tool} {score(row[f'{tool}_pct'])}" for tool in below], say)


def _published(row: Mapping[Any, Any], framework: Framework, say: Texts) -> str:
    """What was published instead of one of the year's ratings."""
    published = row["published_rating"]
    if pd.isna(published) or band_of(framework, published) is not None:
        return ""
    return say("compare.published_word", word=rating_name(published, framework, say))


def _move(
    row: Mapping[Any, Any],
    change: Mapping[Any, Any],
    frameworks: Mapping[int, Framework],
    say: Texts,
) -> str:
    earlier, move = int(change["earlier_year_be"]), str(change["rating_move"])
    before = change["earlier_rating"]
    name = "" if pd.isna(before) else rating_name(before, frameworks[earlier], say)
    values = {"earlier": earlier, "before": name}
    points = change["overall_change_points"]
    if move == "scale_changed":
        return _scale_move(row, change, frameworks, say, values)
    if move in {"up", "down"} and not pd.isna(points) and (points > 0) == (move == "down"):
        return say(f"compare.move.{move}_against", change=change_words(points, say), **values)
    return say(f"compare.move.{move}", **values)


def _scale_move(
    row: Mapping[Any, Any],
    change: Mapping[Any, Any],
    frameworks: Mapping[int, Framework],
    say: Texts,
    values: Mapping[str, object],
) -> str:
    earlier, year = int(change["earlier_year_be"]), int(row["fiscal_year_be"])
    words = [say("compare.move.scale_changed", **values)]
    if not pd.isna(change["move_by_later_bands"]):
        by_later = rating_name(change["earlier_rating_by_later_bands"], frameworks[year], say)
        move = str(change["move_by_later_bands"])
        found = say(
            f"compare.move.by_later_{move}",
            year=year,
            by_later=by_later,
            now=rating_shown(row, frameworks[year], say),
            **values,
        )
        points = change["overall_change_points"]
        if move != "same" and not pd.isna(points) and (points > 0) == (move == "down"):
            found = say("compare.move.although", found=found, change=change_words(points, say))
        words.append(found)
    elif not pd.isna(change["rating_by_earlier_bands"]):
        name = rating_name(change["rating_by_earlier_bands"], frameworks[earlier], say)
        words.append(say("compare.move.by_earlier", by_earlier=name, **values))
    return say("compare.joint").join(words)


def _mark(row: Mapping[Any, Any], say: Texts) -> str:
    """The basis, where a rating rests on something less sure than a publication or a proof."""
    basis = row["rating_basis"]
    if pd.isna(basis) or basis in SURE:
        return ""
    return say("compare.assumed_suffix", basis=say(f"framework.basis.{basis}"))
