"""A data frame as an HTML table that a manager reads and a screen reader understands."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ita_analysis.frames import plain_values
from ita_analysis.reports.block import Block, html_bundle
from ita_analysis.reports.blocks import mark
from ita_analysis.reports.heads import code_word, column_label, is_status
from ita_analysis.reports.markup import esc
from ita_analysis.texts import Texts, current_language, load_texts
from ita_analysis.thai.format import format_date

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"
"""What stands in a cell without a value."""

MOST_DECIMALS = 2
_ORDINALS = ("_year", "_year_be", "_no")
"""Endings of columns whose numbers are names, not amounts: no thousands separators."""
_NUMBERS = "iuf"
"""Kinds of numpy and pandas types that are numbers; truth values are not."""


def table(
    df: pd.DataFrame,
    lang: str | None = None,
    caption: str = "",
    labels: Mapping[str, str] | None = None,
) -> Block:
    """Return a data frame as a table.

    Args:
        df: The rows; the index is not shown, the first column heads its row.
        lang: Language; the current one where None.
        caption: What the table holds.
        labels: Headings where they differ from the texts ``columns.*``.
    """
    inner = table_html(df, lang or current_language(), caption, labels)
    return Block((html_bundle("table", inner, caption or "table"),))


def table_html(
    df: pd.DataFrame,
    lang: str,
    caption: str,
    labels: Mapping[str, str] | None = None,
    name: str = "",
) -> str:
    """Return the HTML of a table; see :func:`table`.

    ``name`` is what a screen reader calls a table without a caption.
    """
    say = load_texts(lang)
    if df.empty:
        return f'<p class="caveat">{esc(say("report.no_rows"))}</p>'
    names = [str(name) for name in df.columns]
    heads = [column_label(name, say, labels) for name in names]
    columns = [_cells(column, str(name), lang, say) for name, column in df.items()]
    numeric = [_is_numeric(column) for _, column in df.items()]
    top = "".join(
        f'<th scope="col"{_align(number)}>{esc(head)}</th>'
        for head, number in zip(heads, numeric, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(_cell(i, text, numeric[i]) for i, text in enumerate(row))}</tr>"
        for row in zip(*columns, strict=True)
    )
    title = f"<caption>{esc(caption)}</caption>" if caption else ""
    spoken = esc(caption or name or say("report.table"))
    return (
        f'<div class="table-scroll" role="group" aria-label="{spoken}" tabindex="0">'
        f"<table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _align(number: bool) -> str:
    return ' class="number"' if number else ""


def _cell(position: int, inner: str, number: bool) -> str:
    if position == 0:
        return f'<th scope="row"{_align(number)}>{inner}</th>'
    return f"<td{_align(number)}>{inner}</td>"


def _is_numeric(column: pd.Series[Any]) -> bool:
    return column.dtype.kind in _NUMBERS


def _cells(column: pd.Series[Any], name: str, lang: str, say: Texts) -> list[str]:
    """Return the cells of a column as safe HTML."""
    show = _formatter(column, name, lang, say)
    return [MISSING if value is None else show(value) for value in plain_values(column)]


def _formatter(column: pd.Series[Any], name: str, lang: str, say: Texts) -> Callable[[Any], str]:
    if column.dtype.kind == "b":
        return lambda value: esc(say("report.yes" if value else "report.no"))
    if column.dtype.kind == "f":
        places = _decimals(column)
        return lambda value: esc(f"{value:,.{places}f}")
    if column.dtype.kind in _NUMBERS:
        grouping = "" if name.endswith(_ORDINALS) else ","
        return lambda value: esc(f"{int(value):{grouping}d}")
    if is_status(name):
        return lambda value: _status(name, str(value), say)
    return lambda value: _plain(code_word(name, value, say) or value, lang)


def _plain(value: Any, lang: str) -> str:
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return f'<span class="nowrap">{esc(format_date(day, lang=lang, style="table"))}</span>'
    return esc(value)


def _status(name: str, value: str, say: Texts) -> str:
    word = code_word(name, value, say) or value
    return f'<span class="nowrap">{mark(value)}{esc(word)}</span>'


def _decimals(column: pd.Series[Any]) -> int:
    """Return how many decimals all numbers of a column need, two at most."""
    for places in range(MOST_DECIMALS):
        if all(
            not math.isfinite(value) or round(value, places) == round(value, MOST_DECIMALS)
            for value in column.dropna()
        ):
            return places
    return MOST_DECIMALS
