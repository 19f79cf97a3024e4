"""From a fork to a kernel: what a fresh ``python -m ipykernel_launcher`` would have set up."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

_PDEATHSIG = 1
"""Linux: number of prctl's option for the signal that comes when the parent dies."""


def become_kernel(request: Mapping[str, Any]) -> None:
    """Run an IPython kernel in this process until it is shut down.

    Args:
        request: ``argv`` (what follows ``ipykernel_launcher``), ``env`` and ``cwd``.
    """
    parent = os.getppid()
    os.setsid()  # interrupts go to the kernel and whatever it has started
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _die_with_parent()
    _take_environment(request["env"])
    os.chdir(request["cwd"])
    _reseed()
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415

    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *request["argv"]]
    # Its default was read from the zygote's environment, when the class was made.
    watch = f"--IPKernelApp.parent_handle={parent}"
    IPKernelApp.launch_instance([*request["argv"], watch])


def _die_with_parent() -> None:
    """Ask Linux to end us with the zygote; elsewhere ipykernel's own watch does within a second."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)


def _take_environment(values: Mapping[str, str]) -> None:
    zone = os.environ.get("TZ")
    os.environ.clear()
    os.environ.update(values)
    if values.get("TZ") != zone and hasattr(time, "tzset"):
        time.tzset()


def _reseed() -> None:
    """Give every kernel its own random numbers; forks of one process would share them."""
    random.seed()
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()
