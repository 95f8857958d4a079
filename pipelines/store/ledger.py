"""What was heard of and fetched: runs, urls, headlines and fetches of data/news.db; outcomes are in settling.py.

Every function writes inside the transaction that its caller opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from pipelines.items import Page
from pipelines.store.rows import exact_time, or_null, storable, to_second
from pipelines.store.sightings import Sighting
from pipelines.urls import canonical_url, url_key

__all__ = [
    "add_fetch",
    "begin_run",
    "end_run",
    "ensure_site",
    "ensure_url",
    "give_back",
    "key_of",
    "meet_url",
    "running",
    "write_sightings",
]

_INSERT_URL = """
INSERT INTO urls (url_key, url, kind, site, state, first_seen, last_seen) VALUES (?, ?, ?, ?, 'found', ?, ?)
ON CONFLICT (url_key) DO UPDATE SET
    site = coalesce(site, excluded.site),
    first_seen = min(first_seen, excluded.first_seen),
    last_seen = max(last_seen, excluded.last_seen)"""

_SEEN = "SELECT site, first_seen, last_seen FROM urls WHERE url_key = ?"
_SEE_URL = "UPDATE urls SET last_seen = ? WHERE url_key = ?"

_FETCH_URL = """
UPDATE urls SET last_seen = max(last_seen, ?3), last_fetched = max(coalesce(last_fetched, ''), ?3)
WHERE url_key = ?1 AND (?2 IS NULL OR site = ?2) AND first_seen <= ?3"""

_SEE_HEADLINE = """
UPDATE headlines SET
    times_seen = times_seen + CASE WHEN ?6 > last_seen THEN ?7 ELSE 0 END, last_seen = max(last_seen, ?6)
