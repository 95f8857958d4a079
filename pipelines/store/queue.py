"""The requests of a site that are to be made, in ``frontier`` of data/news.db: added, leased, acknowledged.

A lease says which run has a request in its hands. It is committed before the request is made, so that two runs never
make the same one, and it returns when its run has died.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipelines.store import ledger
from pipelines.store.rows import storable, to_second
from pipelines.store.transaction import Transaction

__all__ = ["Entry", "Leased", "Queue"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A request to be made."""

    url_key: str
    """Identity of the address as it was asked for first."""
    asked: str
    """That address."""
    url: str
    """The address to ask next."""
    kind: str
    host: str
    priority: int = 0
    meta: str = "{}"
    again: bool = False
    """Wanted although it is known."""
    replaces: bool = False
    """The next step of a request that this run has in its hands: a redirect's target, a second try."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A request that this run is to make."""

    id: int
    url_key: str
    url: str
    kind: str
    host: str
    priority: int
    meta: str
    inherited: bool
    """Another run found it."""
    selection: str


_ADD = """
INSERT INTO frontier (queue, url_key, url, kind, host, priority, meta, selection, run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (queue, url_key) DO UPDATE SET run_id = excluded.run_id, selection = excluded.selection,
    priority = max(priority, excluded.priority) WHERE lease IS NULL"""
_REPLACE = """
INSERT INTO frontier (queue, url_key, url, kind, host, priority, meta, selection, run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (queue, url_key) DO UPDATE SET url = excluded.url, kind = excluded.kind, host = excluded.host,
    priority = excluded.priority, meta = excluded.meta, run_id = excluded.run_id, lease = NULL"""
_SETTLED = "SELECT 1 FROM urls WHERE url_key = ? AND state = 'done' AND kind = 'article'"
_WAITING = """
SELECT * FROM frontier WHERE queue = :queue AND selection = :selection AND lease IS NULL
AND host NOT IN (SELECT value FROM json_each(:resting)) AND (run_id = :run OR NOT :own)
ORDER BY priority DESC, id LIMIT :limit"""


