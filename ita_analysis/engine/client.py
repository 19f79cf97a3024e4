"""The owner's side of a zygote: starting it, asking it for kernels, being told how they end."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

START_SECONDS = 60.0
"""Longest time that the imports may take."""

_ANSWER_SECONDS = 10.0
_END_SECONDS = 2.0
_CHUNK = 1 << 16


class ZygoteError(Exception):
    """The zygote cannot give a kernel; a fresh one has to be started."""


@dataclass
class ForkedKernel:
    """A forked kernel, with the part of ``subprocess.Popen`` that a kernel provisioner uses.

    Attributes:
        pid: Its process number, and that of its process group.
        returncode: None while it is alive; negative: the signal that ended it.
        peak_mb: Largest resident memory in megabytes, known with its end.
    """

    pid: int
    returncode: int | None = None
    peak_mb: float | None = None
    stdin: None = None
    stdout: None = None
    stderr: None = None
    _over: threading.Event = field(default_factory=threading.Event)

    def poll(self) -> int | None:
        """Return how it ended, None while it is alive."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end and return how it ended.

        Raises:
            subprocess.TimeoutExpired: It is still alive after ``timeout`` seconds.
        """
        if not self._over.wait(timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it is over: its number may then be another process's."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def ended(self, code: int, peak_mb: float | None) -> None:
        """Take note of how it ended."""
        self.returncode, self.peak_mb = code, peak_mb
        self._over.set()


class Zygote:
    """A running zygote.

    Attributes:
        process: The zygote's process.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start a zygote and wait until it has imported everything.

        Args:
            command: Python and its options, to which the module to run is added.
            env: Its environment.

        Raises:
            ZygoteError: It did not come up.
        """
        self._kernels: dict[int, ForkedKernel] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._ready = self._gone = False
        self._numbers = itertools.count()
        self._channel, theirs = socket.socketpair()
        with theirs:
            words = [*command, "-m", "ita_analysis.engine.zygote", str(theirs.fileno())]
            try:
                self.process = subprocess.Popen(  # noqa: S603 - our own Python
                    words,
                    stdin=subprocess.DEVNULL,
                    env=dict(env),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # Ctrl-C on a terminal is not for it
                )
            except OSError as error:
                self._channel.close()
                raise ZygoteError(str(error)) from error
        threading.Thread(target=self._listen, name="ita-zygote", daemon=True).start()
        with self._changed:
            self._changed.wait_for(lambda: self._ready or self._gone, START_SECONDS)
        if not self._ready:
            self.stop()
            raise ZygoteError(f"exit code {self.process.returncode}")

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked for kernels."""
        return not self._gone

    def fork(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: str, folder: str = ""
    ) -> ForkedKernel:
        """Fork a kernel.

        Args:
            argv: What follows ``python -m ipykernel_launcher``.
            env: The kernel's whole environment.
            cwd: The folder it starts in.
            folder: Folder of its sockets, taken away if this process dies before it.

        Raises:
            ZygoteError: It refused, or is gone.
        """
        number = next(self._numbers)
        request = {"kernel": number, "argv": list(argv), "env": dict(env), "cwd": cwd}
        request["folder"] = folder
        self._send(request)
        with self._changed:
            self._changed.wait_for(lambda: number in self._answers or self._gone, _ANSWER_SECONDS)
            answer = self._answers.pop(number, {"refused": "no answer"})
            if "refused" in answer:
                raise ZygoteError(answer["refused"])
            kernel: ForkedKernel = answer["process"]
            return kernel

    def drain(self) -> None:
        """Let it end with its last kernel."""
        self._send({"drain": True})

    def stop(self) -> None:
        """End it and its kernels, and wait until it is gone."""
        # The end of the channel is its sign; it kills what it has forked.
        with suppress(OSError):  # it may have gone first
            self._channel.shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()  # its kernels die with it
            self.process.wait()

    def _send(self, request: Mapping[str, object]) -> None:
        try:
            self._channel.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise ZygoteError(str(error)) from error

    def _listen(self) -> None:
        unread = b""
        while received := self._receive():
            *lines, unread = (unread + received).split(b"\n")
            with self._changed:
                for line in lines:
                    self._take(json.loads(line))
                self._changed.notify_all()
        with self._changed:
            self._gone = True
            for kernel in self._kernels.values():
                kernel.ended(-signal.SIGKILL, None)
            self._changed.notify_all()
        self._channel.close()

    def _receive(self) -> bytes:
        try:
            return self._channel.recv(_CHUNK)
        except OSError:
            return b""

    def _take(self, answer: dict[str, Any]) -> None:
        if "ready" in answer:
            self._ready = True
        elif "ended" in answer:
            self._kernels.pop(answer["ended"]).ended(answer["code"], answer["peak_mb"])
        else:
            if "pid" in answer:
                # Kept in the answer too: it may have ended before anybody asks.
                answer["process"] = self._kernels[answer["pid"]] = ForkedKernel(answer["pid"])
            self._answers[answer["kernel"]] = answer
