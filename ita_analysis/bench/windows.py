"""Spans of a run that can be compared: of whole agencies, so that each holds the same reports."""

from __future__ import annotations

from dataclasses import dataclass

WARM_UP = 10
"""Fewest reports before the first window: processes and caches are warm by then."""

_SHARE = 5
"""The part of what follows the warm-up that a window is: a fifth."""


@dataclass(frozen=True)
class Windows:
    """The first and the last part of a run, of equal size.

    Attributes:
        first: Number of reports before the first window.
        last: Number of reports before the last window.
        size: Reports in each.
    """

    first: int
    last: int
    size: int


def cut_windows(n_reports: int, per_agency: int, jobs: int = 1) -> Windows:
    """Return the windows of a run that makes its reports agency by agency.

    The last agency of each job is in no window: jobs that have nothing left to do say nothing of
    the pace.

    Args:
        n_reports: Reports of the run.
        per_agency: Reports of each agency; the notebooks differ in what they take.
        jobs: Reports that are made side by side; each job has a warm-up of its own.

    Raises:
        ValueError: There are too few reports for two windows.
    """
    first = -(-WARM_UP * jobs // per_agency)
    n_agencies = n_reports // per_agency - first - jobs
    size = max(1, n_agencies // _SHARE)
    if n_agencies < 2 * size:
        raise ValueError(f"{n_reports} reports are too few to compare a first and a last part")
    last = first + n_agencies - size
    return Windows(first * per_agency, last * per_agency, size * per_agency)
