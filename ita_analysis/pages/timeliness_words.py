"""The findings of the timeliness report as sentences, right for none, one and many."""

from __future__ import annotations

import pandas as pd

from ita_analysis.analysis.outcomes import CLASSES
from ita_analysis.analysis.timeliness import KINDS, Timeliness
from ita_analysis.frameworks import Framework
from ita_analysis.register.model import Coverage
from ita_analysis.texts import Texts
from ita_analysis.thai import format_date

SEPARATOR = " · "


def headline(result: Timeliness, say: Texts) -> str:
    """Say how many of the dated obligations that had come due are shown to be on time."""
    total, on_time = result.n_assessed, result.count("due", "on_time")
    if total == 0:
        return say("timeliness.headline_no_due")
    if on_time in (0, total):
        return say(f"timeliness.headline_{'all' if on_time else 'none'}", n=total)
    return say("timeliness.headline_some", on_time=on_time, total=total)


def worst_measure(result: Timeliness, say: Texts) -> str:
    """Say which measure was latest."""
    late = result.measures[result.measures["n_late"] > 0]
    if late.empty:
        key = "timeline_none_late" if result.n_assessed else "timeline_no_due"
        return say(f"timeliness.{key}")
    worst = late.nlargest(1, "worst_days_late").to_dict("records")[0]
    title, days = worst["title_th"], worst["worst_days_late"]
    return say("timeliness.timeline_late", n=len(late), title=title, worst=days)


def by_indicator(result: Timeliness, say: Texts) -> str:
    """Say how many were on time under each indicator."""
    rows = assessed(result.indicators)
    if rows.empty:
        return say("timeliness.indicators_none")
    parts = [
        say(
            "timeliness.indicators_part",
            name=indicator_name(row["indicator_no"], say),
            on_time=row["n_on_time"],
            total=row["n_assessed"],
        )
        for row in rows.to_dict("records")
    ]
    return say("timeliness.indicators_finding", parts=SEPARATOR.join(parts))


def by_unit(result: Timeliness, say: Texts) -> str:
    """Say which unit has the most dated obligations and how many of them were on time."""
    rows = assessed(result.units)
    if rows.empty:
        return say("timeliness.units_none")
    most = rows.nlargest(1, "n_assessed").to_dict("records")[0]
    unit, on_time, total = most["unit_th"], most["n_on_time"], most["n_assessed"]
    return say("timeliness.units_finding", unit=unit_name(unit, say), on_time=on_time, total=total)


def units_without(result: Timeliness, say: Texts) -> str:
    """Name the units that no share can be given for; empty where there are none."""
    with_dates = assessed(result.units)["unit_th"]
    rows = result.units[~result.units["unit_th"].isin(with_dates)]
    if rows.empty:
        return ""
    units = ", ".join(unit_name(unit, say) for unit in rows["unit_th"])
    return say("timeliness.units_without", n=len(rows), units=units)


def how_late(result: Timeliness, say: Texts) -> str:
    """Say how late the late ones were."""
    lateness = result.lateness
    if lateness.n_late == 0:
        known = result.count("due", "on_time")
        return say(f"timeliness.{'lateness_none' if known else 'lateness_no_evidence'}")
    return say(
        "timeliness.lateness_late",
        n=lateness.n_late,
        median=f"{lateness.median_days:g}",
        worst=lateness.worst_days,
    )


def no_evidence(result: Timeliness, say: Texts) -> str:
    """Say how many dated obligations have no evidence."""
    n = result.count("due", "no_evidence")
    if result.n_assessed == 0:
        return say("timeliness.headline_no_due")
    return say("timeliness.no_evidence", n=n) if n else say("timeliness.no_evidence_none")


def recurring(result: Timeliness, say: Texts) -> str:
    """Say how many recurring occurrences came due and how many have evidence."""
    with_evidence = result.count("recurring", "on_time")
    total = with_evidence + result.count("recurring", "no_evidence")
    if total == 0:
        return say("timeliness.recurring_none")
    return say("timeliness.recurring", n=total, with_evidence=with_evidence)


def outcomes(result: Timeliness, say: Texts) -> str:
    """Say what backs the outcomes that the register claims."""
    counts = result.measures["outcome_class"].value_counts()
    parts = [
        say(
            "timeliness.outcome_part", name=say(f"values.outcome_class.{name}"), n=int(counts[name])
        )
        for name in CLASSES
        if name in counts
    ]
    return say("timeliness.outcome_finding", n=len(result.measures), parts=SEPARATOR.join(parts))


def not_assessable(result: Timeliness, say: Texts) -> str:
    """Say how many obligations cannot be assessed, by kind."""
    rows = result.occurrences[result.occurrences["status"] == "not_assessable"]
    if rows.empty:
        return say("timeliness.not_assessable_none")
    counts = rows["kind"].value_counts()
    parts = [
        say("timeliness.not_assessable_part", name=say(f"values.kind.{kind}"), n=int(counts[kind]))
        for kind in KINDS
        if kind in counts
    ]
    return say("timeliness.not_assessable_finding", n=len(rows), parts=SEPARATOR.join(parts))


def oit_window(result: Timeliness, framework: Framework, say: Texts) -> str:
    """Say which measures were published too late to count in the year's OIT score."""
    window = framework.period("oit_answers")
    if window is None:
        return say("timeliness.window_unknown")
    basis = say(f"framework.basis.{framework.calendar.basis}")
    values = {"date": format_date(window.end_date, say.lang), "basis": basis}
    late = result.measures[result.measures["is_after_oit_window"].fillna(False)]
    if late.empty:
        return say("timeliness.window_none", **values)
    titles = ", ".join(late["title_th"])
    return say("timeliness.window_some", n=len(late), titles=titles, **values)


def coverage(counted: Coverage, say: Texts) -> str:
    """Say how much of the document's words about time was understood."""
    if counted.share_pct is None:
        return say("timeliness.coverage_none")
    return say(
        "timeliness.coverage",
        total=counted.n_phrases,
        understood=counted.n_understood,
        share=counted.share_pct,
    )


def assessed(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the groups with dated obligations that had come due, and their number."""
    n_assessed = groups["n_on_time"] + groups["n_late"] + groups["n_no_evidence"]
    rows = groups.assign(n_assessed=n_assessed)
    return rows[rows["n_assessed"] > 0].reset_index(drop=True)


def indicator_name(number: object, say: Texts) -> str:
    """Return the short name of an indicator; says so where none is named."""
    if pd.isna(number):  # type: ignore[call-overload]
        return say("timeliness.no_indicator")
    return say("timeliness.indicator_short", no=number)


def unit_name(unit: object, say: Texts) -> str:
    """Return a unit's name; says so where none is named."""
    return str(unit) if isinstance(unit, str) else say("timeliness.no_unit")
