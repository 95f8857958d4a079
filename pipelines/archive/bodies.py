"""The bodies of data/pages.db: each kept once, written beside another page of its site or with its dictionary."""

from __future__ import annotations

import sqlite3
from collections import Counter, OrderedDict
from datetime import UTC, datetime
from typing import NamedTuple

from pipelines.archive.compression import Codec, DamagedError, train
from pipelines.items import Page
from pipelines.store.rows import to_second
from pipelines.urls import host_of

__all__ = ["Bodies", "family_of"]

TRAIN_AT = (128, 1024)
"""Bodies of a family when its dictionary is trained, and again: 128 pages halve what one page as a model leaves,
1024 halve it once more. What was kept before is written anew the first time alone: the second time it would win 1 to
3 % of a file, and take a tenth of a second in the middle of a crawl. `newscrawl archive compact` does both."""
MOST_SAMPLES = 256
MOST_SAMPLE_BYTES = 8 << 20
LEAST_MODEL, MOST_MODEL = 2_000, 1 << 20
"""Bytes of a page that may be the model of others: an error page of one line is none, and a giant costs every page."""
CODECS_HELD = 64
"""Dictionaries kept ready, each some hundred KB: a file of other people's pages has thousands of sites."""


class _Dictionary(NamedTuple):
    number: int | None
    """``dictionaries.id``; None for plain zstd."""
    codec: Codec


def family_of(page: Page) -> str:
    """Whose pages resemble this one: its site's, or its host's where no spider asked for it."""
    return page.site or host_of(page.final_url)


class Bodies:
    """Reads and writes bodies on the archive's connection, inside the transaction that the archive opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._plain = _Dictionary(None, Codec())
        self._ready: OrderedDict[int, _Dictionary] = OrderedDict()
        self._current: dict[str, int | None] = {}
        self._counts: Counter[str] = Counter()

    def forget(self) -> None:
        """After a rollback: what was known of dictionaries may never have been written."""
        self._ready.clear()
        self._current.clear()
        self._counts.clear()

    def write(self, body_hash: str, page: Page) -> None:
        """Keep a body that is not there yet."""
        family = family_of(page)
        dictionary = self._dictionary_of(family)
        frame = dictionary.codec.compress(page.body)
        self._connection.execute(
            "INSERT INTO bodies (hash, raw_size, body, family, dictionary_id) VALUES (?, ?, ?, ?, ?)",
            (body_hash, len(page.body), frame, family, dictionary.number),
        )
        if dictionary.number is None and page.status == 200 and LEAST_MODEL <= len(page.body) <= MOST_MODEL:
            self._add_dictionary(family, "page", body_hash=body_hash, pages=1)
        self._counts[family] += 1
        if self._counts[family] in TRAIN_AT:
            self._train(family)
            if self._counts[family] == TRAIN_AT[0]:
                self.rewrite(family)

    def read(self, row: sqlite3.Row) -> bytes:
        """The body of a row with ``body``, ``raw_size`` and ``dictionary_id``. :raises DamagedError:."""
        return self._dictionary(row["dictionary_id"]).codec.decompress(row["body"], row["raw_size"])

    def retrain(self, family: str) -> bool:
        """Train a family's dictionary on its latest pages and write its bodies anew; false when none does better."""
        trained = self._train(family)
        self.rewrite(family)
        return trained

    def _train(self, family: str) -> bool:
        samples = self._samples(family)
        trained = train(samples, self._dictionary_of(family).codec)
        if trained:
            self._add_dictionary(family, "trained", content=self._plain.codec.compress(trained),
                                 raw_size=len(trained), pages=len(samples))  # fmt: skip
        return bool(trained)

    def rewrite(self, family: str) -> None:
        """Write a family's bodies with its present dictionary; those that are models of others stay plain."""
        current = self._dictionary_of(family)
        found = self._connection.execute(
            """SELECT hash, body, raw_size, dictionary_id FROM bodies WHERE family = ? AND dictionary_id IS NOT ?
            AND hash NOT IN (SELECT body_hash FROM dictionaries WHERE body_hash IS NOT NULL)""",
            (family, current.number),
        )
        for row in found.fetchall() if current.number else ():
            try:
                frame = current.codec.compress(self.read(row))
            except DamagedError:  # `archive verify` says so; what is left of it stays as it is
                continue
            if len(frame) < len(row["body"]):
                sql = "UPDATE bodies SET body = ?, dictionary_id = ? WHERE hash = ?"
                self._connection.execute(sql, (frame, current.number, row["hash"]))

    def _samples(self, family: str) -> list[bytes]:
        """The latest bodies, oldest first."""
        samples: list[bytes] = []
        left = MOST_SAMPLE_BYTES
        sql = "SELECT body, raw_size, dictionary_id FROM bodies WHERE family = ? ORDER BY rowid DESC LIMIT ?"
        for row in self._connection.execute(sql, (family, MOST_SAMPLES)).fetchall():
            left -= row["raw_size"]
            if left < 0:
                break
            try:
                samples.append(self.read(row))
            except DamagedError:
                continue
        return samples[::-1]

    def _dictionary_of(self, family: str) -> _Dictionary:
        """The dictionary that the next body of a family is written with."""
        if family not in self._current:
            sql = "SELECT max(id) AS id FROM dictionaries WHERE family = ?"
            self._current[family] = self._connection.execute(sql, (family,)).fetchone()["id"]
            sql = "SELECT count(*) AS n FROM bodies WHERE family = ?"
            self._counts[family] = self._connection.execute(sql, (family,)).fetchone()["n"]
        return self._dictionary(self._current[family])

    def _dictionary(self, number: int | None) -> _Dictionary:
        if number is None:
            return self._plain
        if number not in self._ready:
            self._ready[number] = self._load(number)
            while len(self._ready) > CODECS_HELD:
                self._ready.popitem(last=False)
        self._ready.move_to_end(number)
        return self._ready[number]

    def _load(self, number: int) -> _Dictionary:
        sql = """SELECT kind, coalesce(content, body) AS content,
            coalesce(dictionaries.raw_size, bodies.raw_size) AS size
        FROM dictionaries LEFT JOIN bodies ON bodies.hash = body_hash WHERE id = ?"""
        row = self._connection.execute(sql, (number,)).fetchone()
        if row is None:
            raise DamagedError(f"dictionary {number} is missing")
        content = self._plain.codec.decompress(row["content"], row["size"])
        return _Dictionary(number, Codec(content, trained=row["kind"] == "trained"))

    def _add_dictionary(
        self, family: str, kind: str, *, content: bytes | None = None, raw_size: int | None = None,
        body_hash: str | None = None, pages: int,
    ) -> None:  # fmt: skip
        added = self._connection.execute(
            """INSERT INTO dictionaries (family, kind, content, raw_size, body_hash, pages, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (family, kind, content, raw_size, body_hash, pages, to_second(datetime.now(UTC))),
        )
        self._current[family] = added.lastrowid
