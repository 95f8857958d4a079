"""Questions to data/news.db: articles, search, runs, sites, and all that is known of one URL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from pipelines.items import Article, Headline
from pipelines.store.dictionary import ARTICLES
from pipelines.store.rows import Row, article_of, readable, time_of
from pipelines.store.run_history import RunSummary, runs
from pipelines.store.selection import Selection, match_expression

__all__ = [
    "Explanation",
    "Given",
    "SiteSummary",
    "article",
    "counts",
    "explain",
    "given_by",
    "headlines",
    "is_known",
    "is_poll_due",
    "is_put_off",
    "outcomes",
    "read_by",
    "schema",
    "search",
    "sites",
]

_PUBLIC = ", ".join(f"articles.{name}" for name in ARTICLES)
"""What search() gives, as an export does."""

_FOLDED = """SELECT id, min(score) AS score, url_key, count(*) AS prints FROM hits
    LEFT JOIN article_stories ON article_stories.article_id = hits.id GROUP BY coalesce(story_id, -hits.id)"""
"""Of the matches in one story the best."""


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What is stored of a site."""

    name: str
    articles: int
    headlines: int
    urls: dict[str, int]
    """How many URLs are ``found``, ``done`` and ``failed``."""
    languages: dict[str, int]
    """Articles by language."""
    last_stored_at: str | None
    last_run: RunSummary | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of a URL; rows as dictionaries, oldest first."""

    url_key: str
    url: Row | None
    """None when the URL was never heard of."""
    article: Row | None = None
    aliases: list[Row] = field(default_factory=list)
    """Rows of the other addresses that lead to its article, such as the one on a mirror that was asked for it."""
    headlines: list[Row] = field(default_factory=list)
    fetches: list[Row] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    segments: list[Row] = field(default_factory=list)
    candidates: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    """Each with ``changes``: field → [before, after]."""


class Given(NamedTuple):
    """What is asked of the article that a page gave."""

    url_key: str
    """Of its canonical address."""
    language: str


def search(
    connection: sqlite3.Connection, words: str, selection: Selection, limit: int, marks: tuple[str, str]
) -> list[Row]:
    """The best matches first, each with ``snippet`` (matches between the marks) and ``score`` (less is better).

    A word in the title counts ten times one in the body. Snippets are cut for the chosen rows alone: cutting them
    for every match is what makes a search slow.
    """
    clauses, values = replace(selection, one_per_story=False).conditions()
    match = match_expression(words)
    where = " AND ".join(["articles_fts MATCH ?", *clauses])
    best = connection.execute(
        f"""WITH hits AS MATERIALIZED (
            SELECT articles_fts.rowid AS id, bm25(articles_fts, 10.0, 4.0, 4.0, 1.0) AS score, articles.url_key
            FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid WHERE {where})
        {_FOLDED if selection.one_per_story else "SELECT id, score, 1 AS prints FROM hits"}
        ORDER BY score, url_key LIMIT ?""",
        [match, *values, limit],
    ).fetchall()
    found = {
        row["id"]: row
        for row in connection.execute(
            f"""SELECT articles.id, {_PUBLIC}, snippet(articles_fts, -1, ?, ?, '…', 24) AS snippet,
                highlight(articles_fts, 0, ?, ?) AS marked_title, article_stories.story_id
            FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
            LEFT JOIN article_stories ON article_stories.article_id = articles.id
            WHERE articles_fts MATCH ? AND articles_fts.rowid IN (SELECT value FROM json_each(?))""",
            [*marks, *marks, match, json.dumps([row["id"] for row in best])],
        )
    }
    hits = [readable(found[row["id"]]) | {"score": row["score"], "prints": row["prints"]} for row in best]
    for hit in hits:
        del hit["id"]
    return hits


def article(connection: sqlite3.Connection, url_key: str) -> Article | None:
    """The article of an identity."""
    row = connection.execute("SELECT * FROM articles WHERE url_key = ?", (url_key,)).fetchone()
    return article_of(row) if row else None


def given_by(connection: sqlite3.Connection, url_key: str, page_hash: str, fetched_at: str) -> Given | None:
    """The article that was read out of one page of a URL; another URL may have had the same bytes before."""
    sql = """SELECT articles.url_key, articles.language FROM urls JOIN articles ON articles.id = urls.article_id
    WHERE urls.url_key = ? AND page_hash = ? AND page_fetched_at = ?"""
    row = connection.execute(sql, (url_key, page_hash, fetched_at)).fetchone()
    return Given(*row) if row else None


def is_known(connection: sqlite3.Connection, url_key: str) -> bool:
    """Whether an article's URL is settled."""
    sql = "SELECT 1 FROM urls WHERE url_key = ? AND state = 'done' AND kind = 'article'"
    return connection.execute(sql, (url_key,)).fetchone() is not None


def is_put_off(connection: sqlite3.Connection, url_key: str, now: str) -> bool:
    """Whether a URL failed and waits for its next try."""
    sql = "SELECT 1 FROM urls WHERE url_key = ? AND state = 'failed' AND next_due > ?"
    return connection.execute(sql, (url_key, now)).fetchone() is not None


def is_poll_due(connection: sqlite3.Connection, url_key: str, now: str) -> bool:
    """Whether a listing is due, by its next poll or its next try.

    It may be a tenth of its pace too early: a daily timer does not ring at the same second every day, and what is
    missed by a second would be missed by a day.
    """
    sql = """SELECT 1 FROM urls WHERE url_key = ?
    AND julianday(next_due) - coalesce(poll_seconds, 0) / 864000.0 > julianday(?)"""
    return connection.execute(sql, (url_key, now)).fetchone() is None


