"""Exports: the right types in every reader, the same bytes twice, the right rows for every filter."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from export_rows import DATES, TITLES, article, database

from newscrawl.export import default_columns, format_names, writer
from newscrawl.exporting import Export, NothingToExportError
from newscrawl.naming import Naming
from pipelines.store import Store, dictionary
from pipelines.store.selected import Selected
from pipelines.store.selection import Selection

COUNT = 24


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("news") / "news.db", COUNT)


@pytest.fixture(scope="module")
def selected(news: Path) -> Any:
    with Store.open(news, read_only=True) as store:
        yield store.select(Selection())


def export(selected: Selected, path: Path, form: str, **options: Any) -> Path:
    Export(form, quiet=True, **options).to_file(selected, str(path))
    return path


def titles(path: Path) -> list[str]:
    return [json.loads(line)["title"] for line in path.read_text(encoding="utf-8").splitlines()]


# Types


def test_parquet_has_types_in_pyarrow(selected: Selected, tmp_path: Path) -> None:
    table = pq.read_table(export(selected, tmp_path / "a.parquet", "parquet"))
    assert table.num_rows == COUNT
    types = dict(zip(table.schema.names, table.schema.types, strict=True))
    assert list(types) == list(default_columns("parquet"))
    assert types["title"] == pa.string()
    assert types["authors"] == pa.list_(pa.string())
    assert types["language_confidence"] == pa.float64()
    assert types["word_count"] == pa.int64()
    assert types["paywalled"] == pa.bool_()
    assert types["published_at"] == pa.string()
    assert types["published_day"] == pa.date32()
    assert types["published_time"] == pa.timestamp("us", tz="UTC")
    assert table.schema.field("word_count").metadata[b"description"] == b"words of the body"
    rows = list(selected.rows())
    for name in ("title", "body", "authors", "paywalled", "subtitle", "published_at", "word_count"):
        assert table.column(name).to_pylist() == [row[name] for row in rows], name


def test_what_is_not_known_of_a_date_is_empty(selected: Selected, tmp_path: Path) -> None:
    table = pq.read_table(export(selected, tmp_path / "a.parquet", "parquet"))
    columns = ("published_at", "published_day", "published_time")
    found = set(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
    assert found == {
        ("1990-01-01", date(1990, 1, 1), None),
        ("2025-07-01T09:30:00Z", date(2025, 7, 1), datetime(2025, 7, 1, 9, 30, tzinfo=UTC)),
        ("2025-07-01", date(2025, 7, 1), None),
        ("2025-07", None, None),
        ("2087-12-31T23:59:00Z", date(2087, 12, 31), datetime(2087, 12, 31, 23, 59, tzinfo=UTC)),
        (None, None, None),
    }


def test_parquet_has_types_in_duckdb(selected: Selected, tmp_path: Path) -> None:
    path = export(selected, tmp_path / "a.parquet", "parquet")
    database = duckdb.connect()
    described = {
        row[0]: row[1] for row in database.execute(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()
    }
    assert described["title"] == "VARCHAR"
    assert described["authors"] == "VARCHAR[]"
    assert described["paywalled"] == "BOOLEAN"
    assert described["word_count"] == "BIGINT"
    assert described["published_day"] == "DATE"
    assert described["published_time"] == "TIMESTAMP WITH TIME ZONE"
    found = database.execute(f"SELECT count(*), min(published_day), max(year(published_day)) FROM '{path}'").fetchone()
    assert found == (COUNT, date(1990, 1, 1), 2087)


def test_parquet_has_types_in_pandas(selected: Selected, tmp_path: Path) -> None:
    frame = pd.read_parquet(export(selected, tmp_path / "a.parquet", "parquet"))
    assert len(frame) == COUNT
    assert frame["paywalled"].dtype == bool
    assert frame["word_count"].dtype == "int64"
    assert str(frame["published_time"].dtype) == "datetime64[us, UTC]"
    assert frame["published_time"].dt.year.max() == 2087
    assert sorted(frame["title"]) == sorted(row["title"] for row in selected.rows())


def test_feather_has_the_same_table(selected: Selected, tmp_path: Path) -> None:
    table = pa.feather.read_table(export(selected, tmp_path / "a.feather", "feather"))
    assert table.equals(pq.read_table(export(selected, tmp_path / "a.parquet", "parquet")))


def test_row_groups_are_cut_by_size_and_lose_nothing(
    selected: Selected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pq.read_table(export(selected, tmp_path / "a.parquet", "parquet"))
    monkeypatch.setattr("newscrawl.arrow_files.MOST_BYTES", 200)
    monkeypatch.setattr("pipelines.store.selected._CHUNK", 5)
    path = export(selected, tmp_path / "b.parquet", "parquet")
    assert pq.ParquetFile(path).num_row_groups > 2
    assert pq.read_table(path).equals(whole)


@pytest.mark.parametrize("form", ["feather", "parquet"])
def test_columns_of_bytes_are_the_rows_by_name(selected: Selected, tmp_path: Path, form: str) -> None:
    """Exports hand a database's own bytes on, bundles rows with names: both are the same file."""
    naming = Naming(default_columns(form))
    with (tmp_path / "rows").open("wb") as stream:
        assert writer(form)(selected.rows(naming.sources), stream, naming.columns) == COUNT
    assert export(selected, tmp_path / "chunks", form).read_bytes() == (tmp_path / "rows").read_bytes()


