"""The whole way, as a newcomer goes it: the demo, then the commands that it names."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer, expected_articles, expected_outcomes
from newscrawl.sample.check import differences
from pipelines.store import Store
from tests.command import newscrawl

ARTICLES = expected_articles()


@dataclass(frozen=True)
class Crawled:
    database: Path
    server: SampleServer
    summary: str

    @property
    def base_url(self) -> str:
        return f"base_url={self.server.base_url}"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The sample aggregator, crawled once with worker processes."""
    database = tmp_path_factory.mktemp("crawled") / "news.db"
    with SampleServer() as server:
        done = newscrawl("crawl", "sample", "-a", f"base_url={server.base_url}", "--db", database)
        assert done.stdout == ""
        yield Crawled(database, server, done.stderr)


def test_the_demo_stores_what_its_pages_hold_and_says_what_to_type_next(tmp_path: Path) -> None:
    done = newscrawl("demo", folder=tmp_path)
    assert (done.returncode, done.stderr.count("newscrawl: ")) == (0, 0), done.stderr
    assert done.stdout.startswith(f"{len(ARTICLES)} articles in data/demo.db")
    assert all(article.title[:40] in done.stdout for article in ARTICLES)
    for command in ("search", "export", "crawl maghress"):
        assert f"newscrawl {command}" in done.stdout
    assert "fetched" in done.stderr, "progress is shown while it works"


def test_every_article_once_no_noise_and_an_outcome_for_every_address(crawled: Crawled) -> None:
    with Store.open(crawled.database, read_only=True) as store:
        assert differences(store, crawled.server.base_url) == []
        asked = {request.path for request in crawled.server.requests} - {"/robots.txt"}
        outcomes = {path: store.explain(crawled.server.base_url + path).outcomes for path in asked}
    assert [path for path, found in outcomes.items() if not found] == []


def test_the_check_finds_what_is_wrong(crawled: Crawled, tmp_path: Path) -> None:
    copy = tmp_path / "news.db"
    with sqlite3.connect(crawled.database) as original, sqlite3.connect(copy) as other:
        original.backup(other)
    with sqlite3.connect(copy) as other:
        other.execute("UPDATE articles SET body = body || char(10, 10) || 'x' WHERE id = 1")
        other.execute("DELETE FROM articles WHERE id = 2")
        other.execute("DELETE FROM outcomes WHERE outcome = 'robots'")
    with Store.open(copy, read_only=True) as store:
        found = differences(store, crawled.server.base_url)
    assert sorted(sentence.split(" ", 1)[1][:17] for sentence in found) == [
        "body is 'x', and ",
        "has no outcome.",
        "is not stored.",
    ]


def test_a_second_crawl_fetches_no_article_and_says_how_many_are_known(crawled: Crawled) -> None:
    before = len(crawled.server.requests)
    done = newscrawl("crawl", "sample", "-a", crawled.base_url, "--db", crawled.database)
    known = len(expected_articles()) + sum(not word.startswith("http") for word in expected_outcomes().values())
    assert done.stderr.splitlines()[-1] == "Known articles are not fetched again; --refetch does."
    assert "sample: 0 new, 0 changed, 0 unchanged" in done.stderr
    articles = {article.path for article in ARTICLES}
    assert not articles & {request.path for request in crawled.server.requests[before:]}
    assert known > len(ARTICLES)


def test_refetch_fetches_again_and_finds_nothing_changed(crawled: Crawled) -> None:
    done = newscrawl("crawl", "sample", "-a", crawled.base_url, "--refetch", "--db", crawled.database, "--json")
    (summary,) = map(json.loads, done.stdout.splitlines())
    changes = "SELECT field, old_value, new_value FROM revision_changes JOIN revisions r ON r.id = revision_id"
    with sqlite3.connect(crawled.database) as database:
        changed = database.execute(f"{changes} WHERE r.kind = 'updated'").fetchall()
    assert changed == []
    assert summary["outcomes"]["unchanged"] == len(ARTICLES)
    assert "stored" not in summary["outcomes"]
    assert "updated" not in summary["outcomes"]


