"""``ita import`` and ``ita import-scores``; ``ita check`` and ``ita template`` go with them."""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
# ruff: noqa: PLR0913, PLR0917 -- an option of a command is an argument of its function
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ita_analysis.commands import checking, templates
from ita_analysis.commands.options import Data, Files, Json
from ita_analysis.commands.printing import show_json, tell
from ita_analysis.errors import DataError, ItaError
from ita_analysis.texts import load_texts

if TYPE_CHECKING:
    from ita_analysis.register.columns import Role
    from ita_analysis.register.importing import ImportPlan, Report
    from ita_analysis.register.model import Register

SOME_FAILED = 3
say = load_texts()


def attach(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("import", help=say("cli.import.about"))(import_reports)
    app.command("import-scores", help=say("cli.import_scores.about"))(import_scores)
    checking.attach(app)
    templates.attach(app)


def import_reports(
    files: Files,
    agency: Annotated[str | None, typer.Option(help=say("cli.import.agency"))] = None,
    year: Annotated[str | None, typer.Option(help=say("cli.import.year"))] = None,
    columns: Annotated[
        Path | None, typer.Option(metavar="MAPPING.yml", help=say("cli.import.columns"))
    ] = None,
    draft_columns: Annotated[
        Path | None, typer.Option(metavar="MAPPING.yml", help=say("cli.import.draft_columns"))
    ] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Read reports into the register; one broken file never stops the others."""
    from ita_analysis.register.mapping import load_mapping

    if draft_columns is not None:
        _draft(files, draft_columns)
        return
    mapping = load_mapping(columns) if columns else None
    wishes = _Wishes(agency, _year(year), as_json, data, mapping)
    shown: list[dict[str, object]] = []
    outcomes = []
    for path in files:
        try:
            outcome = _import_one(path, wishes, shown)
        except ItaError as error:
            tell(*map(str, error.faults))
            outcome = _Outcome(path, "failed", error.faults[0].problem, error.exit_code)
        outcomes.append(outcome)
    if as_json and shown:
        show_json(shown[0] if len(shown) == len(files) == 1 else shown)
    _finish(outcomes)


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the user asked of an import."""

    agency: str | None
    year: int | None
    as_json: bool
    data: Path | None
    mapping: Mapping[str, Role] | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one file: ``ok``, ``same``, ``partly`` or ``failed``."""

    path: Path
    state: str
    detail: str
    exit_code: int = 0


def _finish(outcomes: list[_Outcome]) -> None:
    """Tell what became of every file, and end with the exit code that says so."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if len(outcomes) > 1:
        tell("", say("cli.import.results.head"))
        tell(
            *(
                say(
                    "cli.import.results.line",
                    state=say(f"cli.import.results.{outcome.state}"),
                    file=outcome.path.name,
                    detail=outcome.detail,
                )
                for outcome in outcomes
            )
        )
    if failed and len(outcomes) > 1:
        tell(say("cli.import.failed", n=len(failed), of=len(outcomes)))
    if failed and len(failed) == len(outcomes):
        raise typer.Exit(failed[0].exit_code)
    if failed or any(outcome.state == "partly" for outcome in outcomes):
        raise typer.Exit(SOME_FAILED)


def _draft(files: list[Path], target: Path) -> None:
    from ita_analysis.errors import UsageError
    from ita_analysis.files import write_whole
    from ita_analysis.register.importing import draft_columns
    from ita_analysis.texts import fault

    if target.exists():  # it may hold the user's work
        raise UsageError(fault("file_exists", found=str(target)))
    write_whole(target, "\n".join(draft_columns(path) for path in files[:1]).encode("utf-8"))
    tell(say("cli.import.drafted", path=target))


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


def _import_one(path: Path, wishes: _Wishes, shown: list[dict[str, object]]) -> _Outcome:
    from ita_analysis.register.importing import (
        carry_out,
        plan_import,
        read_reports,
        register_to_json,
    )

    report = read_reports(path, wishes.year, wishes.data, wishes.mapping)
    tell(*map(str, report.faults))
    if wishes.as_json:
        shown += [register_to_json(register, say) for register in report.registers]
        return _outcome(path, report, "ok")
    plans = [plan_import(register, wishes.agency, wishes.data) for register in report.registers]
    for plan in plans:
        tell(*_summary(path, plan.register, plan))
        if not plan.is_same:
            carry_out(plan)
            tell(say("cli.import.written", path=plan.folder))
    _tell_rows(path, report)
    return _outcome(path, report, "same" if all(plan.is_same for plan in plans) else "ok")


def _outcome(path: Path, report: Report, state: str) -> _Outcome:
    detail = say(
        "cli.import.results.detail",
        years=", ".join(str(register.fiscal_year_be) for register in report.registers),
        measures=sum(len(register.measures) for register in report.registers),
    )
    return _Outcome(path, "partly" if report.rejects else state, detail)


def _tell_rows(path: Path, report: Report) -> None:
    from ita_analysis.register.rejects import write_rejects

    tell(*(say("cli.import.replaced", months=months) for months in report.replaced_rounds))
    if not report.rejects and not report.n_duplicates:
        return
    tell(
        say(
            "cli.import.rows",
            rows=report.n_rows,
            accepted=report.n_accepted,
            rejected=report.n_rejected,
            duplicates=report.n_duplicates,
        )
    )
    if report.rejects:
        target = Path.cwd() / f"{path.name}.rejects.csv"
        tell(say("cli.import.rejects", path=write_rejects(report.rejects, target)))


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
        row = say("cli.import.line", row=note.row) if note.row else ""
        at = " ".join(piece for piece in (note.part, row) if piece)
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
