"""What to do first: at most three actions, chosen by one rule from what other analyses found.

No number is made here. Candidates come from the timeliness of the measures, from the shortest way
to the next rating and from the due dates that lie ahead (docs/methods.md, "Brief").
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import pandas as pd

from ita_analysis.analysis.comparison_years import typed
from ita_analysis.analysis.improvement import Improvement
from ita_analysis.analysis.timeliness import Timeliness

MOST_ACTIONS = 3
"""As many as fit on one page and into one meeting."""

KINDS = ("measure", "item", "indicator", "due")
"""What an action is about: a measure that is late or without evidence, a missed OIT item, an
indicator's score, a due date that lies ahead."""

ACTION_TYPES = {
    "action_no": "int64",
    "action_kind": "str",
    "measure_no": "Int64",
    "indicator_no": "Int64",
    "sub_indicator": "str",
    "item_code": "str",
    "title_th": "str",
    "responsible_units_th": "str",
    "due_date": "datetime64[us]",
    "published_date": "datetime64[us]",
    "worst_days_late": "Int64",
    "score_pct": "Float64",
    "needed_pct": "Float64",
    "worth_points": "Float64",
    "worth_per": "str",
    "rule_basis": "str",
}
"""Columns of :func:`next_actions`."""

Action = dict[str, object]


def next_actions(result: Improvement) -> pd.DataFrame:
    """Choose what to do first.

    One of each kind comes first: the measure that is late or without evidence under the part that
    is worth most; the first step of the shortest way to the next rating (the first item of the
    smallest set; where no set of items reaches it, the indicator whose gain is worth most; where
    neither is known, the dearest missed item); the next due date. What room is left goes to the
    other candidates, dearest first. A measure is named once.

    Args:
        result: As :func:`ita_analysis.analysis.improvement.improve`.

    Returns:
        Columns ACTION_TYPES, at most MOST_ACTIONS rows, in the order to do them. ``due_date``:
        the first due date that was missed, or the one that lies ahead. ``worth_points``: overall
        points, per item (``worth_per`` is ``item``), per point of the indicator (``point``) or for
        the whole gain up to ``needed_pct`` (``gain``); missing where the year's rule is unknown.
    """
    queues = [_unmet(result), _steps(result), _ahead(result)]
    first = [queue[0] for queue in queues if queue]
    rest = sorted(chain.from_iterable(queue[1:] for queue in queues), key=_dearest_first)
    chosen = _once_each(chain(first, rest))[:MOST_ACTIONS]
    return typed(
        [{**dict.fromkeys(ACTION_TYPES), **row, "action_no": n} for n, row in enumerate(chosen, 1)],
        ACTION_TYPES,
    )


def unmet_measures(result: Improvement) -> pd.DataFrame:
    """Return the measures with a dated obligation late or without evidence, dearest first."""
    rows = result.measures
    return rows if rows.empty else rows[(rows["n_late"] > 0) | (rows["n_no_evidence"] > 0)]


def n_measures_by_state(duties: Timeliness) -> dict[str, int]:
    """Count the measures by the state of their dated obligations that had come due.

    Returns:
        ``on_time``: all on time; ``late``: at least one late; ``no_evidence``: none late, at least
        one without evidence; ``total``: the three together. Measures without such an obligation
        are in none.
    """
    rows = duties.measures
    late, silent = rows["n_late"] > 0, rows["n_no_evidence"] > 0
    counts = {
        "on_time": int((~late & ~silent & (rows["n_on_time"] > 0)).sum()),
        "late": int(late.sum()),
        "no_evidence": int((~late & silent).sum()),
    }
    return {**counts, "total": sum(counts.values())}


def _unmet(result: Improvement) -> list[Action]:
    duties = result.duties
    if duties is None:
        return []
    missed = duties.occurrences[
        (duties.occurrences["kind"] == "due")
        & duties.occurrences["status"].isin(["late", "no_evidence"])
    ]
    first_due = missed.groupby("measure_no")["due_date"].min()
    rows = []
    for row in unmet_measures(result).to_dict("records"):
        names = ("published_date", "worst_days_late")
        more = {name: row[name] for name in names}
        if row["published_date"] > pd.Timestamp(duties.as_of):
            more["published_date"] = None  # not known yet on the day the report speaks for
        rows.append(
            _of_measure("measure", row, result, due_date=first_due[row["measure_no"]], **more)
        )
    return rows


