"""What a database holds, table by table, but for numbers and times that differ from run to run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

TIMES = (
    {"at", "first_seen", "last_seen", "fetched_at", "first_stored_at", "updated_at", "page_fetched_at"}
    | {"last_fetched", "last_changed", "next_due", "started_at", "ended_at", "seconds", "pid", "last_asked"}
)  # fmt: skip
NUMBERS = {"id", "run_id", "first_run_id", "last_run_id", "article_id", "text_id", "revision_id", "body_id", "other_id"}
BY_CHANCE = {"seen_on"}
"""Of two lists that print a headline, the one that was answered last."""

NAMED = {
    "article_segments": """SELECT canonical_url, position, reason, text FROM article_segments
        JOIN articles ON articles.id = article_id JOIN segment_texts ON segment_texts.id = text_id""",
    "field_candidates": """SELECT canonical_url, position, field, value, origin, chosen FROM field_candidates
        JOIN articles ON articles.id = article_id""",
    "revision_changes": """SELECT url_key, kind, field, old_value, new_value FROM revision_changes
        JOIN revisions ON revisions.id = revision_id""",
    "article_stories": """SELECT canonical_url, agency, prints, method FROM article_stories
        JOIN articles ON articles.id = article_id""",
}
"""Tables that point to others by their number."""
OUTSIDE = ("sqlite_%", "_sqlite_%", "%_fts%", "run%", "stories", "story_%", "hosts")


def table_rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, sorted; what a row points to is named by its address."""
    with closing(sqlite3.connect(database)) as db:
        outside = " AND ".join(f"name NOT LIKE '{one}'" for one in OUTSIDE)
        names = [name for (name,) in db.execute(f"SELECT name FROM sqlite_master WHERE type = 'table' AND {outside}")]
        return {name: sorted(db.execute(NAMED.get(name) or _without_numbers(db, name)), key=repr) for name in names}


def _without_numbers(db: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    return f"SELECT {', '.join(one for one in columns if one not in TIMES | NUMBERS | BY_CHANCE)} FROM {table}"
