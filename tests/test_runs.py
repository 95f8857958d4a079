"""Runs that live, end and die, the locks that tell them apart, and `newscrawl runs` and `status`."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer
from pipelines.figures import RunFigures
from pipelines.items import Outcome
from pipelines.locks import FileLock, is_held, run_lock_path, site_lock_path
from pipelines.store import Store
from tests.command import newscrawl
from tests.stored_news import NOON, URL

HOLDER = """
import sys
from pathlib import Path
from pipelines.items import Outcome
from pipelines.locks import FileLock, site_lock_path
from pipelines.store import Store
from tests.stored_news import NOON, URL
database = Path(sys.argv[1])
lock = FileLock.take(site_lock_path(database, "sample"), "process 4711, since long ago")
store = Store.open(database)
run = store.begin_run(kind="crawl", site="sample")
store.record(Outcome(URL, "http-404"), run, NOON)
store.commit()
print(run, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def holder(database: Path) -> subprocess.Popen[str]:
    """Another process in the middle of a crawl of the sample aggregator."""
    command = [sys.executable, "-c", HOLDER, str(database)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    return process


def states(database: Path) -> list[str]:
    with Store.open(database, read_only=True) as store:
        return [run.state for run in store.runs()]


def test_a_lock_is_held_once_and_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    assert not is_held(path)
    lock = FileLock.take(path, "me")
    assert lock is not None
    assert (is_held(path), FileLock.take(path), path.read_text()) == (True, None, "me\n")
    lock.release()
    lock.release()
    assert (is_held(path), path.exists()) == (False, False)
    again = FileLock.take(path)
    assert again is not None
    again.release()


def test_a_living_run_is_running_and_a_killed_one_has_died(database: Path) -> None:
    process = holder(database)
    try:
        assert states(database) == ["running"]
    finally:
        process.kill()
        process.communicate()
    assert states(database) == ["died"]
    assert run_lock_path(database, 1).exists(), "a killed process removes nothing"
    with Store.open(database) as store:
        store.end_run(store.begin_run(kind="ingest"))
    with sqlite3.connect(database) as written:
        found = written.execute("SELECT state, ended_at, reason FROM runs WHERE id = 1").fetchone()
    assert found == ("died", "2025-07-01T12:00:00Z", "its process ended without a word")
    assert not list(database.parent.glob("*.lock")) or not run_lock_path(database, 1).exists()


def test_a_store_that_is_closed_without_a_word_leaves_a_run_that_died(database: Path) -> None:
    with Store.open(database) as store:
        store.begin_run(kind="crawl", site="sample")
        store.commit()
        assert states(database) == ["running"]
    assert states(database) == ["died"]


def test_a_second_crawl_of_a_site_is_turned_away_until_the_first_is_gone(database: Path) -> None:
    process = holder(database)
    with SampleServer() as server:
        arguments = ["crawl", "sample", "-a", f"base_url={server.base_url}", "--db", database, "--workers", "0"]
        try:
            done = newscrawl(*arguments, "--json")
            assert (done.returncode, server.requests) == (4, [])
            assert "another crawl of sample is running (process 4711, since long ago)" in done.stderr
            assert json.loads(done.stdout)["reason"] == "locked"
            beside = newscrawl(*arguments, "--beside", "-a", "max_pages=1")
            assert beside.returncode == 0, beside.stderr
        finally:
            process.kill()
            process.communicate()
        assert newscrawl(*arguments, "-a", "max_pages=1").returncode == 0
    assert states(database) == ["finished", "finished", "died"]
    assert not site_lock_path(database, "sample").exists()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    database = tmp_path_factory.mktemp("runs") / "news.db"
    with SampleServer() as server:
        done = newscrawl(
            "crawl", "sample", "-a", f"base_url={server.base_url}", "--db", database, "--json", "--workers", "0"
        )
    return database, done


def test_the_figures_of_a_run_are_kept(crawled: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    database, done = crawled
    told = json.loads(done.stdout)
    figures, outcomes = told["figures"], told["outcomes"]
    assert (told["verdict"], told["exit_code"], done.returncode) == ("ok", 0, 0)
    assert figures["articles"] == outcomes["stored"] == sum(figures["languages"].values())
    assert figures["with_title"] == figures["articles"] > figures["with_date"] > 0
    assert figures["requests"] > figures["pages"] > figures["articles"]
    assert figures["bytes"] > 100_000
    assert figures["headlines"] > outcomes["listed"]
    with Store.open(database, read_only=True) as store:
        (run,) = store.runs()
        fetched = sum(one["bytes"] for one in _fetches(database))
    assert run.figures is not None
    assert RunFigures(**figures) == run.figures
    assert run.figures.bytes is not None
    assert run.figures.bytes > fetched, "listings and headers are received too"


def _fetches(database: Path) -> list[dict[str, int]]:
    with sqlite3.connect(database) as connection:
        return [{"bytes": row[0]} for row in connection.execute("SELECT bytes FROM fetches")]


def test_runs_and_status(crawled: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    database, _ = crawled
    listed = newscrawl("runs", "--db", database)
    assert [word in listed.stdout for word in ("sample", "finished", "ok", "verdict")] == [True] * 4, listed.stdout
    told = json.loads(newscrawl("runs", "1", "--json", "--db", database).stdout)
    assert (told["verdict"]["word"], len(told["addresses"])) == ("ok", sum(told["outcomes"].values()))
    one = newscrawl("runs", "1", "--db", database).stdout
    assert "verdict          ok: no baseline yet" in one
    assert "robots\thttp" in one
    assert newscrawl("runs", "9", "--db", database).returncode == 1
    status = newscrawl("status", "--check", "--json", "--db", database)
    assert (status.returncode, json.loads(status.stdout)["sites"][0]["verdict"]["word"]) == (0, "ok")


@pytest.mark.parametrize(
    ("outcomes", "days_ago", "code", "word"),
    [
        ({"listed": 3, "stored": 2}, 0, 0, "ok"),
        ({"listed": 3}, 0, 0, "quiet"),
        ({"http-403": 3}, 0, 3, "blocked"),
        ({"not-listing": 3}, 0, 3, "layout-changed"),
        ({"listed": 3, "stored": 2}, 9, 1, "stale"),
    ],
)
def test_status_check_has_an_exit_code(
    database: Path, outcomes: dict[str, int], days_ago: int, code: int, word: str
) -> None:
    with Store.open(database) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        for name, count in outcomes.items():
            for number in range(count):
                store.record(Outcome(f"{URL}/{name}/{number}", name), run, NOON)
        store.end_run(run)
    started = datetime.now(UTC) - timedelta(days=days_ago)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE runs SET started_at = ?", [started.strftime("%Y-%m-%dT%H:%M:%SZ")])
    done = newscrawl("status", "--check", "--db", database)
    assert (done.returncode, f"maghress is {word}" in done.stdout or word == "ok") == (code, True), done.stdout


def test_a_blocked_site_ends_with_3_and_a_failing_one_with_1(database: Path) -> None:
    with SampleServer() as server:
        paths = {f"/{path.lstrip('/')}" for path in _starts(server)}
        refused = dict.fromkeys(paths, (403, {}, b""))
        broken = {article.path: (500, {}, b"") for article in _articles()[:1]}
    options = ["--db", database, "--workers", "0", "-s", "RETRY_ENABLED=False"]
    with SampleServer(overrides=refused) as server:
        done = newscrawl("crawl", "sample", "-a", f"base_url={server.base_url}", *options)
    assert (done.returncode, "sample is blocked" in done.stderr) == (3, True), done.stderr
    with SampleServer(overrides=broken) as server:
        arguments = ["crawl", "sample", "-a", f"base_url={server.base_url}", *options]
        assert newscrawl(*arguments).returncode == 1
        tolerant = newscrawl("--key", "thresholds.failed_share=0.5", *arguments)
        assert tolerant.returncode == 0, tolerant.stderr


def _starts(server: SampleServer) -> list[str]:
    from newscrawl.sites import all_sites

    site = next(site for site in all_sites() if site.name == "sample")
    spider = site.spider(base_url=server.base_url)
    return [url.removeprefix(server.base_url) for url in spider.start_addresses()]


def _articles() -> list[object]:
    from newscrawl.sample import expected_articles

    return list(expected_articles())
