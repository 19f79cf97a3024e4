"""``ita import``, ``ita import-scores`` and ``ita check``."""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ita_analysis.commands.printing import show_json, tell
from ita_analysis.errors import DataError, Fault, ItaError
from ita_analysis.texts import load_texts

if TYPE_CHECKING:
    from ita_analysis.register.importing import ImportPlan
    from ita_analysis.register.model import Register

SOME_FAILED = 3
say = load_texts()

Files = Annotated[list[Path], typer.Argument(help=say("cli.files"))]
Data = Annotated[Path | None, typer.Option("--data", help=say("cli.run.data"))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]


def attach(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("import", help=say("cli.import.about"))(import_reports)
    app.command("import-scores", help=say("cli.import_scores.about"))(import_scores)
    app.command("check", help=say("cli.check.about"))(check)


def import_reports(
    files: Files,
    agency: Annotated[str | None, typer.Option(help=say("cli.import.agency"))] = None,
    year: Annotated[str | None, typer.Option(help=say("cli.import.year"))] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Read reports into the register; one broken file never stops the others."""
    fiscal_year = _year(year)
    shown: list[dict[str, object]] = []
    errors: list[ItaError] = []
    for path in files:
        try:
            shown.append(_import_one(path, agency, fiscal_year, as_json, data))
        except ItaError as error:
            errors.append(error)
            tell(*map(str, error.faults))
    if as_json and shown:
        show_json(shown[0] if len(files) == 1 else shown)
    if errors:
        tell(*([] if len(files) == 1 else [say("cli.import.failed", n=len(errors), of=len(files))]))
        raise typer.Exit(SOME_FAILED if len(errors) < len(files) else errors[0].exit_code)


def _year(text: str | None) -> int | None:
    from ita_analysis.batch.wishes import parse_years
    from ita_analysis.errors import UsageError
    from ita_analysis.texts import fault

    if text is None:
        return None
    spans = parse_years([text])
    if len(spans) != 1 or spans[0][0] != spans[0][1]:
        raise UsageError(fault("not_one_year", found=text))
    return int(spans[0][0])


def _import_one(
    path: Path, agency: str | None, year: int | None, as_json: bool, data: Path | None
) -> dict[str, object]:
    from ita_analysis.register.importing import (
        carry_out,
        plan_import,
        read_report,
        register_to_json,
    )

    register = read_report(path, year, data)
    if as_json:
        return register_to_json(register, say)
    plan = plan_import(register, agency, data)
    tell(*_summary(path, register, plan))
    if not plan.is_same:
        carry_out(plan)
        tell(say("cli.import.written", path=plan.folder))
    return {}


def _summary(path: Path, register: Register, plan: ImportPlan) -> list[str]:
    from ita_analysis.register.notes import note_group, note_message

    n_obligations = sum(len(measure.obligations) for measure in register.measures)
    coverage = register.coverage
    lines = [
        say(
            "cli.import.read",
            file=path.name,
            agency=register.agency.name_th or plan.agency_id,
            year=register.fiscal_year_be,
            measures=len(register.measures),
            obligations=n_obligations,
        ),
        say("cli.import.coverage", understood=coverage.n_understood, total=coverage.n_phrases),
    ]
    for note in register.notes:
        at = say("cli.import.line", row=note.row) if note.row else ""
        group = say(f"note_groups.{note_group(note)}")
        lines.append(f"  {at} {group}: {note_message(note, say)}".replace("   ", "  "))
    changes = {"added": plan.added, "changed": plan.changed, "removed": plan.removed}
    if plan.is_same:
        return [*lines, say("cli.import.same")]
    return [
        *lines,
        *(
            say(f"cli.import.{name}", numbers=", ".join(map(str, numbers)))
            for name, numbers in changes.items()
            if numbers
        ),
    ]


def import_scores(files: Files, as_json: Json = False, data: Data = None) -> None:
    """Read score tables, long or wide, into the data folder."""
    from ita_analysis.scores.importing import plan_import, write_import, write_rejects

    plan = plan_import(files, data)
    tell(*map(str, plan.notes))
    if as_json:
        tell(*map(str, plan.faults))
        show_json(plan.as_json())
        if plan.faults:
            raise typer.Exit(DataError.exit_code)
        return
    if plan.faults:
        tell(*map(str, plan.faults))
        for path, table in zip(files, plan.tables, strict=True):
            if table.rejects:
                target = Path.cwd() / f"{path.stem}.rejects.csv"
                tell(say("cli.import_scores.rejects", path=write_rejects(table, target)))
        raise typer.Exit(DataError.exit_code)
    counts = {"added": len(plan.added), "changed": len(plan.changed), "same": len(plan.same)}
    tell(say("cli.import_scores.summary", **counts))
    if plan.added or plan.changed:
        for written in write_import(plan, data):
            tell(say("cli.import.written", path=written))


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
    return [*check_frameworks(data), *registers.faults, *scores.faults]


def _check_files(paths: list[Path], data: Path | None) -> list[Fault]:
    from ita_analysis.register.importing import read_report
    from ita_analysis.scores.answer import check_scores

    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            faults += _check_folder(path)
        elif path.suffix.lower() in (".csv", ".xlsx"):
            faults += check_scores([path], data).faults
        else:
            try:
                read_report(path, None, data)
            except DataError as error:
                faults += error.faults
    return faults
