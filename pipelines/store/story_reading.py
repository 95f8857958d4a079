"""Questions to data/news.db about stories: the widest printed ones, and all prints of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.store.rows import Row
from pipelines.store.selection import Selection

__all__ = ["StorySummary", "present_number", "prints", "stories", "unplaced"]


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A text that several addresses print."""

    id: int
    articles: int
    """Prints that are stored."""
    publishers: int
    """Different ones among them; prints that name none do not count."""
    sites: int
    first_published: str | None
    """As precise as it was written."""
    first_certain: bool
    """False when another print could be as early: it has no date, or the same day or minute."""
    last_published: str | None
    agency: str | None
    first_publisher: str | None
    language: str
    title: str
    """The first print's, as its publisher and language are."""
    canonical_url: str


def stories(connection: sqlite3.Connection, selection: Selection, limit: int) -> list[StorySummary]:
    """The stories with most prints whose first print is selected; equals by date and address."""
    clauses, values = selection.conditions("a")
    found = connection.execute(
        f"""SELECT s.id, s.articles, s.publishers, s.sites, s.first_published, s.first_certain, s.last_published,
        s.agency, a.publisher AS first_publisher, a.language, a.title, a.canonical_url
        FROM stories s JOIN articles a ON a.id = s.first_article_id WHERE {" AND ".join(["s.articles > 1", *clauses])}
        ORDER BY s.articles DESC, s.first_published IS NULL, s.first_published, a.url_key LIMIT ?""",
        [*values, limit],
    )
    return [StorySummary(**{**dict(row), "first_certain": bool(row["first_certain"])}) for row in found]


def present_number(connection: sqlite3.Connection, story: int) -> int | None:
    """The story's number, or that of the one which it was merged into; None when there never was such a story."""
    row = connection.execute("SELECT id, merged_into FROM stories WHERE id = ?", (story,)).fetchone()
    while row and row["merged_into"]:
        row = connection.execute("SELECT id, merged_into FROM stories WHERE id = ?", (row["merged_into"],)).fetchone()
    return row["id"] if row else None


def prints(connection: sqlite3.Connection, story: int) -> list[Row]:
    """The prints of a story, the first one first; columns of the view ``story_articles``."""
    rows = connection.execute("SELECT * FROM story_articles WHERE story_id = ?", (story,))
    return [dict(row) for row in rows]


def unplaced(connection: sqlite3.Connection, method: str) -> Iterator[str]:
    """The identities of articles that these rules have not placed, in the order in which they were stored.

    Read in small portions, so that the caller may write in between.
    """
    last = 0
    while portion := connection.execute(
        """SELECT a.id, a.url_key FROM articles a LEFT JOIN article_stories s ON s.article_id = a.id
        WHERE a.id > ? AND s.method IS NOT ? ORDER BY a.id LIMIT 100""",
        (last, method),
    ).fetchall():
        yield from (row["url_key"] for row in portion)
        last = portion[-1]["id"]
