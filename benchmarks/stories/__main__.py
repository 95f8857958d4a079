"""`python -m benchmarks.stories`: milliseconds an article to find its story, among 1,000 articles and among 1,000,000.

The database is filled in bulk, sorted by print, since a million articles stored one by one would take half an hour;
then new articles come one by one, as a crawl brings them, a hundred a transaction, once with and once without their
stories: the difference is what a story costs. Exit code 1 when that costs more than twice the processor time, or more
than twice the time by the clock, at the greatest size as at the smallest.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path

from benchmarks.stories.texts import origin_of, prepared, stranger, text_of
from pipelines.store import Store
from pipelines.store.rows import text_id
from pipelines.store.story_shelf import METHOD, MOST_HOLDERS, place

FEW, MANY = 1_000, 1_000_000
NEW = 2_000
"""New articles that are measured."""
LEAST_KEPT = 100_000
"""Articles of a database that is worth keeping: a small one must be new, or it would not be small for long."""
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


def database(size: int, folder: Path, keep: Path | None) -> Path:
    """A database of so many articles; a large one is made where it is kept, and only when it is not there."""
    path = (keep if keep and size >= LEAST_KEPT else folder) / f"{size}.db"
    if not path.exists():
        part = path.with_suffix(".part.db")
        make(size, part)
        part.rename(path)
    return path


def measure(paths: Sequence[Path]) -> list[dict[str, float]]:
    """What a story costs in each database. Their transactions take turns, so that what else runs slows all alike."""
    with ExitStack() as stack:
        connections = []
        for path in paths:
            connection = stack.enter_context(Store.open(path))._connection  # configured as a crawl's
            connection.isolation_level = None
            connections.append(connection)
        starts = [connection.execute("SELECT max(id) FROM articles").fetchone()[0] for connection in connections]
        add(connections, starts, 0, place_each=True)  # the pages that any crawl would have in memory by then
        alone = add(connections, starts, NEW, place_each=False)
        placed = add(connections, starts, 2 * NEW, place_each=True)
        one = "SELECT count(*) FROM article_stories WHERE article_id > ? AND story_id IS NOT NULL"
        return [
            {
                "articles": start,
                "story_wall_ms": with_story[0] - without[0],
                "story_cpu_ms": with_story[1] - without[1],
                "row_alone_wall_ms": without[0],
                "row_alone_cpu_ms": without[1],
                "joined": connection.execute(one, (start + 2 * NEW,)).fetchone()[0] / NEW,
                "file_mb": path.stat().st_size / 1e6,
            }
            for path, connection, start, without, with_story in zip(
                paths, connections, starts, alone, placed, strict=True
            )
        ]


def make(size: int, path: Path) -> None:
    """A database of so many articles with their stories' prints."""
    with Store.open(path) as store:
        connection = store._connection
        connection.isolation_level = None
        connection.executescript("PRAGMA synchronous = off;")
        connection.execute("BEGIN")
        fill(connection, size)
        connection.execute("COMMIT")
        connection.executescript("PRAGMA wal_checkpoint(truncate);")


def add(
    connections: Sequence[sqlite3.Connection], starts: Sequence[int], offset: int, *, place_each: bool
) -> list[tuple[float, float]]:
    """Store new articles one by one, a hundred a transaction; wall and processor milliseconds each, by connection."""
    spent = [(0.0, 0.0)] * len(connections)
    for first in range(offset, offset + NEW, 100):
        for place_of, (connection, start) in enumerate(zip(connections, starts, strict=True)):
            new = [(number, text_of(number)) for number in range(start + first, start + first + 100)]
            wall, processor = time.perf_counter(), time.process_time()
            connection.execute("BEGIN")
            for number, body in new:
                store_texts(connection, [(number, body)])
                if place_each:
                    place(connection, f"b.example/{number}")
            connection.execute("COMMIT")
            before = spent[place_of]
            spent[place_of] = (before[0] + time.perf_counter() - wall, before[1] + time.process_time() - processor)
    return [(wall / NEW * 1e3, processor / NEW * 1e3) for wall, processor in spent]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[FEW, MANY])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Make the large database (4 GB) there, or use it.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure([database(size, Path(folder), arguments.keep) for size in arguments.sizes])
    for row in found:
        print("  ".join(f"{name} {value:,.3f}".rstrip("0").rstrip(".") for name, value in row.items()))
    times = {kind: found[-1][f"story_{kind}_ms"] / found[0][f"story_{kind}_ms"] for kind in ("cpu", "wall")}
    print(
        f"its story costs {times['cpu']:.2f} times as much processor time, {times['wall']:.2f} times as much wall time"
    )
    return int(max(times.values()) > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
