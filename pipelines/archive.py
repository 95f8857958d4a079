"""Archive: data/pages.db. Every page as it came off the wire, so that it can be read again by better rules.

A file of its own keeps news.db small enough to hand on. Bodies are zstd blobs, each kept once by the SHA-256 of its
bytes; a page is one fetch of a URL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

import zstandard

from pipelines.database import BUSY_TIMEOUT, StoreError, explained, open_database
from pipelines.items import Page
from pipelines.ledger import key_of
from pipelines.migrations import pages
from pipelines.rows import exact_time, or_null, storable, time_of
from pipelines.transaction import Transaction
from pipelines.urls import host_of

__all__ = ["Archive", "Remembered"]

_LEVEL = 3
"""zstd's own default: a fourth of a news page's size in 0.3 ms; level 10 wins a tenth more at ten times the time."""

_INSERT_PAGE = """
INSERT INTO pages (url_key, url, final_url, status, headers, body_hash, fetched_at, site)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""

_SELECT_PAGE = """
SELECT pages.*, body, raw_size FROM pages JOIN bodies ON bodies.hash = pages.body_hash"""

_OF_SITE = "status = 200 AND (site = :site OR (site IS NULL AND host_of(final_url) = :site))"

_LATEST_OF_EACH_URL = f"""
SELECT id FROM (SELECT id, fetched_at, row_number() OVER (PARTITION BY url_key ORDER BY fetched_at DESC, id DESC) AS nth
    FROM pages WHERE {_OF_SITE}) WHERE nth = 1 ORDER BY fetched_at, id"""

_COUNT_URLS = f"""
SELECT count(*), count(*) FILTER (WHERE first > :since)
FROM (SELECT min(fetched_at) AS first FROM pages WHERE {_OF_SITE} GROUP BY url_key)"""


@dataclass(frozen=True)
class Remembered:
    """What a server said last of an address, so that it can be asked whether that has changed."""

    etag: str
    last_modified: str
    """As the server wrote it."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


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
        self._transaction = Transaction(connection, path, busy_timeout)
        self._compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self._decompress = zstandard.ZstdDecompressor().decompress

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
        database = open_database(path, pages, read_only=read_only, create=create, busy_timeout=busy_timeout)
        return cls(path, database.conn, busy_timeout)

    def add(self, page: Page) -> str:
        """Keep a page; gives its body's hash. Adding the same page again changes nothing."""
        body_hash = sha256(page.body).hexdigest()
        with self._transaction.step(rows=1) as connection:
            if not connection.execute("SELECT 1 FROM bodies WHERE hash = ?", (body_hash,)).fetchone():
                body = self._compress(page.body)
                connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (body_hash, len(page.body), body))
            headers = json.dumps(page.headers)
            addresses = (key_of(page.url), storable(page.url), storable(page.final_url))
            moment = exact_time(page.fetched_at)
            connection.execute(_INSERT_PAGE, (*addresses, page.status, headers, body_hash, moment, or_null(page.site)))
        return body_hash

    def get(self, body_hash: str) -> bytes:
        """A body by its hash. :raises KeyError: when it is not here."""
        with explained(self.path):
            row = self._connection.execute("SELECT body, raw_size FROM bodies WHERE hash = ?", (body_hash,)).fetchone()
        if row is None:
            raise KeyError(body_hash)
        return self._body(row)

    def remember(self, url_key: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime) -> None:
        """Keep a listing's answer in place of the one before, if the server can be asked whether it has changed."""
        named = dict(headers)
        etag, modified = named.get("etag", ""), named.get("last-modified", "")
        with self._transaction.step(rows=1) as connection:
            connection.execute("DELETE FROM lists WHERE url_key = ?", (url_key,))
            if etag or modified:
                answer = (or_null(etag), or_null(modified), json.dumps(headers), exact_time(at))
                kept = (url_key, *answer, len(body), self._compress(body))
                connection.execute("INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?)", kept)

    def remembered(self, url_key: str) -> Remembered | None:
        """A listing's last answer; None when it was never read or the server cannot be asked."""
        with explained(self.path):
            row = self._connection.execute("SELECT * FROM lists WHERE url_key = ?", (url_key,)).fetchone()
        if row is None:
            return None
        headers = tuple((name, value) for name, value in json.loads(row["headers"]))
        return Remembered(row["etag"] or "", row["last_modified"] or "", headers, self._body(row))

    def validators(self, url_key: str) -> Remembered | None:
        """ETag and Last-Modified of the page fetched last from a URL, if that was one; without its body."""
        sql = "SELECT status, headers FROM pages WHERE url_key = ? ORDER BY fetched_at DESC, id DESC LIMIT 1"
        with explained(self.path):
            row = self._connection.execute(sql, (url_key,)).fetchone()
        if row is None or row["status"] != 200:
            return None
        named = dict(json.loads(row["headers"]))
        return Remembered(named.get("etag", ""), named.get("last-modified", ""))

    def latest(self, url_key: str) -> Page | None:
        """The last page fetched from a URL."""
        sql = f"{_SELECT_PAGE} WHERE url_key = ? ORDER BY fetched_at DESC, id DESC LIMIT 1"
        with explained(self.path):
            row = self._connection.execute(sql, (url_key,)).fetchone()
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

        ``since`` and ``until`` are the first and last moment of fetching, both included.
        """
        clauses: list[str] = ["1"]
        values: list[str] = []
        if sites:
            clauses.append(f"site IN ({', '.join('?' * len(sites))})")
            values += sites
        for comparison, moment in ((">=", since), ("<=", until)):
            if moment is not None:
                clauses.append(f"fetched_at {comparison} ?")
                values.append(exact_time(moment))
        if url_key:
            clauses.append("url_key = ?")
            values.append(url_key)
        with explained(self.path):
            sql = f"{_SELECT_PAGE} WHERE {' AND '.join(clauses)} ORDER BY fetched_at, pages.id"
            for row in self._connection.execute(sql, values):
                yield self._page(row)

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

    def commit(self) -> None:
        """Keep all that was added."""
        self._transaction.commit()

    def is_due(self) -> bool:
        """Whether a commit is due: after 100 pages, or a second after the last one."""
        return self._connection.in_transaction and self._transaction.is_due()

    def commit_if_due(self) -> bool:
        """Commit when :meth:`is_due` says so; true when it did."""
        due = self.is_due()
        if due:
            self.commit()
        return due

    def rollback(self) -> None:
        """Forget what was added since the last commit."""
        self._transaction.rollback()

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
        )

    def _body(self, row: sqlite3.Row) -> bytes:
        try:
            return self._decompress(row["body"], max_output_size=row["raw_size"])
        except zstandard.ZstdError as error:
            raise StoreError(f"{self.path} is damaged: a page cannot be decompressed; restore a copy.") from error
