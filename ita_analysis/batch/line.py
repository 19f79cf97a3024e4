"""The line to a Dask scheduler: calls to single workers, and what comes back as events.

Dask's client lives in a thread of its own. Everything that happens there is put into one queue,
so that the run's own thread is the only one that decides, and can be interrupted at any time.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import pickle
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from ita_analysis.errors import UsageError
from ita_analysis.texts import fault

CONNECT_SECONDS = 6.0
"""Seconds that a scheduler gets to answer at first."""

_ANSWER_SECONDS = 15.0
"""Seconds without an answer after which the scheduler counts as lost."""

_LOOK_SECONDS = 1.0
"""Seconds between two looks at who is there."""

_CLOSE_SECONDS = 3.0

_DEATHS = frozenset({"KilledWorker", "FutureCancelledError"})
"""Errors of Dask's which say that a call met its end with its worker."""

_LINE_LOST = "scheduler-connection-lost"
"""What Dask gives as its reason for forgetting all calls."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """The workers that are there.

    Attributes:
        workers: Address -> name, of all that have not left.
        willing: Addresses of those that take tasks; the others are paused or about to leave.
    """

    workers: Mapping[str, str]
    willing: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What a call came to.

    Attributes:
        call: Name of the call.
        value: What it returned; None where it failed.
        error: Why it failed; empty where it did not.
        is_death: Whether it failed because its worker died.
    """

    call: str
    value: Any = None
    error: str = ""
    is_death: bool = False


@dataclass(frozen=True)
class Lost:
    """The scheduler is gone.

    Attributes:
        reason: What the system says of it.
    """

    reason: str


Event = Seen | Answer | Lost


class _Call:
    """A call that is carried out by unpickling it.

    The scheduler unpickles what it is sent. So it is sent the bytes of this, to be given to
    ``pickle.loads`` by the worker: the scheduler need not have this package, nor load it.
    """

    def __init__(self, work: Callable[[Any], Any], order: object) -> None:
        self._told = (work, (order,))

    def __reduce__(self) -> tuple[Callable[[Any], Any], tuple[object]]:
        return self._told


class Line:
    """An open line to a scheduler.

    Attributes:
        address: Address of the scheduler, as the user named it.
    """

    def __init__(self, client: Any, address: str) -> None:
        self.address = address
        self._client = client
        self._loop = client.loop.asyncio_loop
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._run = uuid4().hex[:12]
        self._numbers = itertools.count()
        self._held: dict[str, Any] = {}
        self._pending: set[Future[None]] = set()
        self._start(self._watch())

    def next(self, seconds: float | None) -> Event | None:
        """Return the next event; None where there is none within some seconds."""
        try:
            return self._events.get(timeout=seconds)
        except Empty:
            return None

    def call(self, worker: str, work: Callable[[Any], Any], order: object) -> str:
        """Have a worker carry out something, once, and return the name of the call.

        Its answer comes as an event. The worker keeps the result until :meth:`let_go`.
        """
        key = f"ita-{self._run}-{next(self._numbers)}"
        self._start(self._bring(key, worker, pickle.dumps(_Call(work, order))))
        return key

    def let_go(self, call: str) -> None:
        """Take a call back, or its result off the worker."""
        self._loop.call_soon_threadsafe(self._release, call)

    def close(self) -> None:
        """End the line; what workers are busy with ends by itself, and is dropped."""
        for each in list(self._pending):
            each.cancel()
        self._loop.call_soon_threadsafe(self._held.clear)
        try:
            self._client.close(_CLOSE_SECONDS)
        except Exception:
            # A scheduler that is gone cannot be taken leave of.
            logger.debug("closing", exc_info=True)

    def _start(self, work: Any) -> None:
        pending = asyncio.run_coroutine_threadsafe(work, self._loop)
        self._pending.add(pending)
        pending.add_done_callback(self._pending.discard)

    async def _bring(self, key: str, worker: str, payload: bytes) -> None:
        future = self._held[key] = self._client.submit(
            pickle.loads,
            payload,
            key=key,
            workers=[worker],
            allow_other_workers=False,
            retries=0,
            pure=False,
        )
        try:
            self._events.put(Answer(key, await future))
        except Exception as error:
            self._events.put(_failure(key, error))

    def _release(self, call: str) -> None:
        # Not left to the last reference: the coroutine that waits for it holds one.
        future = self._held.pop(call, None)
        if future is not None:
            future.release()

    async def _watch(self) -> None:
        while True:
            try:
                told = self._client.scheduler.identity(n_workers=-1)
                workers = (await asyncio.wait_for(told, _ANSWER_SECONDS))["workers"]
            except Exception as error:
                self._events.put(Lost(str(error) or type(error).__name__))
                return
            if self._client.status != "running":
                # It has been connected anew, but all calls are forgotten.
                self._events.put(Lost(self._client.status))
                return
            self._events.put(
                Seen(
                    {address: str(each["name"]) for address, each in workers.items()},
                    frozenset(a for a, each in workers.items() if each["status"] == "running"),
                )
            )
            await asyncio.sleep(_LOOK_SECONDS)


def _failure(key: str, error: Exception) -> Event:
    if getattr(error, "reason", "") == _LINE_LOST:
        return Lost(_LINE_LOST)
    text = f"{type(error).__name__}: {error}"
    return Answer(key, error=text, is_death=type(error).__name__ in _DEATHS)


@contextmanager
def open_line(address: str) -> Iterator[Line]:
    """Open the line to a scheduler for the time of the block.

    Raises:
        UsageError: No scheduler answers at this address.
    """
    client = _connect(address)
    line = Line(client, address)
    try:
        yield line
    finally:
        line.close()


def _connect(address: str) -> Any:
    # Loaded here only: it takes a second, and is an extra.
    from distributed import Client  # noqa: PLC0415

    class Caller(Client):
        def __del__(self) -> None:
            """Do nothing: one that never connected would hold up the end of the program."""

    _quieten()
    connected: SimpleQueue[Any] = SimpleQueue()

    def connect() -> None:
        try:
            connected.put(
                Caller(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
            )
        except Exception as error:
            # By its many ways of refusing: OSError, ValueError, TypeError, RuntimeError.
            connected.put(error)

    # In a thread of its own: where something else answers, Dask waits for ever.
    threading.Thread(target=connect, name="ita-connect", daemon=True).start()
    try:
        client = connected.get(timeout=CONNECT_SECONDS + 1)
    except Empty:
        client = TimeoutError(f"{CONNECT_SECONDS:g} s")
    if isinstance(client, Exception):
        logger.debug("connecting", exc_info=client)
        reason = " ".join(str(client).split()) or type(client).__name__
        raise UsageError(fault("no_scheduler", found=address, reason=reason)) from client
    return client


def _quieten() -> None:
    """Have Dask say nothing: whatever matters is told by us, in one line."""
    from distributed.versions import VersionMismatchWarning  # noqa: PLC0415

    # Our own comparison is stricter, and names what differs.
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)
    if logging.getLogger("ita_analysis").isEnabledFor(logging.DEBUG):
        return
    for name in ("distributed", "distributed.client", "distributed.gc", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
