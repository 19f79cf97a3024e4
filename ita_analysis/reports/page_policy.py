"""Which scripts a page runs: exactly its own, by their hashes, and nothing is loaded."""

from __future__ import annotations

import base64
import hashlib


def content_policy(scripts: str) -> str:
    """Return the content security policy: nothing loaded, only the named scripts run."""
    return (
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )


SHARED_SOURCES = "'self' file:"
"""Where a shared script may come from: the folder of the report, on disk or on an own server."""


def csp_hash(script: str) -> str:
    """Return the source expression that allows exactly this inline script."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def json_for_script(text: str) -> str:
    """Return JSON text that cannot end or confuse the script element that holds it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
