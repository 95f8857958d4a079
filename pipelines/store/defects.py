"""What SQLite can tell is wrong with a file: damaged pages, broken references, a full-text index that has drifted."""

from __future__ import annotations

import sqlite3

from pipelines.store.full_text import TRIGGERS

__all__ = ["file_defects", "index_defects"]


def file_defects(connection: sqlite3.Connection) -> list[str]:
    """Sentences about damage and references to rows that are not there; reads the whole file."""
    wrong = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
    found = [f"it is damaged ({wrong[0]}): restore a copy."] if wrong else []
    orphans = {row[0] for row in connection.execute("PRAGMA foreign_key_check")}
    if orphans:
        found.append(f"{', '.join(sorted(orphans))} refer to rows that are not there: restore a copy.")
    return found


def index_defects(connection: sqlite3.Connection) -> list[str]:
    """Sentences about the full-text index; within a transaction that the caller rolls back.

    Rank 1 makes FTS5 compare the index with the articles' own text (https://www.sqlite.org/fts5.html, 6.5).
    """
    mend = "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')"
    triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if missing := [name for name in TRIGGERS if name not in triggers]:
        return [f"the triggers {', '.join(missing)} are gone, so that search misses articles: restore a copy."]
    try:
        connection.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return [f"the full-text index does not say what the articles say: mend it with sqlite3: {mend};"]
    return []
