"""The journal of a run: what happened since the manifest was last written whole.

One line of JSON per event, appended. A run that is killed leaves at most its last line torn; a
line that cannot be read is passed over, which only means that its report is made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal

from ita_analysis.batch.place import STATE_FOLDER

Step = Literal["planned", "running", "executed", "exported", "in_place"]
"""What a report goes through before its record is written."""

NAME = "journal.jsonl"


class Journal:
    """Appends events to the journal of an output folder."""

    def __init__(self, out: Path) -> None:
        self.path = out / STATE_FOLDER / NAME
        self._file: BinaryIO | None = None

    def step(self, key: str, step: Step, attempt: int) -> None:
        """Note that a report has come to a step; it need not outlive a power cut."""
        self._append({"report": key, "step": step, "attempt": attempt})

    def record(self, record: Mapping[str, Any], durable: bool = True) -> None:
        """Note how a report ended.

        Args:
            record: The manifest's record as plain values.
            durable: Wait until the disk has it.
        """
        self._append({"record": record})
        if durable and self._file is not None:
            os.fsync(self._file.fileno())

    def clear(self) -> None:
        """Forget all events; only once the manifest holds them."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, event: Mapping[str, Any]) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab", buffering=0)
        # Begun with a line end: what was torn before stays a line of its own.
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        content = b"\n" + line.encode("utf-8")
        while content:
            content = content[self._file.write(content) :]


def read_journal(out: Path) -> Iterator[dict[str, Any]]:
    """Yield the events of an output folder's journal that can be read."""
    try:
        content = (out / STATE_FOLDER / NAME).read_bytes()
    except FileNotFoundError:
        return
    for line in content.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield event
