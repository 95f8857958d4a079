"""`python -m benchmarks.stories`: milliseconds an article to find its story, among 1,000 articles and among 1,000,000.

The database is filled in bulk, through the same rules but sorted, since a million articles stored one by one would take
half an hour; then new articles come one by one, as a crawl brings them, a hundred a transaction, once with and once
without their stories: the difference is what a story costs. Exit code 1 when that costs more than twice the processor
time at the greatest size as at the smallest. Wall time is printed too, and depends on the disk and on what else runs.
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
from pathlib import Path

from benchmarks.stories.texts import origin_of, prepared, stranger, text_of
from pipelines.store import Store
from pipelines.store.rows import text_id
from pipelines.store.story_shelf import METHOD, MOST_HOLDERS, place

FEW, MANY = 1_000, 1_000_000
NEW = 2_000
"""New articles that are measured."""
MOST_ROUNDS = 8
"""How often a database that was kept can be measured: each time, its new articles stay in it."""
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
    """Store the articles and their prints, in the order of the prints.

    Texts that later ones are prints of are texts; the others, which nobody will ever read again, only look like texts
    to the database.
    """
    connection.execute("CREATE TEMP TABLE loose (print INTEGER, article_id INTEGER)")
    read_again = {origin_of(number) for number in range(size, size + MOST_ROUNDS * 3 * NEW)}
    for one in range(size):
        number, body, prints = prepared(one) if one in read_again else stranger(one)
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
    if not path.exists():
        part = folder / f"{size}.part.db"
        make(size, part)
        part.rename(path)
    with Store.open(path) as store:
        connection = store._connection  # configured as a crawl's
        connection.isolation_level = None
        (start,) = connection.execute("SELECT max(id) FROM articles").fetchone()
        add(connection, start, place_each=True)  # the pages that any crawl would have in memory by then
        alone = add(connection, start + NEW, place_each=False)
        placed = add(connection, start + 2 * NEW, place_each=True)
        one = "SELECT count(*) FROM article_stories WHERE article_id > ? AND story_id IS NOT NULL"
        (joined,) = connection.execute(one, (start + 2 * NEW,)).fetchone()
    return {
        "articles": size,
        "story_wall_ms": placed[0] - alone[0],
        "story_cpu_ms": placed[1] - alone[1],
        "row_alone_wall_ms": alone[0],
        "row_alone_cpu_ms": alone[1],
        "joined": joined / NEW,
        "file_mb": path.stat().st_size / 1e6,
    }


def make(size: int, path: Path) -> None:
    """A database of so many articles with their stories' prints."""
    with Store.open(path) as store:
        connection = store._connection
        connection.isolation_level = None
        connection.executescript("PRAGMA synchronous = off; DROP TRIGGER articles_ai;")
        connection.execute("BEGIN")
        fill(connection, size)
        connection.execute("COMMIT")
        connection.executescript("PRAGMA wal_checkpoint(truncate);")


def add(connection: sqlite3.Connection, start: int, *, place_each: bool) -> tuple[float, float]:
    """Store new articles one by one, a hundred a transaction; wall and processor milliseconds each."""
    new = [(number, text_of(number)) for number in range(start, start + NEW)]
    wall, processor = time.perf_counter(), time.process_time()
    for first in range(0, NEW, 100):
        connection.execute("BEGIN")
        for number, body in new[first : first + 100]:
            store_texts(connection, [(number, body)])
            if place_each:
                place(connection, f"b.example/{number}")
        connection.execute("COMMIT")
    return (time.perf_counter() - wall) / NEW * 1e3, (time.process_time() - processor) / NEW * 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[FEW, MANY])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Make the databases (4 GB) there, or use them.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [measure(size, arguments.keep or Path(folder)) for size in arguments.sizes]
    for row in found:
        print("  ".join(f"{name} {value:,.3f}".rstrip("0").rstrip(".") for name, value in row.items()))
    times = {kind: found[-1][f"story_{kind}_ms"] / found[0][f"story_{kind}_ms"] for kind in ("cpu", "wall")}
    print(
        f"its story costs {times['cpu']:.2f} times as much processor time, {times['wall']:.2f} times as much wall time"
    )
    return int(times["cpu"] > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
