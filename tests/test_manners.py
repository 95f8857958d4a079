"""The pace at which a host is asked: its robots.txt's own, and the one that an earlier run had come to.

A pace is a least time between two requests. What a server sees is never less, however busy this machine is.
"""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path

from tests.command import newscrawl
from tests.loopback_web import Answer, Web, loopback_web

PAGES = {f"/{name}": Answer(b"<html><body><p>Some text</p></body></html>") for name in "abc"}
GRAIN = 0.02
"""Seconds by which a request that was sent earlier may have arrived later."""


def gaps(web: Web) -> list[float]:
    """Seconds between two requests, robots.txt left out."""
    moments = [moment for path, moment in zip(web.asked, web.moments, strict=True) if path != "/robots.txt"]
    return [after - before for before, after in pairwise(moments)]


def ingest(web: Web, database: Path, *settings: str) -> None:
    given = [word for setting in settings for word in ("-s", setting)]
    done = newscrawl("ingest", *(web.base_url + path for path in PAGES), *given, "--db", database)
    assert done.returncode == 0, done.stderr


def test_the_crawl_delay_of_robots_txt_is_kept(tmp_path: Path) -> None:
    robots = Answer(b"User-agent: *\nCrawl-delay: 0.7\n", headers={"Content-Type": "text/plain"})
    with loopback_web({"/robots.txt": robots, **PAGES}) as web:
        ingest(web, tmp_path / "news.db", "DOWNLOAD_DELAY_JITTER=0.5")
    found = gaps(web)
    assert len(found) == 2
    assert min(found) >= 0.7 - GRAIN


def test_the_delay_is_a_least_time(tmp_path: Path) -> None:
    with loopback_web(PAGES) as web:
        ingest(web, tmp_path / "news.db", "DOWNLOAD_DELAY=0.7")
    assert min(gaps(web)) >= 0.7 - GRAIN


def test_the_pace_that_a_host_was_found_to_need_is_kept_for_the_next_run(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    throttled = ("AUTOTHROTTLE_ENABLED=True", "AUTOTHROTTLE_START_DELAY=0.01")
    with loopback_web(PAGES) as web:
        ingest(web, database, *throttled)
        with sqlite3.connect(database) as db:
            assert db.execute("SELECT host FROM hosts WHERE delay IS NOT NULL").fetchall() == [("127.0.0.1",)]
            db.execute("UPDATE hosts SET delay = 1.6")  # as if the host had been slow
        web.asked.clear()
        web.moments.clear()
        ingest(web, database, *throttled)
    # AutoThrottle halves a delay that the host does not need, once a response.
    assert gaps(web)[0] >= 0.8 - GRAIN
