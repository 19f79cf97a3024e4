"""What a report was made from, as hashes: equal fingerprints mean there is nothing to do.

Nothing heavy is imported here: a run with nothing to do must answer at once. Files are hashed
whole on every run; the data of a province are a few megabytes, which takes milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ita_analysis.batch.plan import Task

LIBRARIES = (
    "ipykernel",
    "jinja2",
    "nbclient",
    "nbconvert",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "plotly",
    "pyarrow",
    "pythainlp",
    "xlsxwriter",
)
"""Libraries whose version can change a number, a chart or a page."""

_COMMON = ("*.*", "frameworks/*")
"""Parts of the data folder that every report may rest on."""


@dataclass(frozen=True)
class InputFile:
    """A file that a report rests on.

    Attributes:
        path: Path as recorded: ``data/…`` or ``notebooks/…``, whatever the folders are called.
        sha256: Hash of its content.
    """

    path: str
    sha256: str


@dataclass
class Inputs:
    """The inputs of reports; each file is read once a run.

    Attributes:
        data: The data folder.
    """

    data: Path
    _hashes: dict[Path, str] = field(default_factory=dict)
    _found: dict[str, dict[str, Path]] = field(default_factory=dict)

    def of(self, task: Task) -> tuple[InputFile, ...]:
        """Return the files that a report rests on, in the order of their paths."""
        files = {f"notebooks/{task.notebook.path.name}": task.notebook.path}
        for pattern in self._patterns(task):
            files |= self._find(pattern)
        return tuple(InputFile(name, self._hash(files[name])) for name in sorted(files))

    def fingerprint(
        self, task: Task, inputs: tuple[InputFile, ...], shared_assets: bool = False
    ) -> str:
        """Return the hash of all that a report's content depends on."""
        facts = {
            "inputs": [[item.path, item.sha256] for item in inputs],
            "parameters": task.parameters,
            "code": code_hash(),
            "libraries": library_versions(),
            "shared_assets": shared_assets,
        }
        text = json.dumps(facts, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @staticmethod
    def _patterns(task: Task) -> Iterator[str]:
        yield from _COMMON
        if "register" in task.notebook.needs:
            yield f"registers/{task.agency_id}/{task.fiscal_year_be}/*"
        if "scores" in task.notebook.needs:
            yield "scores/*"
            # A report on scores tells what was done about them in any year.
            yield f"registers/{task.agency_id}/*/*"

    def _find(self, pattern: str) -> dict[str, Path]:
        if pattern not in self._found:
            self._found[pattern] = {
                f"data/{path.relative_to(self.data).as_posix()}": path
                for path in self.data.glob(pattern)
                if path.is_file() and not path.name.startswith(".")
            }
        return self._found[pattern]

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = hash_file(path)
        return self._hashes[path]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's content as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_hash() -> str:
    """Return the hash of this package's own files: code, words and templates."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(hash_file(path).encode())
    return digest.hexdigest()


@cache
def code_version() -> str:
    """Return the package's version and the beginning of :func:`code_hash`."""
    return f"{version('ita-analysis')}+{code_hash()[:12]}"


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of Python and of :data:`LIBRARIES`; empty where one is missing."""
    versions = {"python": f"{sys.implementation.name} {platform.python_version()}"}
    for name in LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = ""
    return versions
