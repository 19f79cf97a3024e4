"""docs/benchmarks.md: each benchmark writes its own section and leaves the others."""

from __future__ import annotations

from ita_analysis.batch.paths import home
from ita_analysis.files import write_whole


def write_section(name: str, section: str) -> None:
    """Put a section between its marks; at the end of the page where there are none.

    Args:
        name: Name in the marks, for example ``runner``.
        section: Its Markdown.
    """
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    path = home() / "docs" / "benchmarks.md"
    text = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    head, mark, rest = text.partition(start)
    after = rest.partition(end)[2] if mark else "\n"
    block = f"{start}\n{section.rstrip()}\n{end}"
    text = (head if mark else f"{text.rstrip()}\n\n") + block + after
    write_whole(path, text.encode("utf-8"))
