"""Files that cannot be used are explained in one sentence; files that can open in other people's tools."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils
from datasette.app import Datasette
from stored_news import ARTICLE, NOON, URL, headline

from pipelines.archive import Archive
from pipelines.items import Candidate, Outcome, Segment
from pipelines.store import Store, StoreError

SENTENCE = r"^[^\n]*{}[^\n]*\.$"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one article and what belongs to it."""
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        store.note(headline("ticker", 0), run)
        candidates = [Candidate("title", "A", "meta"), Candidate("title", ARTICLE.title, "site-rule", chosen=True)]
        store.save(ARTICLE, segments=[Segment("ticker", "x")], candidates=candidates, run_id=run, at=NOON)
        store.record(Outcome(URL, "stored", canonical_url=URL), run, NOON)
        store.end_run(run)
    return path


def refused(path: Path | str, words: str, **options: bool | float) -> None:
    for kind in (Store, Archive):
        with pytest.raises(StoreError, match=SENTENCE.format(words)):
            kind.open(path, busy_timeout=0, **options)  # type: ignore[arg-type]


def test_no_such_file(tmp_path: Path) -> None:
    refused(tmp_path / "none.db", "There is no database", read_only=True)
    refused(tmp_path / "none.db", "There is no database", create=False)
    assert list(tmp_path.iterdir()) == []


def test_no_such_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none" / "none" / "news.db", "does not exist")
    refused(tmp_path / ("a" * 300) / "news.db", "cannot be reached|does not exist")


def test_one_missing_folder_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "data" / "news.db") as store:
        assert store.sites() == []


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


@pytest.mark.parametrize("read_only", [False, True])
def test_not_a_database(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>" * 1000)
    refused(path, "is not a database", read_only=read_only)
    assert path.read_text() == "<html>" * 1000


@pytest.mark.parametrize("read_only", [False, True])
def test_another_programs_database(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "bookmarks.db"
    sqlite3.connect(path).execute("CREATE TABLE bookmarks (url)")
    refused(path, "another kind", read_only=read_only)


def test_pages_are_not_news(path: Path) -> None:
    with pytest.raises(StoreError, match="another kind"):
        Archive.open(path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    refused(path, "empty", read_only=True)
    Store.open(path).close()
    Store.open(path, read_only=True).close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_schema(path: Path, read_only: bool) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO _sqlite_migrations VALUES (9, 'newscrawl.news', '0999_tomorrow', '')")
    with pytest.raises(StoreError, match=r"newer newscrawl \(0999_tomorrow\): update"):
        Store.open(path, read_only=read_only)


def test_locked(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    store = Store.open(path, busy_timeout=0)
    with pytest.raises(StoreError, match=SENTENCE.format("locked by another program")):
        store.begin_run(kind="crawl")
    other.rollback()
    assert store.begin_run(kind="crawl") == 2
    store.close()


def test_locked_before_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    refused(path, "locked by another program")
    other.rollback()


def test_a_full_disk(path: Path) -> None:
    store = Store.open(path)
    run = store.begin_run(kind="crawl")
    store.commit()
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill() -> None:
        for number in range(1000):
            store.record(Outcome(f"{URL}{number}", "timeout", "The server did not answer. " * 20), run, NOON)

    with pytest.raises(StoreError, match=SENTENCE.format("disk .* is full")):
        fill()
    store.close()
    with Store.open(path, read_only=True) as reader:
        assert len(list(reader.articles())) == 1
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_damaged_file(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)

    def read() -> None:
        with Store.open(path, read_only=True) as store:
            list(store.articles())

    with pytest.raises(StoreError, match=SENTENCE.format("damaged")):
        read()


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder with a database, seen by a user whom permissions bind: root passes everywhere."""
    folder = Path(tempfile.mkdtemp())
    with Store.open(folder / "news.db") as store:
        store.save(ARTICLE, run_id=store.begin_run(kind="crawl"), at=NOON)
    folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, 65534)
        shutil.chown(folder / "news.db", 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_read(ordinary_folder: Path) -> None:
    (ordinary_folder / "news.db").chmod(0)
    refused(ordinary_folder / "news.db", "may not be read", read_only=True)


def test_a_file_that_may_not_be_written(ordinary_folder: Path) -> None:
    (ordinary_folder / "news.db").chmod(0o444)
    refused(ordinary_folder / "news.db", "may not be written")


def test_a_folder_that_may_not_be_written_can_be_read(ordinary_folder: Path) -> None:
    (ordinary_folder / "news.db").chmod(0o444)
    ordinary_folder.chmod(0o555)
    refused(ordinary_folder / "new.db", "folder .* may not be written")
    with Store.open(ordinary_folder / "news.db", read_only=True) as store:
        assert store.article(URL) == ARTICLE


def test_two_programs_may_start_at_once(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as one, Store.open(tmp_path / "news.db") as other:
        assert one.begin_run(kind="crawl") == 1
        one.commit()
        assert other.begin_run(kind="crawl") == 2


def test_opening_twice_changes_nothing(path: Path) -> None:
    dump = "\n".join(sqlite3.connect(path).iterdump())
    Store.open(path).close()
    assert "\n".join(sqlite3.connect(path).iterdump()) == dump


def test_sqlite_utils_knows_it(path: Path) -> None:
    db = sqlite_utils.Database(path)
    assert db.journal_mode == "wal"
    assert db["articles"].detect_fts() == "articles_fts"  # type: ignore[union-attr]
    assert [row["title"] for row in db["articles"].search("numerique")] == [ARTICLE.title]  # type: ignore[union-attr]
    assert db["articles"].pks == ["id"]  # type: ignore[union-attr]
    assert [row["reason"] for row in db["segments"].rows] == ["ticker"]
    db.close()


VIEWS = ["segments", "articles_by_day", "doubts", "ticker", "run_outcomes"]


@pytest.mark.parametrize(
    "address",
    [
        "/news/articles.json?_search=numerique&_shape=array&_facet=language",
        "/news/articles.json?language=fr&_shape=array",
        "/news/headlines.json?_shape=array&language__isnull=1",
        "/news/urls.json?_shape=array&_sort=last_seen",
        "/news/outcomes.json?_shape=array",
        *(f"/news/{view}.json?_shape=array" for view in VIEWS),
    ],
)
def test_datasette_shows_it(path: Path, address: str) -> None:
    datasette = Datasette([str(path)])
    response = asyncio.run(datasette.client.get(address))
    assert response.status_code == 200
    assert len(response.json()) == 1


def test_datasette_searches(path: Path) -> None:
    response = asyncio.run(Datasette([str(path)]).client.get("/news/articles.json?_search=nothing&_shape=array"))
    assert response.json() == []


@pytest.mark.parametrize("table", ["articles", "headlines", "urls", "outcomes"])
def test_the_schema_is_explained_in_the_file(path: Path, table: str) -> None:
    found = sqlite3.connect(path).execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
    assert " -- " in found.fetchone()[0]
