"""What a notebook says of itself, read from its JSON (nbformat takes seconds to import).

A notebook takes part in ``ita run`` by its metadata: ``"ita": {"needs": "register", "order": 1}``.
One without it (such as ``explore``) is for JupyterLab only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_analysis.batch.parameters import Parameter, read_parameters
from ita_analysis.errors import Fault, ItaError, Place, UsageError
from ita_analysis.texts import fault

LAST = 1000
"""Order of a notebook that names none."""


@dataclass(frozen=True)
class Notebook:
    """A notebook that ``ita run`` can run.

    Attributes:
        name: File name without ``.ipynb``.
        path: Where it is.
        needs: What must be known of an agency and year (a key of ``plan.NEEDS``).
        order: Place among the notebooks, smallest first.
        parameters: What its parameters cell offers.
    """

    name: str
    path: Path
    needs: str
    order: int
    parameters: tuple[Parameter, ...]


def find_notebooks(folder: Path) -> tuple[Notebook, ...]:
    """Return the folder's notebooks for ``ita run``, in their order.

    Raises:
        UsageError: A notebook is no JSON, or takes part but has no usable parameters cell.
    """
    found: list[Notebook] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.ipynb")):
        try:
            notebook = read_notebook(path)
        except ItaError as error:
            faults.extend(error.faults)
        else:
            found.extend([notebook] if notebook else [])
    if faults:
        raise UsageError(faults)
    return tuple(sorted(found, key=lambda notebook: (notebook.order, notebook.name)))


def read_notebook(path: Path) -> Notebook | None:
    """Return what a notebook says of itself; None where it takes no part in ``ita run``.

    Raises:
        UsageError: It cannot be read, or takes part but has no usable parameters cell.
    """
    place = Place(file=path.name)
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        claims = content.get("metadata", {}).get("ita")
        cells = content["cells"]
        if claims is None:
            return None
        needs, order = str(claims["needs"]), int(claims.get("order", LAST))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(fault("notebook_unreadable", place, reason=str(error))) from error
    return Notebook(path.stem, path, needs, order, read_parameters(cells, place))
