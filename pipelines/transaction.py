"""One transaction at a time on one connection: opened by the first write, bounded by rows and by age."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.database import explained

__all__ = ["COMMIT_ROWS", "COMMIT_SECONDS", "Transaction"]

COMMIT_ROWS = 100
"""Rows a transaction. A commit costs as much as several articles; more rows a commit win little."""
COMMIT_SECONDS = 1.0
"""A transaction's age. Other programs wait for it, and a crash loses it."""


class Transaction:
    """The open transaction of a connection, if any. Whatever SQLite says comes out as a StoreError."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._rows = 0
        self._since = 0.0

    @contextmanager
    def step(self, rows: int = 0) -> Iterator[sqlite3.Connection]:
        """Writes that belong together. An error among them ends the transaction: all it wrote is rolled back.

        No savepoint keeps the steps before, though it could: at every savepoint FTS5 writes out its index, which
        doubles the cost of an article. What is rolled back is at most a second's work, and its URLs are still due.
        Steps nest. ``rows`` is what the step counts for :meth:`is_due`.
        """
        self.begin()
        self._rows += rows
        with explained(self._path):
            try:
                yield self._connection
            except BaseException:
                self.rollback()
                raise

    def begin(self) -> None:
        """Take the write lock at once: a transaction that reads first and is overtaken could never write."""
        if not self._connection.in_transaction:
            with explained(self._path):
                self._connection.execute("BEGIN IMMEDIATE")
            self._rows, self._since = 0, time.monotonic()

    def is_due(self) -> bool:
        """Whether there is something to commit, and enough of it or for long enough."""
        if not self._connection.in_transaction:
            return False
        return self._rows >= COMMIT_ROWS or time.monotonic() - self._since >= COMMIT_SECONDS

    def commit(self) -> None:
        """Keep what was written; nothing happens without a transaction."""
        if self._connection.in_transaction:
            with explained(self._path):
                self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
