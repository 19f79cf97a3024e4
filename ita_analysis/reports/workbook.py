"""The tables behind the charts as an Excel workbook that people read.

One sheet about the report, one per table, one dictionary. Numbers, dates and truth values keep
their types; every text is stored as a text, so that none of it is ever a formula. The same tables
give the same bytes: no clock, neither in the properties nor in the zip.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ita_analysis.reports.heads import code_word, column_help, column_label
from ita_analysis.reports.info import ReportInfo
from ita_analysis.texts import Texts, load_texts
from ita_analysis.thai.format import format_date

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

BE_DATE = {"th": "[$-107041E]d mmm yyyy", "en": "[$-1070409]d mmm yyyy"}
"""Number format of a date: Arabic digits (01), Thai Buddhist calendar (07), months in Thai (041E)
or English (0409). The cell holds a real date: it sorts, filters and subtracts."""

FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, not a moment
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)

WIDEST = 60
NARROWEST = 9
_ROWS_MEASURED = 200
_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E9ECF0")
_TOP = Alignment(vertical="top", wrap_text=True)


def write_workbook(
    tables: Mapping[str, pd.DataFrame],
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
    tables: Mapping[str, pd.DataFrame],
    info: ReportInfo,
    lang: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook of a report; see :func:`write_workbook`."""
    chosen = lang or info.lang
    say = load_texts(chosen)
    book = Workbook()
    book.remove(book.worksheets[0])
    _about(book.create_sheet(say("report.sheet_about")), info, chosen, say)
    taken = {say("report.sheet_about"), say("report.sheet_dictionary")}
    for name, frame in tables.items():
        sheet = book.create_sheet(_sheet_name(_table_title(name, say), taken))
        _fill(sheet, frame, chosen, say, labels or {})
    dictionary = book.create_sheet(say("report.sheet_dictionary"))
    _dictionary(dictionary, tables, say, labels or {})
    book.properties.creator = "ita_analysis"
    book.properties.title = _clean(f"{info.title} · {info.agency_name} · {info.fiscal_year_be}")
    book.properties.created = FIXED_TIME
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


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


def _about(sheet: Worksheet, info: ReportInfo, lang: str, say: Texts) -> None:
    rows: list[tuple[str, Any]] = [
        (say("report.title"), info.title),
        (say("report.agency"), info.agency_name),
        (say("report.place"), info.agency_place),
        (say("report.fiscal_year"), info.fiscal_year_be),
    ]
    if info.round_months is not None:
        rows.append((say("report.round"), say("report.round_months", n=info.round_months)))
    rows += [
        (say("report.as_of"), format_date(info.as_of, lang=lang)),
        (say("report.data_kind"), say(f"report.data_kinds.{info.data_kind}")),
        (say("report.source"), info.source),
    ]
    if info.data_kind == "synthetic":
        rows.insert(0, (say("report.caution"), say("report.synthetic_warning")))
    for number, (name, value) in enumerate(rows, start=1):
        _put(sheet.cell(number, 1), name).font = _HEAD_FONT
        _put(sheet.cell(number, 2), value).alignment = _TOP
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 80


def _fill(
    sheet: Worksheet, frame: pd.DataFrame, lang: str, say: Texts, labels: Mapping[str, str]
) -> None:
    names = [str(name) for name in frame.columns]
    _head(sheet, [column_label(name, say, labels) for name in names])
    for number, name in enumerate(names, start=1):
        column = frame.iloc[:, number - 1]
        pairs = zip(column, column.isna(), strict=True)
        for row, (value, missing) in enumerate(pairs, start=2):
            if missing:
                continue
            shown = code_word(name, value, say) or value
            _put(sheet.cell(row, number), shown, lang).alignment = _TOP
    _finish(sheet, len(names), len(frame), lang)


def _dictionary(
    sheet: Worksheet,
    tables: Mapping[str, pd.DataFrame],
    say: Texts,
    labels: Mapping[str, str],
) -> None:
    heads = ("table", "column", "heading", "meaning", "type", "unit")
    _head(sheet, [say(f"report.dictionary.{head}") for head in heads])
    row = 1
    for table, frame in tables.items():
        for i, name in enumerate(map(str, frame.columns)):
            row += 1
            values = (
                _table_title(table, say),
                name,
                column_label(name, say, labels),
                column_help(name, say),
                say(f"report.types.{_type(frame.iloc[:, i])}"),
                _unit(name, say),
            )
            for number, value in enumerate(values, start=1):
                _put(sheet.cell(row, number), value).alignment = _TOP
    _finish(sheet, len(heads), row - 1, say.lang)


def _type(column: pd.Series[Any]) -> str:
    kind = column.dtype.kind
    if kind in "iu":
        return "integer"
    if kind in "fbM":
        return {"f": "number", "b": "boolean", "M": "date"}[kind]
    values = column.dropna()
    return "date" if len(values) and isinstance(values.iloc[0], dt.date) else "text"


_UNITS = {"_pct": "percent", "_points": "points", "_days": "days", "_date": "be_date"}


def _unit(name: str, say: Texts) -> str:
    if name.startswith("days_"):
        return say("report.units.days")
    if name.startswith("n_"):
        return say("report.units.count")
    found = next((unit for end, unit in _UNITS.items() if name.endswith(end)), None)
    return say(f"report.units.{found}") if found else ""


def _head(sheet: Worksheet, heads: list[str]) -> None:
    for number, text in enumerate(heads, start=1):
        cell = _put(sheet.cell(1, number), text)
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _TOP


def _finish(sheet: Worksheet, n_columns: int, n_rows: int, lang: str) -> None:
    sheet.freeze_panes = "A2"
    if n_columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(n_columns)}{n_rows + 1}"
    for number in range(1, n_columns + 1):
        shown = min(n_rows + 1, _ROWS_MEASURED)
        longest = max(_width(sheet.cell(row, number), lang) for row in range(1, shown + 1))
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _width(cell: Any, lang: str) -> int:
    if isinstance(cell.value, dt.date):
        return len(format_date(cell.value, lang=lang))
    return max(map(len, str(cell.value or "").split("\n")))


def _put(cell: Any, value: object, lang: str = "th") -> Cell:
    """Put a value into a cell with its own type; texts are texts even where they begin with =."""
    assert isinstance(cell, Cell)  # noqa: S101 - a sheet without merged cells
    if isinstance(value, dt.date):
        cell.value = value
        cell.number_format = BE_DATE[lang]
        return cell
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool | int | float):
        cell.value = plain
        return cell
    text = _clean(str(plain))
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _without_clock(packed: bytes) -> bytes:
    """Return the workbook with fixed times in its zip and in its core properties."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                moment = FIXED_TIME.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, data)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()
