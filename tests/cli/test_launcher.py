"""ita.py: the launcher that needs nothing but Python."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
STEPS = """
import pathlib, sys, time
import ita

def count(step):
    def make(log):
        with open(ita.ROOT + "/steps.txt", "a") as file:
            file.write(step + "\\n")
        pathlib.Path(log).write_text("no such package: %s" % step)
        time.sleep(0.5)
        if step == "venv":
            python = pathlib.Path(ita.venv_python())
            python.parent.mkdir(parents=True, exist_ok=True)
            python.symlink_to(sys.executable)
        return step == FAILING
    return make

FAILING = sys.argv[1]
ita.make_venv, ita.install = count("venv"), count("install")
sys.exit(ita.set_up(ita.setup_key()) or 0)
"""
"""A set-up whose two steps only take note of being called."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the launcher and what it reads, under a Thai name with spaces."""
    folder = tmp_path / "โฟลเดอร์ ใหม่"
    (folder / "ita_analysis").mkdir(parents=True)
    for name in ("ita.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "ita_analysis" / "texts", folder / "ita_analysis" / "texts")
    (folder / "steps.py").write_text(STEPS, encoding="utf-8")
    return folder


def load(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("ita_launcher", checkout / "ita.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(checkout: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=checkout,
        env={**os.environ, "ITA_LANG": "en", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish_set_up(checkout: Path) -> ModuleType:
    """Give the checkout a .venv that is this environment's Python."""
    ita = load(checkout)
    python = Path(ita.venv_python())
    python.parent.mkdir(parents=True)
    # Through the shim of an environment a mere link would not find its packages.
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    Path(ita.KEY_FILE).write_text(ita.setup_key(), encoding="ascii")
    return ita


def test_an_old_python_can_read_it_to_be_told_so() -> None:
    tree = ast.parse((ROOT / "ita.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, new)] == []
    imported = {
        name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names
    }
    assert imported == {"os", "sys"}


def test_too_old_and_too_new_get_one_line(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ita = load(checkout)
    monkeypatch.setattr(ita, "OLDEST", (4, 0))
    assert ita.main(["run"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    path = checkout / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    bounded = text.replace('requires-python = ">=3.11,<3.14"', 'requires-python = ">=3.8,<3.10"')
    assert bounded != text
    path.write_text(bounded, encoding="utf-8")
    assert "3.10" in ita.set_up("key")
    assert not (checkout / ".venv").exists()


def test_the_lowest_python_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = ".".join(map(str, load(ROOT).OLDEST))
    assert project["requires-python"].startswith(f">={oldest}")


def test_the_key_follows_requirements_python_and_place(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ita = load(checkout)
    key = ita.setup_key()
    constraints = checkout / "constraints.txt"
    content = constraints.read_bytes()
    constraints.write_bytes(content.replace(b"\n", b"\r\n"))
    assert ita.setup_key() == key
    constraints.write_bytes(content + b"more==1\n")
    assert ita.setup_key() != key
    constraints.write_bytes(content)
    monkeypatch.setattr(ita, "ROOT", f"{ita.ROOT}2")
    shutil.copytree(checkout, f"{checkout}2")
    assert ita.setup_key() != key


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for .venv is a shell script")
def test_words_encoding_and_exit_code_are_passed_on(checkout: Path) -> None:
    finish_set_up(checkout)
    done = start(checkout, "ita.py", "run", "--year", "๒๕๖")
    _, errors = done.communicate()
    assert done.returncode == 2
    assert "๒๕๖" in errors
    (checkout / "test_it.py").write_text(
        "import os\n\ndef test_it():\n    assert os.environ['PYTHONUTF8'] == '2'\n",
        encoding="utf-8",
    )
    tested = start(checkout, "ita.py", "test", "-q", "-p", "no:cacheprovider", "test_it.py")
    out, _ = tested.communicate()
    assert tested.returncode == 1
    assert "assert '1' == '2'" in out


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for .venv is a shell script")
def test_the_second_start_costs_little(checkout: Path) -> None:
    ita = finish_set_up(checkout)
    Path(ita.venv_python()).write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "ita.py", "run"], cwd=checkout, check=True)
        seconds.append(time.perf_counter() - begin)
    assert min(seconds) < 0.15


def test_half_made_and_broken_environments_are_made_anew(checkout: Path) -> None:
    ita = finish_set_up(checkout)
    key = ita.setup_key()
    assert ita.is_current(key)
    Path(ita.venv_python()).unlink()
    assert not ita.is_current(key)
    log = checkout / "log"
    (checkout / ".venv" / "left-over").touch()
    commands = []
    ita.run_quietly = lambda command, *_: commands.append(command) or 0
    assert ita.make_venv(str(log)) == 0
    assert not (checkout / ".venv").exists()
    assert commands[0][1:] == ["-m", "venv", ita.VENV]


def test_two_first_runs_set_up_once(checkout: Path) -> None:
    runs = [start(checkout, "steps.py", "none") for _ in range(3)]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0, 0, 0]
    steps = (checkout / "steps.txt").read_text(encoding="utf-8").split()
    assert steps == ["venv", "install"]
    assert load(checkout).is_current(load(checkout).setup_key())


def test_a_failed_set_up_says_why_and_does_not_count(checkout: Path) -> None:
    run = start(checkout, "steps.py", "install")
    _, errors = run.communicate()
    assert run.returncode == 1
    assert "takes a minute or two" in errors
    assert "no such package: install" in errors
    assert not load(checkout).is_current(load(checkout).setup_key())
