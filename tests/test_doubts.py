"""The view `doubts`: which candidates of a field disagree, and which only look as if they did."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from stored_news import ARTICLE, NOON

from pipelines.store import Store

TITLE = "Été : l'eau rouvre"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("news") / "news.db"
    with Store.open(path) as store:
        store.save(ARTICLE, run_id=store.begin_run(kind="crawl"), at=NOON)
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("field", "candidates", "different"),
    [
        ("title", [(TITLE, "site-rule"), (f"Maghress : {TITLE}", "meta"), ("Été : L'EAU rouvre", "feed")], 0),
        ("title", [(TITLE, "visible"), (f"{TITLE} | Le Messager", "meta"), (f"{TITLE} - Le Messager", "opengraph")], 0),
        ("title", [(TITLE, "visible"), (f"{TITLE}, ou presque", "meta")], 2),
        ("title", [(TITLE, "visible"), ("Autre : l'eau rouvre", "meta")], 2),
        ("publisher", [("Challenge", "site-rule"), ("Maghress", "opengraph"), ("Challenge", "feed")], 0),
        ("publisher", [("Challenge", "site-rule"), ("Maghress", "opengraph"), ("Le Messager", "feed")], 2),
        ("publisher", [("Challenge", "json-ld"), ("Le Messager", "opengraph")], 2),
        ("authors", [("Leïla Amrani", "json-ld"), ("Par Leïla Amrani", "visible")], 0),
        ("authors", [("Leïla Amrani", "json-ld"), ("Jean Duval", "visible")], 2),
        ("published", [("19 - 06 - 2025", "site-rule"), ("Thu, 19 Jun 2025 13:39:34 GMT", "feed")], 0),
        ("published", [("2025-06-19T08:00:00Z", "json-ld"), ("2025-06-19", "meta"), ("hier", "visible")], 0),
        ("published", [("2025-06-19T08:00:00Z", "json-ld"), ("2025-06-21", "meta")], 2),
        ("section", [("Mer", "json-ld"), ("Port", "meta"), ("Quai", "visible")], 3),
    ],
)
def test_disagreement(
    database: sqlite3.Connection, field: str, candidates: list[tuple[str, str]], different: int
) -> None:
    """The first candidate is the one that the article has."""
    database.execute("DELETE FROM field_candidates")
    database.executemany(
        "INSERT INTO field_candidates (article_id, position, field, value, origin, chosen) VALUES (1, ?, ?, ?, ?, ?)",
        [(number, field, value, origin, number == 0) for number, (value, origin) in enumerate(candidates)],
    )
    found = database.execute("SELECT different, chosen FROM doubts").fetchall()
    assert found == ([(different, candidates[0][0])] if different else [])


def test_a_million_articles_need_no_sorting(database: sqlite3.Connection) -> None:
    plan = [row[3] for row in database.execute("EXPLAIN QUERY PLAN SELECT * FROM doubts WHERE article_id = 1")]
    assert not [step for step in plan if "TEMP B-TREE FOR GROUP" in step or "MATERIALIZE" in step]
