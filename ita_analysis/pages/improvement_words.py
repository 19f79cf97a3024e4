"""The findings of the improvement report as sentences: what was, what is, what moved, its worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ita_analysis.analysis.improvement import Improvement
from ita_analysis.frameworks import Framework
from ita_analysis.scores.rating import band_of
from ita_analysis.texts import Texts

Row = Mapping[Any, Any]


def pct(value: object) -> str:
    """Return a score with two decimals."""
    return f"{float(value):.2f}"  # type: ignore[arg-type]


def signed(value: object) -> str:
    """Return a change with its sign and two decimals."""
    number = round(float(value), 2)  # type: ignore[arg-type]
    return f"{number:+.2f}".replace("-", "\N{MINUS SIGN}") if number else "0.00"


def name_of(row: Row, say: Texts) -> str:
    """Return the title of a part in the language; the Thai one where there is no other."""
    english = row["name_en"]
    return str(english) if say.lang == "en" and isinstance(english, str) else str(row["name_th"])


def indicator_name(row: Row, say: Texts) -> str:
    """Return number and title of an indicator."""
    return say("improvement.indicator", no=row["indicator_no"], title=name_of(row, say))


def listed(parts: Sequence[str], say: Texts, joint: str = "or") -> str:
    """Return words as a list that ends with "or" or "and"."""
    if len(parts) < 2:
        return "".join(parts)
    first = ", ".join(parts[:-1])
    return say(f"improvement.{joint}", first=first, last=parts[-1])


def rating_name(framework: Framework, code: str, say: Texts) -> str:
    """Return a rating in the language."""
    band = band_of(framework, code)
    if band is None:
        return code
    return band.title_en if say.lang == "en" else band.title_th


def year_rating(year: Row, framework: Framework, say: Texts) -> str:
    """Return the rating of a year in words, or what it can be."""
    if year["rating"]:
        name = rating_name(framework, str(year["rating"]), say)
        if year["rating_kind"] == "published":
            return say("improvement.rating_published", rating=name)
        return name
    codes = [code for code in str(year["possible_ratings"] or "").split("; ") if code]
    names = [rating_name(framework, code, say) for code in codes]
    return say("improvement.rating_possible", possible=listed(names, say))


def headline(result: Improvement, say: Texts) -> str:
    """Say how the overall score moved, or why that cannot be said."""
    now, before = result.year(result.fiscal_year_be), result.year(result.before_year_be)
    score = now["overall_pct"] if now else None
    score_before = before["overall_pct"] if before else None
    values = {
        "year": result.fiscal_year_be,
        "before": result.before_year_be,
        "score": "" if score is None else pct(score),
        "score_before": "" if score_before is None else pct(score_before),
    }
    key = _headline_key(result, score, score_before)
    points = ""
    if key.startswith("change") and score is not None and score_before is not None:
        change = round(float(score) - float(score_before), 2)  # type: ignore[arg-type]
        key = "change_none" if change == 0 else "change_up" if change > 0 else "change_down"
        points = pct(abs(change))
    return say(f"improvement.headline_{key}", points=points, **values)


def _headline_key(result: Improvement, score: object, score_before: object) -> str:
    if not result.has_scores:
        if result.before_year_be is None:
            return "no_scores"
        return "before_parts" if score_before is None else "before_only"
    if score is None:
        return "no_overall"
    if score_before is None:
        return "one_year"
    return "change" if result.is_comparable else "break"


def rating_lines(result: Improvement, frameworks: Mapping[int, Framework], say: Texts) -> list[str]:
    """Say the ratings of both years, and what keeps this year's from a better one."""
    now, before = result.year(result.fiscal_year_be), result.year(result.before_year_be)
    if now is None or now["overall_pct"] is None:
        return []
    framework = frameworks[result.fiscal_year_be]
    year, rating = result.fiscal_year_be, year_rating(now, framework, say)
    lines = [say("improvement.rating_now", year=year, rating=rating)]
    if before is not None and before["overall_pct"] is not None and result.before_year_be:
        earlier = year_rating(before, frameworks[result.before_year_be], say)
        values = {"before": result.before_year_be, "rating_before": earlier}
        lines = [say("improvement.rating_move", year=year, rating=rating, **values)]
    if now["rating_reason"] == "tool_below":
        blocked = rating_name(framework, str(now["blocked_rating"]), say)
        tools = listed(str(now["tools_below"]).split("; "), say, "and")
        needed = pct(now["tool_needed_pct"])
        key = "improvement.rating_tool_below"
        lines.append(say(key, blocked=blocked, tools=tools, needed=needed))
    return lines


def aims(result: Improvement, say: Texts) -> list[str]:
    """Say which indicators the measures aim at."""
    if result.duties is None:
        return [say("improvement.aims_none", year=result.fiscal_year_be)]
    named = result.measures["indicator_no"].notna()
    if not named.any():
        return [say("improvement.aims_no_indicator", year=result.fiscal_year_be)]
    rows = result.aimed.sort_values("indicator_no").to_dict("records")
    parts = [
        say("improvement.part_count", name=indicator_name(row, say), n=row["n_aiming_measures"])
        for row in rows
    ]
    total = len(result.indicators)
    lines = [
        say(
            "improvement.aims",
            n=int(named.sum()),
            n_indicators=len(rows),
            total=total,
            parts=", ".join(parts),
        )
    ]
    if not named.all():
        lines.append(say("improvement.aims_unnamed", n=int((~named).sum())))
    year = result.fiscal_year_be
    return [*lines, say("improvement.measures_answer", year=year, last=year - 1)]


