"""What a run's outcomes cannot tell: which process it is, how long it took, what it received and what its pages gave.

A site's later runs are held against these figures: see newscrawl.verdict.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from statistics import median_low

from pipelines.items import Article, Extraction, Headline

__all__ = ["SCHEMA", "RunFigures", "Tally", "begin", "read", "write"]

SCHEMA = """
CREATE TABLE run_figures (
    run_id INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
    pid INTEGER,                    -- of the process, while it lived
    host TEXT,                      -- and its machine
    seconds REAL,                   -- how long it took; NULL until it has ended, as are all below
    requests INTEGER,               -- answers received, robots.txt and listings too
    bytes INTEGER,                  -- received, headers too, as they came off the wire
    known INTEGER,                  -- addresses that were not asked because they are known
    headlines INTEGER,              -- read out of feeds, listings and sitemaps
    pages INTEGER,                  -- pages of articles that were read
    articles INTEGER,               -- of these, those with an article of ours, old or new
    with_title INTEGER,             -- of these articles, those with a title
    with_date INTEGER,              -- ... with a date
    with_publisher INTEGER,         -- ... with a publisher
    median_words INTEGER,           -- words of the middle one of these articles; NULL without any
    languages TEXT                  -- JSON: articles by language
)"""


@dataclass(frozen=True, slots=True)
class RunFigures:
    """A row of ``run_figures``; the columns' comments say what they mean. None where the run did not end by itself."""

    pid: int | None = None
    host: str | None = None
    seconds: float | None = None
    requests: int | None = None
    bytes: int | None = None
    known: int | None = None
    headlines: int | None = None
    pages: int | None = None
    articles: int | None = None
    with_title: int | None = None
    with_date: int | None = None
    with_publisher: int | None = None
    median_words: int | None = None
    languages: dict[str, int] = field(default_factory=dict)


class Tally:
    """Counts while a run goes on."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self.requests = self.bytes = self.known = 0
        """Set from outside, by whoever fetches."""
        self.headlines = self.pages = 0
        self._having: Counter[str] = Counter()
        self._words: list[int] = []
        self._languages: Counter[str] = Counter()

    def note(self, headline: Headline) -> None:
        """Count a headline that a feed, listing or sitemap printed; tickers come with every page."""
        self.headlines += headline.seen_in != "ticker"

    def read(self, status: int, extraction: Extraction) -> None:
        """Count what was read out of a page; an error page (``status``) is an outcome and says nothing of a layout."""
        if status != 200:
            return
        self.pages += 1
        article = extraction.article
        if article is not None and extraction.rejected is None:
            self._count(article)

    def _count(self, article: Article) -> None:
        self._words.append(article.word_count)
        self._languages[article.language] += 1
        self._having["title"] += bool(article.title)
        self._having["date"] += bool(article.published_at)
        self._having["publisher"] += bool(article.publisher)

    def figures(self) -> RunFigures:
        """What was counted until now."""
        return RunFigures(
            pid=os.getpid(),
            host=socket.gethostname(),
            seconds=round(time.monotonic() - self._begun, 3),
            requests=self.requests,
            bytes=self.bytes,
            known=self.known,
            headlines=self.headlines,
            pages=self.pages,
            articles=len(self._words),
            with_title=self._having["title"],
            with_date=self._having["date"],
            with_publisher=self._having["publisher"],
            median_words=median_low(self._words) if self._words else None,
            languages=dict(sorted(self._languages.items())),
        )


def begin(connection: sqlite3.Connection, run_id: int) -> None:
    """Say which process runs the run."""
    values = (run_id, os.getpid(), socket.gethostname())
    connection.execute("INSERT INTO run_figures (run_id, pid, host) VALUES (?, ?, ?)", values)


def write(connection: sqlite3.Connection, run_id: int, figures: RunFigures) -> None:
    """Keep a run's figures."""
    row = asdict(figures) | {"run_id": run_id, "languages": json.dumps(figures.languages)}
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT OR REPLACE INTO run_figures ({names}) VALUES ({marks})", row)


def read(row: sqlite3.Row) -> RunFigures | None:
    """The figures of a row that was joined to ``run_figures``; None when the run has none."""
    if row["pid"] is None and row["seconds"] is None:
        return None
    found = {one.name: row[one.name] for one in fields(RunFigures)}
    return RunFigures(**found | {"languages": json.loads(row["languages"] or "{}")})
