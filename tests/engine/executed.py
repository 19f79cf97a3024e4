"""What tests say of notebooks that were run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]
"""Runs some cells, and returns the executed notebook."""


def text_of(cell: Any) -> str:
    """Return what a cell shows as text."""
    return "".join(
        item.get("text") or item.get("data", {}).get("text/plain", "") for item in cell.outputs
    )
