"""Questions to data/news.db about all of it at once: how much, from when, how complete, how sure."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipelines.store.rows import Row
from pipelines.store.selection import Selection
from pipelines.store.story_reading import StorySummary, stories

__all__ = ["Overview", "Totals"]

_DAY = "coalesce(published_day, substr(published_at, 1, 10))"
"""The day as it was written, where that is known, else that in UTC."""
_OPTIONAL = ("subtitle", "lead", "authors", "publisher", "section", "image_url", "source_url", "published_at")
"""Columns whose share of filled values is told."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is stored."""

    articles: int
    dated: int
    publishers: int
    sites: int
    headlines: int
    stories: int
    """Texts of more than one print."""
    prints: int
    """Articles in those stories."""
    first_published: str | None
    last_published: str | None
    last_stored_at: str | None


class Overview:
    """Questions to one state of the database; every answer is a list of rows in a fixed order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use :meth:`pipelines.store.Store.overview`."""
        self._connection = connection

    def totals(self) -> Totals:
        """How much is stored."""
        (row,) = self._rows(
            """SELECT count(*) AS articles, count(published_at) AS dated, count(DISTINCT publisher) AS publishers,
            count(DISTINCT site) AS sites, (SELECT count(*) FROM headlines) AS headlines,
            (SELECT count(*) FROM stories WHERE articles > 1) AS stories,
            (SELECT coalesce(sum(articles), 0) FROM stories WHERE articles > 1) AS prints,
            min(published_at) AS first_published, max(published_at) AS last_published,
            max(first_stored_at) AS last_stored_at FROM articles"""
        )
        return Totals(**row)

    def days(self) -> list[Row]:
        """``day``, ``language``, ``articles``; dates known to the month alone are left out."""
        return self._rows(
            f"""SELECT {_DAY} AS day, language, count(*) AS articles FROM articles
            WHERE length(published_at) >= 10 GROUP BY 1, 2 ORDER BY 1, 2"""
        )

    def publishers(self, limit: int) -> list[Row]:
        """``publisher``, ``articles``, ``words`` (on average), ``first``, ``last``; most articles first."""
        return self._rows(
            """SELECT coalesce(publisher, '') AS publisher, count(*) AS articles, round(avg(word_count)) AS words,
            min(published_at) AS first, max(published_at) AS last FROM articles GROUP BY publisher
            ORDER BY articles DESC, publisher LIMIT ?""",
            limit,
        )

    def site_days(self) -> list[Row]:
        """``site``, ``day``, ``articles``."""
        return self._rows(
            f"""SELECT coalesce(site, '') AS site, {_DAY} AS day, count(*) AS articles
            FROM articles WHERE length(published_at) >= 10 GROUP BY 1, 2 ORDER BY 1, 2"""
        )

    def delays(self) -> list[Row]:
        """``hours`` from publication to storing, in whole hours, and ``articles``; times to the minute alone.

        Negative when the page's own date is later than when it was fetched.
        """
        return self._rows(
            """SELECT CAST(floor((julianday(first_stored_at) - julianday(published_at)) * 24 + 0.0001) AS INTEGER)
            AS hours, count(*) AS articles FROM articles WHERE published_precision = 'minute' GROUP BY 1 ORDER BY 1"""
        )

    def day_delays(self) -> list[Row]:
        """``days`` from the day of publication to that of storing, and ``articles``; dates without a time alone."""
        return self._rows(
            """SELECT CAST(julianday(substr(first_stored_at, 1, 10)) - julianday(published_at) AS INTEGER) AS days,
            count(*) AS articles FROM articles WHERE published_precision = 'day' GROUP BY 1 ORDER BY 1"""
        )

    def precisions(self) -> list[Row]:
        """``precision`` (minute, day, month or none) and ``articles``."""
        return self._rows(
            """SELECT coalesce(published_precision, 'none') AS precision, count(*) AS articles FROM articles
            GROUP BY 1 ORDER BY 2 DESC, 1"""
        )

    def runs(self, limit: int) -> list[Row]:
        """The latest runs, with ``outcome`` and ``urls``: a row an outcome."""
        return self._rows(
            """SELECT r.id, r.kind, coalesce(r.site, '') AS site, r.started_at, r.ended_at, r.state, o.outcome, o.urls
            FROM (SELECT * FROM runs ORDER BY id DESC LIMIT ?) r
            LEFT JOIN (SELECT run_id, outcome, count(*) AS urls FROM outcomes GROUP BY 1, 2) o ON o.run_id = r.id
            ORDER BY r.id DESC, o.urls DESC, o.outcome""",
            limit,
        )

    def noise(self) -> list[Row]:
        """``reason``, ``segments`` and ``articles``: what was removed from pages."""
        return self._rows(
            """SELECT reason, count(*) AS segments, count(DISTINCT article_id) AS articles FROM article_segments
            GROUP BY 1 ORDER BY 2 DESC, 1"""
        )

    def doubts(self) -> list[Row]:
        """``field`` and ``articles``: whose candidates disagree."""
        return self._rows("SELECT field, count(*) AS articles FROM doubts GROUP BY 1 ORDER BY 2 DESC, 1")

    def completeness(self) -> list[Row]:
        """``field`` and ``articles`` that have it."""
        counts = ", ".join(f"count(nullif({name}, '[]')) AS {name}" for name in _OPTIONAL)
        (row,) = self._rows(f"SELECT {counts} FROM articles")
        return [{"field": name, "articles": row[name]} for name in _OPTIONAL]

    def unsure(self, now: str) -> list[Row]:
        """``what`` and ``articles``: values that a person should look at. ``now``: ISO-8601 in UTC."""
        return self._rows(
            """SELECT 'language less than 80 % sure' AS what, count(*) AS articles FROM articles
                WHERE language_confidence < 0.8
            UNION ALL SELECT 'day and month could be swapped', count(*) FROM articles WHERE published_ambiguous
            UNION ALL SELECT 'a date was written, but could not be read', count(*) FROM articles
                WHERE published_at IS NULL AND published_raw IS NOT NULL
            UNION ALL SELECT 'dated in the future', count(*) FROM articles WHERE published_at > ?
            UNION ALL SELECT 'dated before 2000', count(*) FROM articles WHERE published_at < '2000'
            UNION ALL SELECT 'behind a paywall: a beginning only', count(*) FROM articles WHERE paywalled
            UNION ALL SELECT 'body of fewer than 50 words', count(*) FROM articles WHERE word_count < 50""",
            now,
        )

    def ticker(self, limit: int) -> list[Row]:
        """Columns of the view ``ticker``; the headlines that were seen last."""
        return self._rows("SELECT * FROM ticker ORDER BY last_seen DESC, first_seen DESC, title LIMIT ?", limit)

    def ticker_languages(self) -> list[Row]:
        """``language``, ``headlines``, ``hours`` (on average in a ticker)."""
        return self._rows(
            """SELECT coalesce(language, 'und') AS language, count(*) AS headlines, round(avg(hours), 1) AS hours
            FROM ticker GROUP BY 1 ORDER BY 2 DESC, 1"""
        )

    def agencies(self) -> list[Row]:
        """``agency``, ``articles``, ``stories``: who supplied the texts, as far as they say so."""
        return self._rows(
            """SELECT agency, count(*) AS articles, count(DISTINCT story_id) AS stories FROM article_stories
            WHERE agency IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""
        )

    def stories(self, limit: int) -> list[StorySummary]:
        """The texts that most addresses print."""
        return stories(self._connection, Selection(), limit)

    def _rows(self, sql: str, *values: str | int) -> list[Row]:
        return [dict(row) for row in self._connection.execute(sql, values)]