def _ahead(result: Improvement) -> list[Action]:
    """The measures with a due date that lies ahead, the next one first."""
    duties = result.duties
    if duties is None:
        return []
    coming = duties.occurrences[duties.occurrences["status"] == "not_due"]
    next_due = coming.groupby("measure_no")["due_date"].min()
    rows = [
        _of_measure("due", row, result, due_date=next_due[row["measure_no"]])
        for row in result.measures.to_dict("records")
        if row["measure_no"] in next_due.index
    ]
    # the measures stand in the order of worth, which stays the order of equal days
    return sorted(rows, key=lambda row: row["due_date"])  # type: ignore[arg-type, return-value]


def _of_measure(kind: str, row: dict[Any, Any], result: Improvement, **more: object) -> Action:
    by_item = not pd.isna(row["points_per_item"])
    points = row["points_per_item" if by_item else "points_per_point"]
    names = ("measure_no", "indicator_no", "sub_indicator", "item_code", "title_th")
    # a year may tell what an indicator is worth, but not what its sub-indicators are
    indicators = result.indicators.set_index("indicator_no")["rule_basis"]
    basis = row["rule_basis"] if by_item else indicators.get(row["indicator_no"])
    units = row["responsible_units_th"]
    return _known(
        {
            "action_kind": kind,
            **{name: row[name] for name in names},
            "responsible_units_th": "; ".join(units) if isinstance(units, (list, tuple)) else units,
            "worth_points": points,
            "worth_per": "item" if by_item else "point",
            "rule_basis": basis,
            **more,
        }
    )


def _steps(result: Improvement) -> list[Action]:
    """The shortest way, step by step: items that reach the next rating, gains, further items."""
    if result.way is None:
        return []
    items = [_item(row) for row in result.way.steps.to_dict("records")]
    shortest = int(result.way.steps["is_in_shortest"].sum())
    if shortest:
        return items
    together = result.way.gains[result.way.gains["way"] == "together"]
    # an OIT score moves by items: where these are known, they tell the step better than a gain
    oit = set(result.indicators.loc[result.indicators["tool"] == "OIT", "indicator_no"])
    left_out = oit if items else set()
    gains = [
        _gain(row, result)
        for row in together.to_dict("records")
        if row["indicator_no"] not in left_out
    ]
    return [*sorted(gains, key=_dearest_first), *items]


def _item(row: dict[object, object]) -> Action:
    return _known(
        {
            "action_kind": "item",
            "sub_indicator": row["sub_indicator"],
            "item_code": row["item_code"],
            "title_th": row["name_th"],
            "worth_points": row["gain_points"],
            "worth_per": "item",
            "rule_basis": row["rule_basis"],
        }
    )


def _gain(row: dict[Any, Any], result: Improvement) -> Action:
    indicators = result.indicators.set_index("indicator_no")
    about = indicators.loc[row["indicator_no"]]
    points = row["gain_points"] * about["points_per_point"]
    return _known(
        {
            "action_kind": "indicator",
            "indicator_no": row["indicator_no"],
            "title_th": about["name_th"],
            "score_pct": row["score_pct"],
            "needed_pct": row["needed_pct"],
            "worth_points": round(points, 4),
            "worth_per": "gain",
            "rule_basis": row["rule_basis"],
        }
    )


def _known(row: Action) -> Action:
    return {name: None if pd.isna(value) else value for name, value in row.items()}  # type: ignore[call-overload]


def _dearest_first(row: Action) -> float:
    points = row["worth_points"]
    # one point of an indicator is compared as it is with one item: both are what one step gives
    return 0.0 if points is None else -float(points)  # type: ignore[arg-type]


def _once_each(rows: Iterable[Action]) -> list[Action]:
    seen: set[object] = set()
    found = []
    for row in rows:
        number = row.get("measure_no")
        if number is not None and number in seen:
            continue
        seen.add(number)
        found.append(row)
    return found
