"""Nothing is lost: a crawl that is killed at any moment ends, once it is run again, as if nothing had happened."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer
from pipelines.archive import Archive
from pipelines.store.database import begin_immediate
from pipelines.store.outcomes import rank
from pipelines.store.run_history import DIED
from tests import small_disk
from tests.doomed_crawl import finish, run_crawl, start_crawl
from tests.many_articles import many_articles

NUMBER = 2000
IN_FLIGHT = 3 * 16
"""Requests that are fetched again after a kill: those in the engine's hands, and those since the last commit."""


@dataclass(frozen=True)
class Ending:
    """What a database holds in the end, but for numbers and times."""

    articles: dict[str, tuple[str, ...]]
    outcomes: dict[str, str]
    headlines: set[tuple[str, ...]]


def ending(database: Path, base_url: str) -> Ending:
    with sqlite3.connect(database) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
        assert db.execute("SELECT count(*) FROM frontier").fetchone() == (0,), "something still waits"
        articles = [tuple(row) for row in db.execute("SELECT canonical_url, title, body, language FROM articles")]
        best: dict[str, str] = {}
        for url, word in db.execute("SELECT url, outcome FROM outcomes JOIN urls USING (url_key)"):
            path = url.removeprefix(base_url)
            best[path] = max(best.get(path, "known"), word, key=rank)
        seen = {tuple(row) for row in db.execute("SELECT title, aggregator, seen_in FROM headlines")}
        pages = {row[0] for row in db.execute("SELECT page_hash FROM articles")}
    with sqlite3.connect(Archive.path_for(database)) as archive:
        assert archive.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert pages <= {row[0] for row in archive.execute("SELECT hash FROM bodies")}, "an article without its page"
    assert len(articles) == len({article[0] for article in articles}), "an article is stored twice"
    return Ending({article[0]: article[1:] for article in articles}, best, seen)


def asked(server: SampleServer) -> Counter[str]:
    """How often each article was asked for; forgets it."""
    counted = Counter(request.path for request in server.requests if request.path.rpartition("/")[2].isdigit())
    server.requests.clear()
    return counted


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer(web=many_articles(NUMBER)) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Ending:
    database = tmp_path_factory.mktemp("undisturbed") / "news.db"
    assert run_crawl(database, server.base_url)["reason"] == "finished"
    assert set(asked(server).values()) == {1}
    found = ending(database, server.base_url)
    assert len(found.articles) == NUMBER - NUMBER // 50
    return found


def killed(database: Path, server: SampleServer, moment: str, count: int) -> None:
    """Crawl until the process is dead."""
    crawl = start_crawl(database, server.base_url, moment=moment, count=count)
    crawl.communicate(timeout=300)
    assert crawl.returncode == -signal.SIGKILL, f"it outlived {moment} {count}"


