"""Documents, sheets and faults as plain values, to pass between processes as JSON.

Not pickle: what comes from the process that reads a hostile file is data, never code.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from ita_analysis.documents.model import Cell, Document, Paragraph, Row, Table
from ita_analysis.documents.sheets import Sheet, SheetRow
from ita_analysis.errors import Fault, Place

_CLASSES: dict[str, Any] = {
    each.__name__: each
    for each in (Cell, Document, Paragraph, Row, Table, Sheet, SheetRow, Fault, Place)
}


def pack(value: object) -> bytes:
    """Return a value of these classes as bytes on one line."""
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def unpack(data: bytes) -> Any:
    """Return the value that was packed; lists come back as tuples.

    Raises:
        ValueError: The bytes are nothing that was packed.
        KeyError: They name a class that is none of these.
        TypeError: They have fields that the class has not.
    """
    return _whole(json.loads(data))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, each.name)) for each in fields(value)]}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        ((name, values),) = value.items()
        return _CLASSES[name](*(_whole(each) for each in values))
    if isinstance(value, list):
        return tuple(_whole(each) for each in value)
    return value
