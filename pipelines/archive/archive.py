"""Archive: data/pages.db. Every page as it came off the wire, so that it can be read again by better rules.

A file of its own keeps news.db small enough to hand on. A page is one fetch of a URL, with what was sent and what
answered; bodies are zstd blobs, each kept once by the SHA-256 of its bytes (see :mod:`pipelines.archive.bodies`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.archive.bodies import Bodies
from pipelines.archive.compression import DamagedError
from pipelines.items import Page
from pipelines.store.database import BUSY_TIMEOUT, StoreError, explained, open_database
from pipelines.store.defects import file_defects
from pipelines.store.ledger import key_of
from pipelines.store.migrations import pages
from pipelines.store.rows import exact_time, or_null, storable, time_of
from pipelines.store.transaction import Transaction
from pipelines.urls import host_of

__all__ = ["Archive"]

_INSERT_PAGE = """
INSERT INTO pages (url_key, url, final_url, status, headers, body_hash, fetched_at, site, request_headers)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""

_SELECT_PAGE = """
SELECT pages.*, body, raw_size, dictionary_id FROM pages JOIN bodies ON bodies.hash = pages.body_hash"""

_OF_SITE = "status = 200 AND (site = :site OR (site IS NULL AND host_of(final_url) = :site))"

_LATEST_OF_EACH_URL = f"""
SELECT id FROM (SELECT id, fetched_at, row_number() OVER (PARTITION BY url_key ORDER BY fetched_at DESC, id DESC) AS nth
    FROM pages WHERE {_OF_SITE}) WHERE nth = 1 ORDER BY fetched_at, id"""

_COUNT_URLS = f"""
SELECT count(*), count(*) FILTER (WHERE first > :since)
FROM (SELECT min(fetched_at) AS first FROM pages WHERE {_OF_SITE} GROUP BY url_key)"""

_THIS_PAGE = "url_key = ? AND fetched_at = ? AND body_hash = ?"

CACHE_KILOBYTES = 4096
"""Pages are written once and read one after the other: a larger cache would hold what is done with."""


