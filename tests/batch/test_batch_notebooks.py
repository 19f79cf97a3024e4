"""Notebooks as they describe themselves, and strict parameters."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_analysis.batch.notebooks import find_notebooks, read_notebook
from ita_analysis.batch.parameters import Parameter, check_parameters, read_parameters
from ita_analysis.errors import Place, UsageError

FIXTURES = Path(__file__).parent / "notebooks"
PLACE = Place(file="x.ipynb")


def parameters_of(source: str) -> dict[str, tuple[str, ...]]:
    cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    return {each.name: each.kinds for each in read_parameters([cell], PLACE)}


def test_notebooks_come_in_their_order_and_explore_takes_no_part(
    notebooks: Callable[..., Path],
) -> None:
    folder = notebooks("raises", "quick", "good", "explore")
    assert [notebook.name for notebook in find_notebooks(folder)] == ["good", "quick", "raises"]
    assert read_notebook(folder / "explore.ipynb") is None


def test_faults_of_all_notebooks_are_told_at_once(notebooks: Callable[..., Path]) -> None:
    folder = notebooks("good", "untagged")
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    (folder / "list.ipynb").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        find_notebooks(folder)
    found = {(fault.code, fault.place.file) for fault in caught.value.faults}
    assert found == {
        ("notebook_unreadable", "broken.ipynb"),
        ("notebook_unreadable", "list.ipynb"),
        ("notebook_without_parameters", "untagged.ipynb"),
    }


def test_annotations_and_defaults_tell_the_types() -> None:
    source = (
        "# a comment\n"
        'a: str = "x=y"\n'  # papermill's own inspection misses a default that holds "="
        "b: int | None = None\n"
        "c = 2.5\n"
        "d = None\n"
        "e: 'Path' = 1\n"
        "f: Optional[str] = None\n"
        "g: list[str] = []\n"
        "h = -1\n"
    )
    assert parameters_of(source) == {
        "a": ("str",),
        "b": ("int", "None"),
        "c": ("float",),
        "d": (),
        "e": (),
        "f": ("str", "None"),
        "g": ("list",),
        "h": ("int",),
    }


@pytest.mark.parametrize(
    ("kinds", "value", "taken"),
    [
        (("int",), 2566, True),
        (("int",), "2566", False),
        (("int",), True, False),
        (("bool",), True, True),
        (("bool",), 1, False),
        (("float",), 1, True),
        (("str", "None"), None, True),
        (("str",), None, False),
        ((), object(), True),
    ],
)
def test_types_are_strict(kinds: tuple[str, ...], value: object, taken: bool) -> None:
    assert Parameter("p", kinds).takes(value) is taken


def test_unknown_names_and_wrong_types_are_both_told() -> None:
    notebook = read_notebook(FIXTURES / "other_parameters.ipynb")
    assert notebook is not None
    values = {"agency_id": "example-one", "fiscal_year": 2566, "lang": "th", "as_of": None}
    faults = check_parameters(notebook.parameters, values, PLACE)
    assert [fault.code for fault in faults] == ["unknown_parameter", "parameter_type"]
    assert "agency, fiscal_year, lang, as_of" in faults[0].remedy
    assert "str" in faults[1].remedy


def test_cells_that_are_no_python_are_refused() -> None:
    with pytest.raises(UsageError):
        parameters_of("%matplotlib inline\na = 1")


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_fixtures_hold_no_outputs(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in cells)
