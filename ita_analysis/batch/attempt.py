"""One attempt at a report: whatever happens, it comes back as a value that any process can send."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ita_analysis.batch.build import Built, Making, build
from ita_analysis.batch.execute import ReportFailedError
from ita_analysis.batch.journal import Step
from ita_analysis.batch.manifest import State
from ita_analysis.batch.plan import Task
from ita_analysis.errors import ItaError

logger = logging.getLogger(__name__)

PASSING: frozenset[State] = frozenset({"killed", "timeout"})
"""Failures that the next attempt may be spared."""


@dataclass(frozen=True)
class Attempt:
    """How an attempt at a report ended.

    Attributes:
        state: ``ok`` or why not.
        error: One line telling why it was not made.
        seconds: Time it took.
        built: The finished files; None where it was not made.
        disk: What the disk refused: the file and the reason; None where it refused nothing.
    """

    state: State
    error: str | None
    seconds: float
    built: Built | None = None
    disk: tuple[str, str] | None = None

    @property
    def may_pass(self) -> bool:
        """Whether another attempt may go well."""
        return self.state in PASSING or self.disk is not None


def attempt(task: Task, making: Making, scratch: Path, reached: Callable[[Step], None]) -> Attempt:
    """Try to make a report in a private folder.

    Args:
        task: The report.
        making: How to make it.
        scratch: Private folder on the same disk as the output.
        reached: Is told each step.
    """
    start = time.monotonic()
    try:
        built = build(task, making, scratch, reached)
    except ReportFailedError as error:
        return Attempt(error.state, error.reason, _seconds(start))
    except OSError as error:
        return Attempt("failed", str(error), _seconds(start), disk=disk_refusal(error, scratch))
    except ItaError as error:
        return Attempt("failed", " / ".join(map(str, error.faults)), _seconds(start))
    except Exception as error:
        # Whatever else one report runs into, the others are made.
        logger.debug("%s", task.key, exc_info=True)
        return Attempt("failed", f"{type(error).__name__}: {error}", _seconds(start))
    return Attempt("ok", None, _seconds(start), built)


def disk_refusal(error: OSError, path: Path) -> tuple[str, str] | None:
    """Return what the disk refused; None for a name too long, which is one report's own fault."""
    if error.errno == errno.ENAMETOOLONG:
        return None
    return str(error.filename or path), error.strerror or str(error)


def _seconds(start: float) -> float:
    return round(time.monotonic() - start, 2)