def headlines(connection: sqlite3.Connection, url_key: str) -> list[Headline]:
    """The headlines of a URL, each as it was seen first."""
    sql = "SELECT headlines.*, url FROM headlines JOIN urls USING (url_key) WHERE url_key = ?"
    return [_headline(row) for row in connection.execute(sql, (url_key,))]


def _headline(row: sqlite3.Row) -> Headline:
    return Headline(
        url=row["url"],
        title=row["title"],
        aggregator=row["aggregator"],
        seen_in=row["seen_in"],
        seen_at=time_of(row["first_seen"]),
        seen_on=row["seen_on"] or "",
        language=row["language"] or "",
        publisher=row["publisher"] or "",
        published_raw=row["published_raw"] or "",
        summary=row["summary"] or "",
    )


def read_by(connection: sqlite3.Connection, site: str) -> set[str]:
    """The versions of the rules by which a site's archive was read: whole, in its last re-extraction, and since."""
    whole = "SELECT max(id) FROM runs WHERE site = :site AND kind = 'reextract' AND state = 'finished'"
    sql = f"SELECT DISTINCT version FROM runs WHERE site = :site AND id >= coalesce(({whole}), 0)"
    return {row["version"] or "" for row in connection.execute(sql, {"site": site})}


def counts(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """How many URLs of a run came to what, in the words' order."""
    return _tally(connection, "SELECT outcome, count(*) FROM outcomes WHERE run_id = ? GROUP BY outcome", run_id)


def outcomes(connection: sqlite3.Connection, run_id: int) -> Iterator[Row]:
    """What became of each URL of a run, by identity; with the article's columns where the run came to one."""
    sql = """SELECT urls.url, outcomes.outcome, outcomes.detail, outcomes.at, articles.canonical_url, articles.title
    FROM outcomes JOIN urls USING (url_key) LEFT JOIN articles ON articles.id = urls.article_id
        AND outcomes.outcome IN ('stored', 'updated', 'unchanged', 'not-modified', 'older', 'worse')
    WHERE run_id = ? ORDER BY outcomes.url_key"""
    return (dict(row) for row in connection.execute(sql, (run_id,)))


def sites(connection: sqlite3.Connection, database: Path) -> list[SiteSummary]:
    """What is stored of each site, by name."""
    return [
        _site(connection, database, row["name"]) for row in connection.execute("SELECT name FROM sites ORDER BY name")
    ]


def _site(connection: sqlite3.Connection, database: Path, name: str) -> SiteSummary:
    languages = _tally(connection, "SELECT language, count(*) FROM articles WHERE site = ? GROUP BY 1", name)
    (headlines,) = connection.execute("SELECT count(*) FROM headlines WHERE aggregator = ?", [name]).fetchone()
    (stored,) = connection.execute("SELECT max(first_stored_at) FROM articles WHERE site = ?", [name]).fetchone()
    return SiteSummary(
        name=name,
        articles=sum(languages.values()),
        headlines=headlines,
        urls=_tally(connection, "SELECT state, count(*) FROM urls WHERE site = ? GROUP BY 1", name),
        languages=languages,
        last_stored_at=stored,
        last_run=next(iter(runs(connection, database, site=name, limit=1)), None),
    )


def _tally(connection: sqlite3.Connection, sql: str, value: int | str) -> dict[str, int]:
    return dict(sorted((row[0], row[1]) for row in connection.execute(sql, [value])))


def explain(connection: sqlite3.Connection, url_key: str) -> Explanation:
    """All that is known of a URL; of an article's own address also what its aliases were asked and promised."""

    def rows(sql: str, *values: int | str) -> list[Row]:
        return [dict(row) for row in connection.execute(sql, values)]

    url = next(iter(rows("SELECT * FROM urls WHERE url_key = ?", url_key)), None)
    if url is None:
        return Explanation(url_key, None)
    article = next(iter(rows("SELECT * FROM articles WHERE id = ?", url["article_id"] or 0)), None)
    number, identity = (article["id"], article["url_key"]) if article else (0, url_key)
    aliases = rows("SELECT * FROM urls WHERE article_id = ? AND url_key <> ? ORDER BY url_key", number, url_key)
    keys = json.dumps([url_key, *(alias["url_key"] for alias in aliases if identity == url_key)])
    of_keys = "WHERE url_key IN (SELECT value FROM json_each(?))"
    revisions = rows("SELECT * FROM revisions WHERE url_key = ? ORDER BY id", identity)
    for revision in revisions:
        changes = rows("SELECT * FROM revision_changes WHERE revision_id = ? ORDER BY field", revision["id"])
        revision["changes"] = {change["field"]: [change["old_value"], change["new_value"]] for change in changes}
    return Explanation(
        url_key=url_key,
        url=url,
        article=readable(article) if article else None,
        aliases=aliases,
        headlines=rows(f"SELECT * FROM headlines {of_keys} ORDER BY first_seen, id", keys),
        fetches=rows(f"SELECT * FROM fetches {of_keys} ORDER BY fetched_at, id", keys),
        outcomes=rows(f"SELECT * FROM outcomes {of_keys} ORDER BY run_id", keys),
        segments=rows("SELECT position, reason, text FROM segments WHERE article_id = ? ORDER BY position", number),
        candidates=rows("SELECT * FROM field_candidates WHERE article_id = ? ORDER BY field, position", number),
        revisions=revisions,
    )


def schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Kind, name and SQL of every table and view, comments and all."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND sql IS NOT NULL ORDER BY 1, 2"
    )
    return [(row["type"], row["name"], row["sql"]) for row in found]