def test_killed_at_five_moments_and_resumed(server: SampleServer, undisturbed: Ending, tmp_path: Path) -> None:
    database, chance = tmp_path / "news.db", random.Random(4)
    counts = {"fetch": 400, "found": 20, "commit": 25, "item": 300, "archived": 25}
    for moment, most in counts.items():
        killed(database, server, moment, chance.randint(most // 2, most))
    assert run_crawl(database, server.base_url)["reason"] == "finished"
    fetched = asked(server)
    assert sum(fetched.values()) - len(fetched) <= len(counts) * IN_FLIGHT
    assert ending(database, server.base_url) == undisturbed
    with sqlite3.connect(database) as db:
        reasons = [row[0] for row in db.execute("SELECT reason FROM runs ORDER BY id")]
    assert reasons == [DIED] * len(counts) + ["finished"]
    assert [one.name for one in tmp_path.iterdir() if ".run-" in one.name] == []


def test_two_processes_share_the_work_and_one_is_killed(
    server: SampleServer, undisturbed: Ending, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    doomed = start_crawl(database, server.base_url, moment="fetch", count=250)
    other = start_crawl(database, server.base_url)
    doomed.communicate(timeout=300)
    assert doomed.returncode == -signal.SIGKILL
    assert finish(other)["reason"] == "finished"
    fetched = asked(server)
    assert sum(fetched.values()) - len(fetched) <= IN_FLIGHT
    assert ending(database, server.base_url) == undisturbed


SMALL = 60
SLOWLY = {"DOWNLOAD_DELAY": 0.05}
"""The crawl must not be over before another program has its lock."""


@pytest.fixture(scope="module")
def small_server() -> Iterator[SampleServer]:
    with SampleServer(web=many_articles(SMALL)) as running:
        yield running


@pytest.fixture(scope="module")
def small(small_server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Ending:
    database = tmp_path_factory.mktemp("small") / "news.db"
    run_crawl(database, small_server.base_url)
    asked(small_server)
    return ending(database, small_server.base_url)


@pytest.mark.parametrize("moment", ["request", "lease", "committed"])
def test_killed_early(small_server: SampleServer, small: Ending, tmp_path: Path, moment: str) -> None:
    database = tmp_path / "news.db"
    killed(database, small_server, moment, 3)
    assert run_crawl(database, small_server.base_url)["reason"] == "finished"
    assert ending(database, small_server.base_url) == small


@pytest.mark.skipif(not small_disk.can_be_made(), reason="this system lets nobody mount a small disk")
def test_a_full_disk_ends_the_crawl_and_loses_nothing(
    small_server: SampleServer, small: Ending, tmp_path: Path
) -> None:
    first, second = small_disk.crawl_twice(tmp_path, 3_000_000, small_server.base_url)
    assert first["reason"] == "storage"
    assert "disk" in first["error"].lower()
    assert second["reason"] == "finished"
    with sqlite3.connect(tmp_path / "news.db") as db:
        (begun,) = db.execute("SELECT count(*) FROM articles WHERE first_run_id = 1").fetchone()
    assert 0 < begun < len(small.articles), "the disk was full in the middle"
    assert ending(tmp_path / "news.db", small_server.base_url) == small


def test_a_quota_ends_the_crawl_and_loses_nothing(small_server: SampleServer, small: Ending, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    done = run_crawl(database, small_server.base_url, file_bytes=400_000)
    assert done["reason"] == "storage"
    assert "disk" in done["error"].lower()
    assert run_crawl(database, small_server.base_url)["reason"] == "finished"
    assert ending(database, small_server.base_url) == small


def test_a_database_that_another_program_locks_is_waited_for(
    small_server: SampleServer, small: Ending, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    crawl = start_crawl(database, small_server.base_url, settings=SLOWLY)
    with locked_once_written(database):
        done = finish(crawl)
    assert done["reason"] == "finished"
    assert ending(database, small_server.base_url) == small


def test_a_database_that_stays_locked_ends_the_crawl_and_loses_nothing(
    small_server: SampleServer, small: Ending, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    crawl = start_crawl(database, small_server.base_url, settings=SLOWLY | {"NEWSCRAWL_LOCK_SECONDS": 0.5})
    with locked_once_written(database, until=crawl):
        done = finish(crawl)
    assert done["reason"] == "storage"
    assert "locked by another program" in done["error"]
    assert run_crawl(database, small_server.base_url)["reason"] == "finished"
    assert ending(database, small_server.base_url) == small


@contextmanager
def locked_once_written(database: Path, until: subprocess.Popen[str] | None = None) -> Iterator[None]:
    """Another program that takes the write lock when the crawl has stored something: a backup, for half a minute.

    Or until a crawl has ended. What is waited for is the fault itself.
    """

    def hold() -> None:
        while not stored(database):
            pause.wait(0.01)
        with sqlite3.connect(database, timeout=60, isolation_level=None) as db:
            begin_immediate(db, 60)
            if until is None:
                pause.wait(30)
            else:
                until.wait(60)
            db.execute("ROLLBACK")

    pause = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    try:
        yield
    finally:
        pause.set()
        holder.join()


def stored(database: Path) -> bool:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
            return bool(db.execute("SELECT count(*) FROM outcomes").fetchone()[0] > 5)
    except sqlite3.Error:
        return False
