"""The ledger of data/news.db: URLs, headlines, outcomes, runs and sites."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_news import ARTICLE, KEY, NOON, URL, headline

from pipelines.items import Outcome, Page
from pipelines.store import Store
from pipelines.urls import url_key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return store.begin_run(kind="crawl", site="maghress", arguments="editions=fr", version="1")


# URLs, headlines, outcomes


@pytest.mark.parametrize(
    ("outcome", "known"),
    [
        ("stored", True),
        ("unchanged", True),
        ("not-modified", True),
        ("no-text", True),
        ("language-pt", True),
        ("http-404", True),
        ("too-large", True),
        ("duplicate", True),
        ("http-403", False),
        ("http-429", False),
        ("http-503", False),
        ("timeout", False),
        ("dns", False),
        ("robots", False),
        ("listed", False),
        ("a word of tomorrow", False),
    ],
)
def test_known(store: Store, run: int, outcome: str, known: bool) -> None:
    assert not store.is_known(KEY)
    store.record(Outcome(URL, outcome), run, NOON)
    assert store.is_known(KEY) is known


def test_a_settled_url_stays_settled(store: Store, run: int) -> None:
    store.record(Outcome(URL, "stored"), run, NOON)
    store.record(Outcome(URL, "timeout"), store.begin_run(kind="crawl"), NOON)
    assert store.is_known(KEY)
    url = store.explain(URL).url
    assert url is not None
    assert (url["state"], url["last_outcome"]) == ("done", "timeout")


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        (["stored", "unchanged"], "stored"),
        (["unchanged", "stored"], "stored"),
        (["updated", "unchanged"], "updated"),
        (["timeout", "http-404"], "http-404"),
        (["http-404", "timeout"], "http-404"),
        (["timeout", "dns"], "dns"),
        (["stored", "known"], "stored"),
        (["known", "no-text"], "no-text"),
    ],
)
def test_the_best_outcome_of_a_run_counts(store: Store, run: int, words: list[str], counted: str) -> None:
    for word in words:
        store.record(Outcome(URL, word, "why"), run, NOON)
    assert store.counts(run) == {counted: 1}


def test_known_again_tells_nothing_new(store: Store, run: int) -> None:
    store.record(Outcome(URL, "no-text"), run, NOON)
    store.record(Outcome(URL, "known"), store.begin_run(kind="crawl"), NOON)
    url = store.explain(URL).url
    assert url is not None
    assert url["last_outcome"] == "no-text"


def test_what_is_no_address_has_an_outcome_too(store: Store, run: int) -> None:
    store.record(Outcome("javascript:void(0)", "bad-url", "Only http."), run, NOON)
    assert store.explain("javascript:void(0)").outcomes[0]["detail"] == "Only http."
    assert store.counts(run) == {"bad-url": 1}


def test_an_alias_leads_to_its_article(store: Store, run: int) -> None:
    alias = "https://www.maghress.com/alias/1"
    store.save(ARTICLE, run_id=run, at=NOON)
    store.record(Outcome(alias, "stored", canonical_url=URL), run, NOON)
    story = store.explain(alias)
    assert story.article is not None
    assert story.article["canonical_url"] == URL
    assert [row["title"] for row in store.outcomes(run)] == [ARTICLE.title]


def test_what_is_known_of_a_url(store: Store, run: int) -> None:
    assert store.explain(URL).url is None
    store.note(headline("feed", 0), run)
    page = Page(URL, URL, 200, (), b"<p>", NOON + timedelta(microseconds=5), "maghress")
    store.add_fetch(page, "hash", run)
    store.record(Outcome(URL, "http-500", "The server answered 500."), run, NOON)
    story = store.explain(URL)
    assert story.url is not None
    assert (story.url["state"], story.url["site"], story.url["last_fetched"]) == (
        "failed",
        "maghress",
        "2025-07-01T12:00:00Z",
    )
    assert [row["seen_in"] for row in story.headlines] == ["feed"]
    assert [(row["bytes"], row["fetched_at"]) for row in story.fetches] == [(3, "2025-07-01T12:00:00.000005Z")]
    assert [row["outcome"] for row in story.outcomes] == ["http-500"]


SEEN = [headline("ticker", 1), headline("feed", 4, "Le port s'étend"), headline("listing", 2), headline("feed", 3)]


@pytest.mark.parametrize(("minute", "chosen"), [(0, None), (1, None), (2, 2), (3, 3), (9, 3)])
def test_the_headline_of_a_page_is_the_best_seen_before_it(path: Path, minute: int, chosen: int | None) -> None:
    moment = NOON + timedelta(minutes=minute)
    expected = None if chosen is None else SEEN[chosen]
    for number, order in enumerate(permutations(SEEN)):
        with Store.open(path.with_name(f"{number}.db")) as store:
            for each in order[:2]:
                store.note(each)
            store.commit()
            for each in order[2:]:
                store.note(each)
            assert store.headline_for(KEY, not_after=moment) == expected
            store.commit()
            assert store.headline_for(KEY, not_after=moment) == expected


def test_a_headline_says_what_it_said_first(store: Store, path: Path) -> None:
    store.note(headline("feed", 5, published_raw="il y a 5 minutes", publisher="B"))
    store.commit()
    store.note(headline("feed", 1, published_raw="il y a 1 minute", publisher="A", language="fr"))
    store.note(headline("feed", 9, published_raw="il y a 9 minutes", publisher="C"))
    store.commit()
    (row,) = store.explain(URL).headlines
    assert (row["published_raw"], row["publisher"], row["language"]) == ("il y a 1 minute", "A", "fr")
    assert (row["first_seen"][14:16], row["last_seen"][14:16]) == ("01", "09")


def test_pages_read_again_do_not_count_again(store: Store) -> None:
    for _ in range(2):
        for minute in (1, 2, 3):
            store.note(headline("ticker", minute))
        store.commit()
    (row,) = store.explain(URL).headlines
    assert row["times_seen"] == 3


# Runs and sites


def test_runs_and_sites(store: Store, run: int) -> None:
    store.note(headline("feed", 0), run)
    store.save(ARTICLE, run_id=run, at=NOON)
    store.record(Outcome(URL, "stored", canonical_url=URL), run, NOON)
    store.record(Outcome(f"{URL}9", "timeout"), run, NOON, site="maghress")
    store.record(Outcome("https://www.maghress.com/fr/rss", "listed"), run, NOON, kind="feed", site="maghress")
    store.end_run(run, "interrupted", "SIGTERM")
    store.begin_run(kind="ingest")
    store.commit()
    ingest, crawl = store.runs()
    assert (ingest.kind, ingest.state, ingest.outcomes) == ("ingest", "running", {})
    assert (crawl.site, crawl.arguments, crawl.state, crawl.reason) == (
        "maghress",
        "editions=fr",
        "interrupted",
        "SIGTERM",
    )
    assert crawl.outcomes == {"listed": 1, "stored": 1, "timeout": 1}
    assert [one.id for one in store.runs(site="maghress", limit=1)] == [run]
    (site,) = store.sites()
    assert (site.name, site.articles, site.headlines, site.languages) == ("maghress", 1, 1, {"fr": 1})
    assert site.urls == {"done": 2, "failed": 1}
    assert site.last_run == crawl


# Headlines that were seen again


def times_seen(path: Path) -> list[tuple[str, int]]:
    """As another program reads them."""
    with sqlite3.connect(path) as db:
        return db.execute("SELECT seen_in, times_seen FROM headlines ORDER BY id").fetchall()


def test_a_new_headline_is_written_at_once_and_how_often_it_was_seen_again_a_little_later(
    store: Store, path: Path
) -> None:
    store.note(headline("ticker", 0))
    store.commit(with_repeats=False)
    for minute in (1, 2):
        store.note(headline("ticker", minute))
    store.note(headline("listing", 3))
    store.commit(with_repeats=False)
    assert times_seen(path) == [("ticker", 1), ("listing", 1)]
    store.commit()
    assert times_seen(path) == [("ticker", 3), ("listing", 1)]
    url = store.explain(URL).url
    assert url is not None
    assert (url["first_seen"], url["last_seen"]) == ("2025-07-01T12:00:00Z", "2025-07-01T12:03:00Z")


@settings(deadline=None)  # it opens two files for each case
@given(
    st.lists(
        st.tuples(st.sampled_from(["ticker", "feed"]), st.sampled_from(["A", "B"]), st.booleans(), st.booleans()),
        max_size=30,
    )
)
def test_it_makes_no_difference_when_headlines_are_written(seen: list[tuple[str, str, bool, bool]]) -> None:
    """In which commit a sighting goes, and in which form its address was printed."""
    found = []
    for commits in (True, False):
        with TemporaryDirectory() as folder, Store.open(Path(folder) / "news.db") as store:
            for minute, (place, title, secure, commit) in enumerate(seen):
                url = URL if secure else URL.replace("https:", "http:")
                store.note(replace(headline(place, minute, title), url=url))
                if commit and commits:
                    store.commit(with_repeats=minute % 2 == 0)
            explained = store.explain(URL)
        rows = sorted((row | {"id": 0} for row in explained.headlines), key=str)
        found.append((explained.url and explained.url | {"url": ""}, rows))
    assert found[0] == found[1]
    assert sum(row["times_seen"] for row in found[0][1]) == len(seen)


def test_a_rollback_forgets_headlines_that_were_not_committed(store: Store, path: Path) -> None:
    store.note(headline("ticker", 0))
    store.explain(URL)  # writes what waits
    store.rollback()
    store.note(headline("feed", 1))
    store.commit()
    assert times_seen(path) == [("feed", 1)]


def test_a_headline_is_a_promise_at_once_and_a_row_when_its_language_is_known(store: Store, path: Path) -> None:
    store.note(headline("feed", 0, "Le port rouvre"), language_follows=True)
    store.note(headline("feed", 1, "Le port rouvre"), language_follows=True)
    promised = store.headline_for(url_key(URL), not_after=headline("feed", 5).seen_at)
    assert promised is not None
    assert promised.title == "Le port rouvre"
    store.note(headline("listing", 2, "Le maire parle", language="fr"))
    store.commit()
    assert times_seen(path) == [("listing", 1)]
    store.tell_languages({"Le port rouvre": "fr", "Le maire parle": "en"})
    store.commit()
    assert times_seen(path) == [("listing", 1), ("feed", 2)]
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT DISTINCT language FROM headlines").fetchall() == [("fr",)]


def test_a_headline_whose_language_is_known_elsewhere_waits_no_longer(store: Store, path: Path) -> None:
    store.note(headline("feed", 1), language_follows=True)
    store.note(headline("feed", 0, language="es"))
    store.note(headline("feed", 2), language_follows=True)
    store.commit()
    assert times_seen(path) == [("feed", 3)]
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT language FROM headlines").fetchall() == [("es",)]
