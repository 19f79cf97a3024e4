"""All dates of one agency's real report, counted by hand once."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from ita_analysis.thai import find_dates, find_impossible, repair_text, unreadable


@pytest.mark.real_report
def test_every_date_of_the_report_is_found() -> None:
    path = Path(os.environ.get("ITA_REAL_REPORTS", "")) / "nakhai-2566-12m.txt"
    if not path.is_file():
        pytest.skip("the real report is not at hand (folder in ITA_REAL_REPORTS)")
    cells = [
        repair_text(cell).text
        for line in path.read_text(encoding="utf-8").splitlines()
        for cell in line.split("\t")
    ]
    found = [m.date for cell in cells for m in find_dates(cell, 2566)]
    assert Counter((d.precision.value, d.year_inferred) for d in found) == {
        ("day", False): 14,  # one publication date for each of the 14 measures
        ("range", False): 15,  # 14 periods and the report's own
        ("month", False): 19,
        ("month", True): 6,
        ("year", False): 27,
    }
    assert [words for cell in cells for words in find_impossible(cell, 2566)] == []
    assert [name for cell in cells for name in unreadable(cell)] == []
