"""Tables of data/pages.db that came after the first: dictionaries, and what was sent with a request."""

from __future__ import annotations

__all__ = ["DICTIONARIES"]

DICTIONARIES = (
    """
CREATE TABLE dictionaries (
    id INTEGER PRIMARY KEY,
    family TEXT NOT NULL,           -- a site, or the host of pages that no spider asked for
    kind TEXT NOT NULL,             -- page (another page of the family as it is) or trained
    body_hash TEXT REFERENCES bodies(hash),  -- the page
    content BLOB,                   -- the trained dictionary, zstd
    raw_size INTEGER,               -- its bytes before compression
    pages INTEGER NOT NULL,         -- pages it was made from
    made_at TEXT NOT NULL
)""",
    "CREATE INDEX dictionaries_family ON dictionaries(family, id)",
    "CREATE INDEX dictionaries_body ON dictionaries(body_hash)",
    "ALTER TABLE bodies ADD COLUMN family TEXT",
    "ALTER TABLE bodies ADD COLUMN dictionary_id INTEGER REFERENCES dictionaries(id)",
    "UPDATE bodies SET family = (SELECT site FROM pages WHERE body_hash = hash LIMIT 1)",
    "CREATE INDEX bodies_family ON bodies(family)",
    "ALTER TABLE pages ADD COLUMN request_headers TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE pages ADD COLUMN forced INTEGER NOT NULL DEFAULT 0",
)
