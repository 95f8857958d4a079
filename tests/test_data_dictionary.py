"""The data dictionary describes every column that there is, and docs/data.md says what it says."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.dictionary import ARTICLES, EXPORTABLE, column, columns, tables
from pipelines.items import Article
from pipelines.store import Store

TEXT = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = {
    name: section
    for title, section in re.findall(r"^#+ ([^\n]+)\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    for name in re.findall(r"\w+", title)
}


def schema(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Every column of a database: whether it is a table's or a view's, its table, name and type."""
    found = sqlite3.connect(path).execute(
        """SELECT m.type, m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlite%' ESCAPE '\\'
        AND m.name NOT LIKE 'articles_fts%'"""
    )
    yield from found


@pytest.mark.parametrize("kind", [Store, Archive])
def test_every_column_is_described(tmp_path: Path, kind: type[Store] | type[Archive]) -> None:
    kind.open(tmp_path / "any.db").close()
    found = list(schema(tmp_path / "any.db"))
    assert found
    for _, table, name, _ in found:
        own = [SECTIONS[table]] if table in SECTIONS else [text for text in SECTIONS.values() if f"`{table}`" in text]
        assert any(f"`{name}`" in text for text in own), f"docs/data.md says nothing of {table}.{name}"


@pytest.mark.parametrize("kind", [Store, Archive])
def test_the_dictionary_fits_the_schema(tmp_path: Path, kind: type[Store] | type[Archive]) -> None:
    kind.open(tmp_path / "any.db").close()
    for what, table, name, kind_in_sqlite in schema(tmp_path / "any.db"):
        if table not in tables():  # the tables behind a view that is described, and views that docs/data.md explains
            behind = table in ("article_segments", "segment_texts")
            assert behind or what == "view", f"dictionary.tsv lacks {table}: run tools/data_dictionary.py"
            continue
        described = {own.name: own for own in columns(table)}
        assert name in described, f"dictionary.tsv lacks {table}.{name}"
        if what == "table":
            assert described[name].type == kind_in_sqlite, f"{table}.{name}"


@pytest.mark.parametrize(
    "line",
    [
        f"| `{own.name}` | {own.type} | {own.description} |"
        for table in tables()
        if table in SECTIONS or table == "export"
        for own in columns(table)
    ],
)
def test_the_documentation_says_what_the_dictionary_says(line: str) -> None:
    assert line in TEXT.splitlines()


def test_every_column_has_a_description_and_a_kind() -> None:
    kinds = {"text", "list", "integer", "real", "flag", "date", "moment", "blob"}
    assert all(own.description and own.kind in kinds for table in tables() for own in columns(table))


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_every_field_has_other_peoples_name(name: str) -> None:
    own = column(name)
    lines = re.findall(rf"^\| `{name}` \| (.+) \| (.+) \|$", SECTIONS["names"], re.MULTILINE)
    schema_org, zyte = next(pair for pair in lines if pair[0] != own.type)
    assert schema_org.startswith(f"`{own.schema_org}`" if own.schema_org else "-")
    assert zyte == (f"`{own.zyte}`" if own.zyte else "-")


def test_an_export_has_every_field_of_an_article() -> None:
    assert ARTICLES[:-1] == tuple(field.name for field in fields(Article))
    assert set(ARTICLES) < set(EXPORTABLE)
    assert all(column(name) for name in EXPORTABLE)
