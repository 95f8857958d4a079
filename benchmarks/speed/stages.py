"""CPU milliseconds a page by stage: a real crawl in one process with a clock around its steps, beside Scrapy alone."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.speed.measuring import Spent, run, spread, voice
from benchmarks.speed.sites import ENVIRONMENT, ROOT, Site, served
from benchmarks.speed.timed_crawl import STAGES
from pipelines.store.full_text import index_new

__all__ = ["stages"]

REST = "fetching, robots.txt, Scrapy"
INDEX = "full-text index"


def stages(scratch: Path, sites: Path, pages: int, rounds: int, kinds: Sequence[str]) -> dict[str, Any]:
    """By kind of page, then stage: medians of the rounds. ``fetch only`` is Scrapy with an empty callback."""
    found: dict[str, Any] = {"pages": pages, "kinds": {}}
    for kind in kinds:
        with served(kind, sites / f"{kind}-{pages}", pages) as site:
            runs = [_crawl(site, scratch) for _ in range(rounds)]
            fetching = [_fetch_only(site, scratch) for _ in range(rounds)]
        named = [stage for stage in STAGES if any(stage in one["ms"] for one in runs)]
        found["kinds"][kind] = {
            "ms": {stage: spread([one["ms"].get(stage, 0.0) for one in runs]) for stage in named},
            "fetch_only_ms": spread(fetching),
            "missing": runs[0]["missing"],
        }
        voice(f"{kind}: " + ", ".join(f"{k} {v['median']:.2f}" for k, v in found["kinds"][kind]["ms"].items()))
    return found


def _crawl(site: Site, scratch: Path) -> dict[str, Any]:
    """Of a site without rules the second crawl: the first, of a newspaper of each engine, has learned its noise."""
    database, out = scratch / "stages.db", scratch / "stages.json"
    for file in scratch.glob("stages*.db*"):
        file.unlink()
    if site.kind == "unknown":
        run(site.first_crawl(database, 2), cwd=scratch, env=ENVIRONMENT)
    before = _count(database) if database.exists() else 0
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "benchmarks.speed.timed_crawl",
        out,
        *site.crawl(database, 0)[1:],
    ]
    run(command, cwd=scratch, env=ENVIRONMENT)
    found = json.loads(out.read_text())
    pages = _count(database) - before
    index = _index(database)
    ms = {stage: seconds / pages * 1000 for stage, seconds in found["seconds"].items()}
    ms["store"] = ms.get("store", 0.0) - index
    ms[INDEX] = index
    ms[REST] = found["whole"] / pages * 1000 - sum(ms.values())
    return {"ms": ms, "missing": found["missing"]}


def _index(database: Path) -> float:
    """Milliseconds that the full-text index takes an article: rows inserted again, with the index and without."""
    spent: list[float] = []
    with closing(sqlite3.connect(database)) as connection:
        names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(articles)"))
        rows = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        connection.execute("PRAGMA foreign_keys = off")
        for indexed in (True, False):
            connection.execute("CREATE TEMP TABLE copied AS SELECT * FROM main.articles")
            connection.execute("DELETE FROM main.articles")
            connection.commit()
            began = time.process_time()
            for first in range(0, rows, 100):
                connection.execute(
                    f"INSERT INTO main.articles ({names}) SELECT {names} FROM copied LIMIT 100 OFFSET {first}"
                )
                if indexed:
                    index_new(connection)
                connection.commit()
            spent.append((time.process_time() - began) / rows * 1000)
            connection.execute("DROP TABLE copied")
    return max(0.0, spent[0] - spent[1])


def _fetch_only(site: Site, scratch: Path) -> float:
    urls = scratch / "urls.txt"
    urls.write_text("\n".join(site.urls(site.count)))
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "benchmarks.speed.plain_scrapy",
        urls,
        scratch / "none.jsonl",
        "--fetch-only",
    ]
    whole: Spent = run(command, cwd=ROOT).spent
    urls.write_text("\n".join(site.urls(2)))  # what starting takes
    started: Spent = run(command, cwd=ROOT).spent
    return (whole.cpu - started.cpu) / site.count * 1000


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
