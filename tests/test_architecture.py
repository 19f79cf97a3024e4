"""What holds for the whole of the repository: imports go one way, words are in pairs, notebooks
are thin.
"""

from __future__ import annotations

import ast
import json
import re
import string
import tomllib
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ita_analysis"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TEXTS = PACKAGE / "texts"

ORDER = (
    "errors",
    "texts",
    "files",
    "frames",
    "thai",
    "documents",
    "frameworks",
    "register",
    "scores",
    "analysis",
    "charts",
    "reports",
    "pages",
    "engine",
    "batch",
    "bench",
    "commands",
    "cli",
    "__main__",
)
"""Each part may import only from itself and from those before it."""

MOST_LINES = 300
"""Lines of a module that holds one idea."""

MOST_CELL_LINES = 12
"""Lines of a notebook's cell: it loads, analyses and shows; the work is in the package."""

modules = sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and part of every import from this package, those within functions too."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            names = [f"{module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == PACKAGE.name and len(parts) > 1:
                yield node.lineno, parts[1]


def test_every_part_has_its_place() -> None:
    parts = {part_of(path) for path in modules} - {"__init__"}
    assert parts <= set(ORDER)


@pytest.mark.parametrize("path", modules, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = part_of(path)
    # The package's own face shows names of its parts.
    allowed = ORDER[: ORDER.index(own) + 1] if own in ORDER else ORDER[: ORDER.index("batch")]
    wrong = [f"line {line}: {part}" for line, part in imported_parts(path) if part not in allowed]
    assert not wrong


def test_modules_hold_one_idea() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def templates(words: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            yield from templates(value, name)
        else:
            yield name, value


def words_of(lang: str) -> dict[str, dict[str, str]]:
    """Return the texts of a language by file, then by dotted key."""
    return {
        path.name: dict(templates(tomllib.loads(path.read_text(encoding="utf-8"))))
        for path in sorted((TEXTS / lang).glob("*.toml"))
    }


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_have_the_same_words() -> None:
    thai, english = words_of("th"), words_of("en")
    assert thai
    assert thai.keys() == english.keys()
    for file in thai:
        assert thai[file].keys() == english[file].keys(), file


def test_both_languages_have_the_same_placeholders() -> None:
    thai, english = words_of("th"), words_of("en")
    different = {
        f"{file}: {key}": (placeholders(text), placeholders(english[file][key]))
        for file, texts in thai.items()
        for key, text in texts.items()
        # A form for one or none may say the number in words.
        if placeholders(text) - {"n"} != placeholders(english[file][key]) - {"n"}
    }
    assert different == {}


def test_every_fault_says_what_is_wrong_and_how_to_mend_it() -> None:
    for texts in words_of("th").values():
        faults: dict[str, set[str]] = {}
        for key in texts:
            if key.startswith("faults."):
                _, code, form = key.split(".", 2)
                faults.setdefault(code, set()).add(form.split(".")[0])
        assert {code for code, forms in faults.items() if forms != {"problem", "remedy"}} == set()


def test_nothing_names_a_package_registry() -> None:
    address = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|file:")
    for name in ("constraints.txt", "pyproject.toml"):
        assert not address.search((ROOT / name).read_text(encoding="utf-8")), name


def cells_of(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def tags_of(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    code = [cell for cell in cells_of(path) if cell["cell_type"] == "code"]
    assert code
    assert not [cell["source"] for cell in code if cell["outputs"] or cell["execution_count"]]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_have_one_cell_of_parameters(path: Path) -> None:
    tagged = [cell for cell in cells_of(path) if "parameters" in tags_of(cell)]
    assert len(tagged) == 1
    names = re.findall(r"^(\w+)\s*:", tagged[0]["source"], re.MULTILINE)
    assert names == ["agency_id", "fiscal_year", "lang", "as_of", "data_dir"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin(path: Path) -> None:
    for cell in cells_of(path):
        if cell["cell_type"] != "code":
            continue
        source = cell["source"]
        assert len(source.splitlines()) <= MOST_CELL_LINES, source
        defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        assert not any(isinstance(node, defined) for node in ast.walk(ast.parse(source))), source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_comes_in_both_languages(path: Path) -> None:
    """A cell for one language only is followed, or preceded, by its twin for the other."""
    prose = [cell for cell in cells_of(path) if cell["cell_type"] == "markdown"]
    langs = [tag for cell in prose for tag in tags_of(cell) if tag in {"lang-th", "lang-en"}]
    pairs = [set(langs[start : start + 2]) for start in range(0, len(langs), 2)]
    assert all(pair == {"lang-th", "lang-en"} for pair in pairs), langs
