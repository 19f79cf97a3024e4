"""``ita template``."""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ita_analysis.commands.options import Data
from ita_analysis.commands.printing import tell
from ita_analysis.errors import UsageError
from ita_analysis.texts import fault, load_texts

say = load_texts()


class What(StrEnum):
    """What a template is for."""

    MEASURES = "measures"
    SCORES = "scores"


def attach(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("template", help=say("cli.template.about"))(template)


def template(
    what: Annotated[What, typer.Argument(help=say("cli.template.what"))],
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=say("cli.template.out"))],
    year: Annotated[str | None, typer.Option(metavar="FY", help=say("cli.template.year"))] = None,
    data: Data = None,
) -> None:
    """Write a workbook to fill in."""
    from ita_analysis.batch.wishes import parse_years
    from ita_analysis.files import write_whole

    if out.suffix.lower() != ".xlsx":
        raise UsageError(fault("unknown_file_kind", found=out.suffix, allowed=".xlsx"))
    if out.exists():  # it may hold the user's work
        raise UsageError(fault("file_exists", found=str(out)))
    fiscal_year = parse_years([year])[0][0] if year else None
    if what is What.MEASURES:
        from ita_analysis.register.template import measures_template

        content = measures_template(fiscal_year, data)
    else:
        from ita_analysis.scores.template import scores_template

        content = scores_template(fiscal_year, data)
    write_whole(out, content)
    tell(say("cli.template.written", path=out))
