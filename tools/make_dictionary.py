"""Make docs/data-dictionary.md: every column of data/ and of the reports' tables.

    python tools/make_dictionary.py [FILE]

Nothing is written here twice: type, allowed values and meaning of a column of ``data/`` come from
the model that checks it; headings, codes and the meaning of a report's column from the words that
the reports themselves show (``texts/<language>/columns.toml``); the columns of a report's tables
from the tables of a shipped register. A clause «; empty where …» (in a model «; None where …») is
what the column «missing» says.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pandas as pd
from pydantic import BaseModel

from ita_analysis import (
    brief_report,
    compare_years_report,
    improvement_report,
    open_register,
    timeliness_report,
)
from ita_analysis.register.agencies import Agency
from ita_analysis.register.model import Measure, Obligation, Register
from ita_analysis.register.store import MEASURE_COLUMNS, OBLIGATION_COLUMNS
from ita_analysis.reports import Block
from ita_analysis.reports.heads import column_help, is_status
from ita_analysis.reports.mime import TABLES_MIME
from ita_analysis.reports.tables import Table
from ita_analysis.scores.model import COLUMNS as SCORE_COLUMNS
from ita_analysis.scores.model import ScoreRow
from ita_analysis.scores.national import NationalYear
from ita_analysis.texts import Texts, load_texts

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "data-dictionary.md"
TEXTS = ROOT / "ita_analysis" / "texts"

DATA: dict[str, tuple[str, tuple[str, ...], tuple[type[BaseModel], ...]]] = {
    "data/agencies.csv": (
        "One row per agency. Key: `agency_id`.",
        tuple(Agency.model_fields),
        (Agency,),
    ),
    "data/registers/<agency_id>/<fy>/measures.csv": (
        "One row per measure (มาตรการ). Key: `measure_no`. `source.yml` beside it is its source "
        "record.",
        MEASURE_COLUMNS,
        (Measure, Register, Agency),
    ),
    "data/registers/<agency_id>/<fy>/obligations.csv": (
        "One row per obligation (ภารกิจตามมาตรการ). Key: `measure_no`, `obligation_no`.",
        OBLIGATION_COLUMNS,
        (Obligation, Measure, Register, Agency),
    ),
    "data/scores/*.csv": (
        "One row per score. Key: `agency_id`, `fiscal_year_be`, `code`. Each file has a source "
        "record `<name>.source.yml`.",
        SCORE_COLUMNS,
        (ScoreRow,),
    ),
    "data/national.csv": (
        "One row per fiscal year. Key: `fiscal_year_be`. Source record: `national.source.yml`.",
        tuple(NationalYear.model_fields),
        (NationalYear,),
    ),
}
"""File -> what a row is, its columns in order, the models that know them (the first wins)."""

AGENCY, YEAR = "example-agency", 2566
"""The shipped agency and year that every report can be made of."""

REPORTS: dict[str, Callable[[], Block]] = {
    "brief": lambda: brief_report(AGENCY, YEAR, "en").close(),
    "timeliness": lambda: timeliness_report(open_register(AGENCY, YEAR), "en").close(),
    "compare_years": lambda: compare_years_report(AGENCY, YEAR, "en").close(),
    "indicator_improvement": lambda: improvement_report(AGENCY, YEAR, "en").close(),
}
"""Notebook -> the block that carries its tables."""

REPORT_ROWS = {
    "brief.actions": "One row per thing to do first, at most three, in the order to do them.",
    "timeliness.obligations": "One row per obligation, with what became of its occurrences.",
    "timeliness.occurrences": "One row per occurrence of an obligation.",
    "timeliness.measures": "One row per measure.",
    "timeliness.units": "One row per responsible unit.",
    "timeliness.indicators": "One row per indicator.",
    "compare_years.years": "One row per fiscal year, gaps included.",
    "compare_years.indicator_scores": "One row per indicator and year whose score is known.",
    "compare_years.changes": "One row per year with an overall score and the one before it.",
    "compare_years.contributions": "One row per part of a change.",
    "compare_years.recomputed": "One row per given total that also follows from its parts.",
    "compare_years.breaks": "One row per break between the years shown.",
    "indicator_improvement.indicators": "One row per indicator.",
    "indicator_improvement.worth": "One row per indicator, sub-indicator and OIT item.",
    "indicator_improvement.measures": "One row per measure, with what it aims at is worth.",
    "indicator_improvement.way_items": "One row per missed OIT item, the dearest first.",
    "indicator_improvement.way_sets": "One row per smallest set of items.",
    "indicator_improvement.way_gains": "One row per indicator of a way by indicators.",
}
"""Table of a report -> what a row is."""

UNITS = {
    r"is_.*": "–",
    r".*_pct": "per cent, 0 to 100",
    r"points_per_.*": "overall points",
    r".*_be": "year BE",
    r".*_date": "day, CE",
    r"days_.*|.*_days(_late)?": "days",
    r".*every_months|round_months": "months",
    r"due_months": "month of the year",
    r"due_day": "day of the month",
    r"n_.*": "count",
    r".*_points": "points",
}
"""Name of a column -> unit; the first that fits."""

HEAD = "| column | heading (ไทย / English) | type | unit | allowed | meaning | missing |"
INTRO = """# Data dictionary (พจนานุกรมข้อมูล)

