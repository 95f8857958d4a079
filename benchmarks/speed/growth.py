"""What an article costs when many are stored already: the same new pages are crawled into databases of two sizes."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.speed.filling import multiply
from benchmarks.speed.measuring import FailedError, run, spread, voice
from benchmarks.speed.sites import ENVIRONMENT, served
from pipelines.archive import Archive

__all__ = ["growth"]

ORIGINALS = 1_000
FIRST_NEW = 3_000_000


def growth(scratch: Path, sizes: Sequence[int], new: int, rounds: int, workers: int) -> dict[str, Any]:
    """CPU and wall milliseconds an article, of ``new`` ones a round, at each size; the sizes take turns.

    With the extraction is the whole pipeline's processor time; without it the parent's own, which is all that knows
    the database. The start of the command is in both: a second or two that many new pages make small.
    """
    databases = {size: _filled(scratch, size, workers) for size in sizes}
    found: dict[int, dict[str, list[float]]] = {size: defaultdict(list) for size in sizes}
    for number in range(rounds):
        with served("known", scratch / "new", new, FIRST_NEW + 3 * new * number) as site:
            for size in sizes if number % 2 else tuple(reversed(sizes)):
                ran = run(
                    site.crawl(databases[size], workers), cwd=scratch, env=ENVIRONMENT, mark=r"(\d+) new, \d+ changed"
                )
                if ran.marked is None or ran.at_mark is None or int(ran.marked[1]) != new:
                    raise FailedError(f"the crawl did not store {new} new articles: {ran.lines[-3:]}")
                spent = ran.at_mark
                for name, seconds in (("cpu", spent.cpu), ("parent_cpu", spent.own_cpu), ("wall", spent.wall)):
                    found[size][f"{name}_ms"].append(seconds / new * 1000)
                voice(f"{size} stored: " + ", ".join(f"{name} {runs[-1]:.1f}" for name, runs in found[size].items()))
        shutil.rmtree(scratch / "new")
    least, most = min(sizes), max(sizes)
    return {
        "new_pages": new,
        "sizes": {str(size): {name: spread(runs) for name, runs in found[size].items()} for size in sizes},
        "megabytes": {str(size): databases[size].stat().st_size / 1e6 for size in sizes},
        "ratios": {
            name: spread([many / few for many, few in zip(found[most][name], found[least][name], strict=True)])
            for name in found[least]
        },
    }


def _filled(scratch: Path, size: int, workers: int) -> Path:
    """A database of about so many articles, kept for the next time."""
    database = scratch / f"stored-{size}.db"
    if database.exists() and _count(database) >= size * 0.99:
        return database
    voice(f"filling a database with {size} articles")
    for file in scratch.glob(f"stored-{size}*"):
        file.unlink()
    originals = scratch / f"originals-{min(size, ORIGINALS)}.db"
    if not originals.exists():
        with served("known", scratch / "originals", min(size, ORIGINALS)) as site:
            run(site.crawl(originals, workers), cwd=scratch, env=ENVIRONMENT)
    archive = Archive.path_for(database)
    shutil.copy(originals, database)
    shutil.copy(Archive.path_for(originals), archive)
    if size > ORIGINALS:
        multiply(database, archive, size)
    return database


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