WHERE url_key = ?1 AND title = ?2 AND aggregator = ?3 AND seen_in = ?4 AND first_seen <= ?5"""

_INSERT_HEADLINE = """
INSERT INTO headlines (url_key, title, aggregator, seen_in, seen_on, language, publisher, published_raw, summary,
    first_seen, last_seen, times_seen, first_run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url_key, title, aggregator, seen_in) DO UPDATE SET
    -- pages that are extracted again were all seen before and do not count again
    times_seen = times_seen + CASE WHEN excluded.last_seen > last_seen THEN excluded.times_seen ELSE 0 END,
    -- as it was printed first: what is told of a page does not change with the pages read after it
    seen_on = CASE WHEN excluded.first_seen < first_seen THEN excluded.seen_on ELSE seen_on END,
    publisher = CASE WHEN excluded.first_seen < first_seen THEN excluded.publisher ELSE publisher END,
    published_raw = CASE WHEN excluded.first_seen < first_seen THEN excluded.published_raw ELSE published_raw END,
    summary = CASE WHEN excluded.first_seen < first_seen THEN excluded.summary ELSE summary END,
    language = coalesce(excluded.language, language),
    first_seen = min(first_seen, excluded.first_seen),
    last_seen = max(last_seen, excluded.last_seen)"""

_FIND_FETCH = "SELECT 1 FROM fetches WHERE url_key = ? AND fetched_at = ? AND page_hash IS ?"
_INSERT_FETCH = """
INSERT INTO fetches (run_id, url_key, url, final_url, status, bytes, page_hash, fetched_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


def key_of(url: str) -> str:
    """The identity of a URL; of text that is no web address (it may have an outcome too) the text itself."""
    try:
        return url_key(url)
    except ValueError:
        return storable(url.strip()[:2000])


def begin_run(connection: sqlite3.Connection, kind: str, site: str, arguments: str, version: str, at: str) -> int:
    """A new run's number."""
    values = (kind, ensure_site(connection, site, at), or_null(arguments), or_null(version), at)
    sql = "INSERT INTO runs (kind, site, arguments, version, started_at) VALUES (?, ?, ?, ?, ?)"
    return connection.execute(sql, values).lastrowid or 0


def end_run(connection: sqlite3.Connection, run_id: int, state: str, reason: str, at: str) -> None:
    """How and when a run ended."""
    connection.execute(
        "UPDATE runs SET state = ?, reason = ?, ended_at = ? WHERE id = ?", (state, or_null(reason), at, run_id)
    )


def running(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Runs that have not ended, with their sites, oldest first."""
    return [(row[0], row[1] or "") for row in connection.execute("SELECT id, site FROM runs WHERE state = 'running'")]


def give_back(connection: sqlite3.Connection, run_id: int) -> None:
    """What a run that is gone had in its hands waits again; what an ingest was to fetch does not."""
    connection.execute("DELETE FROM frontier WHERE queue = ?", (f"page/{run_id}",))
    connection.execute("UPDATE frontier SET lease = NULL WHERE lease = ?", (run_id,))


def ensure_site(connection: sqlite3.Connection, name: str, at: str) -> str | None:
    """The site's name, known to the database from now on; None for an empty one."""
    if not name:
        return None
    connection.execute("INSERT INTO sites (name, first_seen) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, at))
    return name


def ensure_url(connection: sqlite3.Connection, url: str, kind: str, site: str, at: str, until: str = "") -> str:
    """The identity of a URL, known to the database from now on. ``at`` and ``until``: when it was seen, as text."""
    return meet_url(connection, url, kind, site, at, until, of_known_site=False)[0]


def meet_url(
    connection: sqlite3.Connection,
    url: str,
    kind: str,
    site: str,
    at: str,
    until: str = "",
    *,
    of_known_site: bool = True,
) -> tuple[str, bool]:
    """As :func:`ensure_url`, of a site that the database knows; also whether the URL is new."""
    key, until = key_of(url), until or at
    known = connection.execute(_SEEN, (key,)).fetchone()
    if known and (not site or known["site"] == site) and known["first_seen"] <= at:
        if known["last_seen"] < until:  # what is indexed stays as it is
            connection.execute(_SEE_URL, (until, key))
        return key, False
    try:
        address = canonical_url(url)
    except ValueError:
        address = key
    if not of_known_site:
        ensure_site(connection, site, at)
    connection.execute(_INSERT_URL, (key, address, kind, site or None, at, until))
    return key, known is None


def write_sightings(connection: sqlite3.Connection, sightings: Iterable[Sighting]) -> None:
    """The headlines that were seen, and their URLs."""
    sites = set[str]()
    for seen in sightings:
        headline = seen.headline
        first, last = exact_time(headline.seen_at), exact_time(seen.last_seen)
        times = to_second(headline.seen_at), to_second(seen.last_seen)
        if headline.aggregator not in sites:
            sites.add(headline.aggregator)
            ensure_site(connection, headline.aggregator, times[0])
        key, _ = meet_url(connection, headline.url, "article", headline.aggregator, *times)
        printed = (headline.seen_on, headline.language, headline.publisher, headline.published_raw, headline.summary)
        identity = (key, storable(headline.title), headline.aggregator, headline.seen_in)
        if seen.written and connection.execute(_SEE_HEADLINE, (*identity, first, last, seen.times)).rowcount:
            continue
        connection.execute(_INSERT_HEADLINE, (*identity, *map(or_null, printed), first, last, seen.times, seen.run_id))


def add_fetch(connection: sqlite3.Connection, page: Page, page_hash: str, run_id: int | None) -> None:
    """What was asked and what answered; nothing is added when it is known."""
    key, at = key_of(page.url), to_second(page.fetched_at)
    asked = (key, page.site or None, at)
    if not connection.execute(_FETCH_URL, asked).rowcount:
        ensure_url(connection, page.url, "article", page.site, at)
        connection.execute(_FETCH_URL, asked)
    body, moment = or_null(page_hash), exact_time(page.fetched_at)
    if connection.execute(_FIND_FETCH, (key, moment, body)).fetchone():  # a page that is read again was fetched once
        return
    addresses = (storable(page.url), storable(page.final_url))
    connection.execute(_INSERT_FETCH, (run_id, key, *addresses, page.status, len(page.body), body, moment))
