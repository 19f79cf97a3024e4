"""Look-up of the words in ``th/*.toml`` and ``en/*.toml``."""

from __future__ import annotations

import os
import tomllib
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from ita_analysis.errors import Fault, Place, UsageError

LANGUAGES = ("th", "en")
_language: ContextVar[str | None] = ContextVar("ita_language", default=None)


class Texts:
    """The words of one language.

    Attributes:
        lang: ``th`` or ``en``.
    """

    def __init__(self, lang: str, words: dict[str, Any]) -> None:
        self.lang = lang
        self._words = words

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under a dotted key with its placeholders filled.

        Args:
            key: Dotted path, for example ``status.on_time``.
            **values: Placeholders. Where the entry has the forms zero, one and many, the value
                ``n`` chooses the form; a missing ``zero`` falls back to ``many``.

        Raises:
            KeyError: The key or a placeholder is missing: a fault of the program, not the user's.
        """
        entry: Any = self._words
        for step in key.split("."):
            entry = entry[step]
        if isinstance(entry, dict):
            entry = entry[_form(entry, values["n"])]
        if not isinstance(entry, str):
            raise KeyError(key)
        return entry.format(**values)

    def has(self, key: str) -> bool:
        """Tell whether there is a text under this key."""
        entry: Any = self._words
        for step in key.split("."):
            if not isinstance(entry, dict) or step not in entry:
                return False
            entry = entry[step]
        return True


def _form(entry: dict[str, Any], n: object) -> str:
    if n == 0 and "zero" in entry:
        return "zero"
    return "one" if n == 1 else "many"


def load_texts(lang: str | None = None) -> Texts:
    """Return the words of a language; of the current one where none is named.

    Raises:
        UsageError: There are no words in this language.
    """
    chosen = lang or current_language()
    if chosen not in LANGUAGES:
        raise UsageError(fault("unknown_language", found=str(chosen), allowed=", ".join(LANGUAGES)))
    return _read(chosen)


@cache
def _read(lang: str) -> Texts:
    folder = files(__package__).joinpath(lang)
    words: dict[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            _merge(words, tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return Texts(lang, words)


def _merge(words: dict[str, Any], more: dict[str, Any], source: str) -> None:
    """Add the words of one file; the same key in two files is a fault of the program."""
    for key, value in more.items():
        known = words.setdefault(key, value)
        if known is value:
            continue
        if not (isinstance(known, dict) and isinstance(value, dict)):
            raise ValueError(f"{source}: {key!r} is in another file already")
        _merge(known, value, source)


def current_language() -> str:
    """Return the language of messages: as set, else ``ITA_LANG``, else Thai."""
    chosen = _language.get() or os.environ.get("ITA_LANG", "th")
    return chosen if chosen in LANGUAGES else "th"


def use_language(lang: str) -> None:
    """Set the language of messages for this process."""
    _language.set(lang)


def fault(code: str, place: Place | None = None, found: str = "", **values: object) -> Fault:
    """Make a fault whose words are in the current language.

    Args:
        code: Name of the fault; its words are ``faults.<code>.problem`` and ``.remedy``.
        place: Where it stands.
        found: The value found there.
        **values: Placeholders of the words.
    """
    words = load_texts(current_language())
    return Fault(
        code=code,
        place=place or Place(),
        found=found,
        problem=words(f"faults.{code}.problem", **values),
        remedy=words(f"faults.{code}.remedy", **values),
    )
