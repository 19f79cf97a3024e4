"""The ``ita`` command: reads the command line, calls the package, prints what came of it.

Nothing heavy is imported before a command needs it: ``ita run`` with nothing to do answers at
once. Messages go to stderr; stdout is for results that programs read.
"""

# ruff: noqa: PLC0415 -- a command loads what it needs when it is called
# ruff: noqa: PLR0917 -- an option of a command is an argument of its function
from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ita_analysis.commands import importing, scoring
from ita_analysis.commands.printing import tell
from ita_analysis.errors import ItaError
from ita_analysis.texts import load_texts

if TYPE_CHECKING:
    from ita_analysis.batch.run import Outcome

FAULT_OF_OURS, SOME_FAILED, INTERRUPTED, TERMINATED = 1, 3, 130, 143
"""Exit codes beside those of the named faults (see ``errors``) and of wrong use (2)."""

say = load_texts()
app = typer.Typer(
    name="ita",
    help=say("cli.about"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # boxes and colours are no help in a log or on a cp874 console
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


importing.attach(app)
scoring.attach(app)


class TerminatedError(BaseException):
    """The system asked the program to end (SIGTERM)."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        words: The command line without the program's name; the process's own where None.
    """
    speak_safely(sys.stdout)
    speak_safely(sys.stderr)
    words = list(sys.argv[1:] if words is None else words)
    debug = "--debug" in words and words[0] != "lab"
    if debug:
        words.remove("--debug")
        logging.basicConfig(level=logging.INFO)
        logging.getLogger("ita_analysis").setLevel(logging.DEBUG)
    try:
        with _ending_on_sigterm():
            app(words, prog_name="ita")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if code == INTERRUPTED:
            tell(say("cli.interrupted"))
        return code
    except KeyboardInterrupt:
        tell(say("cli.interrupted"))
        return INTERRUPTED
    except TerminatedError:
        tell(say("cli.interrupted"))
        return TERMINATED
    except ItaError as error:
        if debug:
            raise
        tell(*map(str, error.faults))
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        tell(say("cli.fault_of_ours", error=f"{type(error).__name__}: {error}"))
        return FAULT_OF_OURS
    return 0


def speak_safely(stream: TextIO) -> None:
    """Make a stream show a ? for what its encoding lacks, instead of ending the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


@contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """End tidily on SIGTERM: kernels are stopped, the manifest is whole."""

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not cut tidying short
        raise TerminatedError

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ita {version('ita-analysis')}")
        raise typer.Exit


@app.callback()
def _ita(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=say("cli.version")),
    ] = False,
    _debug: Annotated[bool, typer.Option("--debug", help=say("cli.debug"))] = False,
) -> None:
    """Take the options that stand before the command (``main`` has acted on --debug)."""


@app.command("run", help=say("cli.run.about"))
def _run(
    year: Annotated[list[str] | None, typer.Option(metavar="FY", help=say("cli.run.year"))] = None,
    agency: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=say("cli.run.agency"))
    ] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help=say("cli.run.notebook"))
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(metavar="th|en", help=say("cli.run.lang"))
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.run.out"))] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.run.data"))] = None,
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks-dir", metavar="DIR", help=say("cli.run.notebooks"))
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help=say("cli.run.timeout"))
    ] = 300,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help=say("cli.run.jobs"))] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="warm|stock", help=say("cli.run.engine"))
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help=say("cli.run.scheduler"))
    ] = None,
    shared_assets: Annotated[
        bool, typer.Option("--shared-assets", help=say("cli.run.shared_assets"))
    ] = False,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help=say("cli.run.as_of"))] = None,
    force: Annotated[bool, typer.Option("--force", help=say("cli.run.force"))] = False,
    open_: Annotated[bool, typer.Option("--open", help=say("cli.run.open"))] = False,
) -> None:
    from ita_analysis.batch.job import Job, choose_engine, choose_scheduler, count_cores
    from ita_analysis.batch.paths import notebooks_folder, out_folder
    from ita_analysis.batch.progress import progress_on
    from ita_analysis.batch.run import run
    from ita_analysis.batch.wishes import Wishes, parse_day, parse_years, split_names
    from ita_analysis.frameworks.folders import data_folder

    wishes = Wishes(
        years=parse_years(year or ()),
        agencies=split_names(agency or ()),
        notebooks=split_names(notebook or ()),
        langs=split_names(lang or ("th",)),
        as_of=parse_day(as_of) if as_of else None,
    )
    job = Job(
        data=data_folder(data).absolute(),
        notebooks=notebooks_folder(notebooks),
        out=out_folder(out),
        wishes=wishes,
        force=force,
        timeout=timeout,
        jobs=jobs or count_cores(),
        engine=choose_engine(engine),
        shared_assets=shared_assets,
        scheduler=choose_scheduler(scheduler, jobs),
    )
    progress = progress_on(sys.stderr, say)
    try:
        outcome = run(job, progress)
    finally:
        progress.close()
    tell(*_summary(outcome))
    if open_:
        import webbrowser

        webbrowser.open(outcome.index.as_uri())
    if outcome.failed or outcome.skipped:
        raise typer.Exit(SOME_FAILED)


def _summary(outcome: Outcome) -> list[str]:
    return [
        say("run.made", n=outcome.made),
        say("run.current", n=outcome.current),
        say("run.failed", n=len(outcome.failed)),
        *([say("run.skipped", n=outcome.skipped)] if outcome.skipped else []),
        say("run.where", path=outcome.index),
    ]


@app.command("verify", help=say("cli.verify.about"))
def _verify(
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help=say("cli.run.out"))] = None,
) -> None:
    from ita_analysis.batch.paths import out_folder
    from ita_analysis.batch.verify import verify

    found = verify(out_folder(out))
    tell(*(say("verify.damaged", path=path) for path in found.damaged))
    tell(*(say("verify.missing", path=path) for path in found.missing))
    n_bad = len(found.damaged) + len(found.missing)
    tell(say("verify.done", n=found.n_files), say("verify.bad", n=n_bad))
    if n_bad:
        raise typer.Exit(SOME_FAILED)


@app.command("bench", help=say("cli.bench.about"))
def _bench(
    reports: Annotated[int, typer.Option(min=3, help=say("cli.bench.reports"))] = 10,
    commands: Annotated[int, typer.Option(min=1, help=say("cli.bench.commands"))] = 2,
    rounds: Annotated[int, typer.Option(min=1, help=say("cli.bench.rounds"))] = 3,
    notebook: Annotated[
        str, typer.Option(metavar="NAME", help=say("cli.bench.notebook"))
    ] = "timeliness",
    write: Annotated[bool, typer.Option("--write", help=say("cli.bench.write"))] = False,
) -> None:
    from ita_analysis.bench.page import write_section
    from ita_analysis.bench.table import bench, section

    table = bench(notebook, reports, commands, rounds)
    typer.echo(table)
    if write:
        write_section(section(), table)


@app.command(
    "lab",
    help=say("cli.lab.about"),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def _lab(context: typer.Context) -> None:
    import os
    import subprocess

    from ita_analysis.batch.paths import notebooks_folder

    command = [sys.executable, "-m", "jupyterlab", *context.args]
    # The folder becomes JupyterLab's root, and is where its kernels start.
    os.chdir(notebooks_folder())
    # This environment's kernel, not one of the same name that the user has installed.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    if os.name != "nt":
        # In our place: Ctrl-C is JupyterLab's, which asks back.
        os.execv(command[0], command)  # noqa: S606
    with subprocess.Popen(command) as lab:  # noqa: S603
        while True:
            try:
                raise typer.Exit(lab.wait())
            except KeyboardInterrupt:
                continue  # JupyterLab got it too
