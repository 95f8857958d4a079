"""What has changed since a run: which articles are new or other than they were, and which are gone.

An export that was made when run N was the last one becomes today's export when every row that
:meth:`pipelines.selected.Selected.changes_since` gives replaces the one of the same ``url_key``, or removes it where it
says ``withdrawn``. Runs are numbered as they begin, so that what a run changes that began before run N and was still
going on is not told: give the number of a run before all those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pipelines.selection import Selection

__all__ = ["TOUCHED", "kind_since", "withdrawn"]

TOUCHED = "articles.url_key IN (SELECT url_key FROM revisions WHERE run_id > ?)"
"""A condition: stored or changed by the runs after one."""

_WAS = """coalesce((SELECT kind FROM revisions before WHERE before.url_key = {key} AND before.run_id <= {run}
    ORDER BY before.id DESC LIMIT 1), 'withdrawn')"""


def kind_since(run_id: int) -> str:
    """An expression: ``updated`` where the article was there when the run ended, else ``stored``."""
    was = _WAS.format(key="articles.url_key", run=int(run_id))
    return f"CASE {was} WHEN 'withdrawn' THEN 'stored' ELSE 'updated' END"


def withdrawn(connection: sqlite3.Connection, selection: Selection, run_id: int) -> Iterator[tuple[str, str]]:
    """Identity and address of what is not among the selected articles, though it may have been when the run ended.

    That is what was withdrawn, and what one of the filters no longer lets through. Whether a filter let it through
    then is not asked: to remove what one never had does no harm.
    """
    clauses, values = selection.conditions()
    fields = selection.fields
    left = f"c.field IN ({', '.join('?' * len(fields))})" if fields else "0"
    sql = f"""
SELECT t.url_key, coalesce(
    (SELECT canonical_url FROM articles WHERE url_key = t.url_key),
    (SELECT c.old_value FROM revisions r JOIN revision_changes c ON c.revision_id = r.id
        WHERE r.url_key = t.url_key AND r.kind = 'withdrawn' AND c.field = 'canonical_url' ORDER BY r.id DESC LIMIT 1),
    (SELECT url FROM urls WHERE url_key = t.url_key)) AS canonical_url
FROM (SELECT DISTINCT url_key FROM revisions WHERE run_id > ?) t
WHERE {_WAS.format(key="t.url_key", run="?")} <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM articles WHERE {" AND ".join(["articles.url_key = t.url_key", *clauses])})
    AND (NOT EXISTS (SELECT 1 FROM articles WHERE url_key = t.url_key)
        OR EXISTS (SELECT 1 FROM revisions r LEFT JOIN revision_changes c ON c.revision_id = r.id
            WHERE r.url_key = t.url_key AND r.run_id > ? AND (r.kind = 'withdrawn' OR {left})))
ORDER BY t.url_key"""
    for row in connection.execute(sql, [run_id, run_id, *values, run_id, *fields]):
        yield row["url_key"], row["canonical_url"]
