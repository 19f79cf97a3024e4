"""A grammar that takes seconds to build, built when it is first used.

With JupyterLab's full set installed, ``jsonschema`` loads ``rfc3987_syntax`` for addresses with
letters beyond ASCII, and that package builds its grammar while it is imported: one to three
seconds for everybody who imports ``nbformat``. No notebook's schema asks for such an address.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_NAME = "rfc3987_syntax"


def postpone_grammar() -> None:
    """Stand in for the package until something of it is used; do nothing where it is loaded."""
    spec = None if _NAME in sys.modules else find_spec(_NAME)
    if spec is None:
        return
    stand_in = ModuleType(_NAME)
    stand_in.__spec__, stand_in.__path__ = spec, list(spec.submodule_search_locations or ())

    def real(name: str) -> Any:
        if name.startswith("__"):  # the import itself looks for some of these
            raise AttributeError(name)
        if sys.modules.get(_NAME) is stand_in:
            del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)

    def is_valid_syntax(*args: Any, **more: Any) -> Any:
        return real("is_valid_syntax")(*args, **more)

    # The name that jsonschema takes at once; any other shows that the package is really used.
    vars(stand_in).update(is_valid_syntax=is_valid_syntax, __getattr__=real)
    sys.modules[_NAME] = stand_in
