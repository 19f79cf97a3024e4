"""The docs say what there is: every command, option and column; links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from ita_analysis.cli import app
from tools import make_dictionary

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
COMMANDS: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
COMMANDS_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")
DICTIONARY = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")

LINK = re.compile(r"\]\(([^)\s]+)\)")
EMPTY = re.compile(r"; (?:empty|ว่าง)")


def section(command: str) -> str:
    """The part of commands.md about one command."""
    _, _, rest = COMMANDS_PAGE.partition(f"\n## ita {command}\n")
    return rest.partition("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """What a link can point at within a page, as GitHub names its headings."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = section(name)
    assert text, f"docs/commands.md has no section «## ita {name}»"
    options = [
        option
        for parameter in COMMANDS[name].params
        if parameter.param_type_name == "option"
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    ]
    assert [option for option in options if f"`{option}" not in text] == []
    arguments = [each for each in COMMANDS[name].params if each.param_type_name == "argument"]
    n_rows = len(re.findall(r"^\| `(?!--)", text, re.MULTILINE))
    assert n_rows == len(arguments)


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## ita ([\w-]+)$", COMMANDS_PAGE, re.MULTILINE)) == set(COMMANDS)
    for name, command in COMMANDS.items():
        known = {option for parameter in command.params for option in parameter.opts}
        rows = re.findall(r"^\| `(--[\w-]+)", section(name), re.MULTILINE)
        assert set(rows) <= known


def examples() -> list[tuple[str, str]]:
    """Commands of commands.md that begin with $, each with what it must print."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", COMMANDS_PAGE, re.DOTALL):
        for piece in block.split("$ ita ")[1:]:
            words, _, output = piece.partition("\n")
            found.append((words, output))
    return found


@pytest.mark.parametrize(("words", "expected"), examples(), ids=[each[0] for each in examples()])
def test_examples_print_what_the_page_shows(words: str, expected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ita_analysis", *words.split()],
        env={**os.environ, "ITA_LANG": "en", "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout + done.stderr == expected


def test_the_dictionary_is_what_its_maker_makes() -> None:
    assert make_dictionary.make_dictionary() == DICTIONARY, "run: python tools/make_dictionary.py"


def test_every_data_file_has_its_columns_in_the_dictionary() -> None:
    patterns = {
        name: re.sub(r"<\w+>", "*", name.removeprefix("data/")) for name in make_dictionary.DATA
    }
    seen = set()
    for name, pattern in patterns.items():
        for file in (ROOT / "data").glob(pattern):
            seen.add(file)
            head = file.read_text(encoding="utf-8-sig").partition("\n")[0]
            assert tuple(head.split(",")) == make_dictionary.DATA[name][1], file.name
    assert seen == set((ROOT / "data").rglob("*.csv"))


def test_every_report_has_its_tables_in_the_dictionary() -> None:
    tables = make_dictionary.report_tables()
    assert set(tables) == set(make_dictionary.REPORT_ROWS)
    known = {table.partition(".")[0] for table in tables}
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        if "ita" in json.loads(notebook.read_text(encoding="utf-8"))["metadata"]:
            assert notebook.stem in known, "add its tables to tools/make_dictionary.py"


@pytest.fixture(scope="module")
def helps() -> dict[str, Any]:
    return {
        lang: tomllib.loads(
            (ROOT / f"ita_analysis/texts/{lang}/columns.toml").read_text(encoding="utf-8")
        )
        for lang in ("th", "en")
    }


def test_every_column_of_a_report_has_a_heading_and_a_meaning(
    helps: dict[str, Any],
) -> None:
    columns = {str(name) for frame in make_dictionary.report_tables().values() for name in frame}
    for words in helps.values():
        assert columns - set(words["columns"]) == set()
        assert columns - set(words["columns_help"]) == set()


def test_columns_that_can_be_empty_say_when(helps: dict[str, Any]) -> None:
    for words in helps.values():
        for frame in make_dictionary.report_tables().values():
            empty = [str(name) for name in frame if frame[name].isna().any()]
            silent = [name for name in empty if not EMPTY.search(words["columns_help"][name])]
            assert silent == []
    assert {key for key, text in helps["en"]["columns_help"].items() if EMPTY.search(text)} == {
        key for key, text in helps["th"]["columns_help"].items() if EMPTY.search(text)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = page if not name else (page.parent / name)
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_sections_that_the_code_names_are_there() -> None:
    heads = re.findall(r"^## (.+)$", (DOCS / "methods.md").read_text(encoding="utf-8"), re.M)
    named = {
        head
        for path in (ROOT / "ita_analysis").rglob("*.py")
        for head in re.findall(r'docs/methods\.md, "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(heads)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_tell_nothing_of_the_machine_they_were_written_on(page: Path) -> None:
    places = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|opt|Users)/|[A-Z]:\\|pypi|--index-url")
    assert places.findall(page.read_text(encoding="utf-8")) == []
