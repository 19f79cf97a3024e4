"""The first and the last part of a run are compared like with like."""

from __future__ import annotations

from collections import Counter

import pytest

from ita_analysis.bench.windows import WARM_UP, cut_windows


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("n_agencies", [12, 25, 75, 125])
def test_both_windows_hold_the_same_notebooks(n_agencies: int, jobs: int) -> None:
    names = ["brief", "timeliness", "compare_years", "indicator_improvement"] * n_agencies
    cut = cut_windows(len(names), 4, jobs)
    first, last = (Counter(names[at : at + cut.size]) for at in (cut.first, cut.last))
    assert first == last
    assert set(first.values()) == {cut.size // 4}
    assert WARM_UP * jobs <= cut.first
    assert cut.first + cut.size <= cut.last <= len(names) - cut.size - 4 * jobs


def test_five_hundred_reports_of_one_job() -> None:
    cut = cut_windows(500, 4)
    # Three agencies to warm up, one to end; a fifth of the 121 between them.
    assert (cut.first, cut.last, cut.size) == (12, 400, 96)


def test_too_few_reports_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        cut_windows(20, 4)
