"""The stories' part of the store: what is printed by many, the prints of one, and placing what older rules placed."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

from pipelines.store import story_reading, story_shelf
from pipelines.store.database import explained
from pipelines.store.rows import Row
from pipelines.store.selection import Selection
from pipelines.store.story_reading import StorySummary
from pipelines.store.transaction import Transaction

__all__ = ["Stories"]


class Stories:
    """The stories' part of :class:`~pipelines.store.Store`, which puts every article it saves into its story."""

    def __init__(self, connection: sqlite3.Connection, transaction: Transaction, path: Path) -> None:
        """Use ``Store.stories``."""
        self._connection = connection
        self._transaction = transaction
        self._path = path

    def most_printed(
        self,
        *,
        languages: Collection[str] = (),
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> list[StorySummary]:
        """The texts that most addresses print; the filters are about the first print of each."""
        with explained(self._path):
            return story_reading.stories(self._connection, Selection(languages, since, until), limit)

    def prints(self, number: int) -> list[Row]:
        """The prints of a story, the first one first; empty when there is none of that number.

        Columns: those of the view ``story_articles``. A number that was merged into another one means that other one.
        """
        with explained(self._path):
            present = story_reading.present_number(self._connection, number)
            return story_reading.prints(self._connection, present) if present is not None else []

    def place_all(self) -> Iterator[int]:
        """Find the stories of articles that older rules placed, or none; yields how many are done, now and then.

        Commits as it goes, so that it can be interrupted and goes on where it was.
        """
        for done, key in enumerate(story_reading.unplaced(self._connection, story_shelf.METHOD), 1):
            with self._transaction.step(rows=1) as connection:
                story_shelf.place(connection, key)
            if self._transaction.is_due():
                self._transaction.commit()
                yield done
        self._transaction.commit()
