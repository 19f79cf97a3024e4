"""What a report was made from, as hashes: equal fingerprints mean there is nothing to do.

Nothing heavy is imported here: a run with nothing to do must answer at once. Files are hashed
whole on every run; the data of a province are a few megabytes, which takes milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import os
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

_COMMON = ("", "frameworks")
"""Parts of the data folder that every report may rest on."""

_PIECE = 1 << 16


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
    """The inputs of reports; each folder is listed and each file read once a run.

    Attributes:
        data: The data folder.
    """

    data: Path
    _found: dict[str, tuple[InputFile, ...]] = field(default_factory=dict)
    _years: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _notebooks: dict[Path, InputFile] = field(default_factory=dict)

    def of(self, task: Task) -> tuple[InputFile, ...]:
        """Return the files that a report rests on, in the order of their paths."""
        files = [self._notebook(task.notebook.path)]
        for folder in dict.fromkeys(self._folders(task)):
            files += self._files(folder)
        return tuple(sorted(files, key=lambda file: file.path))

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

    def _folders(self, task: Task) -> Iterator[str]:
        """Yield the parts of the data folder that a report rests on; one may come twice."""
        yield from _COMMON
        own = f"registers/{task.agency_id}"
        if "register" in task.notebook.needs:
            yield f"{own}/{task.fiscal_year_be}"
        if "scores" in task.notebook.needs:
            yield "scores"
            # A report on scores tells what was done about them in any year.
            if own not in self._years:
                self._years[own] = tuple(each.name for each in _entries(self.data / own))
            yield from (f"{own}/{year}" for year in self._years[own])

    def _files(self, folder: str) -> tuple[InputFile, ...]:
        if folder not in self._found:
            self._found[folder] = tuple(
                InputFile(Path("data", folder, each.name).as_posix(), hash_file(Path(each.path)))
                for each in _entries(self.data / folder)
                if each.is_file() and not each.name.startswith(".")
            )
        return self._found[folder]

    def _notebook(self, path: Path) -> InputFile:
        if path not in self._notebooks:
            self._notebooks[path] = InputFile(f"notebooks/{path.name}", hash_file(path))
        return self._notebooks[path]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder; nothing where there is none."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's content as hexadecimal text."""
    digest = hashlib.sha256()
    # Unbuffered, in pieces of a size that costs nothing to get: most files are small, and there
    # may be a hundred thousand of them.
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


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
