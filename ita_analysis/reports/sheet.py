"""One sheet of a workbook: heads, values with their types, widths, and how it prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ita_analysis.thai.format import format_date

BE_DATE = {"th": "[$-107041E]d mmm yyyy", "en": "[$-1070409]d mmm yyyy"}
"""Number format of a date: Arabic digits (01), Thai Buddhist calendar (07), months in Thai (041E)
or English (0409). The cell holds a real date: it sorts, filters and subtracts."""

FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, not a moment

WIDEST = 60
NARROWEST = 9
_ROWS_MEASURED = 200
_LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
_A4 = 9
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook.

    Attributes:
        lang: Language that dates are shown in.
        plain: Of numbers and texts.
        date: Of dates.
        head: Of the heads of columns.
        bold: Of the names of values.
    """

    lang: str
    plain: Format
    date: Format
    head: Format
    bold: Format

    @classmethod
    def of(cls, book: Workbook, lang: str) -> Looks:
        """Return the formats, made in this workbook."""
        top = {"valign": "top", "text_wrap": True}
        return cls(
            lang,
            plain=book.add_format(top),
            date=book.add_format({**top, "num_format": BE_DATE[lang]}),
            head=book.add_format({**top, "bold": True, "bg_color": "#E9ECF0"}),
            bold=book.add_format({"bold": True}),
        )

    def put(
        self, sheet: Worksheet, row: int, column: int, value: object, look: Format | None = None
    ) -> None:
        """Put a value into a cell with its own type; texts are texts even where they begin with =.

        Args:
            sheet: The sheet.
            row: From 0.
            column: From 0.
            value: The value; None leaves the cell empty.
            look: Its format; the usual one of its type where None.
        """
        if value is None:
            return
        if isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, look or self.date)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look or self.plain)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look or self.plain)
        elif text := clean(str(value)):
            sheet.write_string(row, column, text[:_LONGEST_TEXT], look or self.plain)


def clean(text: str) -> str:
    """Return a text without the characters that no workbook may hold."""
    return _ILLEGAL.sub("", text)


def write_sheet(
    sheet: Worksheet, heads: Sequence[str], columns: Sequence[Sequence[Any]], looks: Looks
) -> None:
    """Write a table: its heads stay in sight, each column is as wide as its content.

    Args:
        sheet: An empty sheet.
        heads: One per column.
        columns: The values of each column; None where missing.
        looks: The formats of its workbook.
    """
    for number, (head, values) in enumerate(zip(heads, columns, strict=True)):
        looks.put(sheet, 0, number, head, looks.head)
        for row, value in enumerate(values, start=1):
            looks.put(sheet, row, number, value)
        longest = max(_width(each, looks.lang) for each in (head, *values[: _ROWS_MEASURED - 1]))
        sheet.set_column(number, number, min(max(longest + 2, NARROWEST), WIDEST))
    if heads:
        sheet.autofilter(0, 0, len(columns[0]), len(heads) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(value: object, lang: str) -> int:
    if value is None:
        return 0
    if isinstance(value, dt.date):
        return len(format_date(value, lang=lang))
    return max(map(len, str(value).split("\n")))
