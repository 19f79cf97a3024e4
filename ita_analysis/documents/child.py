"""The process that reads risky files: little memory, and nothing loaded but one reader.

Takes requests on its standard input and answers on its standard output, one after another: a line
with the sizes, then the bytes. Started by :mod:`ita_analysis.documents.apart`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any

from ita_analysis.documents.limits import MAX_MEMORY
from ita_analysis.documents.wire import pack
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault, use_language

# openpyxl takes numpy where it is installed; it would only cost memory here
sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]


def main() -> None:
    """Answer requests until there are no more."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    _limit_memory()
    while line := source.readline():
        request = json.loads(line)
        answer = pack(_answer(request, source.read(request["size"])))
        target.write(f"{len(answer)}\n".encode())
        target.write(answer)
        target.flush()


def _limit_memory() -> None:
    """Hold the process to its address space, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 # not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MAX_MEMORY if hard == resource.RLIM_INFINITY else min(hard, MAX_MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _answer(request: dict[str, Any], data: bytes) -> object:
    """The document or the sheets, or a list of faults."""
    use_language(request["lang"])
    name = request["name"]
    try:
        return _read(request["reader"], data, name, request["max_rows"])
    except DataError as error:
        return list(error.faults)
    except MemoryError:
        return [fault("needs_too_much_memory", Place(name), allowed=MAX_MEMORY // 1_000_000)]


def _read(reader: str, data: bytes, name: str, max_rows: int) -> object:
    if reader == "word":
        from ita_analysis.documents.word import read_word  # noqa: PLC0415

        return read_word(data, name)
    if reader == "pdf":
        from ita_analysis.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data, name)
    from ita_analysis.documents.workbook import read_workbook  # noqa: PLC0415

    return ("sheets", *read_workbook(data, name, max_rows))


if __name__ == "__main__":
    main()
