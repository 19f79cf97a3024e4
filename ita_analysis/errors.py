"""The few named faults: what a user is told when something cannot be done.

One fault is one line: where, what was found, what is wrong with it, how to mend it.
The words come from ``texts`` (see :func:`ita_analysis.texts.fault`); this module only holds them,
so that every other module can raise and collect faults without knowing any language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

VALUE_WIDTH = 60
"""Longest shown form of a faulty value, in characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in what the user gave us.

    Attributes:
        file: File name as the user knows it; empty where there is no file.
        part: Sheet or page within the file; empty for plain text.
        row: Line or row number, counted from 1 as an editor or Excel shows it.
        column: Column heading or column number as text; empty for a whole row.
    """

    file: str = ""
    part: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        name = f"{self.file}:{self.part}" if self.part else self.file
        row = "" if self.row is None else f"row {self.row}"
        column = f'column "{self.column}"' if self.column else ""
        return " ".join(piece for piece in (name, row, column) if piece)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input, ready to be shown.

    Attributes:
        code: Stable name of the kind of fault, for programs and tests.
        place: Where it stands.
        found: The value as it was found (not cut).
        problem: What is wrong, in the reader's language.
        remedy: How to mend it, with what is allowed, in the reader's language.
    """

    code: str
    place: Place
    found: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        value = repr(self.found) if self.found else ""
        if len(value) > VALUE_WIDTH:
            value = value[: VALUE_WIDTH - 1] + "…"
        where = str(self.place)
        head = f"{where}: {value}" if where and value else where or value
        return " | ".join(piece for piece in (head, self.problem, self.remedy) if piece)


class ItaError(Exception):
    """What went wrong, as one or more faults that a user can act on.

    Attributes:
        faults: Every fault found, in the order of the input.
        exit_code: What the ``ita`` command returns for it.
    """

    exit_code = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(ItaError):
    """A command or a notebook was called with wrong words or parameters."""

    exit_code = 2


class DataError(ItaError):
    """The input data are faulty; nothing was run and nothing was written."""

    exit_code = 4


class ClusterError(ItaError):
    """The scheduler or all workers of a cluster were lost; what was made is there."""

    exit_code = 69


class OutputError(ItaError):
    """The disk or a path failed while results were written."""

    exit_code = 74


class BusyError(ItaError):
    """Another run holds the output folder."""

    exit_code = 75
