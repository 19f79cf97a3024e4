"""The tables behind the charts as an Excel workbook that people read.

One sheet about the report, one per table, one dictionary. Numbers, dates and truth values keep
their types; every text is stored as a text, so that none of it is ever a formula. The same tables
give the same bytes: no clock, neither in the properties nor in the zip.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from ita_analysis.reports.heads import code_word, column_help, column_label
from ita_analysis.reports.info import ReportInfo
from ita_analysis.reports.sheet import FIXED_TIME, Looks, clean, write_sheet
from ita_analysis.reports.tables import DATES, MOMENTS, TEXTS, Table
from ita_analysis.texts import Texts, load_texts
from ita_analysis.thai.format import format_date

if TYPE_CHECKING:
    from pathlib import Path


_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def write_workbook(
    tables: Mapping[str, Table],
    path: Path,
    info: ReportInfo,
    lang: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write the workbook of a report.

    Args:
        tables: Name of a table -> its rows.
        path: File to write; it is overwritten.
        info: What the report is.
        lang: Language of headings; the report's own where None.
        labels: Headings where they differ from the texts ``columns.*``.
    """
    path.write_bytes(workbook_bytes(tables, info, lang, labels))


def workbook_bytes(
    tables: Mapping[str, Table],
    info: ReportInfo,
    lang: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook of a report; see :func:`write_workbook`."""
    chosen = lang or info.lang
    say = load_texts(chosen)
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    looks = Looks.of(book, chosen)
    _about(book, info, say, looks)
    taken = {say("report.sheet_about"), say("report.sheet_dictionary")}
    for name, table in tables.items():
        sheet = book.add_worksheet(_sheet_name(_table_title(name, say), taken))
        heads = [column_label(each, say, labels or {}) for each in table.kinds]
        write_sheet(sheet, heads, _columns(table, say), looks)
    _dictionary(book, tables, say, labels or {}, looks)
    title = clean(f"{info.title} · {info.agency_name} · {info.fiscal_year_be}")
    book.set_properties({"author": "ita_analysis", "title": title, "created": FIXED_TIME})
    book.close()
    return out.getvalue()


def _table_title(name: str, say: Texts) -> str:
    key = f"report.tables.{name}"
    return say(key) if say.has(key) else name


def _sheet_name(name: str, taken: set[str]) -> str:
    base = _NOT_IN_SHEET_NAME.sub(" ", name)[:_SHEET_NAME_LENGTH].strip("' ") or "-"
    chosen, number = base, 2
    while chosen.casefold() in {other.casefold() for other in taken}:
        tail = f" {number}"
        chosen, number = base[: _SHEET_NAME_LENGTH - len(tail)] + tail, number + 1
    taken.add(chosen)
    return chosen


def _about(book: Workbook, info: ReportInfo, say: Texts, looks: Looks) -> None:
    rows: list[tuple[str, Any]] = [
        (say("report.title"), info.title),
        (say("report.agency"), info.agency_name),
        (say("report.place"), info.agency_place),
        (say("report.fiscal_year"), info.fiscal_year_be),
    ]
    if info.round_months is not None:
        rows.append((say("report.round"), say("report.round_months", n=info.round_months)))
    rows += [
        (say("report.as_of"), format_date(info.as_of, lang=say.lang)),
        (say("report.data_kind"), say(f"report.data_kinds.{info.data_kind}")),
        (say("report.source"), info.source),
    ]
    if info.data_kind == "synthetic":
        rows.insert(0, (say("report.caution"), say("report.synthetic_warning")))
    sheet = book.add_worksheet(say("report.sheet_about"))
    for number, (name, value) in enumerate(rows):
        looks.put(sheet, number, 0, name, looks.bold)
        looks.put(sheet, number, 1, value)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)


def _columns(table: Table, say: Texts) -> list[list[Any]]:
    """Return the values of each column as they are shown; None where missing."""
    return [
        [None if value is None else code_word(name, value, say) or value for value in values]
        for name, values in zip(table.kinds, table.columns, strict=True)
    ]


def _dictionary(
    book: Workbook,
    tables: Mapping[str, Table],
    say: Texts,
    labels: Mapping[str, str],
    looks: Looks,
) -> None:
    heads = ("table", "column", "heading", "meaning", "type", "unit")
    rows: list[Sequence[str]] = [
        (
            _table_title(key, say),
            name,
            column_label(name, say, labels),
            column_help(name, say),
            say(f"report.types.{_TYPES[kind]}"),
            _unit(name, say),
        )
        for key, table in tables.items()
        for name, kind in table.kinds.items()
    ]
    sheet = book.add_worksheet(say("report.sheet_dictionary"))
    columns = [[row[i] for row in rows] for i in range(len(heads))]
    write_sheet(sheet, [say(f"report.dictionary.{head}") for head in heads], columns, looks)


_TYPES = {
    **dict.fromkeys(("int64", "Int64"), "integer"),
    **dict.fromkeys(("float64", "Float64"), "number"),
    **dict.fromkeys(("bool", "boolean"), "boolean"),
    **dict.fromkeys(("str", "string", TEXTS), "text"),
    **dict.fromkeys((DATES, *MOMENTS), "date"),
}
"""Type of a column -> name of what it holds, as the dictionary tells it."""

_UNITS = {"_pct": "percent", "_points": "points", "_days": "days", "_date": "be_date"}


def _unit(name: str, say: Texts) -> str:
    if name.startswith("days_"):
        return say("report.units.days")
    if name.startswith("n_"):
        return say("report.units.count")
    found = next((unit for end, unit in _UNITS.items() if name.endswith(end)), None)
    return say(f"report.units.{found}") if found else ""
