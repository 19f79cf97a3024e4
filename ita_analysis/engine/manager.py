"""A kernel manager whose kernels are forked from a zygote, over sockets that are files.

What cannot be forked (another language, another Python's options, a module of the same name in
the notebook's folder, a system without fork) is started afresh, and the log says so.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ita_analysis.engine.client import ZygoteError
from ita_analysis.engine.current import zygote_for
from ita_analysis.engine.ending import note_kernel

logger = logging.getLogger(__name__)

_LAUNCHER = ("-m", "ipykernel_launcher")
_LONGEST_FOLDER = 80
"""Characters; a socket's path may have about 100, whatever the file system allows."""

_POLL = 0.002
_RECONNECT_MS = 5

_OWNED = re.compile(r"ita-(\d+)-\w{8}")
_SWEPT_AFTER = 3600.0
"""Seconds: a process of another container, whose number says nothing here, is to keep its own."""


def launcher_at(argv: Sequence[str]) -> int | None:
    """Return where ``-m ipykernel_launcher`` stands in a kernel's command; None where it doesn't.

    Only what the zygote does alike is taken: Python itself and its options before it.
    """
    for index in range(1, len(argv) - 1):
        if tuple(argv[index : index + 2]) == _LAUNCHER:
            return index
        if not argv[index].startswith("-X"):
            return None
    return None


class WarmKernelClient(AsyncKernelClient):
    """A client that knows when a kernel is ready, in the place of waiting for silence."""

    def _context_default(self) -> zmq.asyncio.Context:
        # The kernel's sockets come a moment after it; the usual next try would be 100 ms later.
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, _RECONNECT_MS)
        return context

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its last word on that, "idle", has arrived."""
        loop = asyncio.get_running_loop()
        end = loop.time() + (timeout if timeout is not None else float("inf"))
        while not await self._asked(self.kernel_info()):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if loop.time() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _asked(self, question: str) -> bool:
        try:
            reply = await self.shell_channel.get_msg(timeout=1)
            while reply["parent_header"].get("msg_id") != question:
                reply = await self.shell_channel.get_msg(timeout=1)
            while not _ends(await self.iopub_channel.get_msg(timeout=0.2), question):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True

    wait_for_ready = _async_wait_for_ready


def _ends(message: dict[str, Any], question: str) -> bool:
    state = message["content"].get("execution_state")
    return bool(message["parent_header"].get("msg_id") == question and state == "idle")


class WarmProvisioner(LocalProvisioner):
    """Asks the zygote for the process that jupyter_client would otherwise start.

    Attributes:
        connection_file: The kernel's connection file, in the folder of its sockets.
    """

    connection_file = ""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; start a fresh one where the zygote cannot."""
        at = launcher_at(cmd)
        if at is None:
            return await super().launch_kernel(cmd, **kwargs)
        env, cwd = kwargs.get("env") or dict(os.environ), kwargs.get("cwd") or Path.cwd()
        try:
            zygote = zygote_for(cmd[:at], env)
            folder = str(Path(self.connection_file).parent)
            kernel = zygote.fork(cmd[at + 2 :], env, str(cwd), folder)
        except ZygoteError as error:
            logger.warning("warm engine: this kernel is started afresh (%s)", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # it is declared as None
        self.pid = self.pgid = kernel.pid
        self.cwd = cwd
        return self.connection_info


class WarmKernelManager(AsyncKernelManager):
    """Manages one warm kernel, with its sockets in a folder that only we can open."""

    _folder: str | None = None

    async def _async_pre_start_kernel(
        self, *, transport_encryption: str | None = None, **kw: Any
    ) -> tuple[list[str], dict[str, Any]]:
        if self._folder is None and self._can_fork():
            self._folder = _private_folder()
            self.transport = "ipc"
            self.ip = f"{self._folder}/k"
            self.connection_file = f"{self._folder}/kernel.json"
            self.client_factory = WarmKernelClient
            provisioner = WarmProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            provisioner.connection_file = self.connection_file
            self.provisioner = provisioner
        return await super()._async_pre_start_kernel(
            transport_encryption=transport_encryption, **kw
        )

    def _can_fork(self) -> bool:
        if not hasattr(os, "fork"):
            logger.warning("warm engine: this system has no fork; kernels are started afresh")
            return False
        if self.kernel_spec is None or launcher_at(self.kernel_spec.argv) is None:
            logger.warning("warm engine: %s is no ipykernel; it starts afresh", self.kernel_name)
            return False
        return self.provisioner is None

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        await super()._async_launch_kernel(kernel_cmd, **kw)
        note_kernel(self.provisioner)

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        # A forked kernel's end is told, not polled: looking often costs nothing.
        await super()._async_wait(pollinterval=min(pollinterval, _POLL))

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if self._folder is not None and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources


def _private_folder() -> str:
    """Make a folder for a kernel's sockets: mode 0700, absolute, and with a short name."""
    usual = tempfile.gettempdir()
    place = usual if len(usual) <= _LONGEST_FOLDER else "/tmp"  # noqa: S108 - made private there
    _sweep(place)
    return tempfile.mkdtemp(prefix=f"ita-{os.getpid()}-", dir=place)


@cache
def _sweep(place: str) -> None:
    """Take away old folders of killed owners, once in a process; others' cannot be opened."""
    for folder in Path(place).glob("ita-*-*"):
        owner = _OWNED.fullmatch(folder.name)
        if owner is None or folder.is_symlink():
            continue
        with suppress(OSError):
            is_old = time.time() - folder.stat().st_mtime > _SWEPT_AFTER
            if is_old and not _is_running(int(owner[1])):
                shutil.rmtree(folder)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
