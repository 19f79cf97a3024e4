"""A cell of duties, cut into its numbered clauses, and who each of them speaks to."""

from __future__ import annotations

import re

from ita_analysis.register.model import Actor

# "๑." or "2)" at the start of a clause. Not "๙.๓" (a sub-indicator), not "๒๕๖๕." (a year) and not
# a number with a word before it on which it depends ("รอบ ๖.").
_NUMBERED = re.compile(r"(?:^|(?<=[\s ]))\(?[0-9๐-๙]{1,2}\s?[.)]\s*(?=[^\s0-9๐-๙])")
_BULLET = re.compile(r"(?:^|(?<=\s))[-–•*]\s*(?=[^\s0-9๐-๙-])")

EXECUTIVES = ("ผู้บริหา", "คณะผู้บริหา", "นายก", "ผู้อำนวยการ", "อธิบดี", "ผู้ว่าราชการ", "หัวหน้าส่วนราชการ")
"""Beginnings of the words for those who supervise. «ผู้บริหา» also takes the common slip without ร."""
_LEAD_IN = re.compile(r"^(?:โดย|ให้|และ|การ|ทั้งนี้)\s*")


def split_clauses(cell: str) -> list[str]:
    """Return the clauses of a cell, without their numbers or bullets.

    Numbered cells are cut at their numbers, others at their bullets; a cell with neither is one
    clause.
    """
    marks = list(_NUMBERED.finditer(cell)) or list(_BULLET.finditer(cell))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(cell)]
    pieces = (cell[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return [piece for piece in pieces if piece]


def actor_of(clause: str) -> Actor:
    """Tell who a clause speaks to: its grammatical subject stands first.

    «รายงานผู้บริหาร» names the executive as the one who is told, so it stays with the officer.
    """
    subject = _LEAD_IN.sub("", clause.strip())
    return Actor.EXECUTIVE if subject.startswith(EXECUTIVES) else Actor.OFFICER
