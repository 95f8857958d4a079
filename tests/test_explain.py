"""`newscrawl explain`: the whole story of an address, for people and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.story import due, tell
from pipelines.items import Candidate, Outcome, Page, Segment
from pipelines.store import Store
from tests.command import newscrawl
from tests.stored_news import ARTICLE, NOON, URL, headline

MIRROR = "http://127.0.0.1:9/fr/challenge/1"
LATER = NOON + timedelta(hours=6)
REMOVED = (Segment("ticker", "Un titre"), Segment("ticker", "Un autre"), Segment("share", "Partager"))
CANDIDATES = (Candidate("publisher", "Challenge", "site-rule", True), Candidate("publisher", "Maghress", "opengraph"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An article that was announced, failed once, was stored, and changed six hours later."""
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        first = store.begin_run(kind="crawl", site="maghress")
        store.note(headline("feed", 0, published_raw="il y a une heure"), first)
        store.note(headline("ticker", 3), first)
        store.record(Outcome(URL, "timeout", "The server did not answer in time."), first, NOON)
        second, third = (store.begin_run(kind="crawl", site="maghress") for _ in range(2))
        changed = replace(ARTICLE, title="L'économie numérique recule")
        for run, article, at in ((second, ARTICLE, NOON), (third, changed, LATER)):
            store.add_fetch(Page(MIRROR, f"{MIRROR}?p=1", 200, (), b"<html>", at, "maghress"), "c0ffee", run)
            saved = store.save(article, segments=REMOVED, candidates=CANDIDATES, page_hash="c0ffee", run_id=run, at=at)
            store.record(Outcome(MIRROR, saved, canonical_url=URL), run, at)
        for run in (first, second, third):
            store.end_run(run)
    return path


STORY = [
    "article of maghress",
    f"also {MIRROR}",
    "feed of maghress",
    "il y a une heure",
    "ticker of maghress",
    "timeout: The server did not answer in time.",
    "HTTP 200, 6 bytes, run 2",
    "2025-07-01T18:00:00.000000Z  HTTP 200, 6 bytes, run 3",
    f"asked as {MIRROR}",
    f"answered by {MIRROR}?p=1",
    "* publisher      site-rule    Challenge",
    "  publisher      opengraph    Maghress",
    "ticker, 2: Un titre | Un autre",
    "title: L'économie numérique avance",
    "→ L'économie numérique recule",
    "Due again: not by itself",
]


@pytest.mark.parametrize("form", [URL, URL.replace("https://www.", "http://") + "/?utm_source=rss"])
def test_the_story_of_an_article(database: Path, form: str) -> None:
    done = newscrawl("explain", form, "--db", database)
    assert done.returncode == 0, done.stderr
    assert [line for line in STORY if line not in done.stdout] == []


def test_an_alias_says_where_its_article_is(database: Path) -> None:
    done = newscrawl("explain", MIRROR, "--db", database)
    assert f"kept under its own address {URL}" in done.stdout
    assert "timeout" not in done.stdout, "that was another address"
    assert "Due again: 2025-07-02T12:00:00Z" in done.stdout


def test_as_json_with_whole_values(database: Path) -> None:
    told = json.loads(newscrawl("explain", URL, "--json", "--db", database).stdout)
    assert [one["outcome"] for one in told["outcomes"]] == ["timeout", "stored", "updated"]
    assert [one["status"] for one in told["fetches"]] == [200, 200]
    assert [one["text"] for one in told["segments"]] == [one.text for one in REMOVED]
    assert told["revisions"][1]["changes"]["title"] == [ARTICLE.title, "L'économie numérique recule"]
    assert told["article"]["authors"] == list(ARTICLE.authors)
    assert told["due"]


def test_an_address_nobody_heard_of(database: Path) -> None:
    done = newscrawl("explain", "https://example.org/unheard", "--db", database)
    assert (done.returncode, done.stdout) == (1, "")
    assert "was never heard of" in done.stderr


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ({"kind": "listing", "state": "done", "site": "maghress"}, "with the next crawl."),
        ({"kind": "article", "state": "found", "site": "maghress"}, "with the next crawl of maghress."),
        ({"kind": "article", "state": "failed", "site": None}, "with the next crawl of its site."),
    ],
)
def test_when_it_is_due(url: dict[str, str], sentence: str) -> None:
    assert due(url) == sentence


def test_a_story_without_an_article(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        store.note(headline("ticker", 0))
        lines = "\n".join(tell(store.explain(URL)))
    assert "Fetched: never" in lines
    assert "Outcomes: none" in lines
