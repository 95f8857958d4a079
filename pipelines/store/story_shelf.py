"""Stories in data/news.db: an article joins the prints of its text, or begins none.

Every function writes inside the transaction that its caller opened. What an article costs depends on its length and on
how many prints its own story has, never on how many articles are stored: 12 look-ups of at most
:data:`MOST_HOLDERS` rows each, and at most :data:`MOST_COMPARED` texts that are read and compared.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from pipelines.agencies import Agency, agency_of
from pipelines.duplicates import compare, may_be_same, text_of
from pipelines.items import Article, Outline
from pipelines.store.rows import storable, text_id
from pipelines.store.story_summary import refresh

__all__ = ["METHOD", "place", "place_new", "withdraw"]

METHOD = "1"
"""Raised whenever the same texts may give other stories: `newscrawl stories --rebuild` then tells them anew."""
MOST_HOLDERS = 32
"""Articles that one print leads to: those stored first. A text that is printed more often is still found by them."""
MOST_COMPARED = 6
"""Texts that an article is compared with, those that share most prints with it first."""
MOST_OF_ONE_STORY = 2
"""Of the same story: one print that fits is enough, and the other comparisons may find another story to join."""
LEAST_SHARED = 2
"""Prints in common: one alone is a formula that strangers share."""
OUTLINES_HELD = 2048
"""Outlines of texts, by the texts' numbers, each some 2.5 KB: what is written today is compared with today's."""
_PLACED = f"""
SELECT s.article_id, s.story_id, s.body_id FROM article_stories s JOIN articles a ON a.id = s.article_id
WHERE s.article_id IN ({", ".join("?" * MOST_COMPARED)})"""


def place(connection: sqlite3.Connection, url_key: str, outline: Outline | None = None) -> None:
    """Find the story of the article that was just stored or changed; nothing when its text was placed before.

    ``outline`` is its text's, where it is known already.
    """
    row = connection.execute(
        """SELECT a.id, a.body, a.authors, a.publisher, s.body_id, s.story_id, s.method FROM articles a
        LEFT JOIN article_stories s ON s.article_id = a.id WHERE a.url_key = ?""",
        (url_key,),
    ).fetchone()
    agency = agency_of(row["body"], authors=json.loads(row["authors"]), publisher=row["publisher"] or "")
    if row["body_id"] == text_id(row["body"]) and row["method"] == METHOD:
        sql = "UPDATE article_stories SET agency = ?, agency_seen = ? WHERE article_id = ?"
        connection.execute(sql, (*_code_and_place(agency), row["id"]))
        if row["story_id"] is not None:
            refresh(connection, row["story_id"])
        return
    if row["body_id"] is not None:
        leave(connection, row["id"])
    _enter(connection, row["id"], row["body"], agency, outline)


def place_new(connection: sqlite3.Connection, article_id: int, article: Article, outline: Outline | None) -> None:
    """As :func:`place`, for an article that was not stored before and so is in no story."""
    body = storable(article.body)
    agency = agency_of(body, authors=[storable(one) for one in article.authors], publisher=storable(article.publisher))
    _enter(connection, article_id, body, agency, outline)


def _enter(
    connection: sqlite3.Connection, article_id: int, body: str, agency: Agency | None, outline: Outline | None
) -> None:
    body_id, outline = text_id(body), outline or text_of(body).outline
    _remember(body_id, outline)
    links = _links(connection, article_id, body, outline)
    connection.execute(
        """INSERT INTO article_stories (article_id, agency, agency_seen, body_id, prints, method)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (article_id, *_code_and_place(agency), body_id, json.dumps(outline.prints), METHOD),
    )
    _join(connection, article_id, links)


def _code_and_place(agency: Agency | None) -> tuple[str | None, str | None]:
    return (agency.code, agency.seen) if agency else (None, None)


def withdraw(connection: sqlite3.Connection, url_key: str) -> None:
    """Take the article of an identity out of its story; nothing when there is none."""
    row = connection.execute("SELECT id FROM articles WHERE url_key = ?", (url_key,)).fetchone()
    if row is not None:
        leave(connection, row["id"])