Generated by `python tools/make_dictionary.py` from the models that check the data and from the
words that the reports show. Edit those, not this page; a test compares.

CSV files are UTF-8 with BOM, dates are ISO and of the Common Era (CE), a missing value is an empty
cell. Files in `data/` write true and false in small letters, the tables of reports as `True` and
`False`. Years are fiscal years of the Buddhist Era (BE): FY2566 is 1 October 2022 to 30 September
2023 CE.
"""


@dataclass
class Kind:
    """What a type annotation says of a column.

    Attributes:
        name: Type in words.
        allowed: Allowed values in words.
    """

    name: str = "text"
    allowed: list[str] = field(default_factory=list)


def main(target: str | Path = TARGET) -> None:
    """Write the dictionary."""
    Path(target).write_text(make_dictionary(), encoding="utf-8", newline="\n")


def make_dictionary() -> str:
    """Return the dictionary as Markdown."""
    texts = (load_texts("th"), load_texts("en"))
    parts = [INTRO, "## Data files (แฟ้มข้อมูล)\n"]
    for name, (row, columns, models) in DATA.items():
        lines = [_data_row(column, models, texts) for column in columns]
        parts.append(_section(f"`{name}`", row, lines))
    tables = report_tables()
    parts.append("## Tables of the reports (ตารางของรายงาน)\n")
    parts.append("`reports/<fy>/<agency_id>/tables/<notebook>.<table>.csv`, and the sheets of the "
                 "workbook beside the report.\n")  # fmt: skip
    for name, frame in tables.items():
        lines = [_report_row(str(each), frame[each], texts) for each in frame.columns]
        parts.append(_section(f"`{name}.csv`", REPORT_ROWS[name], lines))
    parts.append("## Codes (รหัส)\n\n| column | code | ไทย | English |\n|---|---|---|---|")
    parts.append("\n".join(_codes(texts)) + "\n")
    return "\n".join(parts)


def report_tables() -> dict[str, pd.DataFrame]:
    """Return the tables that the reports publish, as ``<notebook>.<table>``, of shipped data."""
    return {
        f"{notebook}.{name}": Table.parse(payload).frame()
        for notebook, close in REPORTS.items()
        for bundle in close().outputs
        for name, payload in bundle.get(TABLES_MIME, {}).items()
    }


def _section(title: str, row: str, lines: list[str]) -> str:
    rule = "|---" * 7 + "|"
    return "\n".join([f"### {title}\n", f"{row}\n", HEAD, rule, *lines, ""])


def _data_row(column: str, models: Iterable[type[BaseModel]], texts: tuple[Texts, Texts]) -> str:
    model = next(each for each in models if column in each.model_fields)
    info = model.model_fields[column]
    kind = _kind(info.annotation, info.metadata)
    meaning, missing = _split(_attributes(model)[column])
    if info.is_required():
        missing = "never"
    elif info.default not in (None, "", ()):
        # written in every row; a file made by hand may leave it out
        missing = missing or f"empty counts as `{str(info.default).lower()}`"
    missing = missing or _split(column_help(column, texts[1]))[1] or "may be empty"
    return _line(column, kind, meaning, missing, texts)


def _report_row(column: str, values: pd.Series[Any], texts: tuple[Texts, Texts]) -> str:
    kinds = {"i": "whole number", "u": "whole number", "f": "number", "b": "True or False",
             "M": "date"}  # fmt: skip
    kind = Kind(kinds.get(values.dtype.kind, "text"))
    model = next((each for each in (Obligation, Measure) if column in each.model_fields), None)
    if model is not None:
        info = model.model_fields[column]
        known = _kind(info.annotation, info.metadata)
        kind.allowed = known.allowed
        kind.name = known.name if known.name.startswith("list") else kind.name
    if not kind.allowed:
        kind.allowed = [f"`{code}`" for code in _words(column, "en")]
    meaning, missing = _split(column_help(column, texts[1]))
    return _line(column, kind, meaning, missing or "never", texts)


def _line(column: str, kind: Kind, meaning: str, missing: str, texts: tuple[Texts, Texts]) -> str:
    key = f"columns.{column}"
    heading = " / ".join(say(key) for say in texts) if texts[0].has(key) else "–"
    unit = next((unit for name, unit in UNITS.items() if re.fullmatch(name, column)), "–")
    cells = (f"`{column}`", heading, kind.name, unit, ", ".join(kind.allowed) or "any", meaning,
             missing)  # fmt: skip
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _split(text: str) -> tuple[str, str]:
    """A meaning, and what a missing value stands for."""
    match = re.search(r";\s+(?:None|empty) ((?:where|for) .*?)\.?$", text)
    if match is None:
        return text.rstrip("."), ""
    return text[: match.start()], f"empty {match[1]}"


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """The attributes that a model's docstring describes."""
    _, _, section = inspect.getdoc(model).partition("Attributes:\n")  # type: ignore[union-attr]
    found = re.findall(r"^    (\w+): (.*(?:\n     +.*)*)", section, re.MULTILINE)
    return {name: " ".join(words.split()).replace("``", "`") for name, words in found}


