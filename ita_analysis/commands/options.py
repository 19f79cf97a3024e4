"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ita_analysis.texts import load_texts

say = load_texts()

Files = Annotated[list[Path], typer.Argument(help=say("cli.files"))]
Data = Annotated[Path | None, typer.Option("--data", help=say("cli.run.data"))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
