"""The generated sites are the same each time, and the harness runs: no figure is looked at here."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from benchmarks.speed.bars import BARS, judge
from benchmarks.speed.contestants import Setting
from benchmarks.speed.document import write
from benchmarks.speed.filling import multiply
from benchmarks.speed.generate import KINDS, generate, web_of
from benchmarks.speed.race import race
from pipelines.archive import Archive
from pipelines.store import Store

FACTS = {"day": "", "cpu": "", "cores": 2, "memory_gb": 1, "system": "", "python": "", "sqlite": "", "load": 0.0,
         "versions": {}, "peers": {}}  # fmt: skip
KIND = pytest.mark.parametrize("kind", sorted(KINDS))


@KIND
def test_a_page_follows_from_its_number_alone(kind: str) -> None:
    script = f"from benchmarks.speed.generate import web_of; print(web_of({kind!r}, 90).article(41).hex())"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=_root())
    assert other.stdout.strip() == web_of(kind, 90).article(41).hex()


@KIND
def test_a_site_answers_all_it_names(kind: str) -> None:
    web = web_of(kind, 40, first=300)
    for path in web.list_paths():
        assert web.answer(path) is not None, path
    for number in web.numbers.all:
        answer = web.answer(web.article_path(number))
        assert answer is not None
        assert answer.body == web.article(number)
        assert 50_000 < len(answer.body) < 170_000
    assert web.answer("/nothing/here") is None


@KIND
def test_every_article_is_listed(kind: str) -> None:
    web = web_of(kind, 40)
    linked: set[str] = set()
    for path in web.list_paths():
        answer = web.answer(path)
        assert answer is not None
        if answer.content_type.startswith("text/html"):
            linked.update(html.fromstring(answer.body).xpath("//a/@href"))
    assert {web.article_path(number) for number in web.numbers.all} <= linked


def test_texts_differ_from_article_to_article() -> None:
    web = web_of("unknown", 200)
    titles = [html.fromstring(web.article(number)).findtext(".//title") for number in web.numbers.all]
    assert len(set(titles)) > 195


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A race of one contestant over twenty pages: the folder with its database, and what it found."""
    folder = tmp_path_factory.mktemp("race")
    found = race(
        Setting(folder), pages=20, rounds=1, kinds=["known"], contestants=["newscrawl"], sites=folder / "sites"
    )
    return folder, json.loads(json.dumps({"race": {"machine": FACTS, **found}}))


def test_a_small_race_is_written_down(raced: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    _, results = raced
    rows = results["race"]["kinds"]["known"]["rows"]
    assert rows["newscrawl crawl"]["pages"]["median"] == 20
    assert rows["newscrawl reextract"]["cpu_ms"]["median"] > 0
    document = tmp_path / "performance.md"
    document.write_text("<!-- speed:race --><!-- /speed:race --><!-- speed:bars --><!-- /speed:bars -->")
    write(document, results)
    assert "| newscrawl crawl | 20 |" in document.read_text()
    assert (tmp_path / "plots" / "speed-known.svg").read_text().startswith("<svg")
    judged = {verdict.bar.measure: verdict.met for verdict in judge(results)}
    assert len(judged) == len(BARS)
    assert judged["pages of a known engine, end to end"] is not None
    assert judged["pages of unknown layout, end to end"] is None


def test_a_crawled_database_is_multiplied(raced: tuple[Path, dict[str, Any]]) -> None:
    database = raced[0] / "known.db"
    multiply(database, Archive.path_for(database), 100)
    with Store.open(database) as store:
        assert store.defects() == []
        assert len(list(store.articles())) == 100
    with closing(sqlite3.connect(database)) as connection:
        for table in ("fetches", "revisions", "article_stories"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= 100, table


def test_pages_are_written_once(tmp_path: Path) -> None:
    folder = generate("known", tmp_path, 20)
    page = next((folder / "articles").rglob("*.html"))
    page.write_text("kept")
    generate("known", tmp_path, 20)
    assert page.read_text() == "kept"


def _root() -> Path:
    return Path(__file__).parents[1]
