"""The words of the brief: each action with its worth and deadline, and what is uncertain."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.analysis.improvement import Improvement
from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.frameworks import Framework, Period
from ita_analysis.pages.brief_case import BriefCase
from ita_analysis.pages.compare_years_words import current
from ita_analysis.pages.improvement_words import Row, pct, rating_name, signed
from ita_analysis.reports import Step
from ita_analysis.texts import Texts
from ita_analysis.thai import format_date

_SURE = ("published", "proved")


def action_steps(
    actions: pd.DataFrame, result: Improvement, framework: Framework, as_of: dt.date, say: Texts
) -> list[Step]:
    """Return the actions as things to do, each with its worth, its deadline and who does it.

    Args:
        actions: As :func:`ita_analysis.analysis.brief.next_actions`.
        result: What they were chosen from.
        framework: The rules of the year.
        as_of: The day the report speaks for.
        say: Words of the reader's language.
    """
    names = {"item": "item", "indicator": "indicator"}
    found = []
    for row in actions.to_dict("records"):
        kind = str(row["action_kind"])
        title = say(
            f"brief.action_{names.get(kind, 'measure')}_title",
            no=row["indicator_no"] if kind == "indicator" else row["measure_no"],
            code=row["item_code"],
            title=_title(row, framework, say),
        )
        text = _text(row, result, framework, say)
        found.append(Step(title, text, tuple(_facts(row, framework, as_of, say))))
    return found


def lead(actions: pd.DataFrame, say: Texts) -> str:
    """Say what to do about a late measure, once for all of them; empty where none is late."""
    is_late = (actions["action_kind"] == "measure") & actions["worst_days_late"].notna()
    return say("brief.late_advice") if is_late.any() else ""


def closed_window(actions: pd.DataFrame, framework: Framework, as_of: dt.date, say: Texts) -> str:
    """Say that this year's OIT answers are closed, where an action is about OIT; else empty."""
    window = framework.period("oit_answers")
    is_oit = any(_is_oit(row, framework) for row in actions.to_dict("records"))
    if window is None or as_of <= window.end_date or not is_oit:
        return ""
    return _window(framework, window, "window_closed", say)


def few_actions(n: int, case: BriefCase, result: Improvement, say: Texts) -> list[str]:
    """Say why there are fewer actions than could be, and what to add; empty where all is known."""
    lines = [say("brief.actions_few", n=n)] if n else [say("brief.actions_none")]
    if case.improvement.register is None:
        lines.append(say("brief.actions_add_register", year=result.fiscal_year_be))
    if result.way is None or not result.way.known_subs:
        lines.append(say("brief.actions_add_scores"))
    return lines if len(lines) > 1 or not n else []


def uncertain(
    case: BriefCase,
    result: Improvement,
    comparison: Comparison | None,
    actions: pd.DataFrame,
    say: Texts,
) -> list[str]:
    """Say what limits the reading, in the order in which it matters."""
    year, duties = result.fiscal_year_be, result.duties
    lines = []
    if comparison is not None:
        lines += _scores(comparison, result, year, say)
    if duties is None:
        lines.append(say("brief.no_register", year=year))
    else:
        lines += [say("timeliness.caveat_one_date"), _not_counted(duties, say)]
    lines += _basis(actions, year, say)
    register = case.improvement.register
    if register is not None and register.register.notes:
        lines.append(say("brief.uncertain_notes", n=len(register.register.notes)))
    return lines


def _title(row: Row, framework: Framework, say: Texts) -> str:
    if row["action_kind"] == "indicator" and say.lang == "en":
        return framework.indicator(int(row["indicator_no"])).title_en
    return str(row["title_th"])