def leave(connection: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of its story, before it is withdrawn or because its text has changed.

    What it alone held together falls apart: each part but the oldest one becomes a story of its own.
    """
    row = connection.execute("SELECT story_id FROM article_stories WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        return
    connection.execute("DELETE FROM story_links WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM story_links WHERE other_id = ?", (article_id,))
    connection.execute("DELETE FROM article_stories WHERE article_id = ?", (article_id,))
    if row["story_id"] is not None:
        _regroup(connection, row["story_id"])


def _links(connection: sqlite3.Connection, article_id: int, body: str, outline: Outline) -> list[int]:
    """Write down which stored texts are prints of this one, and the prints by which it will be found itself."""
    found, left, tried = [], MOST_COMPARED, Counter[int]()
    for row in _placed(connection, _near(connection, article_id, outline.prints)):
        other = row["article_id"]
        if row["story_id"] is not None and tried[row["story_id"]] >= MOST_OF_ONE_STORY:
            continue
        left -= 1
        if row["story_id"] is not None:
            tried[row["story_id"]] += 1
        if may_be_same(outline, _outline_of(connection, other, row["body_id"])):
            similarity = compare(text_of(body), text_of(_body_of(connection, other)))
            if similarity.same:
                found.append(other)
                connection.execute(
                    "INSERT INTO story_links (article_id, other_id, resemblance, containment) VALUES (?, ?, ?, ?)",
                    (*sorted((article_id, other), reverse=True), similarity.resemblance, similarity.containment),
                )
        if not left:
            break
    return found


def _near(connection: sqlite3.Connection, article_id: int, prints: Sequence[int]) -> list[int]:
    """Articles that share prints, those that share most first; the article itself is entered for those after it."""
    sql = f"SELECT print, article_id FROM story_prints WHERE print IN ({', '.join('?' * len(prints))})"
    cursor = connection.cursor()
    cursor.row_factory = None  # no rows are read in such numbers: tuples
    pairs: list[tuple[int, int]] = cursor.execute(sql, prints).fetchall()
    holders = Counter(map(itemgetter(0), pairs))
    connection.executemany(
        "INSERT INTO story_prints (print, article_id) VALUES (?, ?)",
        [(number, article_id) for number in prints if holders[number] < MOST_HOLDERS],
    )
    shared = Counter(map(itemgetter(1), pairs))
    return [other for _, other in sorted((-count, other) for other, count in shared.items() if count >= LEAST_SHARED)]


def _placed(connection: sqlite3.Connection, near: Sequence[int]) -> Iterator[sqlite3.Row]:
    """What is known of articles, in their order, asked for as many at once as are compared."""
    for first in range(0, len(near), MOST_COMPARED):
        some = near[first : first + MOST_COMPARED]
        rows = connection.execute(_PLACED, (*some, *[None] * (MOST_COMPARED - len(some)))).fetchall()
        yield from sorted(rows, key=lambda row: some.index(row["article_id"]))


def _outline_of(connection: sqlite3.Connection, article_id: int, body_id: int) -> Outline:
    """A stored article's outline; its text is read only where it was not read lately."""
    known = _outlines.pop(body_id, None) or text_of(_body_of(connection, article_id)).outline
    _remember(body_id, known)
    return known


def _remember(body_id: int, outline: Outline) -> None:
    _outlines[body_id] = outline
    if len(_outlines) > OUTLINES_HELD:
        del _outlines[next(iter(_outlines))]  # the one that was asked for longest ago


_outlines: dict[int, Outline] = {}


def _body_of(connection: sqlite3.Connection, article_id: int) -> str:
    return str(connection.execute("SELECT body FROM articles WHERE id = ?", (article_id,)).fetchone()["body"])


def _join(connection: sqlite3.Connection, article_id: int, linked: Iterable[int]) -> None:
    """Put the article and all that it is linked with into one story: the oldest of theirs, or a new one."""
    members = [article_id, *linked]
    if len(members) == 1:
        return
    marks = ", ".join("?" * len(members))
    sql = f"SELECT DISTINCT story_id FROM article_stories WHERE article_id IN ({marks}) AND story_id IS NOT NULL"
    stories = sorted(row[0] for row in connection.execute(sql, members))
    story = stories[0] if stories else _new_story(connection)
    for other in stories[1:]:
        connection.execute("UPDATE article_stories SET story_id = ? WHERE story_id = ?", (story, other))
        connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (story, other))
        refresh(connection, other)
    connection.execute(f"UPDATE article_stories SET story_id = ? WHERE article_id IN ({marks})", (story, *members))
    refresh(connection, story)


def _new_story(connection: sqlite3.Connection) -> int:
    sql = "INSERT INTO stories (articles, publishers, sites, first_certain) VALUES (0, 0, 0, 0)"
    return connection.execute(sql).lastrowid or 0


def _regroup(connection: sqlite3.Connection, story: int) -> None:
    """Split a story along its links after one of its prints has gone."""
    members = {
        row[0] for row in connection.execute("SELECT article_id FROM article_stories WHERE story_id = ?", [story])
    }
    beside: dict[int, set[int]] = defaultdict(set)
    for one in members:
        for (other,) in connection.execute("SELECT other_id FROM story_links WHERE article_id = ?", (one,)):
            beside[one].add(other)
            beside[other].add(one)
    parts = []
    while members:
        part, edge = set[int](), {min(members)}
        while edge:
            part |= edge
            edge = set().union(*(beside[one] for one in edge)) - part
        members -= part
        parts.append(part)
    kept = False
    for part in parts:
        name = None if len(part) == 1 else _new_story(connection) if kept else story
        kept = kept or name == story
        sql = "UPDATE article_stories SET story_id = ? WHERE article_id = ?"
        connection.executemany(sql, ((name, one) for one in part))
        if name not in (None, story):
            refresh(connection, name)
    refresh(connection, story)