class Archive:
    """One connection to pages.db; not shared between threads.

    As with :class:`~pipelines.store.Store`, writes gather until :meth:`commit`, the context manager commits and
    ``close`` does not, and a file that cannot be used raises StoreError. Commit here first, then the store: so there
    is never an article without its page.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, busy_timeout: float) -> None:
        """Use :meth:`open`."""
        self.path = path
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._connection.create_function("host_of", 1, host_of, deterministic=True)
        self._connection.create_function("key_of", 1, key_of, deterministic=True)
        self._transaction = Transaction(connection, path, busy_timeout)
        self.bodies = Bodies(connection)
        self.losses = 0
        """How often what was not committed was rolled back."""

    @property
    def connection(self) -> sqlite3.Connection:
        """For the files of this package that read and write beside this class."""
        return self._connection

    @staticmethod
    def path_for(database: Path) -> Path:
        """Where the pages of a news database are: beside it.

        >>> [Archive.path_for(Path(name)).name for name in ("news.db", "morocco.db", "morocco")]
        ['pages.db', 'morocco.pages.db', 'morocco.pages.db']
        """
        return database.with_name("pages.db" if database.name == "news.db" else f"{database.stem}.pages.db")

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = False, create: bool = True, busy_timeout: float = BUSY_TIMEOUT
    ) -> Self:
        """Open pages.db; made when it is missing, unless ``read_only`` or not ``create``."""
        path = Path(path)
        database = open_database(
            path,
            pages,
            read_only=read_only,
            create=create,
            busy_timeout=busy_timeout,
            cache_kilobytes=CACHE_KILOBYTES,
        )
        return cls(path, database.conn, busy_timeout)

    def add(self, page: Page, *, forced: bool = False) -> str:
        """Keep a page; gives its body's hash. Adding the same page again changes nothing.

        ``forced``: a person said that it counts also where its body is worse than what is stored.
        """
        body_hash = sha256(page.body).hexdigest()
        with self.step(rows=1) as connection:
            if not connection.execute("SELECT 1 FROM bodies WHERE hash = ?", (body_hash,)).fetchone():
                self.bodies.write(body_hash, page)
            addresses = (key_of(page.url), storable(page.url), storable(page.final_url))
            answer = (page.status, json.dumps(page.headers), body_hash, exact_time(page.fetched_at))
            asked = (or_null(page.site), json.dumps(page.request_headers))
            connection.execute(_INSERT_PAGE, (*addresses, *answer, *asked))
            if forced:
                connection.execute(f"UPDATE pages SET forced = 1 WHERE {_THIS_PAGE}", _identity(page))
        return body_hash

    def is_forced(self, page: Page) -> bool:
        """Whether a person said so of this page."""
        sql = f"SELECT 1 FROM pages WHERE forced AND {_THIS_PAGE}"
        with explained(self.path):
            return self._connection.execute(sql, _identity(page)).fetchone() is not None

    def page_of(self, body_hash: str, fetched_at: str) -> Page | None:
        """The page with this body that was fetched then (as :func:`~pipelines.store.rows.exact_time` writes it)."""
        sql = f"{_SELECT_PAGE} WHERE body_hash = ? AND fetched_at = ?"
        with explained(self.path):
            row = self._connection.execute(sql, (body_hash, fetched_at)).fetchone()
        return self._page(row) if row else None

    @contextmanager
    def step(self, rows: int = 0) -> Iterator[sqlite3.Connection]:
        """Writes that belong together; an error among them rolls back all since the last commit."""
        try:
            with self._transaction.step(rows) as connection:
                yield connection
        except BaseException:
            self._forget()
            raise

    def get(self, body_hash: str) -> bytes:
        """A body by its hash. :raises KeyError: when it is not here."""
        with explained(self.path):
            sql = "SELECT body, raw_size, dictionary_id FROM bodies WHERE hash = ?"
            row = self._connection.execute(sql, (body_hash,)).fetchone()
        if row is None:
            raise KeyError(body_hash)
        return self._body(row)

    def has(self, body_hash: str) -> bool:
        """Whether a body is here."""
        with explained(self.path):
            return self._connection.execute("SELECT 1 FROM bodies WHERE hash = ?", (body_hash,)).fetchone() is not None

    def latest(self, url_key: str) -> Page | None:
        """The last page fetched from a URL."""
        sql = f"{_SELECT_PAGE} WHERE url_key = ? ORDER BY fetched_at DESC, id DESC LIMIT 1"
        with explained(self.path):
            row = self._connection.execute(sql, (url_key,)).fetchone()
        return self._page(row) if row else None

    def last_page_of(self, body_hash: str) -> Page | None:
        """The last page that had this body."""
        sql = f"{_SELECT_PAGE} WHERE body_hash = ? ORDER BY fetched_at DESC, id DESC LIMIT 1"
        with explained(self.path):
            row = self._connection.execute(sql, (body_hash,)).fetchone()
        return self._page(row) if row else None

    def pages(
        self,
        *,
        sites: Collection[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        url_key: str = "",
    ) -> Iterator[Page]:
        """Pages in the order in which they were fetched, read as they are asked for, in constant memory.

        ``sites`` are spiders' names, or hosts of pages that belong to none; ``since`` and ``until`` the first and last
        moment of fetching, both included; ``url_key`` is of the address
        that was asked for or that answered.
        """
        where, values = _conditions(sites, since, until, url_key)
        with explained(self.path):
            sql = f"{_SELECT_PAGE} WHERE {where} ORDER BY fetched_at, pages.id"
            for row in self._connection.execute(sql, values):
                yield self._page(row)

    def count(
        self,
        *,
        sites: Collection[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        url_key: str = "",
    ) -> int:
        """How many pages :meth:`pages` gives."""
        where, values = _conditions(sites, since, until, url_key)
        with explained(self.path):
            return int(self._connection.execute(f"SELECT count(*) FROM pages WHERE {where}", values).fetchone()[0])

    def of_site(self, site: str, *, newest_first: bool = False) -> Iterator[Page]:
        """The last page with status 200 of each URL of a site, in the order in which they were fetched.

        ``site`` is a spider's name, or the host of pages that belong to no spider. Pages that come in meanwhile are
        left out; others may be added between two of them.
        """
        with explained(self.path):
            found = [row["id"] for row in self._connection.execute(_LATEST_OF_EACH_URL, {"site": site})]
            for number in reversed(found) if newest_first else found:
                yield self._page(self._connection.execute(f"{_SELECT_PAGE} WHERE pages.id = ?", (number,)).fetchone())

    def count_of_site(self, site: str, *, since: datetime | None = None) -> tuple[int, int]:
        """How many pages :meth:`of_site` gives, and how many of these URLs were first fetched after ``since``."""
        values = {"site": site, "since": exact_time(since) if since else ""}
        with explained(self.path):
            pages, new = self._connection.execute(_COUNT_URLS, values).fetchone()
        return pages, new

    def forget(self, before: datetime) -> int:
        """Drop pages that were fetched before the moment, and bodies that no page has any more; gives how many pages.

        The file keeps its size: SQLite uses the room again for what comes next.
        """
        with self._transaction.step(rows=1) as connection:
            gone = connection.execute("DELETE FROM pages WHERE fetched_at < ?", (exact_time(before),)).rowcount
            if gone:
                connection.execute("DELETE FROM bodies WHERE hash NOT IN (SELECT body_hash FROM pages)")
        return gone

    def defects(self) -> list[str]:
        """What is wrong with the file, one sentence each; empty when it is whole. Reads all of it."""
        with explained(self.path):
            return file_defects(self._connection)

    def commit(self) -> None:
        """Keep all that was added."""
        self._transaction.commit()

    def is_due(self) -> bool:
        """Whether a commit is due: after 100 pages, or a second after the last one."""
        return self._connection.in_transaction and self._transaction.is_due()

    def rollback(self) -> None:
        """Forget what was added since the last commit."""
        self._transaction.rollback()
        self._forget()

    def _forget(self) -> None:
        self.losses += 1
        self.bodies.forget()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self.rollback()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    def _page(self, row: sqlite3.Row) -> Page:
        return Page(
            url=row["url"],
            final_url=row["final_url"],
            status=row["status"],
            headers=tuple((name, value) for name, value in json.loads(row["headers"])),
            body=self._body(row),
            fetched_at=time_of(row["fetched_at"]),
            site=row["site"] or "",
            request_headers=tuple((name, value) for name, value in json.loads(row["request_headers"])),
        )

    def _body(self, row: sqlite3.Row) -> bytes:
        try:
            return self.bodies.read(row)
        except DamagedError as error:
            raise StoreError(f"{self.path} is damaged: a page cannot be decompressed; restore a copy.") from error


def _identity(page: Page) -> tuple[str, str, str]:
    return key_of(page.url), exact_time(page.fetched_at), sha256(page.body).hexdigest()


def _conditions(
    sites: Collection[str], since: datetime | None, until: datetime | None, url_key: str
) -> tuple[str, list[str]]:
    clauses: list[str] = ["1"]
    values: list[str] = []
    if sites:
        marks = ", ".join("?" * len(sites))
        hosts = f" OR (site IS NULL AND host_of(final_url) IN ({marks}))" if any("." in one for one in sites) else ""
        clauses.append(f"(site IN ({marks}){hosts})")
        values += [*sites, *sites] if hosts else sites
    for comparison, moment in ((">=", since), ("<=", until)):
        if moment is not None:
            clauses.append(f"fetched_at {comparison} ?")
            values.append(exact_time(moment))
    if url_key:
        clauses.append("? IN (url_key, key_of(final_url))")
        values.append(url_key)
    return " AND ".join(clauses), values
