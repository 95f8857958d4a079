"""A database of generated articles, as many as are wanted: the same for the same number."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipelines.store import Store

TEXTS = {
    "fr": "le conseil a voté mardi un budget pour la commune où l'été dernier les élus débattaient du port",
    "en": "the council voted on Tuesday for a budget that the town had debated since last summer by the port",
    "es": "el consejo votó el martes un presupuesto que la ciudad había discutido desde el año junto al puerto",
}
WORDS = {language: text.split() for language, text in TEXTS.items()}
PUBLISHERS = [f"Journal {number}" for number in range(40)]
SITES = ("maghress", "djazairess", "turess")
FIRST_DAY, DAYS = date(2019, 1, 1), 2500
UNDATED_OF = 50
"""One article in so many has no date."""

COLUMNS = (
    "url_key, canonical_url, site, title, body, language, language_confidence, lead, authors, publisher, section,"
    " keywords, published_raw, published_at, published_day, published_precision, published_ambiguous, paywalled,"
    " word_count, page_hash, extractor_version, first_stored_at, updated_at, first_run_id, last_run_id"
)


def articles(count: int, body_words: int) -> Iterator[tuple[Any, ...]]:
    """Rows for :data:`COLUMNS`; bodies of about ``body_words`` words, half of them shorter."""
    chance = random.Random(count)
    for number in range(count):
        language = chance.choice(("fr", "fr", "en", "es"))
        words = chance.choices(WORDS[language], k=chance.randint(body_words // 2, body_words * 3 // 2))
        text = " ".join(words)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        at: str | None = f"{day.isoformat()}T{number % 24:02}:{number % 60:02}:00Z" if number % 3 else day.isoformat()
        precision: str | None = "minute" if number % 3 else "day"
        if number % UNDATED_OF == 0:
            at = precision = None
        site = SITES[number % len(SITES)]
        key = f"{site}.com/{language}/{number:08}"
        yield (key, f"https://www.{key}", site, text[:70].capitalize(), text, language, 0.987, text[70:200],
               '["Leïla Amrani"]', chance.choice(PUBLISHERS), "Société", "[]", at and day.strftime("%d - %m - %Y"), at,
               at and day.isoformat(), precision, 0, number % 97 == 0, len(words), f"{number:064x}", "1",
               "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 1, 1)  # fmt: skip


def fill(path: Path, count: int, *, body_words: int = 350, searchable: bool = False) -> Path:
    """Make a database of ``count`` articles; without the full-text index, which takes minutes, unless asked for."""
    with Store.open(path) as store:
        store.begin_run(kind="crawl", site="maghress", version="1")
        store.end_run(1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = off")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany("INSERT OR IGNORE INTO sites VALUES (?, '2026-01-01T00:00:00Z')", [(s,) for s in SITES])
        marks = ", ".join("?" * len(COLUMNS.split(",")))
        connection.executemany(f"INSERT INTO articles ({COLUMNS}) VALUES ({marks})", articles(count, body_words))
        connection.execute(
            """INSERT INTO urls (url_key, url, kind, site, state, first_seen, last_seen, article_id, last_outcome)
            SELECT url_key, canonical_url, 'article', site, 'done', first_stored_at, first_stored_at, id, 'stored'
            FROM articles"""
        )
        connection.execute(
            "INSERT INTO revisions (url_key, kind, at, run_id) SELECT url_key, 'stored', updated_at, 1 FROM articles"
        )
        if searchable:
            connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(truncate)")
    return path