def _kind(annotation: Any, constraints: Iterable[object] = ()) -> Kind:
    """Type and allowed values of an annotation; a missing value is no type of its own."""
    kind = _plain_kind(annotation)
    limits = [words for each in constraints for words in _limits(each)]
    return Kind(kind.name, _joined([*kind.allowed, *limits]))


def _plain_kind(annotation: Any) -> Kind:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0], args[1:])
    if origin in (Union, UnionType):
        return _kind(next(each for each in args if each is not type(None)))
    if origin is tuple:
        kind = _kind(args[0])
        joint = "`; `" if kind.name == "text" else "`;`"
        return Kind(f"list, joined with {joint}", kind.allowed)
    if origin is Literal:
        return Kind("code", [f"`{value}`" for value in args])
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Kind("code", [f"`{value}`" for value in annotation])
    names = {"int": "whole number", "float": "number", "Decimal": "number", "date": "date",
             "bool": "true or false", "str": "text"}  # fmt: skip
    return Kind(names[annotation.__name__])


def _limits(constraint: object) -> list[str]:
    found = []
    for metadata in getattr(constraint, "metadata", None) or [constraint]:
        for name, words in (("ge", "from {}"), ("gt", "above {}"), ("le", "to {}")):
            if (limit := getattr(metadata, name, None)) is not None:
                found.append(words.format(limit))
        if pattern := getattr(metadata, "pattern", None):
            choice = re.fullmatch(r"\^\(([\w|]+)\)\$", pattern)
            found += [f"`{each}`" for each in choice[1].split("|")] if choice else [f"`{pattern}`"]
    return found


def _joined(allowed: list[str]) -> list[str]:
    """«from 1», «to 12» as one."""
    if len(allowed) == 2 and allowed[0].startswith("from ") and allowed[1].startswith("to "):
        return [f"{allowed[0].removeprefix('from ')} {allowed[1]}"]
    return allowed


def _words(column: str, lang: str) -> dict[str, str]:
    """The codes of a column with their words; none where it holds no codes."""
    folder = TEXTS / lang
    if is_status(column):
        return _table(folder / "common.toml", "status")
    return _table(folder / "columns.toml", "values", column)


def _table(file: Path, *keys: str) -> dict[str, str]:
    table: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    for key in keys:
        table = table.get(key, {})
    return dict(table)


def _codes(texts: tuple[Texts, Texts]) -> list[str]:
    columns = [*_table(TEXTS / "en" / "columns.toml", "values"), "status"]
    thai, english = texts
    key: Callable[[str, str], str] = lambda column, code: (  # noqa: E731 -- one line is enough
        f"status.{code}" if is_status(column) else f"values.{column}.{code}"
    )
    return [
        f"| `{column}` | `{code}` | {thai(key(column, code))} | {english(key(column, code))} |"
        for column in columns
        for code in _words(column, "en")
    ]


if __name__ == "__main__":
    main(*sys.argv[1:2])
