"""What a story's row says of its prints: how many, who was first and whether that is certain, which agency."""

from __future__ import annotations

import sqlite3
from collections import Counter

__all__ = ["refresh"]


def refresh(connection: sqlite3.Connection, story: int | None) -> None:
    """Tell a story's row anew from its prints. Reads as many rows as the story has.

    First is the print with the earliest date, undated ones last, equals by address: never who was stored first, so that
    the order in which pages were fetched makes no difference.
    """
    members = connection.execute(
        """SELECT a.id, a.published_at, a.publisher, a.site, s.agency FROM article_stories s
        JOIN articles a ON a.id = s.article_id WHERE s.story_id = ?
        ORDER BY a.published_at IS NULL, a.published_at, a.url_key""",
        (story,),
    ).fetchall()
    dates = [row["published_at"] for row in members]
    connection.execute(
        """UPDATE stories SET articles = ?, publishers = ?, sites = ?, first_article_id = ?, first_certain = ?,
        first_published = ?, last_published = ?, agency = ? WHERE id = ?""",
        (
            len(members),
            len({row["publisher"] for row in members} - {None}),
            len({row["site"] for row in members} - {None}),
            members[0]["id"] if members else None,
            int(_certain(dates)),
            dates[0] if dates else None,
            max((date for date in dates if date), default=None),
            _most_named([row["agency"] for row in members]),
            story,
        ),
    )


def _certain(dates: list[str | None]) -> bool:
    """Whether nothing else could be as early as the first date: a day may hold any minute of it.

    >>> _certain(["2025-07-01", "2025-07-02"]), _certain(["2025-07-01", "2025-07-01T09:30:00Z"])
    (True, False)
    """
    first = dates[0] if dates else None
    return first is not None and not any(date is None or date.startswith(first) for date in dates[1:])


def _most_named(agencies: list[str | None]) -> str | None:
    named = Counter(code for code in agencies if code)
    return min(named, key=lambda code: (-named[code], code)) if named else None
