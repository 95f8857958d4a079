"""How worker processes start: as copies of one process that has loaded what they need (``worker_start``)."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

__all__ = ["begin_to_load", "forking_from_a_loaded_process"]

_COMMAND = "newscrawl.cli"
"""What the command's script imports: a worker does so too, as all processes of multiprocessing, and finds it there."""


def forking_from_a_loaded_process() -> BaseContext:
    """The context of the workers. Their origin starts with the first of them at the latest, and ends with this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*filter(sys.modules.__contains__, [_COMMAND]), "pipelines.worker_start"])
    return context


def begin_to_load() -> None:
    """Start the origin of the workers and do not wait: it needs a second, as this process may for its own libraries."""
    forking_from_a_loaded_process()
    forkserver.ensure_running()
