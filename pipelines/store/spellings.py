"""A filter's values as the database spells them, whatever a person typed: capitals and accents do not matter."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Collection, Sequence
from typing import Literal

__all__ = ["Filter", "folded", "spelled", "stored_values"]

Filter = Literal["language", "publisher", "site"]


def stored_values(connection: sqlite3.Connection, column: Filter) -> list[str]:
    """The values of a column of ``articles``, in order; a jump through its index for each, not a pass over all rows."""
    sql = f"""WITH RECURSIVE found(value) AS (
        SELECT min({column}) FROM articles
        UNION ALL SELECT (SELECT min({column}) FROM articles WHERE {column} > value) FROM found WHERE value IS NOT NULL)
    SELECT value FROM found WHERE value IS NOT NULL"""
    return [row[0] for row in connection.execute(sql)]


def spelled(wanted: Collection[str], stored: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """All stored values that the wanted ones mean, and the wanted ones that mean none.

    A value that is stored as it was typed means itself alone. What means nothing stays among the values, so that a
    filter that nothing passes is not taken for none.

    >>> spelled(["challenge", "FR"], ["Challenge", "CHALLENGE", "Défi"])
    (('Challenge', 'CHALLENGE', 'FR'), ['FR'])
    """
    meant: list[str] = []
    unknown = []
    for one in wanted:
        alike = [one] if one in stored else [value for value in stored if folded(value) == folded(one)]
        unknown += [] if alike else [one]
        meant += alike or [one]
    return tuple(dict.fromkeys(meant)), unknown


def folded(text: str) -> str:
    """A name without capitals, accents and white space around it.

    >>> folded(" L'Économiste ") == folded("l'economiste")
    True
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
