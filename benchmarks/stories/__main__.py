"""`python -m benchmarks.stories`: milliseconds an article to find its story, among 1,000 articles and among 1,000,000.

The database is filled in bulk, through the same rules but sorted, since a million articles stored one by one would take
half an hour; then new articles come one by one, as a crawl brings them, a hundred a transaction. Exit code 1 when the
cost at the greatest size is more than twice that at the smallest.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.stories.texts import prepared, text_of
from pipelines.rows import text_id
from pipelines.store import Store
from pipelines.story_shelf import METHOD, MOST_HOLDERS, place

FEW, MANY = 1_000, 1_000_000
NEW = 2_000
"""New articles that are measured."""
MOST_TIMES = 2.0
ARTICLE = """INSERT INTO articles (id, url_key, canonical_url, title, body, language, language_confidence,
    published_ambiguous, paywalled, word_count, first_stored_at, updated_at, published_at)
    VALUES (?, ?, ?, 'x', ?, 'en', 1, 0, 0, 0, '2025-07-01T00:00:00Z', '2025-07-01T00:00:00Z', '2025-07-01')"""
URL = "INSERT INTO urls (url_key, url, kind, state, first_seen, last_seen) VALUES (?, ?, 'article', 'done', '', '')"


def store_texts(connection: sqlite3.Connection, articles: Iterable[tuple[int, str]]) -> None:
    for number, body in articles:
        connection.execute(URL, (f"b.example/{number}", f"https://b.example/{number}"))
        connection.execute(ARTICLE, (number + 1, f"b.example/{number}", f"https://b.example/{number}", body))


def fill(connection: sqlite3.Connection, size: int) -> None:
    """Store the articles and their prints, in the order of the prints."""
    connection.execute("CREATE TEMP TABLE loose (print INTEGER, article_id INTEGER)")
    with get_context("spawn").Pool(2) as pool:
        for number, body, prints in pool.imap(prepared, range(size), chunksize=500):
            store_texts(connection, [(number, body)])
            connection.execute(
                "INSERT INTO article_stories (article_id, body_id, prints, method) VALUES (?, ?, ?, ?)",
                (number + 1, text_id(body), json.dumps(prints), METHOD),
            )
            connection.executemany("INSERT INTO loose VALUES (?, ?)", ((one, number + 1) for one in prints))
    rows: Iterator[tuple[int, int]] = connection.execute("SELECT print, article_id FROM loose ORDER BY 1, 2")
    held = (row for _, group in groupby(rows, key=lambda row: row[0]) for row in islice(group, MOST_HOLDERS))
    connection.executemany("INSERT INTO story_prints VALUES (?, ?)", held)
    connection.execute("DROP TABLE loose")


def measure(size: int, folder: Path) -> dict[str, float]:
    path = folder / f"{size}.db"
    Store.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.executescript("PRAGMA synchronous = off; DROP TRIGGER articles_ai;")
    connection.execute("BEGIN")
    fill(connection, size)
    store_texts(connection, ((number, text_of(number)) for number in range(size, size + NEW)))
    connection.execute("COMMIT")
    connection.executescript("PRAGMA wal_checkpoint(truncate); PRAGMA synchronous = normal; PRAGMA foreign_keys = on;")
    wall, processor = time.perf_counter(), time.process_time()
    for start in range(size, size + NEW, 100):
        connection.execute("BEGIN")
        for number in range(start, min(start + 100, size + NEW)):
            place(connection, f"b.example/{number}")
        connection.execute("COMMIT")
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    one = "SELECT count(*) FROM article_stories WHERE article_id > ? AND story_id IS NOT NULL"
    (joined,) = connection.execute(one, (size,)).fetchone()
    pages = "SELECT sum(pgsize) FROM dbstat WHERE name IN ('story_prints', 'article_stories', 'story_links')"
    try:
        (taken,) = connection.execute(pages).fetchone()
    except sqlite3.OperationalError:
        taken = 0
    connection.close()
    found = {"articles": size, "wall_ms": wall / NEW * 1e3, "cpu_ms": processor / NEW * 1e3, "joined": joined / NEW}
    return found | {"bytes_each": taken / (size + NEW), "file_mb": path.stat().st_size / 1e6}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[FEW, MANY])
    parser.add_argument("--folder", type=Path, help="Where the databases go (4 GB); a temporary folder without.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        found = [measure(size, Path(folder)) for size in arguments.sizes]
    for row in found:
        print("  ".join(f"{name} {value:,.3f}".rstrip("0").rstrip(".") for name, value in row.items()))
    times = found[-1]["wall_ms"] / found[0]["wall_ms"]
    print(f"an article costs {times:.2f} times as much (at most {MOST_TIMES})")
    return int(times > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
