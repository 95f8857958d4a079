"""What an outcome means for the URL's future: written into ``urls`` in the transaction of the outcome itself."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from pipelines.items import Outcome
from pipelines.store.dues import NO_FAILURES, NOT_YET, Rhythm, next_poll, next_try, next_visit
from pipelines.store.ledger import key_of
from pipelines.store.outcomes import is_final
from pipelines.store.rows import or_null, to_second

__all__ = ["settle"]

_FIND = """
SELECT urls.kind, attempts, poll_seconds, fingerprint, last_outcome, last_fetched, first_stored_at, published_at
FROM urls LEFT JOIN articles ON articles.id = urls.article_id WHERE urls.url_key = ?"""
_IN_ARTICLES = ("stored", "updated", "unchanged", "not-modified")


def settle(connection: sqlite3.Connection, outcome: Outcome, at: datetime, rhythm: Rhythm) -> None:
    """Say when the URL is due again. ``at`` is the time of the outcome."""
    key, word = key_of(outcome.url), outcome.outcome
    row = connection.execute(_FIND, (key,)).fetchone()
    if row is None or row["last_outcome"] != word:  # a better outcome of this run stands already
        return
    if row["last_fetched"] and to_second(at) < row["last_fetched"]:  # an older page that is read again
        return
    if word == "listed":
        _settle_list(connection, key, row, outcome.fingerprint, at, rhythm)
        return
    if word in NO_FAILURES:  # nothing was asked: what is known of the URL stays
        return
    if word == NOT_YET:
        sql = "UPDATE urls SET next_due = coalesce(next_due, ?) WHERE url_key = ?"
        connection.execute(sql, (to_second(at), key))
        return
    attempts, due = 0, None
    if word in _IN_ARTICLES and row["first_stored_at"]:
        stored, published = _moment(row["first_stored_at"]), _moment(row["published_at"])
        due = next_visit(stored or at, published, at, rhythm)
    elif not is_final(word):
        attempts = row["attempts"] + 1
        due = next_try(word, attempts, at)
    connection.execute(
        "UPDATE urls SET attempts = ?, next_due = ? WHERE url_key = ?", (attempts, due and to_second(due), key)
    )


def _settle_list(
    connection: sqlite3.Connection, key: str, row: sqlite3.Row, fingerprint: str, at: datetime, rhythm: Rhythm
) -> None:
    changed = not fingerprint or fingerprint != row["fingerprint"]
    seconds = next_poll(row["poll_seconds"], changed, rhythm)
    connection.execute(
        """UPDATE urls SET attempts = 0, next_due = ?, poll_seconds = ?, fingerprint = ?,
        last_changed = CASE WHEN ? THEN ? ELSE last_changed END WHERE url_key = ?""",
        (to_second(at + timedelta(seconds=seconds)), seconds, or_null(fingerprint), changed, to_second(at), key),
    )


def _moment(text: str | None) -> datetime | None:
    """A time as stored, as precise as it is; a day is its last second, since nothing says that it was earlier."""
    if not text:
        return None
    if len(text) == 7:
        text += "-28"
    if len(text) == 10:
        text += "T23:59:59Z"
    return datetime.fromisoformat(text).astimezone(UTC)
