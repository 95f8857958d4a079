"""What data/news.db remembers of articles that change: who changed them, since when they are gone, what was imported.

The columns of ``article_version_detail`` are made from the columns of an article, as they are at this migration.
"""

from __future__ import annotations

from pipelines.rows import ARTICLE_COLUMNS, ARTICLE_FLAGS, BY_PRODUCTS

__all__ = ["MEMORY"]

_TYPES = {"word_count": "INTEGER"} | dict.fromkeys(ARTICLE_FLAGS, "INTEGER")


def _state(column: str) -> str:
    """An expression for a column as it was right after revision ``r``.

    That is the value before the first later change, else the present one. JSON tells "it was NULL" from "no change".
    """
    value = f"""coalesce((SELECT json_array(c.old_value) FROM revisions n JOIN revision_changes c
            ON c.revision_id = n.id AND c.field = '{column}'
        WHERE n.url_key = r.url_key AND n.id > r.id ORDER BY n.id LIMIT 1), json_array(a.{column})) ->> 0"""
    value = f"CAST({value} AS {_TYPES[column]})" if column in _TYPES else value
    return f"CASE WHEN r.kind <> 'withdrawn' THEN {value} END AS {column}"


_VERSIONS = f"""
CREATE VIEW article_version_detail AS   -- every state of every article, in the shape of git-history
SELECT r.id AS _id, r.url_key AS _item, row_number() OVER (PARTITION BY r.url_key ORDER BY r.id) AS _version,
    r.kind AS _kind, r.cause AS _cause, r.at AS _commit_at, r.page_hash AS _commit_hash, r.run_id AS _run,
    r.extractor_version AS _extractor_version,
    (SELECT json_group_array(field) FROM (SELECT field FROM revision_changes WHERE revision_id = r.id ORDER BY field))
        AS _changed_columns,
    {", ".join(_state(name) for name in ARTICLE_COLUMNS if name not in BY_PRODUCTS)}
FROM revisions r LEFT JOIN articles a ON a.url_key = r.url_key"""

_STEALTH = """
CREATE VIEW stealth_edits AS        -- title or figures changed by the publisher, with no new date of change
SELECT r.id AS revision_id, r.at, r.url_key, a.canonical_url, a.site, a.publisher,
    t.old_value AS title_before, coalesce(t.new_value, a.title) AS title_after,
    r.figures_before, r.figures_after, a.published_at, a.modified_at
FROM revisions r LEFT JOIN articles a ON a.url_key = r.url_key
    LEFT JOIN revision_changes t ON t.revision_id = r.id AND t.field = 'title'
WHERE r.kind = 'updated' AND r.cause = 'publisher' AND (t.field IS NOT NULL OR r.figures_before IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM revision_changes m
        WHERE m.revision_id = r.id AND m.field = 'modified_at' AND m.new_value IS NOT NULL)"""

MEMORY = (
    "ALTER TABLE articles ADD COLUMN page_fetched_at TEXT",
    "ALTER TABLE articles ADD COLUMN gone_since TEXT",
    "ALTER TABLE articles ADD COLUMN moved_to TEXT",
    "CREATE INDEX articles_gone ON articles(gone_since) WHERE gone_since IS NOT NULL",
    "CREATE INDEX articles_source ON articles(source_url)",
    "ALTER TABLE revisions ADD COLUMN cause TEXT",
    "ALTER TABLE revisions ADD COLUMN figures_before TEXT",
    "ALTER TABLE revisions ADD COLUMN figures_after TEXT",
    """
CREATE TABLE warc_files (
    name TEXT NOT NULL,             -- the file's own name
    identity TEXT PRIMARY KEY,      -- SHA-256 of its first 64 KB: a copy under another name is the same file
    position INTEGER NOT NULL,      -- byte of the last record that was taken
    pages INTEGER NOT NULL,         -- taken so far
    finished_at TEXT,               -- NULL while there is more to read
    run_id INTEGER REFERENCES runs(id)  -- the last run that read it
)""",
    _VERSIONS,
    _STEALTH,
)
