"""What articles were: their versions, what a run changed, and which pages all of it was read from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.store.database import explained
from pipelines.store.ledger import key_of
from pipelines.store.rows import ARTICLE_COLUMNS, BY_PRODUCTS, Row, readable

__all__ = ["Change", "History", "Made", "Version"]

COLUMNS = tuple(name for name in ARTICLE_COLUMNS if name not in BY_PRODUCTS)
"""What a version consists of."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an article, or what became of it."""

    number: int
    """1, 2, 3 ... for each article."""
    kind: str
    """``stored``, ``updated``, ``withdrawn``, ``gone`` or ``returned``."""
    cause: str | None
    """Of an update: ``publisher`` or ``rules``; None when it is not known."""
    at: str
    """When the page was fetched."""
    run_id: int | None
    run_started_at: str | None
    page_hash: str | None
    extractor_version: str | None
    changed: tuple[str, ...]
    """Columns."""
    figures: tuple[list[str], list[str]] | None
    """Numbers that went and came; None when they are the same."""
    state: Row = field(repr=False)
    """The article's columns right after it; empty for ``withdrawn``."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a run did to one article."""

    url: str
    """Its canonical address."""
    kind: str
    cause: str | None
    fields: dict[str, tuple[Any, Any]]
    """Column to value before and after; None where there is none. Of a stored article every column that has one."""


class Made(NamedTuple):
    """What an article was made by."""

    page_hash: str
    fetched_at: str
    """To the microsecond."""
    extractor_version: str


