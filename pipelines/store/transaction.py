"""One transaction at a time on one connection: opened by the first write, bounded by rows and by time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from pipelines.store.database import begin_immediate, explained

__all__ = ["COMMIT_ROWS", "COMMIT_SECONDS", "Transaction"]

COMMIT_ROWS = 100
"""Rows a transaction. More of them a commit win little."""
COMMIT_SECONDS = 1.0
"""Since the commit before. A slow crawl so commits every page at once and leaves the lock to others."""


class _Step:
    """The block of a step. A page has a dozen: a generator for each would take longer than some of their writes."""

    __slots__ = ("_connection", "_transaction")

    def __init__(self, transaction: Transaction, connection: sqlite3.Connection) -> None:
        self._transaction = transaction
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            with self._transaction.read():  # what SQLite says becomes a StoreError
                self._transaction.rollback()
                raise error


class Transaction:
    """The open transaction of a connection, if any. Whatever SQLite says comes out as a StoreError."""

    def __init__(self, connection: sqlite3.Connection, path: Path, busy_timeout: float) -> None:
        self.at_commit: Callable[[sqlite3.Connection], None] = lambda connection: None
        """What belongs to every transaction, as its last step."""
        self._connection = connection
        self._path = path
        self._busy_timeout = busy_timeout
        self._rows = 0
        self._begun = False
        self._step = _Step(self, connection)
        self._committed = time.monotonic()

    def step(self, rows: int = 0) -> AbstractContextManager[sqlite3.Connection]:
        """Writes that belong together. An error among them ends the transaction: all it wrote is rolled back.

        No savepoint keeps the steps before, though it could: at every savepoint FTS5 writes out its index (see
        full_text.py). What is rolled back is at most a second's work, and its URLs are still due.
        Steps nest. ``rows`` is what the step counts for :meth:`is_due`.
        """
        self.begin()
        self._rows += rows
        return self._step

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Questions, which need no lock; they see what the open transaction wrote."""
        with explained(self._path):
            yield self._connection

    def begin(self) -> None:
        """Take the write lock at once: a transaction that reads first and is overtaken could never write."""
        if self._connection.in_transaction:
            return
        self._rows = 0
        with explained(self._path):
            begin_immediate(self._connection, self._busy_timeout)
        self._begun = True

    def is_due(self) -> bool:
        """Whether enough was written, or the last commit was long ago."""
        return self._rows >= COMMIT_ROWS or time.monotonic() - self._committed >= COMMIT_SECONDS

    def commit(self) -> None:
        """Keep what was written; nothing happens without a transaction."""
        if self._connection.in_transaction:
            with explained(self._path):
                self.complete()
                self._connection.execute("COMMIT")
            self._begun = False
        self._rows, self._committed = 0, time.monotonic()

    def complete(self) -> None:
        """Do the last step now, if something was written: questions see it as they will after the commit."""
        if self._begun and self._connection.in_transaction:
            self.at_commit(self._connection)

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._begun = False
