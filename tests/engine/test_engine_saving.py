"""Quick saves: the same bytes as nbformat's, at every moment of a run."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from papermill.execute import execute_notebook

from ita_analysis.engine import saving
from ita_analysis.engine.saving import NotebookText

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
outputs = st.builds(
    lambda data, text: new_output(
        "display_data", data={"text/plain": text, "application/json": data}
    ),
    values,
    st.text(max_size=20),
)
cells = st.builds(new_markdown_cell, st.text(max_size=20)) | st.builds(
    new_code_cell,
    st.text(max_size=20),
    outputs=st.lists(outputs, max_size=2),
    metadata=st.dictionaries(st.sampled_from(["a", "trusted", "ก"]), values),
)
notebooks = st.builds(
    new_notebook,
    cells=st.lists(cells, max_size=4),
    metadata=st.dictionaries(st.sampled_from(["papermill", "signature", "z"]), values),
)


@given(notebooks, st.lists(st.tuples(st.integers(0, 3), cells | st.none()), max_size=4))
def test_a_text_is_what_nbformat_writes(nb: Any, changes: list[tuple[int, Any]]) -> None:
    text = NotebookText()
    assert text.of(nb) == nbformat.writes(nb)
    for at, cell in changes:
        if cell is None:
            del nb.cells[at : at + 1]
        else:
            nb.cells[at : at + 1] = [cell]
        before = copy.deepcopy(nb)
        assert text.of(nb) == nbformat.writes(nb)
        assert repr(nb) == repr(before)  # not equal to itself where it holds NaN


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each text that is saved while cells run, beside the one that papermill would save."""
    found: list[tuple[str, str]] = []
    quick = saving.QuickSaves.__call__

    def both(self: saving.QuickSaves, nb: Any = None, **more: Any) -> None:
        quick(self, nb, **more)
        text = Path(self.manager.output_path).read_text(encoding="utf-8")
        found.append((text, nbformat.writes(self.manager.nb)))

    monkeypatch.setattr(saving.QuickSaves, "__call__", both)
    return found


def test_every_save_of_a_run_is_papermills(tmp_path: Path, saved: list[tuple[str, str]]) -> None:
    nb = new_notebook(
        cells=[
            new_code_cell("from IPython.display import display\nh = display('ก', display_id=True)"),
            new_markdown_cell("# หัวข้อ"),
            new_code_cell("print('x' * 10)\nh.update('an earlier cell changes')"),
            new_code_cell("1 / 0"),
        ]
    )
    nb.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    given, made = tmp_path / "given.ipynb", tmp_path / "made.ipynb"
    nbformat.write(nb, given)
    with pytest.raises(Exception, match="division by zero"):
        execute_notebook(given, made, engine_name="warm", progress_bar=False)
    assert len(saved) == 8
    for quick, stock in saved:
        assert quick == stock
    last = nbformat.read(made, 4)
    assert "an earlier cell changes" in str(last.cells)
    assert len({quick for quick, _ in saved}) == len(saved)
