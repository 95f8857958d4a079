"""Outcomes, and what they mean for the URL's future: written into ``urls`` in the transaction of the outcome itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.items import Outcome
from pipelines.store.dues import NO_FAILURES, NOT_YET, Rhythm, next_poll, next_try, next_visit
from pipelines.store.ledger import ensure_url, key_of
from pipelines.store.outcomes import is_final, rank
from pipelines.store.rows import Row, or_null, to_second

__all__ = ["record"]

_FIND = """
SELECT u.kind, u.site, u.state, u.first_seen, u.last_seen, u.article_id, u.last_outcome, u.last_fetched, u.next_due,
    u.attempts, u.poll_seconds, u.fingerprint, u.last_changed, o.outcome AS before,
    -- the article that it leads to now
    a.id AS leads_to, a.first_stored_at, a.published_at
FROM urls u LEFT JOIN outcomes o ON o.run_id = ?2 AND o.url_key = u.url_key
    LEFT JOIN articles a ON a.id = coalesce((SELECT id FROM articles WHERE url_key = ?3), u.article_id)
WHERE u.url_key = ?1"""

_INSERT_OUTCOME = """
INSERT INTO outcomes (run_id, url_key, outcome, detail, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET outcome = excluded.outcome, detail = excluded.detail, at = excluded.at"""

_IN_ARTICLES = ("stored", "updated", "unchanged", "not-modified")


def record(
    connection: sqlite3.Connection, outcome: Outcome, run_id: int, at: datetime, kind: str, site: str, rhythm: Rhythm
) -> None:
    """What became of a URL in a run, and when it is due again. ``at`` is the time of the outcome."""
    moment, word = to_second(at), outcome.outcome
    key, row = _found(connection, outcome, run_id, moment, kind, site)
    new: Row = {"last_seen": max(row["last_seen"], moment)}
    if not row["before"] or rank(row["before"]) <= rank(word):
        connection.execute(_INSERT_OUTCOME, (run_id, key, word, or_null(outcome.detail), moment))
        if word != "known":  # nothing was asked: what is known of the URL stays
            new |= _state(row, word, moment, kind or ("listing" if word == "listed" else ""))
    new |= _due({**row, **new}, outcome, at, rhythm)
    changed = {name: value for name, value in new.items() if value != row[name]}
    if changed:  # nothing else: a column that is set has its indexes written, whatever it was
        assignments = ", ".join(f"{name} = ?" for name in changed)
        connection.execute(f"UPDATE urls SET {assignments} WHERE url_key = ?", (*changed.values(), key))


def _found(
    connection: sqlite3.Connection, outcome: Outcome, run_id: int, at: str, kind: str, site: str
) -> tuple[str, Row]:
    """The identity of an outcome's URL and what is known of it; it becomes known where it was not."""
    key = key_of(outcome.url)
    asked = (key, run_id, key_of(outcome.canonical_url) if outcome.canonical_url else None)
    row = connection.execute(_FIND, asked).fetchone()
    if row is None or (site and site != row["site"]) or at < row["first_seen"]:
        ensure_url(connection, outcome.url, kind or "article", site, at)
        row = connection.execute(_FIND, asked).fetchone()
    return key, dict(row)


def _state(row: Mapping[str, Any], word: str, at: str, kind: str) -> Row:
    """What an outcome makes of a URL."""
    # An older page that is read again does not hide that the last one was a 404.
    is_older = row["last_fetched"] is not None and at < row["last_fetched"]
    return {
        "last_outcome": row["last_outcome"] if is_older else word,
        "kind": kind if kind and row["kind"] == "article" else row["kind"],  # a feed that was listed stays a feed
        "article_id": row["leads_to"],
        "state": "done" if is_final(word) or row["state"] == "done" else "failed",
    }


def _due(row: Mapping[str, Any], outcome: Outcome, at: datetime, rhythm: Rhythm) -> Row:
    """When the URL is due again: columns of ``urls``, none where that stays as it is."""
    word = outcome.outcome
    if row["last_outcome"] != word:  # a better outcome of this run stands already
        return {}
    if row["last_fetched"] and to_second(at) < row["last_fetched"]:  # an older page that is read again
        return {}
    if word == "listed":
        return _next_list(row, outcome.fingerprint, at, rhythm)
    if word in NO_FAILURES:  # nothing was asked: what is known of the URL stays
        return {}
    if word == NOT_YET:
        return {} if row["next_due"] else {"next_due": to_second(at)}
    attempts, due = 0, None
    if word in _IN_ARTICLES and row["first_stored_at"]:
        stored, published = _moment(row["first_stored_at"]), _moment(row["published_at"])
        due = next_visit(stored or at, published, at, rhythm)
    elif not is_final(word):
        attempts = row["attempts"] + 1
        due = next_try(word, attempts, at)
    return {"attempts": attempts, "next_due": due and to_second(due)}


def _next_list(row: Mapping[str, Any], fingerprint: str, at: datetime, rhythm: Rhythm) -> Row:
    changed = not fingerprint or fingerprint != row["fingerprint"]
    seconds = next_poll(row["poll_seconds"], changed, rhythm)
    return {
        "attempts": 0,
        "next_due": to_second(at + timedelta(seconds=seconds)),
        "poll_seconds": seconds,
        "fingerprint": or_null(fingerprint),
        "last_changed": to_second(at) if changed else row["last_changed"],
    }


def _moment(text: str | None) -> datetime | None:
    """A time as stored, as precise as it is; a day is its last second, since nothing says that it was earlier."""
    if not text:
        return None
    if len(text) == 7:
        text += "-28"
    if len(text) == 10:
        text += "T23:59:59Z"
    return datetime.fromisoformat(text).astimezone(UTC)
