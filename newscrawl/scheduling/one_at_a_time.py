"""One crawl of a site at a time: a timer that fires while the last crawl goes on does not begin a second one."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from pipelines.store.locks import FileLock, site_lock_path
from pipelines.store.rows import to_second

__all__ = ["locked_sites", "pause"]


def locked_sites(database: Path, sites: Iterable[str], held: ExitStack) -> dict[str, str]:
    """Take the locks of all sites, which ``held`` gives back; of those that another process has, a sentence.

    A process that was killed has none: the kernel took them back.
    """
    taken: dict[str, str] = {}
    for site in sites:
        path = site_lock_path(database, site)
        lock = FileLock.take(path, f"process {os.getpid()}, since {to_second(datetime.now(UTC))}")
        if lock is not None:
            held.callback(lock.release)
        else:
            taken[site] = f"another crawl of {site} is running ({_holder(path)}): this one leaves it alone."
    return taken


def pause(most: int) -> None:
    """Wait a random number of seconds up to ``most``, so that many timers do not fire at once."""
    if most:
        time.sleep(random.uniform(0, most))


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return "just ended"
