"""The full-text index: what is new enters it with the commit, in a file of any age."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from stored_news import ARTICLE, KEY, NOON, URL

from pipelines.store import Store
from pipelines.store.schema import NEWS

CHECK = "INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)"


def titles(path: Path, words: str, *, check: bool = True) -> list[str]:
    """What a reader finds, in an index that says what the articles say; ``check`` it while nobody writes."""
    with sqlite3.connect(path) as connection:
        if check:
            connection.execute(CHECK)
        sql = "SELECT a.title FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid WHERE articles_fts MATCH ?"
        return sorted(row[0] for row in connection.execute(sql, (words,)))


def save(store: Store, name: str, title: str) -> None:
    store.save(replace(ARTICLE, canonical_url=f"{URL}{name}", title=title), run_id=1, at=NOON)


def begun(path: Path) -> Store:
    store = Store.open(path)
    store.begin_run(kind="crawl")
    return store


def test_several_articles_enter_with_one_commit(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with begun(path) as store:
        for name in "abc":
            save(store, name, f"zebra {name}")
        save(store, "a", "lion")  # changed before it was indexed
        store.withdraw(f"{KEY}b", run_id=1, at=NOON)  # gone before it was indexed
        assert titles(path, "zebra", check=False) == []
        store.commit()
        assert titles(path, "zebra OR lion") == ["lion", "zebra c"]
        save(store, "c", "tiger")
        save(store, "d", "zebra d")
        store.withdraw(f"{KEY}a", run_id=1, at=NOON)
    assert titles(path, "zebra OR lion OR tiger") == ["tiger", "zebra d"]


def test_what_is_not_committed_is_found_by_its_own_store_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with begun(path) as store:
        store.commit()
        save(store, "a", "zebra")
        assert [row["title"] for row in store.search("zebra")] == ["zebra"]
        assert titles(path, "zebra", check=False) == []
        store.rollback()
        assert store.search("zebra") == []
        save(store, "b", "zebra again")
    assert titles(path, "zebra") == ["zebra again"]


def test_a_file_whose_trigger_indexed_each_article_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with begun(path) as store:
        save(store, "a", "zebra a")
        save(store, "b", "zebra b")
    as_it_was = [sql for sql in NEWS if "CREATE TRIGGER" in sql]
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0005_full_text'")
        for sql in as_it_was:
            connection.execute("DROP TRIGGER IF EXISTS " + sql.split()[2])
            connection.execute(sql)
    connection.close()
    with Store.open(path) as store:
        save(store, "c", "zebra c")
        save(store, "a", "lion")
    assert titles(path, "zebra OR lion") == ["lion", "zebra b", "zebra c"]


def test_an_article_that_another_program_inserted_enters_with_the_next_commit(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with begun(path) as store:
        save(store, "a", "zebra a")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TEMP TABLE one AS SELECT * FROM articles")
        connection.execute("UPDATE one SET id = 2, url_key = url_key || 'x', title = 'zebra of theirs'")
        connection.execute("INSERT INTO articles SELECT * FROM one")
    connection.close()
    with Store.open(path) as store:
        save(store, "b", "zebra b")
    assert titles(path, "zebra") == ["zebra a", "zebra b", "zebra of theirs"]
