"""The shortest way to the next rating in sentences, and what is missing where there is none."""

from __future__ import annotations

from ita_analysis.analysis.improvement import PASS_MARK, TOP_MARK, Improvement
from ita_analysis.analysis.improvement_target import Target
from ita_analysis.analysis.improvement_way import WayTables
from ita_analysis.frameworks import Framework
from ita_analysis.pages.improvement_words import indicator_name, listed, pct, rating_name
from ita_analysis.register.agencies import Agency
from ita_analysis.scores import Explanation
from ita_analysis.scores.explain import MAX_MISSES
from ita_analysis.texts import Texts

MOST_EXPLANATIONS = 3
"""Explanations of a score that are written out: those with the fewest misses."""


def state(result: Improvement, framework: Framework, say: Texts) -> list[str]:
    """Say what is lacking for the next rating, and what cannot be told and why."""
    year = result.fiscal_year_be
    if result.way is None:
        return [say("improvement.way_no_scores", year=year)]
    target = result.target
    lines = []
    if target is not None:
        lines.append(_lacking(target, year, framework, say))
        if target.target is None:
            return lines
    way = result.way.way
    if way.rating is None:
        if way.basis == "unknown":
            lines.append(say("improvement.way_rule_unknown", year=year))
        else:
            missing = [code for gap in way.gaps if gap.code == "indicators" for code in gap.missing]
            lines.append(say("improvement.way_unknown", missing=_missing(missing, say)))
    return lines


def _lacking(target: Target, year: int, framework: Framework, say: Texts) -> str:
    rating = rating_name(framework, target.rating, say)
    if target.is_published:
        rating = say("improvement.rating_published", rating=rating)
    if target.target is None:
        return say("improvement.way_best", year=year, rating=rating)
    parts = []
    for lack in target.lacking:
        key = "overall" if lack.code == "overall" else "tool"
        points = pct(lack.needed_pct - lack.score_pct)
        needed = pct(lack.needed_pct)
        parts.append(say(f"improvement.way_short_{key}", tool=lack.code, points=points,
                         needed=needed))  # fmt: skip
    if target.unknown_tools:
        tools = listed(target.unknown_tools, say, "and")
        needed = pct(target.tool_needed_pct)
        parts.append(say("improvement.way_short_unknown", tools=tools, needed=needed))
    better = rating_name(framework, target.target, say)
    return say("improvement.way_target", rating=rating, target=better, parts=" · ".join(parts))


def _missing(codes: list[str], say: Texts) -> str:
    """Name indicators, a run of them by its ends."""
    numbers = sorted(int(code) for code in codes)
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        words = say("improvement.through", first=numbers[0], last=numbers[-1])
    else:
        words = listed([str(number) for number in numbers], say, "and")
    return say("improvement.missing", n=len(numbers), numbers=words)


def marks(result: Improvement, say: Texts) -> str:
    """Say how far the overall score is from 85 and 95; empty where there is none."""
    now = result.year(result.fiscal_year_be)
    if now is None or now["overall_pct"] is None:
        return ""
    score = float(now["overall_pct"])  # type: ignore[arg-type]
    parts = [
        say("improvement.way_over_mark", mark=f"{mark:g}")
        if score >= mark
        else say("improvement.way_to_mark", mark=f"{mark:g}", points=pct(mark - score))
        for mark in (PASS_MARK, TOP_MARK)
    ]
    return say("improvement.way_marks", score=pct(score), parts=" · ".join(parts))


def items(result: Improvement, framework: Framework, say: Texts) -> list[str]:
    """Say which OIT items reach the next rating, or why that cannot be told."""
    found = result.way
    if found is None or result.is_mean:
        return []
    if not found.is_rule_known:
        return [say("improvement.items_rule_unknown", year=result.fiscal_year_be)]
    if not found.known_subs:
        return [say("improvement.items_missing", year=result.fiscal_year_be)]
    lines = []
    if len(found.known_subs) < found.n_subs:
        codes = listed(found.known_subs, say, "and")
        lines.append(say("improvement.items_partial", codes=codes))
    if found.steps.empty:
        lines.append(say("improvement.items_all_done"))
    elif found.way.target is not None:
        lines += _reach(found, rating_name(framework, found.way.target, say), say)
    return lines


