"""The tables of the timeliness report: for readers, in words; for programs, in the contract's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ita_analysis.analysis.timeliness import Timeliness
from ita_analysis.register.model import Note
from ita_analysis.register.notes import note_group, note_message
from ita_analysis.texts import Texts

_MEASURE = ["measure_no", "item_code", "title_th"]


def measure_rows(result: Timeliness) -> pd.DataFrame:
    """One row per measure: its publication and what became of its dated obligations."""
    names = ["published_date", "n_dated", "n_on_time", "n_late", "n_no_evidence", "worst_days_late"]
    return result.measures[[*_MEASURE, *names]]


def group_rows(groups: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator or unit, the counts before the share."""
    names = ["n_measures", "n_dated", "n_on_time", "n_late", "n_no_evidence", "n_not_due"]
    return groups[[groups.columns[0], *names, "share_on_time_pct"]]


def dated_rows(result: Timeliness) -> pd.DataFrame:
    """One row per dated obligation, the latest first."""
    dated = result.obligations[result.obligations["kind"] == "due"]
    names = ["measure_no", "title_th", "task_th", "phrase_th", "due_date", "published_date",
             "status", "days_late"]  # fmt: skip
    return dated[names].sort_values("days_late", ascending=False, na_position="last")


def without_evidence_rows(result: Timeliness) -> pd.DataFrame:
    """One row per dated obligation that came due without evidence."""
    dated = result.obligations
    missing = dated[(dated["kind"] == "due") & (dated["status"] == "no_evidence")]
    return missing[["measure_no", "title_th", "task_th", "phrase_th", "due_date"]]


def recurring_rows(result: Timeliness, say: Texts) -> pd.DataFrame:
    """One row per recurring obligation: how often it came due, how often there is evidence."""
    cyclic = result.obligations[result.obligations["kind"] == "recurring"]
    due = cyclic["n_on_time"] + cyclic["n_no_evidence"]
    table = cyclic[["measure_no", "title_th"]].assign(
        actor=cyclic["actor"],
        cadence=[_cadence(row, say) for row in cyclic.to_dict("records")],
        n_recurring_due=due,
        n_recurring_with_evidence=cyclic["n_on_time"],
    )
    return table[due > 0]


def _cadence(row: Mapping[Any, Any], say: Texts) -> str:
    if not pd.isna(row["every_months"]):
        return say("timeliness.cadence_months", n=row["every_months"])
    return say("timeliness.cadence_days", n=row["every_days"])


def outcome_rows(result: Timeliness) -> pd.DataFrame:
    """One row per measure: what backs its outcome."""
    return result.measures[[*_MEASURE, "outcome_class", "outcome_words_th"]]


def not_assessable_rows(result: Timeliness) -> pd.DataFrame:
    """One row per obligation that cannot be assessed, with the reason."""
    unknown = result.obligations[result.obligations["status"] == "not_assessable"]
    return unknown[["measure_no", "title_th", "task_th", "phrase_th", "reason"]]


def note_rows(notes: Sequence[Note], say: Texts) -> pd.DataFrame:
    """One row per note on how the document was read, doubts first."""
    order = {"doubt": 0, "repair": 1, "inference": 2}
    ranked = sorted(notes, key=lambda note: order[note_group(note)])
    frame = pd.DataFrame(
        {
            "group": [say(f"note_groups.{note_group(note)}") for note in ranked],
            "measure_no": [note.measure_no for note in ranked],
            "row": [note.row for note in ranked],
            "message": [note_message(note, say) for note in ranked],
        }
    )
    return frame.astype({"measure_no": "Int64", "row": "Int64"})


def published_tables(
    result: Timeliness, agency_id: str, fiscal_year_be: int
) -> dict[str, pd.DataFrame]:
    """The tables for programs and for the workbook: keys first, lists joined into texts."""
    frames = {
        "obligations": _flat(result.obligations),
        "occurrences": result.occurrences.copy(),
        "measures": _flat(result.measures),
        "units": result.units.copy(),
        "indicators": result.indicators.copy(),
    }
    for frame in frames.values():
        frame.insert(0, "agency_id", agency_id)
        frame.insert(1, "fiscal_year_be", fiscal_year_be)
    return frames


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    joints = {"responsible_units_th": "; ", "due_months": ";"}
    flat = frame.copy()
    for name, joint in joints.items():
        if name in flat.columns:
            flat[name] = pd.Series(
                [joint.join(str(each) for each in value) or None for value in flat[name]],
                index=flat.index,
                dtype="str",
            )
    return flat
