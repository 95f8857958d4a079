"""A store that tells what a run would do: the same code as the real run, on a scratch file, and nothing else changes.

Rows are borrowed from the real database when they are about to be written, so that what is kept here is what would be
kept there; the revisions of the run are the prediction. The real database is not locked meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pipelines.items import Headline, Outcome, Page
from pipelines.store import Store
from pipelines.store.database import explained
from pipelines.store.full_text import TRIGGERS
from pipelines.store.history import Made
from pipelines.store.ledger import key_of
from pipelines.store.shelf import Saved

__all__ = ["Rehearsal"]

_READ_THERE = ("headlines", "noise_models", "noise_blocks")
"""Tables that a run asks: without one of its own, SQLite finds the real database's."""


class Rehearsal(Store):
    """Use :meth:`open_beside`; afterwards ``Store.open(scratch, read_only=True)`` tells what would have changed."""

    _is_beside = False

    @classmethod
    def open_beside(cls, database: Path, scratch: Path) -> Self:
        """``scratch`` is a file that does not exist yet; the caller removes it."""
        store = cls.open(scratch)
        if not database.exists():
            return store
        Store.open(database).close()  # brings the schema up to date
        with explained(database):
            connection = store.connection
            for table in _READ_THERE:
                connection.execute(f"DROP TABLE IF EXISTS main.{table}")
            for trigger in TRIGGERS:  # nobody searches here
                connection.execute(f"DROP TRIGGER main.{trigger}")
            store.leave_unindexed()
            connection.execute("PRAGMA foreign_keys = off")
            connection.execute("ATTACH ? AS there", (f"{database.absolute().as_uri()}?mode=ro",))
            store._is_beside = True
            connection.execute("CREATE TABLE borrowed (url_key TEXT PRIMARY KEY) WITHOUT ROWID")
        return store

    def note(self, headline: Headline, run_id: int | None = None, *, language_follows: bool = False) -> None:
        """Headlines that are only rehearsed are of no interest."""

    def note_all(self, headlines: Sequence[Headline], run_id: int | None = None) -> None:
        """As :meth:`note`."""

    def headline_for(self, url_key: str, *, not_after: datetime) -> Headline | None:
        """As the real one, whose headlines are joined with the addresses that are borrowed here."""
        self._borrow(f"https://{url_key}")
        return super().headline_for(url_key, not_after=not_after)

    def leads_anywhere(self, url_key: str, article_key: str) -> bool:
        """As the real one."""
        self._borrow(f"https://{url_key}", f"https://{article_key}")
        return super().leads_anywhere(url_key, article_key)

    def made_from(self, url_key: str) -> Made | None:
        """As the real one."""
        self._borrow(f"https://{url_key}")
        return super().made_from(url_key)

    def site_of(self, *urls: str) -> str:
        """As the real one."""
        self._borrow(*urls)
        return super().site_of(*urls)

    def add_fetch(self, page: Page, page_hash: str, run_id: int | None) -> None:
        """Borrow what is known of the address first."""
        self._borrow(page.url, page.final_url)
        super().add_fetch(page, page_hash, run_id)

    def save(self, article: Any, **reading: Any) -> Saved:
        """As the real one."""
        self._borrow(article.canonical_url)
        return super().save(article, **reading)

    def withdraw(self, url_key: str, **reading: Any) -> bool:
        """As the real one."""
        self._borrow(f"https://{url_key}")
        return super().withdraw(url_key, **reading)

    def mark_gone(self, url_key: str, **reading: Any) -> str | None:
        """As the real one."""
        self._borrow(f"https://{url_key}")
        return super().mark_gone(url_key, **reading)

    def record(self, outcome: Outcome, run_id: int, at: datetime, *, kind: str = "", site: str = "") -> None:
        """As the real one."""
        self._borrow(outcome.url, *([outcome.canonical_url] if outcome.canonical_url else []))
        super().record(outcome, run_id, at, kind=kind, site=site)

    def _borrow(self, *urls: str) -> None:
        """Copy what the real database has of these addresses, and of the articles they lead to, once."""
        if not self._is_beside:
            return
        with self.atomic():
            for key in map(key_of, urls):
                self._borrow_key(self.connection, key)

    def _borrow_key(self, connection: sqlite3.Connection, key: str) -> None:
        if not connection.execute("INSERT OR IGNORE INTO borrowed VALUES (?)", (key,)).rowcount:
            return
        connection.execute("INSERT OR IGNORE INTO main.urls SELECT * FROM there.urls WHERE url_key = ?", (key,))
        found = connection.execute(
            """SELECT a.url_key, a.id FROM there.articles a WHERE a.url_key = ?1
            OR a.id = (SELECT article_id FROM there.urls WHERE url_key = ?1)""",
            (key,),
        ).fetchall()
        for row in found:
            self._borrow_rows("articles", "id", [row["id"]])
            self._borrow_key(connection, row["url_key"])
        sites = connection.execute("SELECT site FROM main.urls WHERE url_key = ? AND site IS NOT NULL", (key,))
        self._borrow_rows("sites", "name", [row["site"] for row in sites])

    def _borrow_rows(self, table: str, column: str, values: Sequence[Any]) -> None:
        for value in values:
            sql = f"INSERT OR IGNORE INTO main.{table} SELECT * FROM there.{table} WHERE {column} = ?"
            self.connection.execute(sql, (value,))
