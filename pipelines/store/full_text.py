"""The full-text index of the articles: what is new enters it once, with the commit.

FTS5 writes out what it has gathered at the end of every statement that SQLite guards by a savepoint of its own, which
a trigger and most foreign keys bring about: an article at a time costs twice as much as sixteen together.
"""

from __future__ import annotations

import sqlite3

__all__ = ["AT_COMMIT", "TRIGGERS", "index_new"]

_INDEXED = "coalesce((SELECT max(id) FROM articles_fts_docsize), 0)"
"""The last article in the index: their numbers only grow, and all that are new enter together."""

_HAS_NEW = f"SELECT 1 FROM articles WHERE id > {_INDEXED} LIMIT 1"
_INDEX_NEW = f"""
INSERT INTO articles_fts(rowid, title, subtitle, lead, body)
SELECT id, title, subtitle, lead, body FROM articles WHERE id > {_INDEXED}"""

TRIGGERS = ("articles_ad", "articles_au")
"""They keep the index in step with what is in it; a program that rebuilds the table drops them."""

AT_COMMIT = (
    "DROP TRIGGER IF EXISTS articles_ai",
    "DROP TRIGGER IF EXISTS articles_ad",
    "DROP TRIGGER IF EXISTS articles_au",
    f"""
CREATE TRIGGER articles_ad AFTER DELETE ON articles WHEN old.id <= {_INDEXED} BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, subtitle, lead, body)
    VALUES ('delete', old.id, old.title, old.subtitle, old.lead, old.body);
END""",
    f"""
CREATE TRIGGER articles_au AFTER UPDATE OF title, subtitle, lead, body ON articles WHEN old.id <= {_INDEXED} BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, subtitle, lead, body)
    VALUES ('delete', old.id, old.title, old.subtitle, old.lead, old.body);
    INSERT INTO articles_fts(rowid, title, subtitle, lead, body)
    VALUES (new.id, new.title, new.subtitle, new.lead, new.body);
END""",
)
"""Appended to data/news.db: before, a trigger entered each new article at once."""


def index_new(connection: sqlite3.Connection) -> None:
    """Enter the articles that are not in the index yet, inside the open transaction."""
    if connection.execute(_HAS_NEW).fetchone():
        connection.execute(_INDEX_NEW)
