"""The executed notebook as it is handed on: nothing of this machine, nothing that only time made.

The same inputs give the same file byte for byte: times, durations and random cell names go.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

INJECTED = "injected-parameters"


def clean_notebook(nb: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    """Return an executed notebook without local paths and volatile metadata.

    Args:
        nb: The executed notebook.
        places: Path on this machine -> what stands for it wherever it occurs.
    """
    text = json.dumps(nb, ensure_ascii=False)
    # The longest first: one place may lie within another.
    for path in sorted(places, key=len, reverse=True):
        text = text.replace(json.dumps(path, ensure_ascii=False)[1:-1], places[path])
    clean: dict[str, Any] = json.loads(text)
    papermill = clean["metadata"].pop("papermill", {})
    clean["metadata"]["papermill"] = {
        "parameters": papermill.get("parameters", {}),
        "version": papermill.get("version", ""),
    }
    for number, cell in enumerate(clean["cells"]):
        cell["metadata"].pop("papermill", None)
        cell["metadata"].pop("execution", None)
        if INJECTED in cell["metadata"].get("tags", ()) and "id" in cell:
            cell["id"] = f"{INJECTED}-{number}"
    return clean


def notebook_bytes(nb: Mapping[str, Any]) -> bytes:
    """Return a notebook as the content of its file."""
    text = json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8") + b"\n"
