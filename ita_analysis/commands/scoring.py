"""``ita score`` and ``ita explain``."""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ita_analysis.commands.options import Data, Json
from ita_analysis.commands.printing import show_json, tell
from ita_analysis.errors import DataError, UsageError
from ita_analysis.texts import fault, load_texts

if TYPE_CHECKING:
    from ita_analysis.frameworks import Framework
    from ita_analysis.scores import Explanation, ScoreAnswer

say = load_texts()


def attach(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("score", help=say("cli.score.about"))(score)
    app.command("explain", help=say("cli.explain.about"))(explain_score)


def score(
    file: Annotated[Path, typer.Argument(help=say("cli.score.file"))],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Compute the scores of a file beside the published ones."""
    from ita_analysis.scores import answer_scores, load_score_file

    table = load_score_file(file, data)
    answers = answer_scores(table.rows, data)
    tell(*map(str, table.faults))
    if as_json:
        show_json([answer.as_json() for answer in answers])
    else:
        for answer in answers:
            typer.echo(_answer_line(answer))
    if table.faults:
        raise typer.Exit(DataError.exit_code)


def _answer_line(answer: ScoreAnswer) -> str:
    def number(value: Decimal | None) -> str:
        return "–" if value is None else f"{value:.2f}"

    tools = ", ".join(f"{code} {number(score)}" for code, score in answer.tools.items())
    return say(
        "cli.score.line",
        agency=answer.agency_name_th,
        year=answer.fiscal_year_be,
        tools=tools,
        overall=number(answer.overall),
        published=number(answer.published_overall),
        rating=answer.rating or " / ".join(answer.possible_ratings) or "–",
        basis=say(f"framework.basis.{answer.basis}") if answer.basis else "–",
    )


def explain_score(
    year: Annotated[int, typer.Option(help=say("cli.explain.year"))],
    indicator: Annotated[int, typer.Option(help=say("cli.explain.indicator"))],
    score_pct: Annotated[str, typer.Option("--score", help=say("cli.explain.score"))],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Name the misses of OIT items that give a published score of an indicator."""
    from ita_analysis.frameworks import load_framework
    from ita_analysis.scores import explain
    from ita_analysis.thai import to_arabic

    try:
        wanted = Decimal(to_arabic(score_pct.strip().removesuffix("%")))
    except InvalidOperation:
        raise UsageError(fault("score_out_of_range", found=score_pct)) from None
    framework = load_framework(year, data)
    found = explain(framework, indicator, wanted)
    basis = say(f"framework.basis.{framework.sub_indicators.counts_basis}")
    if as_json:
        show_json([each.as_json() for each in found])
    for each in found if not as_json else ():
        typer.echo(_explanation_line(each, framework))
    tell(say("cli.explain.found", n=len(found), score=wanted, basis=basis))


def _explanation_line(explanation: Explanation, framework: Framework) -> str:
    misses = ", ".join(
        say("cli.explain.miss", n=n, code=code, title=framework.sub_indicator(code).title_th)
        for code, n in explanation.misses.items()
        if n
    )
    return misses or say("cli.explain.no_miss")