def _text(row: Row, result: Improvement, framework: Framework, say: Texts) -> str:
    way = result.way.way if result.way else None
    target = rating_name(framework, way.target, say) if way and way.target else ""
    kind = row["action_kind"]
    if kind == "item":
        in_set = result.way is not None and bool(
            result.way.steps.loc[
                result.way.steps["item_code"] == row["item_code"], "is_in_shortest"
            ].any()
        )
        return say("brief.action_item_target" if in_set else "brief.action_item", target=target)
    if kind == "indicator":
        values = {"score": pct(row["score_pct"]), "needed": pct(row["needed_pct"])}
        return say("brief.action_indicator", target=target, **values)
    due = format_date(row["due_date"].date(), say.lang)
    if kind == "due":
        return say("brief.action_due", due=due)
    if pd.isna(row["worst_days_late"]) or pd.isna(row["published_date"]):
        return say("brief.action_silent", due=due)
    published = format_date(row["published_date"].date(), say.lang)
    return say("brief.action_late", due=due, published=published, days=row["worst_days_late"])


def _facts(row: Row, framework: Framework, as_of: dt.date, say: Texts) -> list[tuple[str, str]]:
    facts = [(say("brief.fact_worth"), _worth(row, say))]
    window = framework.period("oit_answers")
    if window is not None and as_of <= window.end_date and _is_oit(row, framework):
        facts.append((say("brief.fact_due"), _window(framework, window, "window_open", say)))
    if not pd.isna(row["responsible_units_th"]):
        facts.append((say("brief.fact_units"), row["responsible_units_th"]))
    return facts


def _is_oit(row: Row, framework: Framework) -> bool:
    number = row["indicator_no"]
    if pd.isna(number):
        return bool(row["action_kind"] == "item")  # only OIT items are told one by one
    return framework.indicator(int(number)).tool == "OIT"


def _window(framework: Framework, window: Period, key: str, say: Texts) -> str:
    basis = say(f"framework.basis.{framework.calendar.basis}")
    date = format_date(window.end_date, say.lang)
    return say(f"brief.{key}", date=date, basis=basis)


def _worth(row: Row, say: Texts) -> str:
    if pd.isna(row["worth_points"]):
        return say("brief.worth_unknown")
    basis = say(f"framework.basis.{row['rule_basis']}")
    kind, per = row["action_kind"], row["worth_per"]
    if per == "gain":
        return say("brief.worth_gain", points=signed(row["worth_points"]), basis=basis)
    if kind == "item":
        return say("brief.worth_item", points=signed(row["worth_points"]), basis=basis)
    points = pct(row["worth_points"])
    if per == "item":
        return say("brief.worth_sub_item", points=points, code=row["sub_indicator"], basis=basis)
    return say("brief.worth_point", points=points, no=row["indicator_no"], basis=basis)


def _scores(comparison: Comparison, result: Improvement, year: int, say: Texts) -> list[str]:
    lines = []
    row = current(comparison)
    last = int(row["fiscal_year_be"])
    if last < year:
        lines.append(say("brief.scores_older", year=year, last=last))
    if comparison.is_mean:
        return [*lines, say("brief.is_mean")]
    if pd.isna(row["rating"]):
        lines.append(say("brief.uncertain_rating"))
    if result.way is not None and not result.way.known_subs:
        lines.append(say("brief.uncertain_no_items"))
    return lines


def _not_counted(duties: Timeliness, say: Texts) -> str:
    with_evidence = duties.count("recurring", "on_time")
    return say(
        "brief.uncertain_not_counted",
        with_evidence=with_evidence,
        recurring=with_evidence + duties.count("recurring", "no_evidence"),
        unknown=duties.count(status="not_assessable"),
    )


def _basis(actions: pd.DataFrame, year: int, say: Texts) -> list[str]:
    bases = {str(basis) for basis in actions["rule_basis"].dropna()}
    if not bases:
        return []
    unsure = sorted(bases - set(_SURE))
    if not unsure:
        return [say("brief.uncertain_basis_known", year=year)]
    word = say(f"framework.basis.{unsure[0]}")
    return [say("brief.uncertain_basis", year=year, basis=word)]