def dumbbell_title(result: Improvement, say: Texts) -> str:
    """Say how many indicators rose and how many are still below 85."""
    known = result.indicators["reach"].dropna()
    below, total = int((known == "below_85").sum()), len(known)
    key = "none" if below == 0 else "all" if below == total else "some"
    level = say(f"improvement.level_{key}", below=below, n=total, year=result.latest_year_be)
    changes = result.indicators["change_points"].dropna()
    if changes.empty:
        return level
    up = int((changes > 0).sum())
    key = "none" if up == 0 else "all" if up == len(changes) else "some"
    moved = say(f"improvement.rise_{key}", up=up, n=len(changes))
    return say("improvement.two_findings", first=moved, last=level)


def movements(result: Improvement, say: Texts) -> list[str]:
    """Say what moved and what did not, those aimed at and the others apart."""
    moved = result.indicators[result.indicators["change_points"].notna()]
    if moved.empty:
        if result.before_year_be is not None and not result.is_comparable:
            values = {"before": result.before_year_be, "year": result.fiscal_year_be}
            return [say("improvement.moved_break", **values)]
        return [say("improvement.moved_none")]
    groups = [("group_all", moved)]
    if result.duties is not None and len(result.aimed):
        is_aimed = moved["n_aiming_measures"] > 0
        groups = [("group_aimed", moved[is_aimed]), ("group_other", moved[~is_aimed])]
    lines = [_group(key, group, say) for key, group in groups if len(group)]
    lines += _most(moved, say)
    down = moved[moved["change_points"] < 0].sort_values("change_points")
    if down.empty:
        return [*lines, say("improvement.moved_down_none")]
    parts = [
        say(
            "improvement.moved_part",
            name=indicator_name(row, say),
            change=signed(row["change_points"]),
        )
        for row in down.to_dict("records")
    ]
    return [*lines, say("improvement.moved_down", parts=", ".join(parts))]


def _group(key: str, rows: pd.DataFrame, say: Texts) -> str:
    change = rows["change_points"]
    counts = {
        "up": int((change > 0).sum()),
        "down": int((change < 0).sum()),
        "same": int((change == 0).sum()),
    }
    return say("improvement.moved_group", group=say(f"improvement.{key}", n=len(rows)), **counts)


def _most(moved: pd.DataFrame, say: Texts) -> list[str]:
    by = "overall_points" if moved["overall_points"].notna().all() else "change_points"
    top = moved.sort_values(by, ascending=False).to_dict("records")[0]
    if top["change_points"] <= 0:
        return []
    values = {"name": indicator_name(top, say), "change": signed(top["change_points"])}
    if by == "change_points":
        return [say("improvement.moved_most_plain", **values)]
    return [say("improvement.moved_most", points=signed(top["overall_points"]), **values)]


def remains(result: Improvement, say: Texts) -> list[str]:
    """Say what is still below 85, what below 95, and where most is left to win."""
    known = result.indicators[result.indicators["reach"].notna()].sort_values("indicator_no")
    if known.empty:
        return [say("improvement.remains_unknown")]
    column = "score_pct" if result.has_scores else "score_before_pct"
    lines = []
    for reach, key in (("below_85", "below"), ("below_95", "between"), ("from_95", "top")):
        rows = known[known["reach"] == reach].to_dict("records")
        parts = [
            say("improvement.remains_part", no=row["indicator_no"], score=pct(row[column]))
            for row in rows
        ]
        if parts:
            lines.append(say(f"improvement.remains_{key}", parts=", ".join(parts)))
    left = result.indicators[result.indicators["room_points"].fillna(0) > 0]
    if len(left):
        top = left.sort_values("room_points", ascending=False).to_dict("records")[0]
        values = {"name": indicator_name(top, say), "points": pct(top["room_points"])}
        lines.append(say("improvement.remains_most", **values))
    return lines


def worth_lines(result: Improvement, say: Texts) -> list[str]:
    """Say what a point of an indicator and an item are worth."""
    year = result.fiscal_year_be
    told = result.indicators[result.indicators["points_per_point"].notna()]
    if told.empty:
        return [say("improvement.worth_unknown", year=year)]
    per_tool = told.drop_duplicates("tool").to_dict("records")
    parts = [
        say("improvement.worth_lead_part", tool=row["tool"], points=pct(row["points_per_point"]))
        for row in per_tool
    ]
    basis = say(f"framework.basis.{per_tool[0]['rule_basis']}")
    lines = [say("improvement.worth_lead", year=year, parts=" · ".join(parts), basis=basis)]
    subs = result.worth[result.worth["points_per_item"].notna()]
    if subs.empty:
        return [*lines, say("improvement.worth_no_items", year=year)]
    most, least = subs["points_per_item"].max(), subs["points_per_item"].min()
    codes = [str(code) for code in subs.loc[subs["points_per_item"] == most, "code"]]
    low = [str(code) for code in subs.loc[subs["points_per_item"] == least, "code"]]
    return [
        *lines,
        say(
            "improvement.worth_item",
            codes=listed(codes, say, "and"),
            points=pct(most),
            low_codes=listed(low, say, "and"),
            low_points=pct(least),
            basis=say(f"framework.basis.{subs['rule_basis'].iloc[0]}"),
        ),
    ]
