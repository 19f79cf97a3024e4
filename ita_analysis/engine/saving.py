"""Saving after every cell without writing every cell anew.

papermill saves the notebook before and after each of its cells, and nbformat checks and formats
all of it each time: with charts in it, a third of a run. Here the text of a cell that has not
changed is kept. A file is the same as nbformat's, byte for byte; the first and the last save of a
run are papermill's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nbformat.notebooknode import from_dict
from nbformat.v4.nbjson import BytesEncoder
from nbformat.v4.nbjson import writes as write_text
from papermill import engines
from papermill.engines import NotebookExecutionManager
from papermill.iorw import papermill_io

_FORMAT = 4
_OWN = (NotebookExecutionManager.save, engines.write_ipynb)
_HEAD = '{\n "cells": []'
_CELLS_BEGIN, _CELLS_END = '{\n "cells": [\n', "\n ]"


class NotebookText:
    """The text of a notebook that changes little from one save to the next."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, nb: Mapping[str, Any]) -> str:
        """Return what ``nbformat.writes`` would return, without its check.

        Args:
            nb: A notebook of format 4.
        """
        # Compact JSON comes from C, fifty times as fast as indented: it tells what has changed.
        keys = [json.dumps(cell, cls=BytesEncoder, ensure_ascii=False) for cell in nb["cells"]]
        self._known = {
            key: self._known.get(key) or _cell_text(cell)
            for key, cell in zip(keys, nb["cells"], strict=True)
        }
        shell = _written({**nb, "cells": []})
        if not keys:
            return shell
        cells = ",\n".join(self._known[key] for key in keys)
        return f"{_CELLS_BEGIN}{cells}{_CELLS_END}{shell.removeprefix(_HEAD)}"


def _cell_text(cell: Mapping[str, Any]) -> str:
    text, shell = (_written({"cells": cells, "metadata": {}}) for cells in ([cell], []))
    return text.removeprefix(_CELLS_BEGIN).removesuffix(_CELLS_END + shell.removeprefix(_HEAD))


def _written(nb: Mapping[str, Any]) -> str:
    return str(write_text(from_dict(nb), ensure_ascii=False))  # type: ignore[no-untyped-call]


@contextmanager
def quick_saves(manager: Any) -> Iterator[None]:
    """Save quickly while cells run.

    Args:
        manager: papermill's ``NotebookExecutionManager``. One that saves in a way of its own, or
            through another writer than papermill's, goes on to do so.
    """
    changed = (type(manager).save, engines.write_ipynb) != _OWN
    if changed or manager.nb.nbformat != _FORMAT:
        yield
        return
    manager.save = QuickSaves(manager)
    try:
        yield
    finally:
        del manager.save


class QuickSaves:
    """Takes the place of a manager's ``save`` while cells run.

    Attributes:
        manager: papermill's ``NotebookExecutionManager``.
    """

    def __init__(self, manager: Any) -> None:
        self.manager = manager
        self._text = NotebookText()

    def __call__(self, nb: Any = None, **_unused: Any) -> None:
        """Save the notebook; takes what papermill's own ``save`` takes."""
        manager = self.manager
        if nb:
            manager.nb = nb
        if manager.output_path:
            papermill_io.write(self._text.of(manager.nb), manager.output_path)
        manager.last_save_time = manager.now()
