"""Locks that the kernel frees when their process ends, however it ends: which runs live, and one crawl a site.

A lock is ``flock(2)`` on a small file beside the database. The file says who took it, for people; whether it is held
says the kernel alone, so that a process that was killed or a machine that lost its power leaves no lock behind.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

__all__ = ["FileLock", "is_held", "run_lock_path", "site_lock_path"]


class FileLock:
    """A lock that is held; :meth:`release` gives it back, and so does the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Use :meth:`take`."""
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, note: str = "") -> FileLock | None:
        """The lock, or None when somebody holds it. ``note`` says who has it, one line. Raises OSError."""
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            if not _locked(descriptor):
                os.close(descriptor)
                return None
            # Its last holder may have removed the file between our opening and locking it: then it is nobody's.
            if _is_file(path, descriptor):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{note}\n".encode(), 0)
                return cls(path, descriptor)
            os.close(descriptor)

    def release(self) -> None:
        """Give the lock back and remove its file; nothing happens the second time."""
        if self._descriptor < 0:
            return
        self.path.unlink(missing_ok=True)  # before it is free: nobody can lock what is about to disappear
        os.close(self._descriptor)
        self._descriptor = -1


def is_held(path: Path) -> bool:
    """Whether a living process (this one too) holds the lock; takes nothing and makes no file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except PermissionError:
        return True  # another user's: better called living than dead
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


def run_lock_path(database: Path, run_id: int) -> Path:
    """The lock that a run holds for as long as it lives."""
    return database.with_name(f"{database.name}.run-{run_id}.lock")


def site_lock_path(database: Path, site: str) -> Path:
    """The lock of the one crawl that a site has at a time."""
    return database.with_name(f"{database.name}.{site}.lock")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
