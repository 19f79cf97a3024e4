"""The corpus: every layout in every format gives the register that a reader would write down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.register.importing import read_reports
from tests.documents.corpus.agencies import AGENCIES, FAHSAI, Agency, facts
from tests.documents.corpus.layouts import LAYOUTS, Block, official, signed
from tests.documents.corpus.writers import WRITERS, write_pdf
from tests.register.made_reports import DATA

CASES = [
    (layout, agency, ending) for layout in LAYOUTS for ending in WRITERS for agency in AGENCIES
]


def test_the_corpus_is_large_enough() -> None:
    assert len(LAYOUTS) >= 8
    assert len(CASES) >= 30


@pytest.mark.parametrize(
    ("layout", "agency", "ending"),
    CASES,
    ids=[f"{layout.__name__}-{agency.year}{ending}" for layout, agency, ending in CASES],
)
def test_every_layout_in_every_format(
    layout: Callable[[Agency], list[Block]], agency: Agency, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"รายงาน ๑{ending}"
    WRITERS[ending](layout(agency), path)
    report = read_reports(path, data_dir=DATA)
    (register,) = report.registers
    assert facts(register) == agency.expected
    assert report.n_rows == report.n_accepted
    assert report.rejects == ()


def without_spaces(value: Any) -> Any:
    """A PDF's lines end where the page does: where the author put spaces is lost, nothing else."""
    if isinstance(value, str):
        return value.replace(" ", "")
    return tuple(map(without_spaces, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("layout", [official, signed], ids=lambda layout: layout.__name__)
def test_a_pdf_gives_the_same_facts(
    layout: Callable[[Agency], list[Block]], tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(layout(FAHSAI), path)
    (register,) = read_reports(path, data_dir=DATA).registers
    assert without_spaces(facts(register)) == without_spaces(FAHSAI.expected)


def test_a_row_over_a_pages_end_is_one_measure(tmp_path: Path) -> None:
    long_rows = official(FAHSAI)
    table = long_rows[-1]
    assert isinstance(table, list)
    table[2][6] = "ประชาชนได้รับข้อมูลครบถ้วน " * 120  # higher than a page
    path = tmp_path / "long.pdf"
    write_pdf(long_rows, path)
    (register,) = read_reports(path, data_dir=DATA).registers
    assert len(register.measures) == len(FAHSAI.rows)
    assert "rows_joined" in {note.code for note in register.notes}
    outcome = (register.measures[1].outcome_th or "").replace(" ", "")
    assert outcome == "ประชาชนได้รับข้อมูลครบถ้วน" * 120
    assert register.measures[1].published_date == FAHSAI.expected[2][2][2]
