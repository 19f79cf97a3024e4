"""The zygote of this process: started when first needed, and anew when its environment changes."""

from __future__ import annotations

import atexit
import os
import re
import threading
from collections.abc import Mapping, Sequence

from ita_analysis.engine.client import Zygote, ZygoteError

_PER_KERNEL = re.compile(
    r"IPYTHONDIR|JUPYTER_\w+|JPY_\w+|ITA_DATA|PWD|OLDPWD|_|PYTEST_CURRENT_TEST"
)
"""Variables that are read when a kernel starts or later; any other may act on imports."""

_Key = tuple[int, tuple[str, ...], tuple[tuple[str, str], ...]]

_lock = threading.Lock()
_current: dict[_Key, Zygote] = {}
_drained: list[Zygote] = []


def zygote_for(command: Sequence[str], env: Mapping[str, str]) -> Zygote:
    """Return a zygote that runs this Python in this environment.

    Args:
        command: Python and its options.
        env: A kernel's environment.

    Raises:
        ZygoteError: It did not come up.
    """
    imported = {name: value for name, value in env.items() if not _PER_KERNEL.fullmatch(name)}
    # A fork of this process must not speak on its parent's channel.
    key = (os.getpid(), tuple(command), tuple(sorted(imported.items())))
    with _lock:
        zygote = _current.get(key)
        if zygote is not None and zygote.is_alive:
            return zygote
        for other in list(_current):
            _let_go(other)
        _drained[:] = [other for other in _drained if other.process.poll() is None]
        zygote = _current[key] = Zygote(command, env)
        return zygote


def zygote_pids() -> frozenset[int]:
    """Return the process numbers of this process's zygotes."""
    return frozenset(zygote.process.pid for zygote in _current.values())


def stop_zygotes() -> None:
    """End this process's zygotes and their kernels."""
    with _lock:
        for key in list(_current):
            zygote = _current.pop(key)
            if key[0] == os.getpid():
                zygote.stop()


def _let_go(key: _Key) -> None:
    zygote = _current.pop(key)
    if key[0] != os.getpid():
        return
    try:
        zygote.drain()  # its kernels go on to their end
        _drained.append(zygote)
    except ZygoteError:
        zygote.stop()


def _stop_all() -> None:
    stop_zygotes()
    for zygote in _drained:
        zygote.stop()


atexit.register(_stop_all)
