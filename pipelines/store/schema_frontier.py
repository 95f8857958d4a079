"""The frontier's tables, in SQL: what is to be fetched, when it is due again, and which host asked to be left alone.

``urls`` is the ledger of everything ever heard of and may hold millions; ``frontier`` holds only what a run has found
and not finished, so that a crawl starts at once however much is known.
"""

from __future__ import annotations

__all__ = ["FRONTIER", "LISTS"]

FRONTIER = (
    "ALTER TABLE urls ADD COLUMN next_due TEXT",  # when it is to be asked again; NULL: not by itself
    "ALTER TABLE urls ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0",  # failures in a row
    "ALTER TABLE urls ADD COLUMN poll_seconds INTEGER",  # of a listing: from one poll to the next, as it adapted
    "ALTER TABLE urls ADD COLUMN fingerprint TEXT",  # of a listing: what it named last
    "ALTER TABLE urls ADD COLUMN last_changed TEXT",  # of a listing: when it last named something else
    "CREATE INDEX urls_due ON urls(site, next_due) WHERE next_due IS NOT NULL",
    """
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,         -- the order of discovery
    queue TEXT NOT NULL,            -- the site whose runs share it, or page/RUN of an ingest
    url_key TEXT NOT NULL REFERENCES urls(url_key),  -- of the address as it was asked for first
    url TEXT NOT NULL,              -- the address to ask next: another one after a redirect
    kind TEXT NOT NULL,             -- what it is asked for: article, listing, feed, sitemap
    host TEXT NOT NULL,
    priority INTEGER NOT NULL,      -- the highest first
    meta TEXT NOT NULL,             -- JSON object: the rest of the request
    selection TEXT NOT NULL,        -- what the run that found it was to look for
    run_id INTEGER NOT NULL,        -- the run that found it, or took it over
    lease INTEGER,                  -- the run that has it in its hands; NULL while it waits
    UNIQUE (queue, url_key)
)""",
    "CREATE INDEX frontier_waiting ON frontier(queue, selection, priority DESC, id) WHERE lease IS NULL",
    "CREATE INDEX frontier_lease ON frontier(lease) WHERE lease IS NOT NULL",
    """
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    not_before TEXT,                -- the host asked to be left alone until then
    refusals INTEGER NOT NULL DEFAULT 0,  -- 429 and 503 in a row
    delay REAL,                     -- seconds between two requests that a run had come to
    last_asked TEXT
)""",
)
"""data/news.db"""

LISTS = (
    """
CREATE TABLE lists (
    url_key TEXT PRIMARY KEY,       -- of a listing, feed or sitemap
    etag TEXT,
    last_modified TEXT,             -- as the server wrote it
    headers TEXT NOT NULL,          -- JSON list of [name, value], in order
    fetched_at TEXT NOT NULL,
    raw_size INTEGER NOT NULL,      -- bytes before compression
    body BLOB NOT NULL              -- zstd; its last answer alone is kept
)""",
)
"""data/pages.db"""