class Queue:
    """One site's queue, as one run uses it. Every method writes into the store's open transaction."""

    def __init__(self, transaction: Transaction, name: str, run_id: int, site: str, selection: str) -> None:
        """Use :meth:`pipelines.store.Store.queue`."""
        self._transaction = transaction
        self.name = name
        self.run_id = run_id
        self.site = site
        self.selection = selection

    def add(self, entries: Iterable[Entry], at: datetime, others: Collection[int] = ()) -> int:
        """Add requests; gives how many are new.

        Passed over are those that wait already, that were settled meanwhile, and that one of the runs ``others`` came
        to an outcome of.
        """
        added, moment = 0, to_second(at)
        with self._transaction.step() as connection:
            ledger.ensure_site(connection, self.site, moment)
            for entry in entries:
                _, is_new = ledger.meet_url(connection, entry.asked, entry.kind, self.site, moment)
                if not (entry.replaces or is_new) and self._is_settled(connection, entry, others):
                    continue
                place = (self.name, entry.url_key, storable(entry.url), entry.kind, entry.host, entry.priority)
                values = (*place, entry.meta, self.selection, self.run_id)
                added += connection.execute(_REPLACE if entry.replaces else _ADD, values).rowcount
        return added

    def _is_settled(self, connection: sqlite3.Connection, entry: Entry, others: Collection[int]) -> bool:
        if not entry.again and connection.execute(_SETTLED, (entry.url_key,)).fetchone():
            return True
        told = "SELECT 1 FROM outcomes WHERE run_id = ? AND url_key = ?"
        return any(connection.execute(told, (run, entry.url_key)).fetchone() for run in others)

    def waiting(self, limit: int, resting: Sequence[str] = (), own_only: bool = False) -> list[Leased]:
        """Requests of this run's selection that nobody has in hand, best first; not those of ``resting`` hosts.

        ``own_only``: only those that this run found.
        """
        values = {"queue": self.name, "selection": self.selection, "run": self.run_id, "own": own_only}
        with self._transaction.read() as connection:
            rows = connection.execute(_WAITING, values | {"resting": json.dumps(resting), "limit": limit}).fetchall()
        return [self._leased(row) for row in rows]

    def others(self, limit: int, after: int) -> list[Leased]:
        """Requests that runs with another selection left, in the order of their ids; the ids begin behind ``after``."""
        sql = """SELECT * FROM frontier WHERE queue = ? AND selection != ? AND lease IS NULL AND id > ?
        ORDER BY id LIMIT ?"""
        with self._transaction.read() as connection:
            rows = connection.execute(sql, (self.name, self.selection, after, limit)).fetchall()
        return [self._leased(row) for row in rows]

    def adopt(self, ids: Iterable[int]) -> None:
        """Make requests a part of this run's selection."""
        values = ((self.selection, number) for number in ids)
        with self._transaction.step() as connection:
            connection.executemany("UPDATE frontier SET selection = ? WHERE id = ? AND lease IS NULL", values)

    def held_back(self, hosts: Iterable[str], limit: int = 1000) -> list[Leased]:
        """Requests that wait because these hosts rest."""
        sql = """SELECT * FROM frontier WHERE queue = ? AND selection = ? AND lease IS NULL
        AND host IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?"""
        with self._transaction.read() as connection:
            rows = connection.execute(sql, (self.name, self.selection, json.dumps(list(hosts)), limit)).fetchall()
        return [self._leased(row) for row in rows]

    def holders(self) -> list[int]:
        """Other runs that have requests of this queue in their hands."""
        sql = "SELECT DISTINCT lease FROM frontier WHERE lease IS NOT NULL AND lease != ? AND queue = ?"
        with self._transaction.read() as connection:
            return [row[0] for row in connection.execute(sql, (self.run_id, self.name))]

    def free(self, run_id: int) -> None:
        """Let what a run had in its hands wait again: it is not at work any more."""
        with self._transaction.step() as connection:
            connection.execute("UPDATE frontier SET lease = NULL WHERE lease = ?", (run_id,))

    def _leased(self, row: Mapping[str, Any]) -> Leased:
        names = ("id", "url_key", "url", "kind", "host", "priority", "meta", "selection")
        return Leased(**{name: row[name] for name in names}, inherited=row["run_id"] != self.run_id)

    def lease(self, ids: Iterable[int]) -> None:
        """Take requests in hand: from the next commit on no other run makes them."""
        values = ((self.run_id, self.run_id, number) for number in ids)
        with self._transaction.step() as connection:
            connection.executemany("UPDATE frontier SET lease = ?, run_id = ? WHERE id = ?", values)

    def acknowledge(self, ids: Iterable[int]) -> None:
        """Take requests out: they were made, and what came of them is in this transaction or an earlier one.

        One that was replaced meanwhile stays: it is no longer leased.
        """
        with self._transaction.step() as connection:
            connection.executemany(
                "DELETE FROM frontier WHERE id = ? AND lease = ?", ((number, self.run_id) for number in ids)
            )

    def release(self, ids: Iterable[int] | None = None) -> None:
        """Give back requests that were not made; all of this run without ``ids``."""
        with self._transaction.step() as connection:
            if ids is None:
                connection.execute("UPDATE frontier SET lease = NULL WHERE lease = ?", (self.run_id,))
            else:
                connection.executemany("UPDATE frontier SET lease = NULL WHERE id = ?", ((one,) for one in ids))

    def clear(self) -> None:
        """Forget what waits: no other run makes the requests of an ingest."""
        with self._transaction.step() as connection:
            connection.execute("DELETE FROM frontier WHERE queue = ?", (self.name,))

    def size(self) -> int:
        """How many requests wait."""
        sql = "SELECT count(*) FROM frontier WHERE queue = ? AND lease IS NULL"
        with self._transaction.read() as connection:
            return int(connection.execute(sql, (self.name,)).fetchone()[0])

    def due(self, limit: int, after: str = "", now: datetime | None = None) -> list[tuple[str, str]]:
        """Articles of the site that are due again, as (key, address), by key; the keys begin behind ``after``."""
        moment = to_second(now or datetime.now(UTC))
        sql = """SELECT url_key, url FROM urls INDEXED BY urls_due WHERE site = ? AND next_due <= ?
        AND kind = 'article' AND url_key > ? ORDER BY url_key LIMIT ?"""
        with self._transaction.read() as connection:
            return [tuple(row) for row in connection.execute(sql, (self.site, moment, after, limit))]
