"""Which runs are alive: each locks a small file beside the database, and the kernel ends the lock with the process.

No clock decides: a run that waits for an hour is alive, one that was killed a moment ago is not.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without file locks: leases of a killed run stay until it is named
    fcntl = None  # type: ignore[assignment]

__all__ = ["LifeLock", "is_alive"]


def _path(database: Path, run_id: int) -> Path:
    return database.with_name(f"{database.name}.run-{run_id}")


class LifeLock:
    """Held as long as a run is at work; released by :meth:`release` or by the end of the process, however it ends."""

    def __init__(self, database: Path, run_id: int) -> None:
        """OSError when the folder cannot be written to."""
        self._path = _path(database, run_id)
        self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        if fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        """Let go: the run has ended."""
        with suppress(OSError):
            self._path.unlink()
        os.close(self._file)


def is_alive(database: Path, run_id: int) -> bool:
    """Whether a process is at work on the run; the file of a dead one is removed."""
    path = _path(database, run_id)
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        with suppress(OSError):
            path.unlink()
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(file)
