"""What the user sees while reports are made: a bar on a terminal, else one line per report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ita_analysis.texts import Texts

if TYPE_CHECKING:
    from rich.progress import Progress

    from ita_analysis.batch.manifest import Record
    from ita_analysis.batch.plan import Task


class PlainProgress:
    """One line per report, without control characters: for files, pipes and schedulers."""

    def __init__(self, stream: TextIO, say: Texts) -> None:
        self._stream = stream
        self._say = say
        self._n_due = 0
        self._n_done = 0

    def begin(self, n_reports: int, n_current: int) -> None:
        """Take note of how many reports are to be made."""
        self._n_due = n_reports - n_current

    def starting(self, task: Task) -> None:
        """Say nothing: a line per report is enough."""

    def done(self, record: Record) -> None:
        """Write the report's line."""
        self._n_done += 1
        count = f"[{self._n_done}/{self._n_due}]"
        self._stream.write(f"{count} {report_line(record, self._say)}\n")
        self._stream.flush()

    def note(self, line: str) -> None:
        """Write the line."""
        self._stream.write(f"{line}\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is open."""


class BarProgress:
    """A bar with the time left; failures stay above it."""

    def __init__(self, stream: TextIO, say: Texts) -> None:
        # ruff: noqa: PLC0415 -- a run with nothing to do, or without a terminal, goes without rich
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        self._say = say
        self._bar: Progress = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn(say("run.time_left")),
            TimeLeft(),
            TextColumn("{task.description}", markup=False),
            console=Console(file=stream, highlight=False),
            transient=True,
        )

    def begin(self, n_reports: int, n_current: int) -> None:
        """Show the bar, unless there is nothing to make."""
        if n_reports > n_current:
            self._bar.start()
            self._bar.add_task("", total=n_reports - n_current)

    def starting(self, task: Task) -> None:
        """Name the report that is being made."""
        self._bar.update(self._bar.task_ids[0], description=task.key)

    def done(self, record: Record) -> None:
        """Move the bar on; write the line of a failed report above it."""
        if record.state != "ok":
            self._bar.console.print(report_line(record, self._say), markup=False)
        self._bar.advance(self._bar.task_ids[0])

    def note(self, line: str) -> None:
        """Write the line above the bar."""
        self._bar.console.print(line, markup=False)

    def close(self) -> None:
        """Take the bar away and give the terminal back."""
        self._bar.stop()


def progress_on(stream: TextIO, say: Texts) -> PlainProgress | BarProgress:
    """Return the progress that fits a stream."""
    return BarProgress(stream, say) if stream.isatty() else PlainProgress(stream, say)


def report_line(record: Record, say: Texts) -> str:
    """Return one line telling how a report ended."""
    if record.state == "ok":
        return say("run.made_line", report=record.key, seconds=f"{record.seconds:.1f}")
    state = say(f"run.states.{record.state}")
    return say("run.failed_line", report=record.key, state=state, error=record.error or "")
