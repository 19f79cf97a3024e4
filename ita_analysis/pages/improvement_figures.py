"""The records that the charts of the improvement report draw."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ita_analysis.analysis.improvement import PASS_MARK, TOP_MARK, Improvement
from ita_analysis.charts.dumbbell import Dumbbell
from ita_analysis.charts.timeline import indicator_headings
from ita_analysis.charts.worth import Part
from ita_analysis.pages.improvement_words import Row, name_of, pct, signed
from ita_analysis.texts import Texts

MARKS = ((PASS_MARK, f"{PASS_MARK:g}"), (TOP_MARK, f"{TOP_MARK:g}"))
"""Scores to reach, with their labels."""


def dumbbells(result: Improvement, say: Texts) -> list[Dumbbell]:
    """Return one record per indicator with a score in either year, in the order of the table."""
    return [_dumbbell(row, result, say) for row in _shown(result).to_dict("records")]


def tool_headings(result: Improvement, say: Texts) -> dict[int, str]:
    """Return position and heading of each tool's indicators."""
    return indicator_headings([_tool(row, say) for row in _shown(result).to_dict("records")])


def _shown(result: Improvement) -> pd.DataFrame:
    known = result.indicators[["score_before_pct", "score_pct"]].notna().any(axis=1)
    return result.indicators[known]


def _tool(row: Row, say: Texts) -> str:
    if pd.isna(row["points_per_point"]):
        return say("improvement.tool_heading_plain", tool=row["tool"])
    points = pct(row["points_per_point"])
    return say("improvement.tool_heading", tool=row["tool"], points=points)


def _dumbbell(row: Row, result: Improvement, say: Texts) -> Dumbbell:
    before, score = _number(row["score_before_pct"]), _number(row["score_pct"])
    name = say("improvement.part", code=row["indicator_no"], title=name_of(row, say))
    is_aimed = row["n_aiming_measures"] > 0
    line = " · ".join([_values(row, say), *([_duties(row, say)] if is_aimed else [])])
    return Dumbbell(
        label=f"{name}\n{line}",
        before_pct=before,
        score_pct=score,
        is_aimed=is_aimed,
        is_joined=not pd.isna(row["change_points"]),
        before_words=_hover(name, result.before_year_be, before, say),
        words=_hover(name, result.fiscal_year_be, score, say),
    )


def _values(row: Row, say: Texts) -> str:
    before, score = _number(row["score_before_pct"]), _number(row["score_pct"])
    if before is None or score is None:
        return pct(score if before is None else before)
    values = {"before": pct(before), "score": pct(score)}
    if pd.isna(row["change_points"]):
        return say("improvement.row_both", **values)
    return say("improvement.row_change", change=signed(row["change_points"]), **values)


def _hover(name: str, year: int | None, score: float | None, say: Texts) -> str:
    return "" if score is None else say("improvement.hover", name=name, year=year, score=pct(score))


def _duties(row: Row, say: Texts) -> str:
    if row["n_assessed"] == 0:
        return say("improvement.row_no_due")
    return say("improvement.row_duties", on_time=row["n_on_time"], n=row["n_assessed"])


@dataclass(frozen=True, slots=True)
class WorthChart:
    """What the chart of worth and timeliness shows.

    Attributes:
        rows: The parts that measures aim at, the dearest first.
        parts: Their records.
        is_by_item: Whether worth is of one item (else of one point of an indicator).
    """

    rows: pd.DataFrame
    parts: list[Part]
    is_by_item: bool


def worth_chart(result: Improvement, say: Texts) -> WorthChart:
    """Return the parts that measures aim at: sub-indicators by item, else indicators by point."""
    aimed = result.worth[result.worth["n_aiming_measures"] > 0]
    subs = aimed[(aimed["level"] == "sub_indicator") & aimed["points_per_item"].notna()]
    is_by_item = not subs.empty
    column = "points_per_item" if is_by_item else "points_per_point"
    rows = subs if is_by_item else aimed[(aimed["level"] == "indicator") & aimed[column].notna()]
    rows = rows.sort_values(column, ascending=False, kind="stable").reset_index(drop=True)
    unit = "item" if is_by_item else "point"
    parts = []
    for row in rows.to_dict("records"):
        name = say("improvement.part", code=row["code"], title=name_of(row, say))
        value = say(f"improvement.worth_per_{unit}", points=pct(row[column]))
        label = f"{name}\n{_worth_and_duties(value, row, say)}"
        parts.append(Part(label, float(row[column]), worst_status(row), label))
    return WorthChart(rows, parts, is_by_item)


def _worth_and_duties(worth: str, row: Row, say: Texts) -> str:
    if row["n_assessed"] == 0:
        return say("improvement.worth_no_due", worth=worth)
    values = {"on_time": row["n_on_time"], "n": row["n_assessed"]}
    return say("improvement.worth_duties", worth=worth, **values)


def worst_status(row: Row) -> str:
    """Return the worst status among dated obligations that had come due."""
    for status in ("late", "no_evidence", "on_time"):
        if row[f"n_{status}"] > 0:
            return status
    return "not_assessable"


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]
