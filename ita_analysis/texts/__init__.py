"""Every word shown to a reader, in Thai and English, and the look-up.

The words live in ``th/<area>.toml`` and ``en/<area>.toml``, one file for each area: same keys, same
placeholders (a test holds this). They are read as one.
A key is a dotted path. A value is a template for :meth:`str.format`, or a table with the keys
``zero`` (optional), ``one`` and ``many`` from which ``n`` chooses.
"""

from ita_analysis.texts.lookup import (
    LANGUAGES,
    Texts,
    current_language,
    fault,
    load_texts,
    use_language,
)

__all__ = ["LANGUAGES", "Texts", "current_language", "fault", "load_texts", "use_language"]
