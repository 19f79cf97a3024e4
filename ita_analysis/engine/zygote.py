"""The zygote: a process with everything imported, which forks kernels on request.

It is started with ``-m`` by :mod:`ita_analysis.engine.client`, speaks lines of JSON over one
socket, and lives as long as its owner holds the other end. It runs no thread and no event loop of
its own, so that a fork carries nothing but imported modules over.

Requests: ``{"kernel": id, "argv": [...], "env": {...}, "cwd": "...", "folder": "..."}``,
``{"drain": true}``.
Answers: ``{"ready": pid}``, ``{"kernel": id, "pid": n}`` or ``{"kernel": id, "refused": "why"}``,
``{"ended": pid, "code": n, "peak_mb": x}``.
"""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

_CHUNK = 1 << 16


class Zygote:
    """The loop that forks kernels and tells how they ended.

    Attributes:
        channel: Socket to the owner.
        children: Process numbers of the kernels that are alive -> the folders of their sockets.
        draining: Whether to end with the last kernel.
    """

    def __init__(self, channel: socket.socket, wakeup: int) -> None:
        self.channel = channel
        self.children: dict[int, str] = {}
        self.draining = False
        self._wakeup = wakeup
        self._unread = b""

    def serve(self) -> dict[str, Any] | None:
        """Answer requests.

        Returns:
            In a forked child: the request for the kernel that it is to become. In the zygote:
            None, when the owner is gone or all is drained.
        """
        self._tell(ready=os.getpid())
        while not (self.draining and not self.children):
            readable, _, _ = select.select([self.channel.fileno(), self._wakeup], [], [])
            if self._wakeup in readable:
                os.read(self._wakeup, _CHUNK)
            self._reap()
            if self.channel.fileno() not in readable:
                continue
            received = self.channel.recv(_CHUNK)
            if not received:
                break
            *lines, self._unread = (self._unread + received).split(b"\n")
            for line in lines:
                request = json.loads(line)
                if "drain" in request:
                    self.draining = True
                elif self._fork(request):
                    return dict(request)
        self._end_children()
        return None

    def _fork(self, request: dict[str, Any]) -> bool:
        """Fork a kernel; True in the child."""
        hidden = shadowed_module(Path(request["cwd"]))
        if hidden:
            self._tell(kernel=request["kernel"], refused=hidden)
            return False
        with warnings.catch_warnings():
            # numpy's helper threads take care of forks themselves.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            return True
        self.children[pid] = request.get("folder", "")
        self._tell(kernel=request["kernel"], pid=pid)
        return False

    def _reap(self) -> None:
        for pid in list(self.children):
            ended, status, usage = os.wait4(pid, os.WNOHANG)
            if not ended:
                continue
            del self.children[pid]
            # Linux counts in kilobytes, macOS in bytes.
            unit = 1024 if sys.platform != "darwin" else 1024 * 1024
            peak = round(usage.ru_maxrss / unit, 1)
            self._tell(ended=pid, code=os.waitstatus_to_exitcode(status), peak_mb=peak)

    def _end_children(self) -> None:
        for pid, folder in self.children.items():
            for kill in (os.killpg, os.kill):
                try:
                    kill(pid, signal.SIGKILL)
                except OSError:
                    continue  # it is gone, or has not made its group yet
            os.waitpid(pid, 0)
            if folder:  # who would have taken it away is gone
                shutil.rmtree(folder, ignore_errors=True)

    def _tell(self, **message: object) -> None:
        try:
            self.channel.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self.draining = True  # the owner is gone; the loop meets the end of its channel


def shadowed_module(folder: Path) -> str | None:
    """Return the name of an imported module that a file in a kernel's folder would replace.

    A notebook's own folder comes first when it imports. Where it holds, say, a ``pandas.py``, a
    fresh kernel would import that one: so must this kernel, and a fresh one is started.
    """
    try:
        entries = [entry for entry in folder.iterdir() if _importable(entry)]
    except OSError:
        return None
    for entry in entries:
        module = sys.modules.get(entry.name.partition(".")[0])
        origin = getattr(module, "__file__", None)
        if origin and not Path(origin).is_relative_to(folder.resolve()):
            return str(entry)
    return None


def _importable(entry: Path) -> bool:
    return entry.suffix in {".py", ".pyc", ".so"} or (entry / "__init__.py").is_file()


def main() -> None:
    """Import everything, then fork kernels until the owner is gone."""
    # As ipykernel's own launcher does: what lies in the current folder is not to be imported yet.
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    os.chdir("/")
    channel = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's, which ends us in order
    from ita_analysis.engine.postponed import postpone_grammar  # noqa: PLC0415
    from ita_analysis.engine.preload import preload  # noqa: PLC0415

    postpone_grammar()  # plotly imports nbformat
    preload()
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    gc.collect()
    gc.freeze()  # what is imported is never collected, so that its pages stay shared
    request = Zygote(channel, reader).serve()
    if request is None:
        # Nothing here needs tidying up, and no handler of an imported module is to run.
        os._exit(0)
    signal.set_wakeup_fd(-1)
    channel.close()
    os.close(reader)
    os.close(writer)
    from ita_analysis.engine.become import become_kernel  # noqa: PLC0415

    become_kernel(request)


if __name__ == "__main__":
    main()
