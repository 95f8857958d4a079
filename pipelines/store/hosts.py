"""How patient a host has shown itself, kept from one run to the next in ``hosts`` of data/news.db."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

__all__ = ["Host", "read", "resting", "write"]


@dataclass(frozen=True)
class Host:
    """A host (without port) and what it asked for."""

    name: str
    not_before: str | None = None
    """It is left alone until then (UTC, to the second)."""
    refusals: int = 0
    """429 and 503 in a row."""
    delay: float | None = None
    """Seconds between two requests that a run had come to."""
    last_asked: str | None = None


def read(connection: sqlite3.Connection, name: str) -> Host:
    """What is known of the host; of one that was never asked nothing."""
    row = connection.execute("SELECT * FROM hosts WHERE host = ?", (name,)).fetchone()
    return Host(*tuple(row)) if row else Host(name)


def resting(connection: sqlite3.Connection, now: str) -> dict[str, str]:
    """The hosts that are to be left alone, and until when."""
    return dict(connection.execute("SELECT host, not_before FROM hosts WHERE not_before > ?", (now,)).fetchall())


def write(connection: sqlite3.Connection, host: Host) -> None:
    """Keep it."""
    values = (host.name, host.not_before, host.refusals, host.delay, host.last_asked)
    connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?)", values)
