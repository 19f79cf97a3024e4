"""Which report is tried next: in order, again after a pause where that may help, not for ever."""

from __future__ import annotations

import heapq
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ita_analysis.batch.job import Due

FIRST_PAUSE = 0.5
"""Seconds before the second attempt; twice as many before the third."""

MOST_FAILED = 0.2
"""Share of failed reports beyond which a run stops: then it is no single agency's fault."""

FEWEST_FINISHED = 25
"""Reports that must have ended before that share says anything."""


@dataclass(frozen=True)
class Item:
    """A report that is to be tried.

    Attributes:
        due: The report.
        attempt: Number of the attempt, from 1.
    """

    due: Due
    attempt: int


class Schedule:
    """The reports that are still to be tried.

    Attributes:
        is_stopped: Whether too many have failed to go on.
    """

    def __init__(
        self,
        due: Iterable[Due],
        retries: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_stopped = False
        self._fresh = deque(due)
        self._later: list[tuple[float, int, Item]] = []
        self._retries = retries
        self._clock = clock
        self._n_finished = self._n_failed = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be tried, now or later."""
        return self.is_stopped or not (self._later or self._fresh)

    def take(self) -> Item | None:
        """Return a report that can be tried now; None where there is none at this moment."""
        if self.is_stopped:
            return None
        if self._later and self._later[0][0] <= self._clock():
            return heapq.heappop(self._later)[2]
        return Item(self._fresh.popleft(), 1) if self._fresh else None

    def pause(self) -> float | None:
        """Return the seconds until the next waiting report may be tried; None where none waits."""
        if self.is_stopped or not self._later:
            return None
        return max(0.0, self._later[0][0] - self._clock())

    def try_again(self, item: Item) -> bool:
        """Put a report back for another attempt; False where it has had all of them."""
        if item.attempt > self._retries:
            return False
        pause = FIRST_PAUSE * 2 ** (item.attempt - 1)
        again = Item(item.due, item.attempt + 1)
        heapq.heappush(self._later, (self._clock() + pause, self._n_finished, again))
        return True

    def ended(self, is_ok: bool) -> None:
        """Count a report that has ended for good."""
        self._n_finished += 1
        self._n_failed += not is_ok
        enough = self._n_finished >= FEWEST_FINISHED
        self.is_stopped |= enough and self._n_failed > MOST_FAILED * self._n_finished

    def rest(self) -> list[Due]:
        """Return the reports that have not been tried to their end."""
        return [*(item.due for _, _, item in sorted(self._later)), *self._fresh]
