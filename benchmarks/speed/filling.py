"""A database of very many articles, from a crawled one: every row that belongs to an article once more, many times.

A thousand articles are really crawled, so that every table has the rows that a crawl leaves there, whatever they are.
Then each is copied in SQL under other addresses, numbers and hashes. A copy's text is its original's, in the
full-text index too: the index has the size and the frequencies that it would have. The numbers by which the texts of
stories are found would all lead to the same thousand; copies get random ones instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.speed.measuring import voice

__all__ = ["multiply"]

ADDRESS = "replace({0}, '/journal', '/c' || :copy || 'journal')"
SHIFTED = "{0} + :step * :copy"
HASH = "printf('%08x', (:copy * 2654435761) & 4294967295) || substr({0}, 9)"
NEWS: Mapping[str, Mapping[str, str]] = {
    "urls": {"url_key": ADDRESS, "url": ADDRESS, "article_id": SHIFTED},
    "articles": {"id": SHIFTED, "url_key": ADDRESS, "canonical_url": ADDRESS, "page_hash": HASH, "source_url": ADDRESS},
    "headlines": {"url_key": ADDRESS, "seen_on": ADDRESS},
    "fetches": {"url_key": ADDRESS, "url": ADDRESS, "final_url": ADDRESS, "page_hash": HASH},
    "outcomes": {"url_key": ADDRESS},
    "revisions": {"url_key": ADDRESS, "page_hash": HASH},
    "article_segments": {"article_id": SHIFTED},
    "field_candidates": {"article_id": SHIFTED},
    "article_stories": {"article_id": SHIFTED, "story_id": "NULL"},
}
"""Columns that a copy has of its own; ``id`` columns that are not named get new numbers. In the order of insertion."""
PAGES: Mapping[str, Mapping[str, str]] = {
    "bodies": {"hash": HASH, "body": "substr({0}, 1, 200)", "raw_size": "{0}"},
    "pages": {"url_key": ADDRESS, "url": ADDRESS, "final_url": ADDRESS, "body_hash": HASH},
}
"""A copied page keeps 200 bytes of its body: it is found by its hash, and never read."""
PRINTS = 12
"""Numbers of a text: pipelines.duplicates."""


def multiply(database: Path, archive: Path, articles: int) -> None:
    """Copy the articles of a crawled database until there are about so many."""
    with closing(sqlite3.connect(database)) as news, closing(sqlite3.connect(archive)) as pages:
        count, step = news.execute("SELECT count(*), max(id) FROM articles").fetchone()
        copies = articles // count
        for connection, tables in ((news, NEWS), (pages, PAGES)):
            with _unguarded(connection):
                for table, own in tables.items():
                    voice(f"copying {table} {copies} times")
                    _copy(connection, table, own, copies, step)
                if connection is news:
                    _prints(news, step)
                    voice("indexing the texts")
                    news.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")


def _copy(connection: sqlite3.Connection, table: str, own: Mapping[str, str], copies: int, step: int) -> None:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    if not columns:  # of a part that this version does not have
        return
    names = [name for _, name, kind, *_, key in columns if name in own or not (name == "id" and key)]
    values = ", ".join(own.get(name, "{0}").format(name) for name in names)
    connection.execute(f"CREATE TEMP TABLE originals AS SELECT * FROM main.{table}")
    sql = f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM originals"
    if "url_key" in names:  # listings and what lies beside the newspapers' articles stay what they are
        sql += " WHERE replace(url_key, '/journal', '') <> url_key AND url_key GLOB '*/[0-9]*'"
    connection.executemany(sql, ({"copy": copy, "step": step} for copy in range(1, copies)))
    connection.execute("DROP TABLE originals")


def _prints(connection: sqlite3.Connection, step: int) -> None:
    """In the order of the table, which has no other: random inserts into a hundred megabytes take far longer."""
    connection.execute(
        f"""INSERT OR IGNORE INTO story_prints (print, article_id)
        SELECT abs(random()) % 4294967296 AS print, article_id FROM article_stories,
            (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PRINTS}) SELECT i FROM n)
        WHERE article_id > {step} ORDER BY 1, 2"""
    )


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Without triggers, indexes, checks and a journal; one transaction. All is as it was afterwards."""
    for pragma in ("journal_mode = off", "synchronous = off", "foreign_keys = off", "cache_size = -1000000"):
        connection.execute(f"PRAGMA {pragma}")
    # What a UNIQUE makes has no statement of its own, and stays.
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
    made = connection.execute(sql).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    yield
    voice("making the indexes again")
    for *_, statement in made:
        connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA journal_mode = wal")
