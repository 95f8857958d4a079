"""SQLite: one table `articles` with a full-text index, and the table `columns` that says what its columns mean.

Lists are JSON text, truth values 0 or 1, as in news.db. Datasette and sqlite-utils open the file as it is.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from newscrawl.export import Row
from pipelines.dictionary import Column

__all__ = ["write"]

_INDEXED = ("language", "publisher", "site", "published_at")
_SEARCHED = ("title", "subtitle", "lead", "body")


def write(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write the database, by way of a temporary file since SQLite writes to files alone; returns the number of rows."""
    with tempfile.TemporaryDirectory(prefix="newscrawl-") as folder:
        path = Path(folder) / "articles.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -16000"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            count = _fill(connection, rows, columns)
            _index(connection, [column.name for column in columns])
            connection.execute("COMMIT")
        with path.open("rb") as file:
            shutil.copyfileobj(file, stream)
    return count


def _fill(connection: sqlite3.Connection, rows: Iterable[Row], columns: Sequence[Column]) -> int:
    names = [column.name for column in columns]
    key = next((name for name in ("url_key", "canonical_url") if name in names), "")
    parts = [f'"{own.name}" {own.type.upper()}{" PRIMARY KEY" if own.name == key else ""}' for own in columns]
    connection.execute(f"CREATE TABLE articles ({', '.join(parts)})")
    connection.execute("CREATE TABLE columns (name TEXT PRIMARY KEY, kind TEXT NOT NULL, description TEXT NOT NULL)")
    connection.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)", [(own.name, own.kind, own.description) for own in columns]
    )
    count = 0

    def values() -> Iterator[list[Any]]:
        nonlocal count
        for row in rows:
            count += 1
            yield [_value(row[name]) for name in names]

    connection.executemany(f"INSERT INTO articles VALUES ({', '.join('?' * len(names))})", values())
    return count


def _value(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else value


def _index(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    for name in _INDEXED:
        if name in names:
            connection.execute(f"CREATE INDEX articles_{name} ON articles({name})")
    searched = ", ".join(name for name in _SEARCHED if name in names)
    if searched:
        connection.execute(
            f"CREATE VIRTUAL TABLE articles_fts USING fts5({searched}, "
            'content="articles", tokenize="unicode61 remove_diacritics 2")'
        )
        connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
