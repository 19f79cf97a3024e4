"""Strict parameters: names and types are checked before a kernel starts.

papermill only warns of a misspelt parameter and then reports with the default, and its own
inspection misses a parameter whose default holds ``=``. So the cell is read as Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ita_analysis.errors import Fault, Place, UsageError
from ita_analysis.texts import fault

TAG = "parameters"
"""Tag of the cell that holds the parameters with their defaults."""

_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list, tuple),
    "dict": (dict,),
    "None": (type(None),),
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Attributes:
        name: Its name.
        kinds: Names of the types it takes (``str``, ``None`` …); empty where it takes any.
    """

    name: str
    kinds: tuple[str, ...]

    def takes(self, value: object) -> bool:
        """Tell whether a value has one of the parameter's types; True is no number."""
        allowed = {kind for name in self.kinds for kind in _KINDS[name]}
        if not allowed:
            return True
        if isinstance(value, bool):
            return bool in allowed
        return isinstance(value, tuple(allowed))


def read_parameters(cells: Iterable[Mapping[str, Any]], place: Place) -> tuple[Parameter, ...]:
    """Return the parameters of the cell tagged ``parameters``.

    Args:
        cells: The notebook's cells, as in its JSON.
        place: The notebook, for messages.

    Raises:
        UsageError: No cell has the tag, or the cell is not Python.
    """
    for cell in cells:
        if TAG in cell.get("metadata", {}).get("tags", ()):
            source = cell.get("source", "")
            text = source if isinstance(source, str) else "".join(source)
            try:
                body = ast.parse(text).body
            except SyntaxError as error:
                raise UsageError(fault("notebook_unreadable", place, reason=str(error))) from error
            return tuple(parameter for line in body for parameter in _assigned(line))
    raise UsageError(fault("notebook_without_parameters", place))


def _assigned(line: ast.stmt) -> list[Parameter]:
    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
        return [Parameter(line.target.id, _annotated(line.annotation))]
    if isinstance(line, ast.Assign):
        kinds = _defaulted(line.value)
        return [Parameter(name.id, kinds) for name in line.targets if isinstance(name, ast.Name)]
    return []


def _annotated(annotation: ast.expr) -> tuple[str, ...]:
    """Return the names of the types in ``str | None``, ``Optional[int]``, ``list[str]``."""
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        sides = (_annotated(annotation.left), _annotated(annotation.right))
        # One side that is not known takes anything, and so does the whole.
        return tuple(dict.fromkeys(sides[0] + sides[1])) if all(sides) else ()
    if isinstance(annotation, ast.Subscript):
        if ast.unparse(annotation.value) in {"Optional", "typing.Optional"}:
            inner = _annotated(annotation.slice)
            return (*inner, "None") if inner else ()
        return _annotated(annotation.value)
    name = ast.unparse(annotation)
    return (name,) if name in _KINDS else ()


def _defaulted(value: ast.expr) -> tuple[str, ...]:
    """Return the type of a default; nothing for None, which says nothing of other values."""
    try:
        name = type(ast.literal_eval(value)).__name__
    except (ValueError, TypeError):
        return ()
    return (name,) if name in _KINDS else ()


def check_parameters(
    parameters: Iterable[Parameter], values: Mapping[str, object], place: Place
) -> list[Fault]:
    """Return a fault for every value whose name or type the notebook does not take.

    Args:
        parameters: What the notebook's parameters cell offers.
        values: What is to be given to it.
        place: The notebook, for messages.
    """
    known = {parameter.name: parameter for parameter in parameters}
    faults = []
    for name, value in values.items():
        if name not in known:
            names = ", ".join(known) or "–"
            faults.append(fault("unknown_parameter", place, found=name, allowed=names))
        elif not known[name].takes(value):
            kinds = " | ".join(known[name].kinds)
            found = f"{name} = {value!r}"
            faults.append(fault("parameter_type", place, found=found, allowed=kinds))
    return faults
