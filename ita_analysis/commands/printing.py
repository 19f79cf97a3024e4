"""What every command prints: results to stdout, messages to stderr."""

from __future__ import annotations

import json
import sys


def tell(*lines: str) -> None:
    """Write messages to stderr, where they never mix with results."""
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201


def show_json(value: object) -> None:
    """Write a result to stdout as UTF-8 JSON, whatever the console's encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()
