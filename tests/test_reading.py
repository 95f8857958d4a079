"""Questions to data/news.db: filters, order, full-text search, and that an index answers them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored_news import ARTICLE, NOON

from pipelines.selection import match_expression
from pipelines.store import Store


def article(name: str, **values: Any) -> Any:
    return replace(ARTICLE, canonical_url=f"https://example.com/{name}", **values)


ARTICLES = [
    article("minute", published_at="2025-07-01T09:30:00Z", published_precision="minute", title="Réforme du port"),
    article("midnight", published_at="2025-07-01T00:00:00Z", published_precision="minute"),
    article("day", published_at="2025-07-01", publisher="Le Temps", body="Une banque centrale; l'État."),
    article("next-day", published_at="2025-07-02", language="en", site="turess", title="A central bank", body="Port."),
    article("month", published_at="2025-07", published_precision="month", language="es", title="La economía"),
    article("june", published_at="2025-06-30T23:59:59Z", publisher="", title="Œuvres et ŒUVRES"),
    article("undated", published_at=None, published_precision=None, title="Sans date", body="centrale banque"),
    article("also-undated", published_at=None, published_precision=None, language="en", title="No date", body="x"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("reading") / "news.db"
    with Store.open(path) as writer:
        run = writer.begin_run(kind="crawl")
        for each in ARTICLES:
            writer.save(each, run_id=run, at=NOON)
    with Store.open(path, read_only=True) as reader:
        yield reader


def names(rows: Any) -> list[str]:
    return [row["canonical_url"].rpartition("/")[2] for row in rows]


ALL = ["june", "month", "day", "midnight", "minute", "next-day", "also-undated", "undated"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"limit": 3}, ALL[:3]),
        ({"limit": 7}, ALL[:7]),
        ({"limit": 0}, []),
        ({"languages": ["en", "es"]}, ["month", "next-day", "also-undated"]),
        ({"publishers": ["Le Temps"]}, ["day"]),
        ({"sites": ["turess"]}, ["next-day"]),
        ({"sites": ["turess"], "languages": ["fr"]}, []),
        ({"languages": ["' OR 1=1 --"]}, []),
        # a day begins with its first moment, a month with its first day; the last day or month is included
        ({"since": "2025-07-02"}, ["next-day"]),
        ({"since": "2025-07-01"}, ["month", "day", "midnight", "minute", "next-day"]),
        ({"since": "2025-07"}, ["month", "day", "midnight", "minute", "next-day"]),
        ({"since": "2025-07-01T00:00:00Z"}, ["month", "day", "midnight", "minute", "next-day"]),
        ({"since": "2025-07-01T00:00:01Z"}, ["minute", "next-day"]),
        ({"until": "2025-06"}, ["june"]),
        ({"until": "2025-06-30"}, ["june"]),
        ({"until": "2025-07-01"}, ["june", "month", "day", "midnight", "minute"]),
        ({"until": "2025-07"}, ["june", "month", "day", "midnight", "minute", "next-day"]),
        ({"until": "2025-07-01T09:30"}, ["june", "month", "day", "midnight", "minute"]),
        ({"until": "2025-07-01T09:00:00Z"}, ["june", "month", "day", "midnight"]),
        ({"since": "2025-07-01", "until": "2025-07-01", "limit": 2}, ["month", "day"]),
        ({"since": "2024-12", "until": "2025-12-31"}, ALL[:6]),
    ],
)
def test_filters(store: Store, filters: dict[str, Any], expected: list[str]) -> None:
    assert names(store.articles(**filters)) == expected


@pytest.mark.parametrize(
    "text", ["yesterday", "2025", "2025-13", "2025-02-30", "01/07/2025", "2025-7-1", "", "2025-07-01 "]
)
def test_what_is_no_date(store: Store, text: str) -> None:
    for bound in ("since", "until"):
        with pytest.raises(ValueError, match=r"is no date"):
            store.articles(**{bound: text})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("port", {"minute", "next-day", "midnight", "month", "june"}),
        ("PORT réforme", {"minute"}),
        ("reforme", {"minute"}),
        ('"banque centrale"', {"day"}),
        ("banque centrale", {"day", "undated"}),
        ('"banque centrale', {"day"}),
        ("l'état", {"day"}),
        ("econom*", {"midnight", "day", "month"}),
        ('"central ba"*', {"next-day"}),
        ("econom", set()),
        ("œuvres", {"june"}),
        ("port NOT", set()),
        ("nothing", set()),
    ],
)
def test_search(store: Store, words: str, expected: set[str]) -> None:
    assert set(names(store.search(words))) == expected


def test_search_ranks_filters_and_marks(store: Store) -> None:
    hits = store.search("réforme port", marks=("<b>", "</b>"))
    assert [hit["snippet"] for hit in hits] == ["<b>Réforme</b> du <b>port</b>"]
    assert names(store.search("port"))[0] == "minute"
    assert names(store.search("port", languages=["en"])) == ["next-day"]
    assert names(store.search("port", since="2025-07-02")) == ["next-day"]
    assert names(store.search("port", limit=2)) == names(store.search("port"))[:2]


@pytest.mark.parametrize("words", ["", "  ", "*", '""', "?! …", "-", "\0"])
def test_no_word(store: Store, words: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        store.search(words)


@given(st.text(st.sampled_from("ab é\"'*()^:-+{}\0,AND OR NOT NEAR title:")))
def test_no_input_is_a_syntax_error(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title)")
    try:
        expression = match_expression(words)
    except ValueError:
        return
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (expression,))
    connection.close()


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({}, "articles_published"),
        ({"since": "2025-07", "until": "2025-07"}, "articles_published"),
        ({"languages": ["fr"], "since": "2025-07", "until": "2025-07"}, "articles_language"),
        ({"publishers": ["Challenge"], "since": "2025-07"}, "articles_publisher"),
        ({"sites": ["maghress"]}, "articles_site"),
    ],
)
def test_an_index_gives_rows_and_order(store: Store, filters: dict[str, Any], index: str) -> None:
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)
    list(store.articles(**filters))
    store._connection.set_trace_callback(None)
    assert index in " ".join(row["detail"] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}"))
    for statement in statements:
        plan = " ".join(row["detail"] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert index in plan or "USING INTEGER PRIMARY KEY" in plan  # the numbers in order, then their rows
        assert "SCAN articles" not in plan or "USING COVERING INDEX" in plan
        assert "TEMP B-TREE" not in plan
