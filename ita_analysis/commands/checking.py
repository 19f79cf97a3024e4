"""``ita check``."""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ita_analysis.commands.options import Data
from ita_analysis.commands.printing import tell
from ita_analysis.errors import DataError, Fault
from ita_analysis.texts import load_texts

TABLES = (".csv", ".tsv", ".txt", ".xlsx")
"""Files that may hold scores as well as a report."""
say = load_texts()


def attach(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check", help=say("cli.check.about"))(check)


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("cli.check.paths"))] = None,
    data: Data = None,
) -> None:
    """Name every fault of the data folder, or of the files given."""
    faults = _check_files(paths, data) if paths else _check_folder(data)
    tell(*map(str, faults))
    tell(say("cli.check.result", n=len(faults)))
    if faults:
        raise typer.Exit(DataError.exit_code)


def _check_folder(data: Path | None) -> list[Fault]:
    from ita_analysis.frameworks import check_frameworks
    from ita_analysis.register.checking import check_registers
    from ita_analysis.scores.answer import check_scores

    registers = check_registers(data)
    scores = check_scores(None, data)
    tell(say("cli.check.seen", agencies=registers.n_agencies, registers=registers.n_registers))
    for each in scores.recomputed:
        tell(
            say(
                "cli.check.recomputed",
                agency=each.agency_id,
                year=each.fiscal_year_be,
                code=each.code,
                computed=each.computed_pct,
                published=each.published_pct,
                difference=f"{each.difference_points:+}",
            )
        )
    tell(*map(str, scores.notes))
    # every reader that needs a broken file meets its fault; within a folder it is one fault
    return list(dict.fromkeys([*check_frameworks(data), *registers.faults, *scores.faults]))


def _check_files(paths: list[Path], data: Path | None) -> list[Fault]:
    from ita_analysis.scores.answer import check_scores

    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            faults += _check_folder(path)
            continue
        report, is_report = _check_report(path, data)
        if is_report or path.suffix.lower() not in TABLES:
            faults += report
            continue
        scores = list(check_scores([path], data).faults)
        # neither a report nor a table of scores: what it lacks to be a report is said as well
        no_table = any(each.code == "no_score_table" for each in scores)
        faults += [*scores, *(report if no_table else [])]
    return faults


def _check_report(path: Path, data: Path | None) -> tuple[list[Fault], bool]:
    """The faults of a report, and whether the file is one at all."""
    from ita_analysis.register.importing import read_reports

    try:
        return list(read_reports(path, None, data).faults), True
    except DataError as error:
        codes = {each.code for each in error.faults}
        return list(error.faults), not codes & {"no_register_table", "no_fiscal_year"}