def _reach(found: WayTables, target: str, say: Texts) -> list[str]:
    way, steps = found.way, found.steps
    basis = say(f"framework.basis.{way.item_basis}")
    if way.item_sets:
        best = way.item_sets[0]
        codes = [str(code) for code in steps.loc[steps["is_in_shortest"], "item_code"]]
        line = say(
            "improvement.items_reach",
            n=best.n_items,
            target=target,
            codes=listed(codes, say, "and"),
            overall=pct(best.overall_pct),
            basis=basis,
        )
        more = [say("improvement.items_other_ratings", n_sets=way.n_item_sets)]
        return [line, *(more if way.n_item_sets > 1 else [])]
    others = [lack.code for lack in way.shortfalls if lack.code in ("IIT", "EIT")]
    if others:
        tools = listed(others, say, "and")
        return [say("improvement.items_tool_short", target=target, tools=tools)]
    last = steps["overall_pct"].iloc[-1]
    key = "improvement.items_not_enough"
    return [say(key, n=len(steps), overall=pct(last), target=target, basis=basis)]


def gains(result: Improvement, framework: Framework, say: Texts) -> list[str]:
    """Say the smallest gains of indicators that reach the next rating."""
    found = result.way
    if found is None or found.way.target is None:
        return []
    target = rating_name(framework, found.way.target, say)
    least = found.way.least
    if least is None:
        missing = any(gap.code == "indicators" for gap in found.way.gaps)
        return [] if missing else [say("improvement.gains_unreachable", target=target)]
    names = {
        str(row["indicator_no"]): indicator_name(row, say)
        for row in result.indicators.to_dict("records")
    }
    parts = [
        say("improvement.gains_part", name=names[code], points=f"+{points}")
        for code, points in least.gains.items()
        if points
    ]
    line = say(
        "improvement.gains_least",
        total=f"+{least.total_points}",
        parts=" · ".join(parts),
        overall=pct(least.overall_pct),
        rating=rating_name(framework, least.rating, say),
    )
    alone = [] if found.way.single else [say("improvement.gains_alone_none", target=target)]
    oit = {str(each.indicator_no) for each in framework.indicators_of("OIT")}
    used = set(least.gains) | {code for each in found.way.single for code in each.gains}
    note = [say("improvement.gains_oit_note")] if oit & used and not result.is_mean else []
    return [line, *alone, *note]


def explanations(result: Improvement, say: Texts) -> list[str]:
    """Say which misses give the published OIT scores whose items are not known."""
    found = result.way
    if found is None or not found.explanations:
        return []
    scores = result.indicators.set_index("indicator_no")["score_pct"]
    basis = say(f"framework.basis.{found.way.item_basis}")
    lines = []
    for number, each in found.explanations.items():
        values = {"no": number, "score": pct(scores[number])}
        if not each:
            lines.append(say("improvement.explain_none", most=MAX_MISSES, **values))
            continue
        parts = listed([_misses(one, say) for one in each[:MOST_EXPLANATIONS]], say)
        line = say("improvement.explain_some", parts=parts, basis=basis, **values)
        if len(each) > MOST_EXPLANATIONS:
            line += " " + say("improvement.explain_more", n=len(each) - MOST_EXPLANATIONS)
        lines.append(line)
    return lines


def _misses(one: Explanation, say: Texts) -> str:
    if not one.misses:
        return say("improvement.explain_all")
    parts = [say("improvement.explain_miss", n=n, code=code) for code, n in one.misses.items()]
    return listed(parts, say, "and")


def how_to_add(agency: Agency, fiscal_year_be: int, say: Texts) -> list[str]:
    """Say how scores are added to the data."""
    values = {"agency_id": agency.agency_id, "name": agency.name_th, "year": fiscal_year_be}
    return [
        say("improvement.add_columns"),
        say("improvement.add_example", **values),
        say("improvement.add_command", agency_id=agency.agency_id, year=fiscal_year_be),
    ]
