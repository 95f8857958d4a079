"""What a second run asks: listings that may have changed, articles that are due, and what an earlier run left."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer, expected_articles
from pipelines.items import Outcome
from pipelines.store import Store
from pipelines.store.dues import Rhythm, next_poll, next_try, next_visit
from tests.command import newscrawl
from tests.doomed_crawl import run_crawl, start_crawl

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "published", "due"),
    [
        (0 * HOUR, None, 1 * HOUR),
        (1 * HOUR, None, 6 * HOUR),
        (2 * HOUR, None, 6 * HOUR),
        (6 * HOUR, None, 1 * DAY),
        (3 * DAY, None, 7 * DAY),
        (7 * DAY, None, None),
        (0 * HOUR, NOON - 2 * DAY, 1 * HOUR),
        (0 * HOUR, NOON - 8 * DAY, None),
    ],
)
def test_articles_are_visited_again_ever_more_seldom(
    age: timedelta, published: datetime | None, due: timedelta | None
) -> None:
    found = next_visit(NOON, published, NOON + age, Rhythm())
    assert found == (None if due is None else NOON + due)
    assert next_visit(NOON, published, NOON + age, Rhythm(revisits=())) is None


def test_a_listing_is_polled_as_often_as_it_changes_between_bounds() -> None:
    rhythm = Rhythm(poll_least=300, poll_most=7200)
    seconds, busy, quiet = None, [], []
    for _ in range(5):
        seconds = next_poll(seconds, True, rhythm)
        busy.append(seconds)
    for _ in range(9):
        seconds = next_poll(seconds, False, rhythm)
        quiet.append(seconds)
    assert busy == [900, 450, 300, 300, 300]
    assert quiet == [450, 675, 1012, 1518, 2277, 3415, 5122, 7200, 7200]


@pytest.mark.parametrize(
    ("word", "attempts", "due"),
    [
        ("timeout", 1, 0 * HOUR),
        ("timeout", 2, 1 * HOUR),
        ("http-503", 4, 1 * DAY),
        ("dns", 99, 7 * DAY),
        ("http-404", 1, None),
        ("no-text", 1, None),
    ],
)
def test_what_failed_is_tried_again(word: str, attempts: int, due: timedelta | None) -> None:
    assert next_try(word, attempts, NOON) == (None if due is None else NOON + due)


def test_outcomes_say_when_a_url_is_due(tmp_path: Path) -> None:
    url, key = "https://www.maghress.com/fr/challenge/1", "maghress.com/fr/challenge/1"
    with Store.open(tmp_path / "news.db") as store:

        def row() -> dict[str, object]:
            found = store.explain(url).url
            assert found is not None
            return found

        run = store.begin_run(kind="crawl", site="maghress")
        store.record(Outcome(url, "timeout"), run, NOON)
        assert (row()["attempts"], row()["next_due"], store.is_put_off(key, NOON)) == (1, "2026-03-01T12:00:00Z", False)
        store.record(Outcome(url, "timeout"), store.begin_run(kind="crawl"), NOON)
        assert (row()["attempts"], row()["next_due"], store.is_put_off(key, NOON)) == (2, "2026-03-01T13:00:00Z", True)
        store.record(Outcome(url, "not-selected"), store.begin_run(kind="crawl"), NOON)
        assert (row()["attempts"], row()["next_due"]) == (2, "2026-03-01T13:00:00Z")
        store.record(Outcome(url, "http-410"), run, NOON + HOUR)
        assert (row()["attempts"], row()["next_due"]) == (0, None)


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer() as running:
        yield running


def crawl(server: SampleServer, database: Path, *options: str, codes: tuple[int, ...] = (0, 1)) -> str:
    base_url = f"base_url={server.base_url}"
    few = ("-a", "editions=en", "-a", "newspapers=none", "--workers", "0")
    done = newscrawl("crawl", "sample", "-a", base_url, *few, "--db", database, *options)
    assert done.returncode in codes, done.stderr
    return done.stderr


def since(server: SampleServer) -> list[tuple[str, int]]:
    """Paths and statuses that were asked for since the last time, without robots.txt."""
    asked = [(request.path, request.status) for request in server.requests if request.path != "/robots.txt"]
    server.requests.clear()
    return asked


def test_a_second_run_asks_for_listings_alone_and_a_due_article_is_looked_at_again(
    server: SampleServer, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    articles = {article.path for article in expected_articles()}
    crawl(server, database)
    first = {path for path, _ in since(server)}
    said = crawl(server, database)
    again = since(server)
    assert {path for path, _ in again} == first - articles - {
        path for path in first if path.rpartition("/")[2].isdigit()
    }
    assert {status for _, status in again} == {304}
    known = len(articles & first)
    assert "sample: 0 new, 0 changed, 0 unchanged," in said
    assert int(said.partition(" unchanged, ")[2].partition(" known")[0]) >= known
    assert f"({len(again)} not modified)" in said

    path = min(articles & first)
    make_due(database, server.base_url + path)
    crawl(server, database)
    assert [one for one in since(server) if one[0] in articles] == [(path, 304)]
    assert last_outcome(database, server.base_url + path) == "not-modified"
    server.web.edit(path, title="A title that was corrected")
    make_due(database, server.base_url + path)
    crawl(server, database)
    assert [one for one in since(server) if one[0] in articles] == [(path, 200)]
    assert last_outcome(database, server.base_url + path) == "updated"


def make_due(database: Path, url: str) -> None:
    with sqlite3.connect(database) as db:
        changed = db.execute("UPDATE urls SET next_due = '2020-01-01T00:00:00Z' WHERE url = ?", (url,)).rowcount
    assert changed == 1


def last_outcome(database: Path, url: str) -> str:
    with Store.open(database, read_only=True) as store:
        return str(store.explain(url).outcomes[-1]["outcome"])


def test_only_what_is_due_and_only_so_many(server: SampleServer, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    crawl(server, database, "--max-pages", "3")
    articles = {article.path for article in expected_articles()}
    assert 1 <= len([path for path, _ in since(server) if path in articles]) <= 3  # others redirect or are gone
    crawl(server, database)
    assert len([path for path, _ in since(server) if path in articles]) > 3
    said = crawl(server, database, "--due")
    assert since(server) == []
    assert "not due" in said


def test_what_was_over_the_limit_is_fetched_by_the_next_crawls(server: SampleServer, tmp_path: Path) -> None:
    """Also where no listing is due that would name it once more."""
    limited, whole = tmp_path / "limited.db", tmp_path / "whole.db"
    for _ in range(2):
        crawl(server, limited, "--max-pages", "4")
        assert 0 < len([path for path, _ in since(server) if path.rpartition("/")[2].isdigit()]) <= 4 + 2  # redirects
    crawl(server, limited, "--due")
    asked = [path for path, _ in since(server)]
    assert asked
    assert all(path.rpartition("/")[2].isdigit() for path in asked), "no listing was due"
    crawl(server, whole)
    assert stored(limited) == stored(whole)


def stored(database: Path) -> set[str]:
    with Store.open(database, read_only=True) as store:
        return {str(row["canonical_url"]) for row in store.articles()}


def test_the_bounds_of_polling_are_the_configured_ones(server: SampleServer, tmp_path: Path) -> None:
    database, config = tmp_path / "news.db", tmp_path / "newscrawl.toml"
    config.write_text('[polling]\nleast = "1h"\nmost = "2h"\n[sites.sample]\npolling_most = "3h"\n')
    base_url = f"base_url={server.base_url}"
    for _ in range(2):
        newscrawl("--config", config, "crawl", "sample", "-a", base_url, "--workers", "0", "--db", database)
    with sqlite3.connect(database) as db:
        polled = "UPDATE urls SET poll_seconds = 10000, next_due = NULL WHERE poll_seconds IS NOT NULL"
        assert db.execute(polled).rowcount > 1
    newscrawl("--config", config, "crawl", "sample", "-a", base_url, "--workers", "0", "--db", database)
    with sqlite3.connect(database) as db:
        found = {row[0] for row in db.execute("SELECT DISTINCT poll_seconds FROM urls WHERE poll_seconds IS NOT NULL")}
    assert found == {3 * 3600}, "nothing changed: half as long again, but three hours at most"


def test_what_a_killed_run_left_is_not_made_by_one_that_did_not_select_it(server: SampleServer, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    english, french = {"editions": "en", "newspapers": "none"}, {"editions": "fr", "newspapers": "none"}
    start_crawl(database, server.base_url, arguments=english, moment="fetch", count=12).communicate(timeout=60)
    with sqlite3.connect(database) as db:
        left = [row[0] for row in db.execute("SELECT url FROM frontier WHERE kind = 'article'")]
    assert left
    since(server)
    run_crawl(tmp_path / "other.db", server.base_url, arguments=french)
    named_in_french = {path for path, _ in since(server)}
    run_crawl(database, server.base_url, arguments=french)
    assert {path for path, _ in since(server)} <= named_in_french
    assert run_crawl(database, server.base_url, arguments=english)["reason"] == "finished"
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT count(*) FROM frontier").fetchone() == (0,)


def test_a_host_that_asks_to_be_left_alone_is_left_alone_by_the_next_run_too(
    server: SampleServer, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    server.overrides["/en"] = (429, {"Retry-After": "3600"}, b"")
    crawl(server, database, codes=(3,))
    assert ("/en", 429) in since(server)
    said = crawl(server, database, codes=(3,))
    assert since(server) == []
    assert "resting" in said
    assert "sample is blocked" in said
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT count(*) FROM frontier").fetchone() > (0,), "what was found waits"
        db.execute("UPDATE hosts SET not_before = '2020-01-01T00:00:00Z'")
    del server.overrides["/en"]
    crawl(server, database)
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT count(*) FROM frontier").fetchone() == (0,)
        assert db.execute("SELECT refusals FROM hosts").fetchall() == [(0,)]


def test_a_short_rest_is_waited_for(server: SampleServer, tmp_path: Path) -> None:
    server.overrides["/en"] = (503, {"Retry-After": "0"}, b"")
    crawl(server, tmp_path / "news.db")
    assert [status for path, status in since(server) if path == "/en"] == [503, 503, 503]
