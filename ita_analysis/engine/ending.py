"""How the last kernel of this process ended: what no message tells once it has died."""

from __future__ import annotations

from typing import Any

from jupyter_client.manager import AsyncKernelManager

_last: list[Any] = []


class NotedKernelManager(AsyncKernelManager):
    """The stock kernel manager, which notes the process that it started."""

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        await super()._async_launch_kernel(kernel_cmd, **kw)
        note_kernel(self.provisioner)


def note_kernel(provisioner: Any) -> None:
    """Keep the process of a kernel that has just been started."""
    _last[:] = [provisioner.process]


def forget_kernel() -> None:
    """Forget the last kernel, before another is started."""
    _last.clear()


def last_kernel() -> Any | None:
    """Return the process of the kernel that was started last; None before the first."""
    return _last[0] if _last else None
