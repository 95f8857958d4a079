"""How worker processes start: as copies of one process that has loaded what they need (``worker_start``)."""

from __future__ import annotations

import fcntl
import sys
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import BaseContext, ForkServerContext
from typing import Any

__all__ = ["begin_to_load", "forking_from_a_loaded_process"]

_COMMAND = "newscrawl.cli"
"""What the command's script imports: a worker does so too, as all processes of multiprocessing, and finds it there."""

PIPE_BYTES = 1 << 20
"""What Linux allows anybody; the pages of a bundle are 300 KB."""


class _RoomyPipes(ForkServerContext):
    """Pipes that hold a bundle: Linux's 64 KB would stop the writer five times, and wake it each time."""

    def Pipe(self, duplex: bool = True) -> tuple[Any, Any]:  # noqa: N802 - multiprocessing's name
        """As multiprocessing's."""
        reader, writer = super().Pipe(duplex)
        with suppress(AttributeError, OSError):  # Linux alone has it, and an administrator may allow less
            fcntl.fcntl(writer.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        return reader, writer


def forking_from_a_loaded_process() -> BaseContext:
    """The context of the workers. Their origin starts with the first of them at the latest, and ends with this one."""
    context = _RoomyPipes()
    context.set_forkserver_preload([*filter(sys.modules.__contains__, [_COMMAND]), "pipelines.worker_start"])
    return context


def begin_to_load() -> None:
    """Start the origin of the workers and do not wait: it needs a second, as this process may for its own libraries."""
    forking_from_a_loaded_process()
    forkserver.ensure_running()