def test_export_search_and_status(crawled: Crawled, tmp_path: Path) -> None:
    wanted = sorted(article.title for article in ARTICLES if article.language == "es")
    done = newscrawl("export", "--language", "es", "--format", "csv", "--db", crawled.database)
    assert sorted(row["title"] for row in csv.DictReader(io.StringIO(done.stdout))) == wanted
    file = tmp_path / "es.jsonl"
    assert newscrawl("export", "--language", "es", "-o", file, "--db", crawled.database).returncode == 0
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert sorted(row["title"] for row in rows) == wanted
    bodies = {article.canonical_url: article.body for article in ARTICLES}
    assert all(bodies[row["canonical_url"]] == row["body"] for row in rows)

    some = ARTICLES[0]
    done = newscrawl("search", f'"{some.title}"', "--db", crawled.database)
    assert some.title in done.stdout
    assert some.canonical_url in done.stdout
    done = newscrawl("status", "--json", "--db", crawled.database)
    (site,) = json.loads(done.stdout)["sites"]
    assert site["articles"] == len(ARTICLES)


def test_the_same_export_twice_is_the_same_bytes(crawled: Crawled) -> None:
    first, second = (newscrawl("export", "--format", "jsonl", "--db", crawled.database).stdout for _ in range(2))
    assert first == second
    assert len(first.splitlines()) == len(ARTICLES)


def test_ticker_headlines_are_kept_with_their_own_language(crawled: Crawled) -> None:
    with sqlite3.connect(crawled.database) as database:
        found = database.execute(
            "SELECT language, count(DISTINCT title) FROM headlines WHERE seen_in = 'ticker' GROUP BY 1"
        ).fetchall()
    assert {language for language, _ in found} >= {"fr", "en", "es", "ar"}


def test_ingest_fetches_one_url_and_prints_its_outcome(crawled: Crawled, tmp_path: Path) -> None:
    article = ARTICLES[0]
    url = crawled.server.base_url + article.path
    gone = f"{crawled.server.base_url}/no/such/page"
    database = tmp_path / "one.db"
    done = newscrawl("ingest", url, "--db", database)
    assert (done.returncode, done.stdout) == (0, f"stored\t{url}\t{article.title}\n")
    done = newscrawl(
        "ingest", "-", "--json", "--allow-private", "--db", database, stdin=f"# a list\n{url}\n\n{gone}\nnonsense\n"
    )
    outcomes = {row["url"]: row["outcome"] for row in map(json.loads, done.stdout.splitlines())}
    assert (done.returncode, outcomes) == (1, {url: "unchanged", gone: "http-404", "nonsense": "bad-url"})


def test_check_and_capture(crawled: Crawled, tmp_path: Path) -> None:
    done = newscrawl("check", "sample", "-a", crawled.base_url)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "sample fits its rules.")
    folder = tmp_path / "captured"
    assert newscrawl("capture", "sample", "-a", crawled.base_url, "-o", folder).returncode == 0
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert {file.name for file in folder.iterdir()} == {"feed.xml", "listing.html", "article.html", "expected.json"}
    assert expected["article"]["title"] in {article.title for article in ARTICLES}
    assert len(expected["feed"]) > 10
    again = newscrawl("capture", "sample", "-a", crawled.base_url, "-o", folder)
    assert again.returncode == 2


def test_check_says_when_a_layout_no_longer_fits() -> None:
    paths = [article.path for article in ARTICLES]
    redesigned = b"<html><head><title>New</title></head><body><main><h1>New design</h1></main></body></html>"
    with SampleServer(overrides={path: (200, {"Content-Type": "text/html"}, redesigned) for path in paths}) as server:
        done = newscrawl("check", "sample", "-a", f"base_url={server.base_url}")
    assert done.returncode == 3
    assert "no article has a body" in done.stderr
    blocked = {path: (403, {}, b"") for path in paths}
    with SampleServer(overrides=blocked) as server:
        done = newscrawl("check", "sample", "-a", f"base_url={server.base_url}")
    assert done.returncode == 3
    assert "answered 403" in done.stderr
