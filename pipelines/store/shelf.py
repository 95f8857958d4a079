"""Articles in data/news.db: stored, updated, withdrawn, each with its evidence and its revisions.

Every function writes inside the transaction that its caller opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from pipelines.items import Article, Candidate, Segment
from pipelines.store import corrections
from pipelines.store.ledger import ensure_url, key_of
from pipelines.store.rows import ARTICLE_COLUMNS, BY_PRODUCTS, Row, article_columns, storable, text_id

__all__ = ["Reading", "Saved", "mark_gone", "save", "withdraw"]

Saved = Literal["stored", "updated", "unchanged", "older", "worse"]
Changes = Mapping[str, tuple[Any, Any]]
"""Column → value before and after."""


class Reading(NamedTuple):
    """Which page was read, by which rules, when and in which run."""

    page_hash: str | None
    extractor_version: str | None
    run_id: int
    at: str
    seen: str = ""
    """When the page was fetched, to the microsecond."""
    forced: bool = False
    """The page counts also where its body is worse than what is stored."""


_COLUMNS = ("url_key", *ARTICLE_COLUMNS, "page_hash", "extractor_version", "first_run_id", "last_run_id",
            "first_stored_at", "updated_at", "page_fetched_at")  # fmt: skip
_INSERT = f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SETTLE_OWN_URL = """
UPDATE urls SET
    -- an address that failed before its article came from another one is not tried again for that
    attempts = 0, next_due = CASE WHEN state = 'failed' THEN NULL ELSE next_due END,
    state = 'done', article_id = ?1
