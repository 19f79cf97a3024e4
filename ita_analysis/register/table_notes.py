"""What the reader must know of how the tables of a report were read."""

from __future__ import annotations

from collections.abc import Iterator

from ita_analysis.documents import Row
from ita_analysis.register.columns import Header
from ita_analysis.register.model import Note
from ita_analysis.register.tables import Found

_WORDS = 60


def table_notes(found: Found) -> list[Note]:
    """Return the notes about headers, rows and tables, in that order."""
    notes: list[Note] = []
    for header in {each.roles: each for each in reversed(found.headers)}.values():
        notes += _header_notes(header)
    repeats = [header.row for header in found.headers[1:]]
    if repeats:
        rows = ", ".join(str(row.place.row) for row in repeats)
        values = {"n": len(repeats), "rows": rows}
        notes.append(_note("header_repeated", repeats[0], **values))
    for number, measure in enumerate(found.measures, 1):
        if measure.n_rows > 1:
            note = _note("rows_joined", measure.row, n=measure.n_rows)
            notes.append(note.model_copy(update={"measure_no": number}))
    notes += [_note("row_duplicate", row, words=_words(row)) for row in found.duplicates]
    notes += [
        _note("row_left_out", row, words=_words(row)) for row in found.left_out if _words(row)
    ]
    notes += [
        _note("table_left_out", table.rows[0], words=_words(table.rows[0]), n=len(table.rows))
        for table in found.strange
    ]
    return notes


def _header_notes(header: Header) -> Iterator[Note]:
    if not header.is_official:
        pairs = zip(header.row.texts, header.roles, header.reasons, strict=True)
        told = [f"{text} = {role.value}" for text, role, reason in pairs if reason]
        yield _note("columns_matched", header.row, matches="; ".join(told))
    for heading in header.unused:
        yield _note("column_unused", header.row, words=heading[:_WORDS])


def _words(row: Row) -> str:
    return " ".join(filter(None, row.texts))[:_WORDS]


def _note(code: str, row: Row, **values: object) -> Note:
    return Note(code=code, row=row.place.row, part=row.place.part, values=values)
