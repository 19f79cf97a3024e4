"""YAML, read safely and fast."""

from __future__ import annotations

from typing import Any

import yaml

# The C parser reads a file in a tenth of the time; wheels of PyYAML have it.
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """Return the plain values of a YAML text.

    Raises:
        yaml.YAMLError: The text is no YAML, or asks for more than plain values.
    """
    return yaml.load(text, Loader=_SAFE_LOADER)  # noqa: S506
