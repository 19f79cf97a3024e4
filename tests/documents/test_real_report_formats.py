"""The real report, where it is at hand, as a file of each format: the same facts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ita_analysis.documents import Paragraph, read_document
from ita_analysis.register.importing import read_report
from tests.documents.corpus.agencies import facts
from tests.documents.corpus.layouts import Block
from tests.documents.corpus.writers import WRITERS, write_pdf
from tests.register.made_reports import DATA

pytestmark = pytest.mark.real_report


@pytest.fixture
def report() -> Path:
    folder = os.environ.get("ITA_REAL_REPORTS")
    path = Path(folder or "") / "nakhai-2566-12m.txt"
    if not folder or not path.is_file():
        pytest.skip("set ITA_REAL_REPORTS to the folder of real reports")
    return path


def blocks_of(path: Path) -> list[Block]:
    return [
        block.text if isinstance(block, Paragraph) else [list(row.texts) for row in block.rows]
        for block in read_document(path).blocks
    ]


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_gives_the_same_facts(ending: str, report: Path, tmp_path: Path) -> None:
    path = tmp_path / f"report{ending}"
    WRITERS[ending](blocks_of(report), path)
    assert facts(read_report(path, data_dir=DATA)) == facts(read_report(report, data_dir=DATA))


def test_a_pdf_loses_only_where_spaces_stand(report: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(blocks_of(report), path)
    read, original = (read_report(each, data_dir=DATA) for each in (path, report))
    assert _without_spaces(facts(read)) == _without_spaces(facts(original))


def _without_spaces(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(" ", "")
    return tuple(map(_without_spaces, value)) if isinstance(value, tuple) else value
