"""``python -m benchmarks.frontier``: milliseconds of CPU a request, and start and memory with a million known URLs.

A request is what Scrapy does with it: found on a page, queued, leased, handed out and acknowledged, with the URL's
own ledger row; nothing is fetched or extracted. The start is that of the queue of a run: opening the database,
looking for what dead runs left, the first sixteen requests. Memory is the resident set of a process of its own.
Exit code 1 when a bar is missed: :data:`MOST_MILLISECONDS` a request, :data:`MOST_SECONDS` until the first requests,
and :data:`MOST_MEGABYTES` more with the most URLs than with the fewest, which is SQLite's page cache.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipelines.store import Store
from pipelines.store.queue import Entry
from pipelines.urls import host_of, url_key

BATCH = 16
MOST_MILLISECONDS = 0.5
MOST_SECONDS = 2.0
MOST_MEGABYTES = 80.0
META = '{"newscrawl_chain": [], "newscrawl_refetch": false, "depth": 1}'


def entries(first: int, number: int) -> Iterator[Entry]:
    for i in range(first, first + number):
        url = f"https://www.maghress.com/fr/paper{i % 150}/{i}"
        yield Entry(url_key(url), url, url, "article", host_of(url), 0, META)


def cost(database: Path, number: int) -> float:
    """Milliseconds of CPU a request."""
    with Store.open(database) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        queue = store.queue("maghress", run, site="maghress", selection="all")
        store.commit()
        began = time.process_time()
        for first in range(0, number, 64):
            found = [one for one in entries(first, min(64, number - first)) if not store.is_known(one.url_key)]
            queue.add(found, datetime.now(UTC))
            while leased := queue.waiting(BATCH):
                queue.lease(one.id for one in leased)
                store.commit()
                queue.acknowledge(one.id for one in leased)
            store.commit()
        return (time.process_time() - began) / number * 1000


def fill(database: Path, known: int) -> None:
    """So many URLs that are done, and a thousandth of them waiting."""
    with Store.open(database) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        store.end_run(run)
        rows = ((one.url_key, one.url) for one in entries(0, known))
        with store.atomic():
            store._connection.executemany(
                """INSERT INTO urls (url_key, url, kind, site, state, first_seen, last_seen, last_outcome)
                VALUES (?, ?, 'article', 'maghress', 'done', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'stored')
                """,
                rows,
            )
            queue = store.queue("maghress", run, site="maghress", selection="all")
            queue.add(entries(known, known // 1000), datetime.now(UTC))


def start(database: Path) -> None:
    """Print the seconds until the first requests are in hand, a space, and the megabytes of this process."""
    began = time.perf_counter()
    with Store.open(database) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        queue = store.queue("maghress", run, site="maghress", selection="all")
        queue.size()
        queue.due(200)
        queue.lease(one.id for one in queue.waiting(BATCH))
        store.commit()
        seconds = time.perf_counter() - began
        for one in entries(0, 1_000):
            assert store.is_known(one.url_key)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.3f} {megabytes:.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frontier")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--known", type=int, nargs="*", default=[1_000, 1_000_000])
    parser.add_argument("--start", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.start:
        start(chosen.start)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        milliseconds = cost(Path(folder) / "cost.db", chosen.requests)
        print(f"{milliseconds:.3f} ms of CPU a request ({chosen.requests} requests)")
        started = []
        for known in chosen.known:
            database = Path(folder) / f"{known}.db"
            fill(database, known)
            command = [sys.executable, "-m", "benchmarks.frontier", "--start", str(database)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, megabytes = map(float, done.stdout.split())
            started.append((known, seconds, megabytes))
            print(f"{known} known URLs: start in {seconds:.3f} s, {megabytes:.0f} MB after a thousand questions")
    growth = max(started)[2] - min(started)[2]
    slowest = max(seconds for _, seconds, _ in started)
    return int(milliseconds > MOST_MILLISECONDS or slowest > MOST_SECONDS or growth > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
