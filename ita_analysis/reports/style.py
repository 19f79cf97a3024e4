"""The style sheets: one set of tokens for reports, the index and JupyterLab."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_TEMPLATE = "template"
_LAST_ASCII_CONTROL = 0x9F


@cache
def read_asset(name: str) -> str:
    """Return a text file of the template folder."""
    return (files(__package__) / _TEMPLATE / name).read_text(encoding="utf-8")


def page_style() -> str:
    """Return the style of a page of ours: light, dark where the reader's device is set to it."""
    tokens = f".ita {{\n{read_asset('dark.css')}}}"
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{tokens}\n}}\n"
    return read_asset("blocks.css") + dark + read_asset("page.css")


def lab_style() -> str:
    """Return the style of the blocks for JupyterLab, which has a light and a dark theme itself."""
    dark = f"[data-jp-theme-light='false'] .ita {{\n{read_asset('dark.css')}}}\n"
    return f"<style>{read_asset('blocks.css')}{dark}</style>"


def css_string(text: str) -> str:
    """Return text as a CSS string: everything but letters, digits and blanks as code points."""
    return '"' + "".join(_css_letter(letter) for letter in text) + '"'


def _css_letter(letter: str) -> str:
    plain = letter.isascii() and (letter.isalnum() or letter == " ")
    return letter if plain or ord(letter) > _LAST_ASCII_CONTROL else f"\\{ord(letter):x} "
