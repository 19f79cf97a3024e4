"""The one door by which data enter HTML."""

from __future__ import annotations

import html
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


def esc(value: object) -> str:
    """Return data as text that is safe in HTML content and in quoted attributes.

    Control characters and marks that turn the writing direction are dropped: they are never
    part of a name, and they can make a text read as another one.
    """
    return html.escape(_CONTROL.sub("", str(value)), quote=True)


def lab_safe(inner: str) -> str:
    """Wrap a block so that JupyterLab does not take dollar signs in data for formulas."""
    return f'<div class="ita mathjax_ignore tex2jax_ignore">{inner}</div>'