class History:
    """Questions about revisions, on the store's connection; rows are read as they are asked for."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def address_of(self, url: str) -> str:
        """The address to fetch for one that a person names: as it is, unless it leads to a stored article.

        Then the address that the article was fetched from last: a mirror's, or the aggregator's page of an article
        that was named by its publisher's address.
        """
        with explained(self._path):
            key = self._article_key(url)
            fetched = self._connection.execute(
                """SELECT f.url FROM articles a JOIN fetches f ON f.page_hash = a.page_hash
                WHERE a.url_key = ? ORDER BY f.fetched_at DESC LIMIT 1""",
                (key,),
            ).fetchone()
            own = self._connection.execute("SELECT 1 FROM fetches WHERE url_key = ?", (key_of(url),)).fetchone()
        return fetched["url"] if fetched and not own else url

    def _article_key(self, url: str) -> str:
        """The identity of the article that an address leads to; the address's own where it leads to none."""
        key = key_of(url)
        found = (
            self._connection.execute(
                "SELECT a.url_key FROM urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ?", (key,)
            ).fetchone()
            or self._connection.execute(
                f"SELECT url_key FROM articles WHERE source_url IN ({', '.join('?' * len(_spellings(key)))})",
                _spellings(key),
            ).fetchone()
        )
        return str(found["url_key"]) if found else key

    def versions(self, url: str) -> list[Version]:
        """Every version of an article, oldest first; none when it never was stored. ``url`` in any form."""
        with explained(self._path):
            key = self._article_key(url)
            found = self._connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
            revisions = self._connection.execute(
                """SELECT revisions.*, runs.started_at FROM revisions LEFT JOIN runs ON runs.id = run_id
                WHERE url_key = ? ORDER BY revisions.id DESC""",
                (key,),
            ).fetchall()
            state = {name: found[name] for name in COLUMNS} if found else {}
            versions = []
            for number, revision in zip(range(len(revisions), 0, -1), revisions, strict=True):
                changes = self._changes(revision["id"])
                versions.append(_version(number, revision, tuple(changes), state))
                state = state | {name: before for name, (before, _) in changes.items()}
        return versions[::-1]

    def changes(self, run_id: int) -> Iterator[Change]:
        """What a run changed, an article after the other by its address; several changes of one become one."""
        with explained(self._path):
            keys = self._connection.execute(
                "SELECT DISTINCT url_key FROM revisions WHERE run_id = ? ORDER BY url_key", (run_id,)
            )
            for (key,) in keys:
                if change := self._change(key, run_id):
                    yield change

    def leads_anywhere(self, url_key: str, article_key: str) -> bool:
        """Whether an address leads to a stored article, or an article of that identity is stored."""
        sql = """SELECT 1 FROM articles WHERE url_key = ?
        UNION ALL SELECT 1 FROM urls WHERE url_key = ? AND article_id IS NOT NULL"""
        with explained(self._path):
            return self._connection.execute(sql, (article_key, url_key)).fetchone() is not None

    def made_from(self, url_key: str) -> Made | None:
        """The page and the rules that an article was made by last; None where there is no article."""
        with explained(self._path):
            row = self._connection.execute(
                "SELECT page_hash, page_fetched_at, extractor_version FROM articles WHERE url_key = ?", (url_key,)
            ).fetchone()
        return _made(row) if row else None

    def articles_at(self, *urls: str) -> list[Made]:
        """What the articles were made by that any of the addresses leads to."""
        keys = [key_of(url) for url in dict.fromkeys(urls)]
        marks = ", ".join("?" * len(keys))
        with explained(self._path):
            found = self._connection.execute(
                f"""SELECT page_hash, page_fetched_at, extractor_version FROM articles
                WHERE url_key IN ({marks}) OR id IN (SELECT article_id FROM urls WHERE url_key IN ({marks}))""",
                [*keys, *keys],
            )
            return [_made(row) for row in found]

    def site_of(self, *urls: str) -> str:
        """The site of the first of the addresses that is a mirror: it leads to an article of another address.

        Empty when none is. A page of a mirror keeps its identity only when it is known whose mirror it is.
        """
        with explained(self._path):
            for url in urls:
                sql = """SELECT u.site FROM urls u JOIN articles a ON a.id = u.article_id
                WHERE u.url_key = ? AND a.url_key <> u.url_key AND u.site IS NOT NULL"""
                if row := self._connection.execute(sql, (key_of(url),)).fetchone():
                    return str(row["site"])
        return ""

    def keys_of(self, url: str) -> list[str]:
        """The identities of all addresses that lead where this one leads; its own among them."""
        with explained(self._path):
            key = self._article_key(url)
            found = self._connection.execute(
                "SELECT u.url_key FROM articles a JOIN urls u ON u.article_id = a.id WHERE a.url_key = ?", (key,)
            )
            return list(dict.fromkeys([key_of(url), key, *(row["url_key"] for row in found)]))

    def read_last_by(self, url: str) -> str:
        """The version of the rules of the last run that met an address; empty when none did."""
        with explained(self._path):
            row = self._connection.execute(
                """SELECT runs.version FROM outcomes JOIN runs ON runs.id = run_id
                WHERE url_key = ? ORDER BY run_id DESC LIMIT 1""",
                (key_of(url),),
            ).fetchone()
        return (row["version"] or "") if row else ""

    def page_hashes(self, *, revisions: bool = False) -> set[str]:
        """The pages that the articles were read from, or all that any revision was made from."""
        table = "revisions" if revisions else "articles"
        with explained(self._path):
            found = self._connection.execute(f"SELECT page_hash FROM {table} WHERE page_hash IS NOT NULL")
            return {row["page_hash"] for row in found}

    def _change(self, key: str, run_id: int) -> Change | None:
        found = self._connection.execute("SELECT * FROM articles WHERE url_key = ?", (key,)).fetchone()
        revisions = self._connection.execute(
            "SELECT * FROM revisions WHERE url_key = ? AND run_id = ? ORDER BY id", (key, run_id)
        ).fetchall()
        fields: dict[str, tuple[Any, Any]] = {}
        for revision in revisions:
            for name, (before, after) in self._changes(revision["id"]).items():
                fields[name] = (fields[name][0] if name in fields else before, after)
        first, last = revisions[0], revisions[-1]
        if first["kind"] == "stored" and found:
            fields = {name: (None, found[name]) for name in COLUMNS if found[name] not in (None, "[]", 0, "")}
        fields = {name: (before, after) for name, (before, after) in fields.items() if before != after}
        url = found["canonical_url"] if found else (fields.get("canonical_url") or (f"https://{key}",))[0]
        kind = "stored" if first["kind"] == "stored" and last["kind"] != "withdrawn" else last["kind"]
        return Change(url, kind, last["cause"], fields)

    def _changes(self, revision: int) -> dict[str, tuple[Any, Any]]:
        sql = "SELECT field, old_value, new_value FROM revision_changes WHERE revision_id = ? ORDER BY field"
        return {
            row["field"]: (row["old_value"], row["new_value"]) for row in self._connection.execute(sql, (revision,))
        }


def _made(row: sqlite3.Row) -> Made:
    return Made(row["page_hash"] or "", row["page_fetched_at"] or "", row["extractor_version"] or "")


def _version(number: int, revision: sqlite3.Row, changed: tuple[str, ...], state: Row) -> Version:
    went, came = revision["figures_before"], revision["figures_after"]
    return Version(
        number=number,
        kind=revision["kind"],
        cause=revision["cause"],
        at=revision["at"],
        run_id=revision["run_id"],
        run_started_at=revision["started_at"],
        page_hash=revision["page_hash"],
        extractor_version=revision["extractor_version"],
        changed=changed,
        figures=(json.loads(went), json.loads(came)) if went is not None else None,
        state={} if revision["kind"] == "withdrawn" or not state else _typed(state),
    )


def _typed(state: Row) -> Row:
    """Old values are kept as text: numbers become numbers again, lists and truth values what they are."""
    numbers = {name: int(value) for name, value in state.items() if name in _NUMBERS and value is not None}
    return readable(state | numbers)


_NUMBERS = ("published_ambiguous", "paywalled", "word_count")


def _spellings(key: str) -> list[str]:
    """The addresses that a page of this identity usually has: with or without TLS, www. and a last slash."""
    return [
        f"{scheme}://{www}{key}{slash}" for scheme in ("https", "http") for www in ("", "www.") for slash in ("", "/")
    ]
