"""Looking after data/pages.db: is every page whole, how much room do they take, which of them stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from pipelines.archive import Archive
from pipelines.compression import DamagedError
from pipelines.database import explained
from pipelines.rows import exact_time

__all__ = ["FamilySize", "Keep", "Pruned", "compact", "problems", "prune", "sizes", "statuses"]


class FamilySize(NamedTuple):
    """What the pages of one family (a site, or a host) take; sizes in bytes."""

    family: str
    pages: int
    bodies: int
    """Different ones."""
    fetched: int
    """Of all pages, before compression."""
    raw: int
    """Of the different bodies, before compression."""
    stored: int
    """As they are in the file."""
    dictionaries: int
    """What its dictionaries take beside."""

    @property
    def ratio(self) -> float:
        """What is stored of each different byte, its dictionaries counted."""
        return (self.stored + self.dictionaries) / self.raw if self.raw else 0.0


@dataclass(frozen=True, slots=True)
class Keep:
    """Which pages stay: those that any of the rules names."""

    latest: int = 0
    """As many of the newest pages of every address with status 200, and of the others."""
    since: datetime | None = None
    """Those fetched then or later."""
    hashes: Collection[str] = frozenset()
    """Those with such a body."""


class Pruned(NamedTuple):
    """What :func:`prune` took out."""

    pages: int
    bodies: int
    bytes: int
    hashes: frozenset[str]
    """Of the bodies."""


def problems(archive: Archive) -> Iterator[str]:
    """What is wrong with the file, a sentence each; every body is decompressed and its hash taken anew."""
    connection = archive.connection
    with explained(archive.path):
        for (line,) in connection.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"SQLite finds: {line}."
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} names a row of {parent} that is missing."
        for row in connection.execute("SELECT hash, body, raw_size, dictionary_id FROM bodies ORDER BY rowid"):
            try:
                body = archive.bodies.read(row)
            except DamagedError as error:
                yield f"The body {row['hash']} cannot be decompressed ({error})."
                continue
            if sha256(body).hexdigest() != row["hash"]:
                yield f"The body {row['hash']} has other bytes than when it was fetched."


def sizes(archive: Archive) -> list[FamilySize]:
    """The room that each family takes, the largest first."""
    with explained(archive.path):
        found = archive.connection.execute(
            """
            WITH kept AS (
                SELECT coalesce(family, '') AS family, count(*) AS bodies, sum(raw_size) AS raw,
                    sum(length(body)) AS stored FROM bodies GROUP BY 1),
            asked AS (
                SELECT coalesce(family, '') AS family, count(*) AS pages, sum(raw_size) AS fetched
                FROM pages JOIN bodies ON hash = body_hash GROUP BY 1),
            shared AS (SELECT family, sum(length(content)) AS dictionaries FROM dictionaries GROUP BY 1)
            SELECT family, coalesce(pages, 0) AS pages, bodies, coalesce(fetched, 0) AS fetched, raw, stored,
                coalesce(dictionaries, 0) AS dictionaries
            FROM kept LEFT JOIN asked USING (family) LEFT JOIN shared USING (family) ORDER BY stored DESC, family"""
        )
        return [FamilySize(**dict(row)) for row in found]


def statuses(archive: Archive) -> dict[int, int]:
    """How many pages answered with which HTTP status."""
    with explained(archive.path):
        found = archive.connection.execute("SELECT status, count(*) FROM pages GROUP BY 1 ORDER BY 1")
        return {row[0]: row[1] for row in found}


def compact(archive: Archive, families: Sequence[str] = ()) -> list[str]:
    """Train the dictionaries anew on each family's latest pages, write all bodies with them, give the room back.

    Gives the families whose dictionary was replaced. Commits a family at a time: other programs wait no longer.
    """
    replaced = []
    for family in families or [size.family for size in sizes(archive)]:
        with archive.step():
            if archive.bodies.retrain(family):
                replaced.append(family)
        archive.commit()
    _vacuum(archive)
    return replaced


def prune(archive: Archive, keep: Keep, *, sites: Collection[str] = (), dry_run: bool = False) -> Pruned:
    """Take out all pages (of the sites, where some are named) that no rule of ``keep`` names, and the bodies left over.

    A body stays as long as a page has it, or as other bodies were compressed beside it.
    """
    with archive.step() as connection:
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS leaving (id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM leaving")
        _choose(connection, keep, sites)
        (pages,) = connection.execute("SELECT count(*) FROM leaving").fetchone()
        orphans = connection.execute(
            """SELECT hash, length(body) AS size FROM bodies WHERE hash IN
                (SELECT body_hash FROM pages WHERE id IN (SELECT id FROM leaving))
            AND NOT EXISTS (SELECT 1 FROM pages WHERE body_hash = hash AND id NOT IN (SELECT id FROM leaving))
            AND NOT EXISTS (SELECT 1 FROM dictionaries WHERE body_hash = hash)"""
        ).fetchall()
        pruned = Pruned(pages, len(orphans), sum(row["size"] for row in orphans), frozenset(r["hash"] for r in orphans))
        if not dry_run:
            connection.execute("DELETE FROM pages WHERE id IN (SELECT id FROM leaving)")
            connection.executemany("DELETE FROM bodies WHERE hash = ?", [(row["hash"],) for row in orphans])
    if dry_run:
        archive.rollback()
        return pruned
    archive.commit()
    if pruned.pages:
        _vacuum(archive)
    return pruned


def _choose(connection: sqlite3.Connection, keep: Keep, sites: Collection[str]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (hash TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM wanted")
    connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((one,) for one in keep.hashes))
    clauses = ["nth > ?", "body_hash NOT IN (SELECT hash FROM wanted)"]
    values: list[int | str] = [keep.latest]
    if keep.since is not None:
        clauses.append("fetched_at < ?")
        values.append(exact_time(keep.since))
    if sites:
        clauses.append(f"site IN ({', '.join('?' * len(sites))})")
        values += sites
    connection.execute(
        f"""INSERT INTO leaving SELECT id FROM (
            SELECT id, body_hash, fetched_at, site, row_number() OVER (
                PARTITION BY url_key, status = 200 ORDER BY fetched_at DESC, id DESC) AS nth FROM pages)
        WHERE {" AND ".join(clauses)}""",
        values,
    )


def _vacuum(archive: Archive) -> None:
    """Give freed room back to the disk."""
    archive.commit()
    with explained(archive.path):
        archive.connection.execute("VACUUM")
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
