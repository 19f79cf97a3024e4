"""Headings and meanings of columns, for everything that shows a table."""

from __future__ import annotations

from collections.abc import Mapping

from ita_analysis.texts import Texts


def column_label(name: str, say: Texts, labels: Mapping[str, str] | None = None) -> str:
    """Return a column's heading: as given, else from the texts, else its raw name."""
    if labels and name in labels:
        return labels[name]
    return say(f"columns.{name}") if say.has(f"columns.{name}") else name


def code_word(name: str, value: object, say: Texts) -> str | None:
    """Return the word for a code that a column holds; None where the column holds no codes.

    A column named ``status`` (or ``…_status``) holds statuses; others have their words under
    ``values.<column>``.
    """
    key = f"status.{value}" if is_status(name) else f"values.{name}.{value}"
    return say(key) if say.has(key) else None


def is_status(name: str) -> bool:
    """Tell whether a column holds statuses of obligations."""
    return name == "status" or name.endswith("_status")


def column_help(name: str, say: Texts) -> str:
    """Return what a column means; empty where the texts do not tell."""
    return say(f"columns_help.{name}") if say.has(f"columns_help.{name}") else ""
