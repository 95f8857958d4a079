"""The articles of a selection, for exports: in a fixed order, in constant memory, with the columns asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.store import changes, coverage
from pipelines.store.database import explained
from pipelines.store.dictionary import ARTICLES, EXPORTABLE, column
from pipelines.store.rows import Row, reader_of
from pipelines.store.selection import Selection

__all__ = ["RawRow", "Selected"]

_CHUNK = 256
"""Articles read at once: some megabytes at the most."""

RawRow = tuple[Any, ...]
"""Values as SQLite has them, texts as the bytes of their UTF-8."""


_SQL = {
    **{name: f"articles.{name}" for name in EXPORTABLE},
    **{
        f"{name}_time": f"CASE WHEN length(articles.{name}_at) > 10 THEN articles.{name}_at END"
        for name in ("published", "modified")
    },
    "robots_forbids": "EXISTS (SELECT 1 FROM urls WHERE article_id = articles.id AND last_outcome = 'robots')",
}


class Selected:
    """What a selection means in one database. Every method may raise StoreError."""

    def __init__(self, connection: sqlite3.Connection, path: Path, selection: Selection) -> None:
        """Use :meth:`pipelines.store.Store.select`."""
        self._connection = connection
        self._path = path
        once = selection.one_per_story and selection.whole is None
        self.selection = replace(selection, whole=selection) if once else selection
        selection.conditions()  # what is wrong with it is told now, not in the middle of a file

    def rows(self, columns: Sequence[str] = ARTICLES, *, limit: int | None = None) -> Iterator[Row]:
        """The articles oldest first, those without a date last, equals by address; read as they are asked for.

        ``columns``: of :data:`~pipelines.store.dictionary.EXPORTABLE`, in the order that the rows shall have. Lists are
        lists, truth values bool, dates and moments text.
        """
        wanted = ", ".join(f"{_SQL[name]} AS {name}" for name in columns)
        with explained(self._path):
            yield from self._read(wanted, self.selection, limit)

    def chunks(self, columns: Sequence[str], *, limit: int | None = None) -> Iterator[list[RawRow]]:
        """The same articles in the same order, some hundred at a time, with a value for each column.

        For formats that hold columns of bytes: a text is neither decoded here nor encoded there. Lists are JSON,
        truth values 0 or 1.
        """
        wanted = ", ".join(_raw(name) for name in columns)
        with explained(self._path):
            for _, found in self._read_chunks(wanted, self.selection, limit):
                yield found

    def changes_since(self, run_id: int, columns: Sequence[str] = ARTICLES) -> Iterator[Row]:
        """What the runs after ``run_id`` have stored, updated or withdrawn; see :mod:`pipelines.store.changes`.

        First the articles, as :meth:`rows` gives them, then what is no longer there, by ``url_key``. Before the
        columns each row has ``url_key``, by which the rows of an earlier export are replaced or removed, and
        ``change``. A row that is ``withdrawn`` has its ``canonical_url``, and None for all else.
        """
        rest = [name for name in columns if name not in ("url_key", "change")]
        wanted = ", ".join(f"{_SQL[name]} AS {name}" for name in rest)
        first = f"articles.url_key AS url_key, {changes.kind_since(run_id)} AS change, "
        with explained(self._path):
            yield from self._read(first + wanted, self.selection, None, since_run=run_id)
            for key, address in changes.withdrawn(self._connection, self.selection, run_id):
                empty: Row = dict.fromkeys(rest)
                known = {"canonical_url": address} if "canonical_url" in rest else {}
                yield {"url_key": key, "change": "withdrawn"} | empty | known

    def languages(self) -> list[str]:
        """The languages there are among them, in alphabetical order."""
        return [language for language in self._distinct("language") if language]

    def of_language(self, language: str) -> Selected:
        """Those in one language."""
        return self._with(replace(self.selection, languages=[language]))

    def parts(self) -> Iterator[tuple[str, str | None, Selected]]:
        """The selection cut by language and month: language, ``2025-07`` (None without a date), and that part."""
        for language in self.languages():
            of_language = self.of_language(language)
            for month in of_language._distinct("substr(articles.published_at, 1, 7)"):
                yield language, month, of_language._of_month(month)

    def count(self) -> int:
        """How many articles there are."""
        with explained(self._path):
            return coverage.count(self._connection, self.selection)

    def complete_to_run(self) -> int:
        """The highest number up to which every run has ended: what to ask for the changes since."""
        with explained(self._path):
            return coverage.complete_to_run(self._connection)

    def coverage(self) -> coverage.Coverage:
        """What the selection covers, and what it lacks."""
        with explained(self._path):
            return coverage.coverage(self._connection, self.selection)

    def _with(self, selection: Selection) -> Selected:
        return Selected(self._connection, self._path, selection)

    def _of_month(self, month: str | None) -> Selected:
        """Of one month; the selection's own first and last day are kept, where they fall into it."""
        mine = self.selection
        if month is None:
            return self._with(replace(mine, undated=True))
        since = mine.since if mine.since and mine.since[:7] == month else month
        until = mine.until if mine.until and mine.until[:7] == month else month
        return self._with(replace(mine, since=since, until=until))

    def _distinct(self, expression: str) -> list[str | None]:
        clauses, values = self.selection.conditions()
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        sql = f"SELECT DISTINCT {expression} AS value FROM articles {where} ORDER BY value IS NULL, value"
        with explained(self._path):
            return [row["value"] for row in self._connection.execute(sql, values)]

    def _read(
        self, wanted: str, selection: Selection, limit: int | None, since_run: int | None = None
    ) -> Iterator[Row]:
        read = None
        for names, found in self._read_chunks(wanted, selection, limit, since_run):
            read = read or reader_of(names)
            yield from map(read, found)

    def _read_chunks(
        self, wanted: str, selection: Selection, limit: int | None, since_run: int | None = None
    ) -> Iterator[tuple[list[str], list[RawRow]]]:
        """Numbers first, then their rows: only numbers are ever sorted, and where an index gives the order not even
        they; a sort of whole rows would fill the disk with all the texts.
        """
        numbers = self._numbers(selection, limit, since_run)
        # CROSS JOIN keeps the order of the numbers: SQLite then never makes the second table the outer one.
        sql = f"SELECT {wanted} FROM json_each(?) AS chosen CROSS JOIN articles ON articles.id = chosen.value"
        cursor = self._connection.cursor()
        cursor.row_factory = None  # plain tuples: at a million rows, names for each of them are seconds
        while chunk := list(islice(numbers, _CHUNK)):
            found = cursor.execute(sql, [json.dumps(chunk)]).fetchall()
            yield [about[0] for about in cursor.description], found

    def _numbers(self, selection: Selection, limit: int | None, since_run: int | None) -> Iterator[int]:
        left = -1 if limit is None else limit
        kinds = (False,) if selection.undated else (True,) if selection.dated else (True, False)
        for dated in kinds:
            clauses, values = selection.conditions()
            clauses.append(f"articles.published_at IS {'NOT ' if dated else ''}NULL")
            if since_run is not None:
                clauses.append(changes.TOUCHED)
                values.append(since_run)
            sql = f"SELECT articles.id FROM articles WHERE {' AND '.join(clauses)} ORDER BY published_at, url_key"
            for row in self._connection.execute(f"{sql} LIMIT ?", [*values, left]):
                left -= left > 0
                yield row["id"]
            if left == 0:
                return


def _raw(name: str) -> str:
    texts = ("text", "list", "date", "moment")
    return f"CAST({_SQL[name]} AS BLOB)" if column(name).kind in texts else _SQL[name]
