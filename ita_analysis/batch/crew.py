"""The workers of a cluster as a run sees them: who is there, who fits, who has left.

A worker takes part only if it would make the same reports as the machine of the run: same code,
same versions of the libraries. One that would not is named once and left alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ita_analysis.batch.line import Answer, Event, Line, Lost, Seen
from ita_analysis.batch.remote import Greeting, facts, greet
from ita_analysis.batch.schedule import Item
from ita_analysis.errors import ClusterError, UsageError
from ita_analysis.texts import fault, load_texts

PATIENCE = 30.0
"""Seconds to wait for a worker where there is none; a nanny starts another in fewer."""

Tell = Callable[[str], None]
"""Shows the user a line."""


@dataclass
class Member:
    """A worker.

    Attributes:
        address: Where it is.
        name: What the user knows it by.
        is_willing: Whether it takes tasks at this moment.
        lease: The call that it was greeted by; common data stay on it as long as this is held.
        worker_id: Name that no other worker has; empty until it has answered.
        n_loads: Loads of common data that it has.
        call: The call that it is busy with; empty where it is free.
        item: The report that it is busy with; None where it is busy with something else.
        start: Time when it was given the report.
    """

    address: str
    name: str
    lease: str
    is_willing: bool = True
    worker_id: str = ""
    n_loads: int = 0
    call: str = ""
    item: Item | None = None
    start: float = 0.0

    @property
    def is_free(self) -> bool:
        """Whether it can be called."""
        return bool(self.worker_id) and self.is_willing and not self.call


@dataclass
class Crew:
    """The workers that take part in a run.

    Attributes:
        line: The line to the scheduler.
        tell: Shows the user a line.
        members: Address -> worker; those too that have not answered yet.
        refused: Addresses of the workers that do not fit.
    """

    line: Line
    tell: Tell
    members: dict[str, Member] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    _idle_since: float | None = None
    _has_told: bool = False

    def free(self) -> list[Member]:
        """Return the workers that can be called."""
        return [member for member in self.members.values() if member.is_free]

    def busy(self) -> list[Member]:
        """Return the workers that make a report."""
        return [member for member in self.members.values() if member.item is not None]

    def recruit(self) -> None:
        """Wait for the first worker that fits.

        Raises:
            UsageError: There are workers, and none of them fits.
            ClusterError: There is no worker, or the scheduler is gone.
        """
        while not any(member.worker_id for member in self.members.values()):
            self.take(self.line.next(None))
            if self.refused and not self.members:
                raise UsageError(fault("no_worker_fits", found=self.line.address))
            self.check_patience()

    def take(self, event: Event | None) -> tuple[list[Member], Answer | None]:
        """Take note of an event.

        Returns:
            The workers that have left, and the answer that is not the crew's own concern.

        Raises:
            ClusterError: The scheduler is gone.
        """
        left: list[Member] = []
        answer = event if isinstance(event, Answer) else None
        if isinstance(event, Lost):
            place = self.line.address
            raise ClusterError(fault("scheduler_lost", found=place, reason=event.reason))
        if isinstance(event, Seen):
            left = self._look(event)
        elif answer is not None and self._is_greeting(answer):
            answer = None
        return left, answer

    def check_patience(self) -> None:
        """Tell once that nobody works, and give up after a while where nobody is there.

        Workers that are there and do not answer are busy for somebody else: that ends.

        Raises:
            ClusterError: There has been no worker for :data:`PATIENCE`.
        """
        if any(member.worker_id for member in self.members.values()):
            self._idle_since, self._has_told = None, False
            return
        now = time.monotonic()
        self._idle_since = self._idle_since or now
        is_long = now - self._idle_since >= PATIENCE
        if is_long and not self.members:
            raise ClusterError(fault("no_workers", found=self.line.address))
        if not self._has_told and (is_long or not self.members):
            key = "run.cluster.busy" if self.members else "run.cluster.alone"
            self.tell(load_texts()(key, seconds=f"{PATIENCE:g}"))
            self._has_told = True

    def refuse(self, member: Member, reason: str) -> None:
        """Give a worker nothing more, and tell why."""
        self.dismiss(member)
        self.refused.add(member.address)
        self.tell(load_texts()("run.cluster.refused", worker=member.name, reason=reason))

    def dismiss(self, member: Member) -> None:
        """Forget a worker; if another comes at its address it is greeted like any other."""
        self.members.pop(member.address, None)
        self.line.let_go(member.lease)
        if member.call:
            self.line.let_go(member.call)

    def _look(self, seen: Seen) -> list[Member]:
        left = [each for address, each in self.members.items() if address not in seen.workers]
        for member in left:
            self.dismiss(member)
        self.refused &= seen.workers.keys()
        for address, name in seen.workers.items():
            if address in self.refused:
                continue
            if address not in self.members:
                shown = name if name == address else f"{name} ({address})"
                lease = self.line.call(address, greet, None)
                self.members[address] = Member(address, shown, lease)
            self.members[address].is_willing = address in seen.willing
        return left

    def _is_greeting(self, answer: Answer) -> bool:
        asked = [each for each in self.members.values() if each.lease == answer.call]
        for member in asked:
            if answer.is_death:
                self.dismiss(member)
            elif not isinstance(answer.value, Greeting):
                self.refuse(member, answer.error)
            elif different := differences(facts(), answer.value.facts):
                self.refuse(member, "; ".join(different))
            else:
                member.worker_id = answer.value.worker_id
        return bool(asked)


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return what a worker has otherwise, one phrase each; nothing where it fits.

    Args:
        ours: What reports depend on, on the machine of the run.
        theirs: The same on the worker.
    """
    say = load_texts()
    return [
        say(
            "run.cluster.differs",
            name=name,
            theirs=theirs.get(name) or "–",
            ours=ours.get(name) or "–",
        )
        for name in dict.fromkeys([*ours, *theirs])
        if ours.get(name) != theirs.get(name)
    ]