def test_sqlite_is_a_table_that_can_be_searched(selected: Selected, tmp_path: Path) -> None:
    connection = sqlite3.connect(export(selected, tmp_path / "a.db", "sqlite"))
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute("SELECT * FROM articles ORDER BY rowid")]
    expected = list(selected.rows())
    assert [row["title"] for row in rows] == [row["title"] for row in expected]
    assert [json.loads(row["authors"]) for row in rows] == [row["authors"] for row in expected]
    found = connection.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'economie OR guillemets'")
    assert len(found.fetchall()) > 0
    described = dict(connection.execute("SELECT name, description FROM columns"))  # type: ignore[arg-type]
    assert described["word_count"] == "words of the body"
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_jsonl_is_what_the_rows_are(selected: Selected, tmp_path: Path) -> None:
    lines = export(selected, tmp_path / "a.jsonl", "jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(selected.rows())


@pytest.mark.parametrize("form", format_names())
def test_the_same_articles_give_the_same_bytes(news: Path, tmp_path: Path, form: str) -> None:
    files = []
    for number in range(2):
        with Store.open(news, read_only=True) as store:
            files.append(export(store.select(Selection()), tmp_path / f"{number}.{form}", form))
    assert files[0].read_bytes() == files[1].read_bytes()


# Files


def test_a_file_a_language(selected: Selected, tmp_path: Path) -> None:
    written = Export("jsonl", quiet=True).to_file_a_language(selected, str(tmp_path / "news.jsonl"))
    assert {Path(name).name for name in written} == {"news.en.jsonl", "news.es.jsonl", "news.fr.jsonl"}
    assert sum(written.values()) == COUNT
    for name, count in written.items():
        rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        assert {row["language"] for row in rows} == {Path(name).name.split(".")[1]}
        assert len(rows) == count


def test_a_folder_by_language_and_month(selected: Selected, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    assert Export("parquet", quiet=True).to_folder(selected, folder) == COUNT
    table = ds.dataset(folder, partitioning="hive").to_table()
    assert sorted(table.column("title").to_pylist()) == sorted(row["title"] for row in selected.rows())
    for row in table.select(["canonical_url", "language", "month", "published_at"]).to_pylist():
        number = int(row["canonical_url"].rpartition("/")[2])
        assert row["language"] == article(number).language
        assert row["month"] == (row["published_at"] or "undated")[:7]
    counted = duckdb.sql(
        f"SELECT language, count(*) FROM read_parquet('{folder}/*/*/*.parquet', hive_partitioning=true) GROUP BY 1"
    )
    assert sum(count for _, count in counted.fetchall()) == COUNT
    assert pd.read_parquet(folder).groupby("month", observed=True).size()["undated"] == 4
    again = tmp_path / "again"
    Export("parquet", quiet=True).to_folder(selected, again)
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*.parquet")} == {
        p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")
    }


def test_a_folder_keeps_to_the_days_that_were_asked_for(news: Path, tmp_path: Path) -> None:
    with Store.open(news, read_only=True) as store:
        narrow = store.select(Selection(since="2025-07-01", until="2025-07-01"))
        assert Export("parquet", quiet=True).to_folder(narrow, tmp_path / "parts") == narrow.count()


@pytest.mark.parametrize("form", format_names())
def test_nothing_leaves_what_stood_there(news: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / "out"
    file.write_text("before")
    with Store.open(news, read_only=True) as store:
        none = store.select(Selection(languages=["pt"]))
        for attempt in (
            lambda: Export(form, quiet=True).to_file(none, str(file)),
            lambda: Export(form, quiet=True).to_file_a_language(none, str(file)),
            lambda: Export(form, quiet=True).to_folder(none, tmp_path / "folder"),
        ):
            with pytest.raises(NothingToExportError):
                attempt()  # type: ignore[no-untyped-call]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert file.read_text() == "before"


# Which rows


@pytest.mark.parametrize(
    ("selection", "meant"),
    [
        (Selection(languages=["fr", "es"]), lambda a: a.language in ("fr", "es")),
        (Selection(languages=["fr"], since="2025-07", until="2025-07"),
         lambda a: a.language == "fr" and (a.published_at or "").startswith("2025-07")),
        (Selection(until="1999-12-31"), lambda a: a.published_at == "1990-01-01"),
        (Selection(since="2030-01-01"), lambda a: (a.published_at or "").startswith("2087")),
        (Selection(undated=True), lambda a: a.published_at is None),
        (Selection(publishers=["Challenge"]), lambda a: True),
        (Selection(publishers=["Another"]), lambda a: False),
        (Selection(sites=["maghress"], words="guillemets"), lambda a: "Guillemets" in a.title),
        (Selection(words='"economie numerique" fete'), lambda a: False),
        (Selection(words="fete", languages=["fr", "en", "es"]), lambda a: "Fête" in a.title),
        (Selection(runs=[1]), lambda a: True),
        (Selection(runs=[2]), lambda a: False),
    ],
)  # fmt: skip
def test_filters(news: Path, selection: Selection, meant: Callable[[Any], bool]) -> None:
    expected = sorted(article(n).canonical_url for n in range(COUNT) if meant(article(n)))
    with Store.open(news, read_only=True) as store:
        chosen = store.select(selection)
        assert sorted(row["canonical_url"] for row in chosen.rows()) == expected
        assert chosen.count() == len(expected)


def test_the_order_is_by_date_then_address_and_undated_last(news: Path) -> None:
    with Store.open(news, read_only=True) as store:
        everything = [(row["published_at"], row["url_key"]) for row in store.select(Selection()).rows(
            ("published_at", "url_key"))]  # fmt: skip
        assert everything == sorted(everything, key=lambda pair: (pair[0] is None, pair[0] or "", pair[1]))
        several = store.select(Selection(languages=["es", "fr"], words="fin"))
        found = [row["url_key"] for row in several.rows(("url_key",), limit=7)]
        assert found == [key for _, key in everything if int(key.rpartition("/")[2]) % 3 != 1][:7]


def test_chunks_give_each_article_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(tmp_path / "news.db", 11)
    with Store.open(path, read_only=True) as store:
        whole = list(store.select(Selection()).rows())
        monkeypatch.setattr("pipelines.store.selected._CHUNK", 3)
        assert list(store.select(Selection()).rows()) == whole
        assert len({row["canonical_url"] for row in whole}) == 11


def test_what_is_read_is_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(tmp_path / "news.db", 4)
    monkeypatch.setattr("pipelines.store.selected._CHUNK", 1)
    with Store.open(path, read_only=True) as reader, reader.moment():
        before = reader.select(Selection()).count()
        with Store.open(path) as writer:
            run = writer.begin_run(kind="crawl")
            writer.save(article(99), run_id=run, at=datetime.now(UTC))
        assert len(list(reader.select(Selection()).rows())) == before == 4
    with Store.open(path, read_only=True) as reader:
        assert reader.select(Selection()).count() == 5


@pytest.mark.parametrize(
    ("selection", "index"),
    [
        (Selection(languages=["fr"], since="2025-07", until="2025-07"), "articles_language"),
        (Selection(languages=["fr"], undated=True), "articles_language"),
        (Selection(publishers=["Challenge"], until="2025-07"), "articles_publisher"),
    ],
)
def test_a_filter_uses_an_index(news: Path, selection: Selection, index: str) -> None:
    with Store.open(news, read_only=True) as store:
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        list(store.select(selection).rows())
        store._connection.set_trace_callback(None)
        numbers = [sql for sql in statements if sql.startswith("SELECT articles.id FROM articles")]
        rows = [sql for sql in statements if "json_each" in sql]
        assert len(numbers) == 1
        (plan,) = (row["detail"] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {numbers[0]}"))
        assert plan.startswith("SEARCH articles USING COVERING INDEX " + index)
        for sql in rows:
            plan = " ".join(row["detail"] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "SEARCH articles USING INTEGER PRIMARY KEY" in plan


# Names


def test_columns_come_in_the_order_that_was_asked_for(selected: Selected, tmp_path: Path) -> None:
    names = ("published_day", "title", "first_run_id", "url_key")
    path = export(selected, tmp_path / "a.csv", "csv", columns=names)
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == names
    schema = pq.read_schema(export(selected, tmp_path / "a.parquet", "parquet", columns=names))
    assert tuple(schema.names) == names


def test_schema_org_objects(selected: Selected, tmp_path: Path) -> None:
    path = export(selected, tmp_path / "a.jsonl", "jsonl", schema="schema.org")
    found = {row["url"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    row = found["https://www.maghress.com/fr/challenge/5"]
    assert row["@context"] == "https://schema.org"
    assert row["@type"] == "NewsArticle"
    assert row["headline"] == TITLES[5]
    assert row["author"][1] == {"@type": "Person", "name": "Leïla Amrani"}
    assert row["publisher"]["name"] == "Challenge"
    assert row["isAccessibleForFree"] is False
    assert found["https://www.maghress.com/fr/challenge/1"]["datePublished"] == DATES[1]
    assert "datePublished" not in row
    assert "alternativeHeadline" not in row


def test_zyte_objects_are_what_zyte_common_items_reads(selected: Selected, tmp_path: Path) -> None:
    path = export(selected, tmp_path / "a.jsonl", "jsonl", schema="zyte")
    row = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert row["url"] == row["canonicalUrl"]
    assert row["headline"]
    assert set(row) <= {"url", "canonicalUrl", "headline", "articleBody", "inLanguage", "authors", "description",
                        "breadcrumbs", "mainImage", "datePublished", "datePublishedRaw", "dateModified",
                        "dateModifiedRaw"}  # fmt: skip


def test_schema_names_as_columns(selected: Selected, tmp_path: Path) -> None:
    table = pq.read_table(export(selected, tmp_path / "a.parquet", "parquet", schema="schema.org"))
    assert {"headline", "articleBody", "inLanguage", "isAccessibleForFree", "author"} <= set(table.schema.names)
    free = dict(zip(table.column("url").to_pylist(), table.column("isAccessibleForFree").to_pylist(), strict=True))
    assert free["https://www.maghress.com/fr/challenge/5"] is False
    assert free["https://www.maghress.com/fr/challenge/1"] is True


@pytest.mark.parametrize("schema", ["schema.org", "zyte"])
def test_no_two_columns_share_a_name(schema: str) -> None:
    names = [column.name for column in Naming(dictionary.EXPORTABLE, schema).columns]
    assert len(set(names)) == len(names)
