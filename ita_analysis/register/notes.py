"""Notes in words: what was repaired, inferred or doubted when a register was read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ita_analysis.register.model import Note
from ita_analysis.texts import Texts
from ita_analysis.thai import format_date

GROUPS = {
    "repair": ("source_corrected", "cells_split", "columns_shifted", "cell_repeated",
               "text_repaired", "title_spaces", "header_repeated", "title_carried",
               "rows_joined", "row_duplicate"),
    "inference": ("year_inferred", "sub_indicator_matched", "said_in_steps_too",
                  "publication_month_only", "several_dates", "columns_matched"),
    "doubt": ("phrase_not_understood", "deadline_outside_year", "publication_outside_year",
              "no_publication_date", "indicator_not_named", "sub_indicator_not_told",
              "period_not_understood", "period_over_a_year", "row_left_out",
              "row_rejected", "column_unused", "table_left_out", "publication_in_future",
              "remark"),
}  # fmt: skip
"""Every code of a note, by what the reader should make of it."""


def note_group(note: Note) -> str:
    """Return ``repair``, ``inference`` or ``doubt``.

    Raises:
        KeyError: The code is in no group: a fault of the program.
    """
    return {code: group for group, codes in GROUPS.items() for code in codes}[note.code]


def note_message(note: Note, texts: Texts) -> str:
    """Return a note as a sentence in the language of the texts."""
    values = {name: _shown(name, value, texts) for name, value in note.values.items()}
    if note.code == "source_corrected":
        values["reason"] = str(note.values[f"reason_{texts.lang}"])
        values["field"] = texts(f"fields.{note.values['field']}")
    return texts(f"notes.{note.code}", **values)


def _shown(name: str, value: Any, texts: Texts) -> object:
    if name in ("date", "due_date", "start", "end"):
        return format_date(dt.date.fromisoformat(str(value)), texts.lang)
    if name == "matches":
        pairs = (pair.rsplit(" = ", 1) for pair in str(value).split("; "))
        return "; ".join(
            f"{pair[0]} = {texts(f'roles.{pair[1]}')}" if len(pair) == 2 else pair[0]
            for pair in pairs
        )
    if name == "columns":
        return ", ".join(texts(f"roles.{role.strip()}") for role in str(value).split(","))
    if name == "changes":
        return ", ".join(
            texts(f"thai.repairs.{change.strip()}") for change in str(value).split(",")
        )
    return value
