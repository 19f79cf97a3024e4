"""What travels between a run and its workers: contents of files, compressed.

What both ends have anyway does not travel. Each report embeds the whole of plotly.js, 2 MB; a
mark goes in its place, and the receiver puts in its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ita_analysis.batch.fingerprint import InputFile
from ita_analysis.batch.job import Due
from ita_analysis.reports.plotly_bundle import plotly_bundle

Parcel = Mapping[str, bytes]
"""Name of a file -> its packed content."""

PIECE_BYTES = 8_000_000
"""Largest piece of a file, and about the most that one message carries."""

DATA = "data/"
REGISTERS = "data/registers/"
"""How the names of input files begin: any in the data folder, and those of one agency."""

_MARK = b"\0plotly.js\0"
"""Stands for plotly.js; no text of ours holds such a byte."""


@dataclass(frozen=True)
class Piece:
    """A part of a file that reports have in common.

    Attributes:
        name: Name of the file, ``data/…``.
        packed: The part, compressed; it follows the parts sent before.
    """

    name: str
    packed: bytes


Load = tuple[Piece, ...]
"""What one message carries of the files that reports have in common."""


def pack(content: bytes) -> bytes:
    """Return a file's content as it travels."""
    return zlib.compress(content.replace(_bundle(), _MARK))


def unpack(packed: bytes) -> bytes:
    """Return a file's content from what has travelled.

    Raises:
        zlib.error: It was damaged on its way.
    """
    return zlib.decompress(packed).replace(_MARK, _bundle())


def _bundle() -> bytes:
    return plotly_bundle().packed.encode("ascii")


def own_inputs(due: Due, data: Path) -> Parcel:
    """Return the inputs that are a report's own: its agency's registers.

    Raises:
        OSError: A file cannot be read.
    """
    return {
        each.path: pack(_located(each.path, data).read_bytes())
        for each in due.inputs
        if each.path.startswith(REGISTERS)
    }


def common_inputs(dues: Iterable[Due], data: Path) -> tuple[Load, ...]:
    """Return the inputs that reports have in common, in loads of about :data:`PIECE_BYTES`.

    Raises:
        OSError: A file cannot be read.
    """
    names = {each.path for due in dues for each in due.inputs if _is_common(each)}
    loads: list[Load] = []
    load: list[Piece] = []
    for piece in _pieces(sorted(names), data):
        load.append(piece)
        if sum(len(each.packed) for each in load) >= PIECE_BYTES // 2:
            loads.append(tuple(load))
            load = []
    return (*loads, tuple(load))


def _is_common(each: InputFile) -> bool:
    return each.path.startswith(DATA) and not each.path.startswith(REGISTERS)


def _pieces(names: Iterable[str], data: Path) -> Iterator[Piece]:
    for name in names:
        with _located(name, data).open("rb") as file:
            content = file.read(PIECE_BYTES)
            yield Piece(name, zlib.compress(content))
            while content := file.read(PIECE_BYTES):
                yield Piece(name, zlib.compress(content))


def _located(name: str, data: Path) -> Path:
    return data / name.removeprefix(DATA)