WHERE url_key = ?2 AND (state <> 'done' OR attempts <> 0 OR article_id IS NOT ?1)"""


def save(
    connection: sqlite3.Connection,
    article: Article,
    segments: Sequence[Segment],
    candidates: Sequence[Candidate],
    reading: Reading,
) -> tuple[Saved, int]:
    """Store an article with its evidence, and a revision when one of its fields is new; also gives its number.

    Compared are the article's own fields; the evidence is always that of the page read last. Nothing is written for
    an ``older`` page than the one that was read last, nor for a ``worse`` body (see
    :func:`pipelines.store.corrections.is_worse`).
    """
    key = ensure_url(connection, article.canonical_url, "article", article.site, reading.at)
    row = article_columns(article)
    found = connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
    old: Row = dict(found) if found else {}
    word: Saved
    if not old:
        page, rules, run, at, seen, _ = reading
        values = (key, *row.values(), page, rules, run, run, at, at, seen or at)
        number = connection.execute(_INSERT, values).lastrowid or 0
        _add_revision(connection, key, "stored", {}, reading)
        word = "stored"
    elif refusal := _refusal(old, row, reading):
        return refusal, old["id"]
    else:
        number = old["id"]
        word = _update(connection, old, row, reading)
    connection.execute(_SETTLE_OWN_URL, (number, key))
    _write_evidence(connection, number, segments, candidates, is_new=not old)
    return word, number


def withdraw(connection: sqlite3.Connection, key: str, reading: Reading) -> bool:
    """Take an article out; what it was stays in a revision. False when there was none."""
    old = connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
    if old is None:
        return False
    last_state = {name: (old[name], None) for name in ARTICLE_COLUMNS}
    number = _add_revision(connection, key, "withdrawn", last_state, reading)
    connection.execute("UPDATE revisions SET cause = 'rules' WHERE id = ?", (number,))
    connection.execute("DELETE FROM articles WHERE id = ?", (old["id"],))
    return True


def _update(connection: sqlite3.Connection, old: Row, row: Row, reading: Reading) -> Saved:
    row = corrections.settled(old, row)
    changes = {name: (old[name], value) for name, value in row.items() if old[name] != value}
    new: Row = {"page_hash": reading.page_hash, "extractor_version": reading.extractor_version}
    new |= {"page_fetched_at": reading.seen or reading.at} | {name: row[name] for name in changes}
    if old["gone_since"] and old["gone_since"] < reading.at:  # an older page that is read again brings nothing back
        new |= {"gone_since": None, "moved_to": None}
        _add_revision(connection, old["url_key"], "returned", {}, reading)
    changes = {name: change for name, change in changes.items() if name not in BY_PRODUCTS}
    if changes:
        new |= {"updated_at": reading.at, "last_run_id": reading.run_id}
        went, came = corrections.figures(old, row)
        number = _add_revision(connection, old["url_key"], "updated", changes, reading)
        connection.execute(
            "UPDATE revisions SET cause = ?, figures_before = ?, figures_after = ? WHERE id = ?",
            (_cause(old, reading), *(json.dumps(some) if went or came else None for some in (went, came)), number),
        )
    new = {name: value for name, value in new.items() if old[name] != value}
    if new:  # else the whole row with its text would be written again
        assignments = ", ".join(f"{name} = ?" for name in new)
        connection.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*new.values(), old["id"]))
    return "updated" if changes else "unchanged"


def _refusal(old: Row, row: Row, reading: Reading) -> Literal["older", "worse"] | None:
    if reading.seen and old["page_fetched_at"] and reading.seen < old["page_fetched_at"]:
        return "older"
    read_before = old["page_hash"] == reading.page_hash  # better rules may well leave less of the same page
    return None if read_before or reading.forced or not corrections.is_worse(old, row) else "worse"


def _cause(old: Row, reading: Reading) -> str | None:
    """Who changed the article: ``publisher`` or ``rules``; None when both may have, and the old page is lost."""
    if old["page_hash"] == reading.page_hash:
        return "rules"
    return "publisher" if old["extractor_version"] == reading.extractor_version else None


def mark_gone(connection: sqlite3.Connection, key: str, moved_to: str, reading: Reading) -> str | None:
    """Mark the article that an address leads to as gone, if it is not yet; since when, None where there is none.

    ``moved_to`` is the address of the article that took its place, if any.
    """
    old = connection.execute(
        """SELECT a.* FROM articles a LEFT JOIN urls u ON u.article_id = a.id
        WHERE u.url_key = ?1 OR a.url_key = ?1 ORDER BY a.url_key = ?1 DESC LIMIT 1""",
        (key,),
    ).fetchone()
    if old is None or (moved_to and old["url_key"] == key_of(moved_to)):
        return None
    if reading.seen and old["page_fetched_at"] and reading.seen < old["page_fetched_at"]:
        return None
    if old["gone_since"] and old["gone_since"] <= reading.at:
        return str(old["gone_since"])
    connection.execute(
        "UPDATE articles SET gone_since = ?, moved_to = ? WHERE id = ?", (reading.at, moved_to or None, old["id"])
    )
    if not old["gone_since"]:
        _add_revision(connection, old["url_key"], "gone", {}, reading)
    return reading.at


def _write_evidence(
    connection: sqlite3.Connection,
    number: int,
    segments: Sequence[Segment],
    candidates: Sequence[Candidate],
    *,
    is_new: bool,
) -> None:
    """Keep what a reading found beside the article; written is only what another reading than the last one found."""
    texts = [storable(segment.text) for segment in segments]
    ids = [text_id(text) for text in texts]
    removed = [(number, i, one.reason, ids[i]) for i, one in enumerate(segments)]
    if is_new or _replaces(connection, "article_segments", "position, reason, text_id", removed, number):
        connection.executemany(
            "INSERT INTO segment_texts (id, text) VALUES (?, ?) ON CONFLICT DO NOTHING", zip(ids, texts, strict=True)
        )
        connection.executemany(
            "INSERT INTO article_segments (article_id, position, reason, text_id) VALUES (?, ?, ?, ?)", removed
        )
    found = [(number, i, one.field, storable(one.value), one.origin, int(one.chosen))
             for i, one in enumerate(candidates)]  # fmt: skip
    if is_new or _replaces(connection, "field_candidates", "position, field, value, origin, chosen", found, number):
        connection.executemany(
            "INSERT INTO field_candidates (article_id, position, field, value, origin, chosen) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            found,
        )


def _replaces(
    connection: sqlite3.Connection, table: str, columns: str, rows: Sequence[tuple[Any, ...]], number: int
) -> bool:
    """Whether an article's rows are to be written: those that are there say otherwise, and are gone now."""
    stored = connection.execute(f"SELECT article_id, {columns} FROM {table} WHERE article_id = ?", (number,))
    if sorted(map(tuple, stored), key=itemgetter(1)) == rows:
        return False
    connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (number,))
    return True


def _add_revision(connection: sqlite3.Connection, key: str, kind: str, changes: Changes, reading: Reading) -> int:
    number = connection.execute(
        "INSERT INTO revisions (url_key, kind, page_hash, extractor_version, run_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        (key, kind, *reading[:4]),
    ).lastrowid
    if changes:
        connection.executemany(
            "INSERT INTO revision_changes (revision_id, field, old_value, new_value) VALUES (?, ?, ?, ?)",
            ((number, field, before, after) for field, (before, after) in changes.items()),
        )
    return number or 0
