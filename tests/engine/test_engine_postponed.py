"""A slow grammar is built when it is used, and then it is the real one."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(
    find_spec("rfc3987_syntax") is None, reason="jsonschema's addresses are not installed"
)


def run(text: str) -> str:
    words = [sys.executable, "-c", text]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def test_the_batch_loads_papermill_without_the_grammar() -> None:
    text = (
        "import sys, ita_analysis.batch.execute, nbformat.validator, jsonschema\n"
        "print('rfc3987_syntax.syntax_helpers' in sys.modules)"
    )
    assert run(text) == "False"


def test_an_address_is_still_checked() -> None:
    text = (
        "import ita_analysis.batch, jsonschema\n"
        "check = jsonschema.Draft202012Validator.FORMAT_CHECKER.conforms\n"
        "print(check('http://ไทย.example/', 'iri'), check('no address', 'iri'))\n"
        "import rfc3987_syntax\n"
        "print(rfc3987_syntax.__file__ is not None)"
    )
    assert run(text).split() == ["True", "False", "True"]


def test_who_looks_for_the_package_finds_it() -> None:
    text = (
        "import ita_analysis.batch, importlib.util\n"
        "print(importlib.util.find_spec('rfc3987_syntax').origin is not None)\n"
        "import rfc3987_syntax.syntax_helpers as real\n"
        "print(real.__name__)"
    )
    assert run(text).split() == ["True", "rfc3987_syntax.syntax_helpers"]
