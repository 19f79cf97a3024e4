"""A real scheduler and real worker processes on loopback, which share nothing with the run.

They are started in empty folders, with a home and an environment of their own. The scheduler is
kept from loading this package: it has to do without.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60.0
"""A busy machine may take long; nothing waits this long where all is well."""

_SCHEDULER = """
import sys
sys.modules["ita_analysis"] = None
from distributed.cli.dask_scheduler import main
main(sys.argv[1:])
"""

_WORKER = """
import os, sys
from distributed.cli.dask_worker import main
other = os.environ.get("OTHER_VERSION")
if other:
    from ita_analysis.batch import remote
    facts = remote.facts
    remote.facts = lambda: facts() | {"pandas": other}
main(sys.argv[1:])
"""


def wait_until(check: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until something holds; fail where it does not in good time."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


@dataclass
class Machine:
    """A process of the cluster.

    Attributes:
        process: The process.
        folder: All that it has on disk.
    """

    process: subprocess.Popen[bytes]
    folder: Path

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def data_folders(self) -> list[Path]:
        """The folders that it keeps the data of runs in."""
        return sorted((self.folder / "local").glob("*/*/ita-*"))


class Machines:
    """The processes of one test; all of them end with it.

    Attributes:
        address: Address of the scheduler.
        scheduler: The scheduler.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = f"ITA_TEST_CLUSTER={folder}"
        self._all: list[Machine] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"]
        self.scheduler = self._start("scheduler", _SCHEDULER, words)

    def workers(self, n: int) -> list[Machine]:
        """Return exactly some workers that are alive: lacking ones are started, others killed."""
        alive = [each for each in self._all[1:] if each.process.poll() is None]
        for machine in alive[n:]:
            machine.kill()
        return alive[:n] + [self.worker(f"worker-{len(self._all)}") for _ in range(n - len(alive))]

    def worker(self, name: str, **environment: str) -> Machine:
        """Start a worker and wait until the scheduler knows it."""
        words = [self.address, "--no-nanny", "--no-dashboard", "--nthreads", "1", "--name", name]
        words += ["--host", "127.0.0.1", "--local-directory", str(self._folder / name / "local")]
        machine = self._start(name, _WORKER, words, **environment)
        wait_until(lambda: "Registered to:" in machine.log())
        return machine

    def _start(self, name: str, code: str, words: list[str], **environment: str) -> Machine:
        folder = self._folder / name
        folder.mkdir()
        key, _, value = self._mark.partition("=")
        env = {"HOME": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8", key: value}
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *words],
                cwd=folder,
                env={**env, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        machine = Machine(process, folder)
        self._all.append(machine)
        return machine

    def alive(self) -> set[int]:
        """Return the process numbers of all that was started, kernels and zygotes too."""
        found = set()
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if self._mark.encode() in path.read_bytes().split(b"\0"):
                    found.add(int(path.parent.name))
            except OSError:
                continue  # it has just ended, or is another user's
        return found

    def close(self) -> None:
        # The workers first: told at the same time as their scheduler, one may wait for ever.
        for machines in (self._all[1:], self._all[:1]):
            for machine in machines:
                machine.process.terminate()
            for machine in machines:
                try:
                    machine.process.wait(10)
                except subprocess.TimeoutExpired:
                    machine.kill()
        wait_until(lambda: not self.alive())


def ancestors(pid: int) -> list[int]:
    """Return the numbers of a process's parent, its parent, and so on."""
    found = []
    while pid > 1:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        pid = int(re.sub(r".*\) \S ", "", stat, flags=re.DOTALL).split()[0])
        found.append(pid)
    return found
