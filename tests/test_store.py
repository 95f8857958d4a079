"""Articles in data/news.db: what is stored comes back, what changed is told, nothing is left half written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_news import ARTICLE, KEY, NOON, URL, headline

from pipelines.items import Article, Candidate, NoiseModel, Outcome, Segment
from pipelines.noise.evidence import LearnedBlock
from pipelines.store import Store, database, transaction
from pipelines.store.hosts import Host
from pipelines.store.ledger import key_of
from pipelines.store.rows import article_columns, article_of


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


# Articles


def test_every_field_of_an_article_is_a_column(store: Store, path: Path) -> None:
    columns = {row[1] for row in sqlite3.connect(path).execute("PRAGMA table_info(articles)")}
    assert {field.name for field in fields(Article)} <= columns


CLEAN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(title=CLEAN, body=CLEAN, lead=CLEAN, authors=st.lists(CLEAN), at=st.none() | CLEAN, flag=st.booleans())
def test_an_article_comes_back_from_its_row(
    title: str, body: str, lead: str, authors: list[str], at: str | None, flag: bool
) -> None:
    article = replace(
        ARTICLE, title=title, body=body, lead=lead, authors=tuple(authors), modified_at=at, paywalled=flag
    )
    assert article_of(article_columns(article)) == article


def test_text_that_sqlite_cannot_hold_is_replaced(store: Store, run: int) -> None:
    odd = replace(ARTICLE, title="a\ud800b\0c", authors=("\udfff",))
    store.save(
        odd, segments=[Segment("ticker", "\ud800")], candidates=[Candidate("title", "\0", "meta")], run_id=run, at=NOON
    )
    found = store.article(URL)
    assert found is not None
    assert (found.title, found.authors) == ("a\ufffdb\ufffdc", ("\ufffd",))
    assert store.save(odd, run_id=run, at=NOON) == "unchanged"


def test_stored_then_unchanged_then_updated(store: Store, run: int) -> None:
    later = NOON + timedelta(days=1)
    assert store.save(ARTICLE, page_hash="p1", extractor_version="1", run_id=run, at=NOON) == "stored"
    assert store.save(ARTICLE, page_hash="p2", extractor_version="2", run_id=run, at=later) == "unchanged"
    row = store.explain(URL).article
    assert row is not None
    assert (row["page_hash"], row["extractor_version"], row["updated_at"]) == ("p2", "2", "2025-07-01T12:00:00Z")

    corrected = replace(ARTICLE, title="L'économie numérique recule", word_count=9)
    assert store.save(corrected, page_hash="p3", extractor_version="2", run_id=run, at=later) == "updated"
    story = store.explain("http://maghress.com/fr/challenge/1/?utm_source=rss")
    assert story.article is not None
    assert (story.article["first_stored_at"], story.article["updated_at"]) == (
        "2025-07-01T12:00:00Z",
        "2025-07-02T12:00:00Z",
    )
    first, second = story.revisions
    assert (first["kind"], first["changes"]) == ("stored", {})
    assert (second["kind"], second["page_hash"]) == ("updated", "p3")
    assert second["changes"] == {"title": [ARTICLE.title, corrected.title], "word_count": ["8", "9"]}
    assert store.article(URL) == corrected


def test_another_ticker_is_no_revision(store: Store, run: int) -> None:
    for text in ("Un titre\nDeux titres", "Deux titres\nTrois titres"):
        candidates = [Candidate("title", ARTICLE.title, "site-rule", chosen=True), Candidate("title", text, "meta")]
        store.save(ARTICLE, segments=[Segment("ticker", text)], candidates=candidates, run_id=run, at=NOON)
    story = store.explain(URL)
    assert len(story.revisions) == 1
    assert [segment["text"] for segment in story.segments] == ["Deux titres\nTrois titres"]
    assert [one["value"] for one in story.candidates] == [ARTICLE.title, "Deux titres\nTrois titres"]


def test_a_ticker_on_many_pages_is_kept_once(store: Store, run: int, path: Path) -> None:
    for number in range(3):
        article = replace(ARTICLE, canonical_url=f"{URL}{number}")
        store.save(article, segments=[Segment("ticker", "Un titre"), Segment("share", "Partager")], run_id=run, at=NOON)
    store.commit()
    reader = sqlite3.connect(path)
    assert reader.execute("SELECT count(*) FROM segments WHERE reason = 'ticker'").fetchone() == (3,)
    assert reader.execute("SELECT count(*) FROM segment_texts").fetchone() == (2,)


def test_whether_an_address_leads_anywhere(store: Store, run: int) -> None:
    """To an article of its own, or to that of another address; one that was only heard of leads nowhere."""
    alias = "https://mirror.example/1"
    assert not store.leads_anywhere(KEY, KEY)
    store.record(Outcome(alias, "failed"), run, NOON)
    assert not store.leads_anywhere(key_of(alias), KEY)
    store.save(ARTICLE, run_id=run, at=NOON)
    assert store.leads_anywhere(KEY, "example.org/elsewhere")
    assert store.leads_anywhere("example.org/elsewhere", KEY)
    assert not store.leads_anywhere(key_of(alias), "example.org/elsewhere")
    store.record(Outcome(alias, "stored", canonical_url=URL), run, NOON)
    assert store.leads_anywhere(key_of(alias), "example.org/elsewhere")


def test_a_host_is_known_as_it_was_saved_last(store: Store, path: Path) -> None:
    """By this program at once, by another one after the next commit."""
    assert store.host("example.org").refusals == 0
    store.save_host(Host("example.org", refusals=1))
    assert store.host("example.org").refusals == 1
    store.commit()
    with Store.open(path) as other:
        other.save_host(Host("example.org", refusals=2))
    store.commit()
    assert store.host("example.org").refusals == 2


def test_an_article_stays_with_the_first_site(store: Store, run: int) -> None:
    store.save(replace(ARTICLE, site=""), run_id=run, at=NOON)
    assert store.save(ARTICLE, run_id=run, at=NOON) == "updated"
    assert store.save(replace(ARTICLE, site="turess"), run_id=run, at=NOON) == "unchanged"
    assert store.save(replace(ARTICLE, site=""), run_id=run, at=NOON) == "unchanged"
    assert store.article(URL) == ARTICLE


def test_a_withdrawn_article_leaves_its_last_state(store: Store, run: int) -> None:
    store.save(ARTICLE, segments=[Segment("ticker", "x")], run_id=run, at=NOON)
    assert store.withdraw(KEY, run_id=run, at=NOON)
    assert not store.withdraw(KEY, run_id=run, at=NOON)
    assert store.article(URL) is None
    assert store.search("numérique") == []
    story = store.explain(URL)
    assert (story.article, story.segments) == (None, [])
    assert story.revisions[-1]["kind"] == "withdrawn"
    assert story.revisions[-1]["changes"]["body"] == [ARTICLE.body, None]
    assert store.save(ARTICLE, run_id=run, at=NOON) == "stored"


def test_deleting_all_articles_and_storing_them_again_gives_the_same_rows(store: Store, run: int, path: Path) -> None:
    several = [replace(ARTICLE, canonical_url=f"{URL}{n}", published_at=f"2025-07-0{n}") for n in range(1, 5)]
    for article in several:
        store.save(article, run_id=run, at=NOON)
    before = list(store.articles())
    store.commit()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = on")
        connection.execute("DELETE FROM articles")
    for article in reversed(several):
        store.save(article, run_id=run, at=NOON)
    assert list(store.articles()) == before
    assert len(store.search("numérique")) == 4


# Learned noise


def test_noise_models_are_kept_by_version(store: Store) -> None:
    evidence = [LearnedBlock("text:1", 30, 0.9, "Tous droits réservés", "on half of the articles or more")]
    first = NoiseModel("maghress", 1, frozenset(["text:1", "link:2"]))
    second = NoiseModel("maghress", 2, frozenset(["text:1"]))
    store.noise.save(first, evidence, pages=40, articles=33, at=NOON)
    assert store.noise.models() == {"maghress": first}
    assert store.noise.undone("maghress") == frozenset()
    store.noise.save(second, evidence, undone={"link:2"}, pages=40, articles=33, at=NOON)
    assert store.noise.models() == {"maghress": second}
    assert store.noise.undone("maghress") == {"link:2"}
    store.noise.use("maghress", 1)
    assert store.noise.models() == {"maghress": first}
    store.noise.use("maghress", None)
    assert store.noise.models() == {}


# Transactions


def test_a_reader_sees_what_was_committed_and_never_waits(store: Store, run: int, path: Path) -> None:
    store.commit()
    with Store.open(path, read_only=True, busy_timeout=0) as reader:
        store.save(ARTICLE, run_id=run, at=NOON)
        store.record(Outcome(URL, "stored"), run, NOON)
        assert list(reader.articles()) == []
        assert not reader.is_known(KEY)
        store.commit()
        assert len(list(reader.articles())) == 1
        assert reader.is_known(KEY)


def test_what_belongs_together_is_kept_whole_or_not_at_all(store: Store, run: int) -> None:
    store.save(replace(ARTICLE, canonical_url=f"{URL}7"), run_id=run, at=NOON)
    store.commit()

    def half_a_page() -> None:
        with store.atomic():
            store.save(ARTICLE, run_id=run, at=NOON)
            store.record(Outcome(URL, "stored"), 99, NOON)  # there is no such run

    with pytest.raises(sqlite3.IntegrityError):
        half_a_page()
    assert store.article(URL) is None
    assert store.article(f"{URL}7") is not None


def test_an_error_leaves_nothing_half_written(path: Path) -> None:
    def broken() -> None:
        with Store.open(path) as store:
            store.save(ARTICLE, run_id=store.begin_run(kind="crawl"), at=NOON)
            store.note(headline("feed", 0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    with Store.open(path, read_only=True) as store:
        assert store.runs() == []
        assert store.explain(URL).url is None


def test_a_commit_is_due_after_a_hundred_rows(store: Store, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "COMMIT_SECONDS", float("inf"))
    store.commit()
    for number in range(99):
        store.record(Outcome(f"{URL}{number}", "no-text"), run, NOON)
    assert not store.commit_if_due()
    store.record(Outcome(URL, "no-text"), run, NOON)
    assert store.commit_if_due()
    assert not store.is_due()


def test_a_commit_is_due_a_second_after_the_last(store: Store, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "COMMIT_SECONDS", 0.0)
    store.commit()
    assert not store.is_due()
    store.note(headline("feed", 0))
    assert store.commit_if_due()
    store.record(Outcome(URL, "no-text"), run, NOON)
    assert store.commit_if_due()


def test_a_writer_takes_the_lock_when_it_is_free(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database.time, "sleep", lambda seconds: other.rollback())
    assert store.begin_run(kind="crawl") == 1


KILLED = """
import sys
from datetime import UTC, datetime
from dataclasses import replace
from pipelines.store import Store
from stored_news import ARTICLE, URL

store = Store.open(sys.argv[1])
run = store.begin_run(kind="crawl")
for number in range(30):
    store.save(replace(ARTICLE, canonical_url=f"{URL}{number}"), run_id=run, at=datetime.now(UTC))
    if number == 19:
        store.commit()
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_killed_writer_leaves_what_it_committed(path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": f"{Path(__file__).parent.parent}:{Path(__file__).parent}"},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    with Store.open(path) as store:
        assert len(list(store.articles())) == 20
        store.save(ARTICLE, run_id=1, at=NOON)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")


STEPS = st.sampled_from(["save", "other", "withdraw", "commit", "rollback"])


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from("ABC"), STEPS)))
def test_the_index_always_fits_the_articles(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("fits") / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl")
        store.commit()
        for name, step in steps:
            article = replace(ARTICLE, canonical_url=f"{URL}{name}")
            if step == "withdraw":
                store.withdraw(f"{KEY}{name}", run_id=run, at=NOON)
            elif step in ("save", "other"):
                store.save(replace(article, title=f"{step} {name}"), run_id=run, at=NOON)
            else:
                getattr(store, step)()
        stored = {row["canonical_url"] for row in store.articles()}
        assert {row["canonical_url"] for row in store.search("élus", limit=99)} == stored
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
