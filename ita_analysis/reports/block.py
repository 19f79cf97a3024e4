"""What a notebook cell shows: one block, made of one or more outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ita_analysis.reports.markup import lab_safe
from ita_analysis.reports.mime import BLOCK_MIME

Bundle = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """A piece of a report, as the last expression of a cell or given to ``display``.

    Attributes:
        outputs: The MIME bundles that the cell emits, in order. A figure has three, because
            JupyterLab draws only the richest part of a bundle: heading, chart, source and table.
        main: Which of them stands for the block where only one can be shown.
    """

    outputs: tuple[Bundle, ...]
    main: int = 0

    def __add__(self, other: Block) -> Block:
        """Return both blocks as one, this one's outputs first."""
        return Block(self.outputs + other.outputs, self.main)

    def _ipython_display_(self) -> None:
        # IPython is there where this is called, and is not needed before.
        from IPython.display import display  # noqa: PLC0415

        for bundle in self.outputs:
            display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return self.outputs[self.main]


def html_bundle(kind: str, inner: str, plain: str, **more: Any) -> Bundle:
    """Return one output that holds HTML of ours.

    Args:
        kind: What it is; the exporter treats ``style`` and ``title`` by themselves.
        inner: HTML in which all data are escaped already.
        plain: The same in plain text, for consoles.
        **more: What else the exporter is told about it.
    """
    return {
        BLOCK_MIME: {"kind": kind, **more},
        "text/html": lab_safe(inner),
        "text/plain": plain,
    }
