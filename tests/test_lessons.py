"""Noise is learned from the archive when it is time, articles are read again without it, and all can be undone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from pipelines.archive import Archive
from pipelines.extraction_pool import Rulebook
from pipelines.items import NoiseModel, SiteRules
from pipelines.noise_lessons import is_due, teach
from pipelines.reextraction import is_up_to_date, reextract
from pipelines.run import Run
from pipelines.store import Store
from tests import relais
from tests.command import newscrawl
from tests.loopback_web import loopback_web
from tests.noise_layouts import above, amid, cards, cell, dashes, in_a_sentence, linked_lines, row_of_gaps
from tests.noise_site import LEGAL, stories
from tests.relais import LATER, LEARNED, SEEN, TOLD, Layout
from tests.spider_process import PROJECT

LAYOUT: Layout = (cards, amid)
PAGES = [relais.page_of(story, LAYOUT) for story in TOLD[:30]]


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site crawled, nothing learned yet."""
    path = tmp_path_factory.mktemp("untaught") / "news.db"
    relais.keep(path, PAGES)
    return path


@pytest.fixture
def database(untaught: Path, tmp_path: Path) -> Path:
    """The same, for this test alone."""
    shutil.copytree(untaught.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "news.db"


def export(database: Path) -> list[dict[str, object]]:
    with Store.open(database, read_only=True) as store:
        return list(store.articles())


# A site that a user declares, crawled as a user crawls it


@dataclass(frozen=True)
class Crawled:
    database: Path
    first: str
    second: str
    third: str


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Sixty articles, then ten more, then none."""
    database = tmp_path_factory.mktemp("relais") / "news.db"
    with loopback_web(relais.web_of(TOLD, LAYOUT)) as web:

        def crawl() -> str:
            site = ["relais", "-a", f"base_url={web.base_url}"]
            done = newscrawl("crawl", *site, "--db", database, folder=PROJECT, NEWSCRAWL_SPIDERS="tests.relais")
            assert done.returncode == 0, done.stderr
            return done.stderr

        first = crawl()
        web.pages |= relais.web_of([*TOLD, *LATER], LAYOUT)
        return Crawled(database, first, crawl(), crawl())


def test_after_a_crawl_no_headline_stays_and_no_sentence_goes(crawled: Crawled) -> None:
    found = relais.bodies(crawled.database)
    for story in [*TOLD, *LATER]:
        body = found[relais.path_of(story)]
        assert relais.headlines_in(body, story) == []
        assert relais.sentences_lost(body, story) == []
        assert LEGAL not in body


def test_a_crawl_says_what_it_learned(crawled: Crawled) -> None:
    line = crawled.first.splitlines()[-1]
    assert line.startswith("relais: learned ")
    assert "repeated blocks from 60 pages; 60 articles read again, " in line
    assert "learned" not in crawled.second + crawled.third
    assert "read again" not in crawled.second + crawled.third
    assert "10 new" in crawled.second


def test_a_page_that_is_ingested_alone_is_read_with_what_was_learned_of_its_site(crawled: Crawled) -> None:
    (story,) = stories(1, seed=4, first_text=3_000)
    with loopback_web(relais.web_of([story], LAYOUT)) as web:
        url, known = web.base_url + relais.path_of(story), ["-s", "NEWSCRAWL_SITE_OF=tests.relais.site_of"]
        newscrawl("ingest", url, *known, "--db", crawled.database, folder=PROJECT, NEWSCRAWL_SPIDERS="tests.relais")
    with Store.open(crawled.database, read_only=True) as store:
        article = store.article(url)
    assert article is not None
    assert article.site == "relais"
    assert relais.headlines_in(article.body, story) == []
    assert relais.sentences_lost(article.body, story) == []


def test_what_was_removed_is_kept_with_its_reason(crawled: Crawled) -> None:
    with sqlite3.connect(crawled.database) as connection:
        found = connection.execute(
            """SELECT canonical_url, group_concat(text, char(10))
            FROM segments JOIN articles ON articles.id = article_id WHERE reason LIKE 'learned-noise%' GROUP BY 1"""
        )
        removed = {url.partition("/news")[2]: text for url, text in found}
    for story in [*TOLD, *LATER]:
        text = removed[relais.path_of(story).removeprefix("/news")]
        assert [head for head in story.ticker if head not in text] == []


def test_a_revision_says_that_the_rules_changed_and_not_the_publisher(crawled: Crawled) -> None:
    with Store.open(crawled.database, read_only=True) as store:
        revisions = [store.explain(row["canonical_url"]).revisions for row in store.articles()]
        changed = [both for both in revisions if len(both) == 2]
        (run,) = [one for one in store.runs() if one.kind == "reextract"]
    assert len(changed) == run.outcomes["updated"]
    for first, second in changed:
        assert (first["kind"], second["kind"]) == ("stored", "updated")
        assert first["page_hash"] == second["page_hash"]
        assert second["extractor_version"] == f"{first['extractor_version']}+noise.1"
        assert second["run_id"] == run.id
    assert (run.site, run.state, run.outcomes["updated"] + run.outcomes["unchanged"]) == ("relais", "finished", 60)


# Reading again


@pytest.mark.parametrize(
    "layout",
    [(row_of_gaps, in_a_sentence), (linked_lines, cell), (dashes, above)],
    ids=lambda layout: layout[0].__name__,
)
def test_tickers_of_other_kinds(tmp_path: Path, layout: Layout) -> None:
    path = tmp_path / "news.db"
    relais.keep(path, [relais.page_of(story, layout) for story in TOLD])
    before = relais.bodies(path)
    assert any(relais.headlines_in(before.get(relais.path_of(story), ""), story) for story in TOLD)
    relais.learned(path)
    relais.read_again(path)
    found = relais.bodies(path)
    assert [relais.headlines_in(found[relais.path_of(story)], story) for story in TOLD] == [[]] * 60
    assert [relais.sentences_lost(found[relais.path_of(story)], story) for story in TOLD] == [[]] * 60


def test_articles_made_again_are_the_same_rows_with_a_model_in_use(database: Path) -> None:
    relais.learned(database)
    relais.read_again(database)
    before = export(database)
    with sqlite3.connect(database) as connection:
        for table in ("articles", "revisions", "article_segments", "field_candidates"):
            connection.execute(f"DELETE FROM {table}")
    pages = list(PAGES)
    Random(5).shuffle(pages)
    with Run.open(database, kind="reextract", site="relais", rulebook=Rulebook()) as run:
        assert {one.outcome for one in reextract(run, pages)} == {"stored"}
    assert export(database) == before


def test_the_order_of_pages_teaches_nothing_else(database: Path, tmp_path: Path) -> None:
    pages = list(PAGES)
    Random(7).shuffle(pages)
    relais.keep(tmp_path / "other.db", pages)
    assert relais.learned(tmp_path / "other.db") == relais.learned(database)


def test_reading_again_twice_changes_nothing(database: Path) -> None:
    relais.learned(database)
    assert "updated" in relais.read_again(database)
    with sqlite3.connect(database) as connection:
        before = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("revisions", "fetches")]
        assert set(relais.read_again(database)) == {"unchanged"}
        after = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("revisions", "fetches")]
    assert before == after
    assert before[1] == (len(PAGES),)


def test_without_the_model_the_articles_are_as_before(database: Path) -> None:
    before = export(database)
    relais.learned(database)
    relais.read_again(database)
    assert export(database) != before
    with Store.open(database) as store:
        store.noise.use("relais", None)
    relais.read_again(database)
    assert export(database) == before


def read_one_again(database: Path) -> None:
    with Run.open(database, kind="reextract", site="relais", rulebook=Rulebook()) as run:
        for _ in reextract(run, run.archive.of_site("relais")):
            raise KeyboardInterrupt


def test_what_was_interrupted_is_not_up_to_date(database: Path) -> None:
    def up_to_date() -> bool:
        with Store.open(database, read_only=True) as store:
            return is_up_to_date(store, "relais")

    assert up_to_date()
    relais.learned(database)
    assert not up_to_date()
    with pytest.raises(KeyboardInterrupt):
        read_one_again(database)
    assert not up_to_date()
    relais.read_again(database)
    assert up_to_date()
    relais.keep(database, PAGES[:3])
    assert up_to_date()
    with Store.open(database) as store:
        store.begin_run(kind="crawl", site="relais", version="1")  # began before the model was learned
    assert not up_to_date()


NOTHING_LEFT = Rulebook(rules=[SiteRules(engine="any", recognised_by="html", remove=(("body", "all"),))])


def test_an_article_that_its_page_gives_no_more_is_withdrawn(database: Path) -> None:
    url = PAGES[0].url
    assert set(relais.read_again(database, NOTHING_LEFT)) == {"withdrawn"}
    assert export(database) == []
    with Store.open(database, read_only=True) as store:
        told = store.explain(url)
    assert [one["kind"] for one in told.revisions] == ["stored", "withdrawn"]
    assert told.outcomes[-1]["detail"].startswith("no-text: ")
    assert set(relais.read_again(database, NOTHING_LEFT)) == {"no-text"}
    assert set(relais.read_again(database)) == {"stored"}


def test_a_page_that_changed_withdraws_nothing(database: Path) -> None:
    empty = replace(PAGES[0], body=b"<html><body></body></html>", fetched_at=SEEN + timedelta(days=1))
    relais.keep(database, [empty])
    assert len(export(database)) == len(PAGES)


def test_languages_that_are_kept_may_be_more_or_fewer(database: Path) -> None:
    few = Rulebook(languages=("fr",))
    words = relais.read_again(database, few)
    assert words.count("language-es") > 5
    assert len(export(database)) == len(PAGES), "the reading is the same: what is stored stays"
    other = database.with_name("other.db")
    relais.keep(other, PAGES, few)
    assert len(export(other)) == words.count("unchanged")
    assert relais.read_again(other).count("stored") == len(PAGES) - words.count("unchanged")
    assert [row["body"] for row in export(other)] == [row["body"] for row in export(database)]


def test_a_page_that_is_gone_is_still_told_to_be_gone(database: Path) -> None:
    gone = replace(PAGES[0], status=404, body=b"gone", fetched_at=SEEN + timedelta(days=1))
    relais.keep(database, [gone])
    relais.read_again(database)
    with Store.open(database, read_only=True) as store:
        told = store.explain(gone.url)
    assert told.url is not None
    assert (told.url["last_outcome"], told.article is not None) == ("http-404", True)


def test_pages_of_no_site_are_known_by_their_host(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    relais.keep(path, [replace(one, site="") for one in PAGES])
    relais.learned(path, "relais.example")
    assert "updated" in relais.read_again(path, site="relais.example")
    found = relais.bodies(path)
    assert [relais.headlines_in(found[relais.path_of(story)], story) for story in TOLD[:30]] == [[]] * 30


# When it is time


@pytest.mark.parametrize(
    ("first", "more", "due"),
    [
        (49, 0, [False, False]),
        (50, 0, [True, False]),
        (0, 50, [False, True]),
        (60, 0, [True, False]),
        (60, 29, [True, False]),
        (60, 30, [True, True]),
        (30, 15, [False, False]),
        (40, 20, [False, True]),
    ],
)  # fmt: skip
def test_a_lesson_is_due_when_the_archive_has_grown(tmp_path: Path, first: int, more: int, due: list[bool]) -> None:
    path = tmp_path / "news.db"
    pages = [replace(PAGES[0], url=f"https://relais.example/news/0/{n}", site="relais") for n in range(first + more)]
    later = [replace(one, fetched_at=LEARNED + timedelta(days=1)) for one in pages]
    found = []
    with Store.open(path) as store, Archive.open(Archive.path_for(path)) as archive:
        for one in pages[:first]:
            archive.add(one)
        found.append(is_due(store, archive, "relais"))
        if first:
            counts = {"pages": first, "articles": first, "at": LEARNED}
            store.noise.save(NoiseModel("relais", 1, frozenset(["text:1"])), **counts)
        for one in later:
            archive.add(one)
        found.append(is_due(store, archive, "relais"))
        assert not is_due(store, archive, "other")
    assert found == due


@pytest.fixture
def taught(database: Path) -> Iterator[tuple[Store, Archive]]:
    """A model learned from thirty pages, and thirty more pages since."""
    relais.learned(database)
    with Store.open(database) as store, Archive.open(Archive.path_for(database)) as archive:
        for story in stories(30, seed=3, first_text=2_000):
            archive.add(replace(relais.page_of(story, LAYOUT), fetched_at=LEARNED + timedelta(days=1)))
        archive.commit()
        yield store, archive


def test_what_a_person_chose_stays_until_they_say_learn(taught: tuple[Store, Archive]) -> None:
    store, archive = taught
    assert is_due(store, archive, "relais")
    store.noise.use("relais", None)
    assert not is_due(store, archive, "relais")
    store.noise.use("relais", 1)
    assert is_due(store, archive, "relais")
    store.noise.undo("relais", [min(store.noise.models()["relais"].blocks)])
    assert is_due(store, archive, "relais")
    store.noise.use("relais", 1)
    assert not is_due(store, archive, "relais")


def test_a_later_lesson_knows_more_and_the_next_nothing_new(taught: tuple[Store, Archive]) -> None:
    store, archive = taught
    first = store.noise.models()["relais"]
    lesson = teach(store, archive, "relais", at=LEARNED)
    assert (lesson.model.version, lesson.pages) == (2, 60)
    assert lesson.model.blocks > first.blocks
    assert all(block["sample"] for block in store.noise.blocks("relais", 2)), (
        "what the first lesson knew has its sample"
    )
    assert not teach(store, archive, "relais", at=LEARNED).changed
    assert [one.version for one in store.noise.versions("relais")] == [1, 2]


def test_what_was_undone_is_never_learned_again(taught: tuple[Store, Archive]) -> None:
    store, archive = taught
    (legal,) = (block["name"] for block in store.noise.blocks("relais", 1) if block["sample"] == LEGAL)
    store.noise.undo("relais", [legal])
    assert legal not in store.noise.models()["relais"].blocks
    lesson = teach(store, archive, "relais", at=LEARNED)
    assert (lesson.model.version, lesson.changed) == (3, True)
    assert legal not in lesson.model.blocks
    assert store.noise.undone("relais") == {legal}
    with pytest.raises(KeyError):
        store.noise.undo("relais", [legal])
