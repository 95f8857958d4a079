"""What a server said last of a listing, feed or article, so that it can be asked whether that has changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.archive import Archive
from pipelines.archive.compression import Codec, DamagedError
from pipelines.store.database import explained
from pipelines.store.rows import exact_time, or_null

__all__ = ["Remembered", "remember", "remembered", "validators"]

_PLAIN = Codec()


@dataclass(frozen=True)
class Remembered:
    """A server's last answer."""

    etag: str
    last_modified: str
    """As the server wrote it."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def remember(archive: Archive, url_key: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime) -> None:
    """Keep a listing's answer in place of the one before, if the server can be asked whether it has changed."""
    named = dict(headers)
    etag, modified = named.get("etag", ""), named.get("last-modified", "")
    with archive.step(rows=1) as connection:
        connection.execute("DELETE FROM lists WHERE url_key = ?", (url_key,))
        if etag or modified:
            answer = (or_null(etag), or_null(modified), json.dumps(headers), exact_time(at))
            kept = (url_key, *answer, len(body), _PLAIN.compress(body))
            connection.execute("INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?)", kept)


def remembered(archive: Archive, url_key: str) -> Remembered | None:
    """A listing's last answer; None when it was never read, cannot be read, or the server cannot be asked."""
    with explained(archive.path):
        row = archive.connection.execute("SELECT * FROM lists WHERE url_key = ?", (url_key,)).fetchone()
    if row is None:
        return None
    try:
        body = _PLAIN.decompress(row["body"], row["raw_size"])
    except DamagedError:
        return None
    headers = tuple((name, value) for name, value in json.loads(row["headers"]))
    return Remembered(row["etag"] or "", row["last_modified"] or "", headers, body)


def validators(archive: Archive, url_key: str) -> Remembered | None:
    """ETag and Last-Modified of the page fetched last from a URL, if that was one; without its body."""
    sql = "SELECT status, headers FROM pages WHERE url_key = ? ORDER BY fetched_at DESC, id DESC LIMIT 1"
    with explained(archive.path):
        row = archive.connection.execute(sql, (url_key,)).fetchone()
    if row is None or row["status"] != 200:
        return None
    named = dict(json.loads(row["headers"]))
    return Remembered(named.get("etag", ""), named.get("last-modified", ""))
