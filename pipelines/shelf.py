"""Articles in data/news.db: stored, updated, withdrawn, each with its evidence and its revisions.

Every function writes inside the transaction that its caller opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pipelines.items import Article, Candidate, Segment
from pipelines.ledger import ensure_url
from pipelines.rows import ARTICLE_COLUMNS, Row, article_columns, storable, text_id

__all__ = ["Reading", "Saved", "save", "withdraw"]

Saved = Literal["stored", "updated", "unchanged"]
Changes = Mapping[str, tuple[Any, Any]]
"""Column → value before and after."""


class Reading(NamedTuple):
    """Which page was read, by which rules, when and in which run."""

    page_hash: str | None
    extractor_version: str | None
    run_id: int
    at: str


_COLUMNS = ("url_key", *ARTICLE_COLUMNS, "page_hash", "extractor_version", "first_run_id", "last_run_id",
            "first_stored_at", "updated_at")  # fmt: skip
_INSERT = f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def save(
    connection: sqlite3.Connection,
    article: Article,
    segments: Sequence[Segment],
    candidates: Sequence[Candidate],
    reading: Reading,
) -> Saved:
    """Store an article with its evidence, and a revision when one of its fields is new.

    Compared are the article's own fields; the evidence is always that of the page read last.
    """
    key = ensure_url(connection, article.canonical_url, "article", article.site, reading.at)
    row = article_columns(article)
    old = connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
    word: Saved
    if old is None:
        page, rules, run, at = reading
        number = connection.execute(_INSERT, (key, *row.values(), page, rules, run, run, at, at)).lastrowid or 0
        _add_revision(connection, key, "stored", {}, reading)
        word = "stored"
    else:
        number = old["id"]
        word = _update(connection, old, row, reading)
        connection.execute("DELETE FROM article_segments WHERE article_id = ?", (number,))
        connection.execute("DELETE FROM field_candidates WHERE article_id = ?", (number,))
    connection.execute("UPDATE urls SET state = 'done', article_id = ? WHERE url_key = ?", (number, key))
    _write_evidence(connection, number, segments, candidates)
    return word


def withdraw(connection: sqlite3.Connection, key: str, reading: Reading) -> bool:
    """Take an article out; what it was stays in a revision. False when there was none."""
    old = connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
    if old is None:
        return False
    last_state = {name: (old[name], None) for name in ARTICLE_COLUMNS if old[name] is not None}
    _add_revision(connection, key, "withdrawn", last_state, reading)
    connection.execute("DELETE FROM articles WHERE id = ?", (old["id"],))
    return True


def _update(connection: sqlite3.Connection, old: sqlite3.Row, row: Row, reading: Reading) -> Saved:
    row = row | {"site": old["site"] or row["site"]}  # an article that several sites print stays with the first
    changes = {name: (old[name], value) for name, value in row.items() if old[name] != value}
    new: Row = {"page_hash": reading.page_hash, "extractor_version": reading.extractor_version}
    if changes:
        new |= {name: row[name] for name in changes} | {"updated_at": reading.at, "last_run_id": reading.run_id}
        _add_revision(connection, old["url_key"], "updated", changes, reading)
    assignments = ", ".join(f"{name} = ?" for name in new)
    connection.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*new.values(), old["id"]))
    return "updated" if changes else "unchanged"


def _write_evidence(
    connection: sqlite3.Connection, number: int, segments: Sequence[Segment], candidates: Sequence[Candidate]
) -> None:
    texts = [storable(segment.text) for segment in segments]
    ids = [text_id(text) for text in texts]
    connection.executemany(
        "INSERT INTO segment_texts (id, text) VALUES (?, ?) ON CONFLICT DO NOTHING", zip(ids, texts, strict=True)
    )
    connection.executemany(
        "INSERT INTO article_segments (article_id, position, reason, text_id) VALUES (?, ?, ?, ?)",
        ((number, position, segment.reason, ids[position]) for position, segment in enumerate(segments)),
    )
    connection.executemany(
        "INSERT INTO field_candidates (article_id, position, field, value, origin, chosen) VALUES (?, ?, ?, ?, ?, ?)",
        ((number, i, one.field, storable(one.value), one.origin, int(one.chosen)) for i, one in enumerate(candidates)),
    )


def _add_revision(connection: sqlite3.Connection, key: str, kind: str, changes: Changes, reading: Reading) -> None:
    number = connection.execute(
        "INSERT INTO revisions (url_key, kind, page_hash, extractor_version, run_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        (key, kind, *reading),
    ).lastrowid
    connection.executemany(
        "INSERT INTO revision_changes (revision_id, field, old_value, new_value) VALUES (?, ?, ?, ?)",
        ((number, field, before, after) for field, (before, after) in changes.items()),
    )
