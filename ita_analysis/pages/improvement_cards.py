"""The key figures of the improvement report."""

from __future__ import annotations

from ita_analysis.analysis.improvement import PASS_MARK, TOP_MARK, Improvement
from ita_analysis.frameworks import Framework
from ita_analysis.pages.improvement_words import listed, pct, rating_name, signed, year_rating
from ita_analysis.reports import Card
from ita_analysis.texts import Texts


def key_figures(result: Improvement, framework: Framework, say: Texts) -> list[Card]:
    """Return scores and distance where there are scores, else what the measures aim at."""
    found = [_score(result, framework, say)]
    found += _before(result, say)
    if result.has_scores:
        found += _next(result, framework, say)
    if result.duties is not None:
        changes = result.aimed["change_points"].dropna()
        found += [_rose(len(changes), int((changes > 0).sum()), say)] if len(changes) else []
        if not result.has_scores:
            found += _aimed(result, say)
    return found


def _score(result: Improvement, framework: Framework, say: Texts) -> Card:
    year = result.fiscal_year_be
    label = say("improvement.card_score", year=year)
    now = result.year(year)
    if now is None or now["overall_pct"] is None:
        return Card(label, say("improvement.card_no_score"), say("improvement.card_no_score_note"))
    note = year_rating(now, framework, say)
    if now["overall_kind"] == "computed":
        basis = say(f"framework.basis.{now['rule_basis']}")
        note += " · " + say("improvement.card_computed", basis=basis)
    return Card(label, pct(now["overall_pct"]), note)


def _before(result: Improvement, say: Texts) -> list[Card]:
    now, before = result.year(result.fiscal_year_be), result.year(result.before_year_be)
    if before is None or before["overall_pct"] is None:
        return []
    score_before = pct(before["overall_pct"])
    if now is None or now["overall_pct"] is None or not result.is_comparable:
        label = say("improvement.card_before", year=result.before_year_be)
        return [Card(label, score_before)]
    change = float(now["overall_pct"]) - float(before["overall_pct"])  # type: ignore[arg-type]
    label = say("improvement.card_change", before=result.before_year_be)
    score = pct(now["overall_pct"])
    note = say("improvement.card_change_note", score_before=score_before, score=score)
    return [Card(label, signed(change), note)]


def _next(result: Improvement, framework: Framework, say: Texts) -> list[Card]:
    target = result.target
    if target is None:
        return _to_mark(result, framework, say)
    if target.target is None:
        note = say("improvement.card_best_note", year=result.fiscal_year_be)
        rating = rating_name(framework, target.rating, say)
        return [Card(say("improvement.card_best"), rating, note)]
    label = say("improvement.card_next", rating=rating_name(framework, target.target, say))
    notes = [
        say("improvement.card_next_overall", needed=pct(lack.needed_pct))
        if lack.code == "overall"
        else say("improvement.card_next_tool", tool=lack.code, needed=pct(lack.needed_pct))
        for lack in target.lacking
    ]
    notes[1:] = [
        f"{note} ({signed(lack.needed_pct - lack.score_pct)})"
        for note, lack in zip(notes[1:], target.lacking[1:], strict=True)
    ]
    if target.unknown_tools:
        tools = listed(target.unknown_tools, say, "and")
        needed = pct(target.tool_needed_pct)
        notes.append(say("improvement.card_next_unknown", tools=tools, needed=needed))
    value = say("improvement.card_unknown")
    if target.lacking:
        value = signed(target.lacking[0].needed_pct - target.lacking[0].score_pct)
    return [Card(label, value, " · ".join(notes))]


def _to_mark(result: Improvement, framework: Framework, say: Texts) -> list[Card]:
    """The distance to 85 or 95 where the rating cannot be computed."""
    now = result.year(result.fiscal_year_be)
    if now is None or now["overall_pct"] is None:
        return []
    score = float(now["overall_pct"])  # type: ignore[arg-type]
    mark = next((mark for mark in (PASS_MARK, TOP_MARK) if score < mark), None)
    if mark is None:
        return []
    by_tool = any(band.tool_min is not None for band in framework.ratings.entries)
    key = "card_next_mark_note" if by_tool else "card_next_mark_plain"
    label = say("improvement.card_next_mark", needed=f"{mark:g}")
    return [Card(label, signed(mark - score), say(f"improvement.{key}"))]


def _rose(total: int, rose: int, say: Texts) -> Card:
    note = say("improvement.card_rose_note", total=total)
    return Card(say("improvement.card_rose"), str(rose), note)


def _aimed(result: Improvement, say: Texts) -> list[Card]:
    found = [
        Card(
            say("improvement.card_aimed"),
            str(len(result.aimed)),
            say("improvement.card_aimed_note", total=len(result.indicators)),
        )
    ]
    if result.duties is not None and result.duties.n_assessed:
        on_time = result.duties.count("due", "on_time")
        note = say("improvement.card_on_time_note", total=result.duties.n_assessed)
        found.append(Card(say("improvement.card_on_time"), str(on_time), note, "on_time"))
    dearest = result.measures[result.measures["points_per_item"].notna()].to_dict("records")
    if dearest:
        first = dearest[0]  # the measures stand in the order of worth
        basis = say(f"framework.basis.{first['rule_basis']}")
        note = say("improvement.card_dearest_note", code=first["sub_indicator"], basis=basis)
        found.append(Card(say("improvement.card_dearest"), pct(first["points_per_item"]), note))
    return found
