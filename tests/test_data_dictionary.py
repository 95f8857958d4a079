"""docs/data.md names every table, view and column there is, and every field of an article in other people's names."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.items import Article
from pipelines.store import Store

TEXT = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = {
    name: section
    for title, section in re.findall(r"^#+ ([^\n]+)\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    for name in re.findall(r"\w+", title)
}


def columns(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        """SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlite%' ESCAPE '\\'
        AND m.name NOT LIKE 'articles_fts%'"""
    )
    return found.fetchall()


@pytest.mark.parametrize("kind", [Store, Archive])
def test_every_column_is_described(tmp_path: Path, kind: type[Store] | type[Archive]) -> None:
    kind.open(tmp_path / "any.db").close()
    found = columns(tmp_path / "any.db")
    assert found
    for table, column in found:
        own = [SECTIONS[table]] if table in SECTIONS else [text for text in SECTIONS.values() if f"`{table}`" in text]
        assert any(f"`{column}`" in text for text in own), f"{table}.{column}"


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_every_field_has_other_peoples_name(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| .+ \| .+ \|$", SECTIONS["names"], re.MULTILINE)
