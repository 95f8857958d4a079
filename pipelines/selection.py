"""Which articles are meant: filters by language, day, publisher, site, run and search words, as SQL."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Selection", "match_expression"]

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2})(?:-([0-9]{2})(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?)?)?")
_TERM = re.compile(r'"([^"]*)(?:"(\*?)|$)|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters that all must hold; an empty one lets everything through."""

    languages: Collection[str] = ()
    """ISO 639-1 codes."""
    since: str | None = None
    """First day, month or moment (UTC): ``2025-07-01``, ``2025-07``, ``2025-07-01T09:30:00Z``."""
    until: str | None = None
    """Last day, month or moment, included."""
    publishers: Collection[str] = ()
    sites: Collection[str] = ()
    words: str = ""
    """All of these, as :func:`match_expression` reads them."""
    runs: Collection[int] = ()
    """Stored or changed by one of these runs."""
    undated: bool = False
    """Only what has no date."""

    def conditions(self, table: str = "articles") -> tuple[list[str], list[str | int]]:
        """SQL conditions with ``?`` and their values. A new filter is a field above and a clause here.

        A date that is known to the day counts as the day's first moment, one known to the month as its first day.
        :raises ValueError: when ``since`` or ``until`` is no such text, or there is no word in ``words``.
        """
        clauses: list[str] = []
        values: list[str | int] = []
        for column, wanted in (("language", self.languages), ("publisher", self.publishers), ("site", self.sites)):
            if wanted:
                clauses.append(f"{table}.{column} IN ({', '.join('?' * len(wanted))})")
                values += wanted
        if self.since is not None:
            clauses.append(f"{table}.published_at >= ?")
            values.append(_lower_bound(self.since))
        if self.until is not None:
            comparison, bound = _upper_bound(self.until)
            clauses.append(f"{table}.published_at {comparison} ?")
            values.append(bound)
        if self.undated:
            clauses.append(f"{table}.published_at IS NULL")
        if self.words:
            clauses.append(f"{table}.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)")
            values.append(match_expression(self.words))
        if self.runs:
            marks = ", ".join("?" * len(self.runs))
            clauses.append(f"{table}.url_key IN (SELECT url_key FROM revisions WHERE run_id IN ({marks}))")
            values += self.runs
        return clauses, values

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that decide whether an article is meant: when one of them changes, it may come or go."""
        by_filter: tuple[tuple[object, tuple[str, ...]], ...] = (
            (self.languages, ("language",)),
            (self.since or self.until or self.undated, ("published_at",)),
            (self.publishers, ("publisher",)),
            (self.sites, ("site",)),
            (self.words, ("title", "subtitle", "lead", "body")),
        )
        return tuple(name for wanted, names in by_filter if wanted for name in names)

    @property
    def dated(self) -> bool:
        """Whether only articles with a date can be meant."""
        return self.since is not None or self.until is not None


def _lower_bound(moment: str) -> str:
    """The least ``published_at`` that is not before the moment; as text, what is less precise sorts first."""
    _check(moment)
    return _least_precise(moment)


def _upper_bound(moment: str) -> tuple[str, str]:
    """A comparison and the text for it: the whole last day or month is included."""
    match = _check(moment)
    if len(moment) > 10:
        return "<=", f"{moment.removesuffix('Z')}:00"[:19] + "Z"
    day = date.fromisoformat(f"{match[1]}-{match[2] or '28'}")
    after = day + timedelta(days=1 if match[2] else 4)
    return "<", _least_precise(after.isoformat()) if match[2] else after.isoformat()[:7]


def _least_precise(moment: str) -> str:
    """The shortest text for the same moment: a day's first moment is the day, a month's first day the month."""
    day = re.sub(r"T00:00(:00)?Z?$", "", moment)
    return day[:7] if day.endswith("-01") and len(day) == 10 else day


def _check(moment: str) -> re.Match[str]:
    match = _MOMENT.fullmatch(moment)
    try:
        if match:
            date.fromisoformat(f"{match[1]}-{match[2] or '01'}")
            return match
    except ValueError:
        pass
    raise ValueError(f"{moment!r} is no date: write 2025-07-01, 2025-07 or 2025-07-01T09:30:00Z.")


def match_expression(words: str) -> str:
    """What a person types as an FTS5 query: all the words, ``"phrases"`` as such, a beginning with ``elec*``.

    Nothing in it is an operator, so that no input is a syntax error.

    >>> match_expression('economie "banque centrale" num*')
    '"economie" "banque centrale" "num"*'

    :raises ValueError: when there is no word in it.
    """
    terms = []
    for phrase, star, word in _TERM.findall(words.replace("\0", " ")):
        text = (phrase or word).rstrip("*")
        if any(character.isalnum() for character in text):
            terms.append(f'"{text}"' + ("*" if star or word.endswith("*") else ""))
    if not terms:
        raise ValueError(f"There is no word to search for in {words!r}.")
    return " ".join(terms)
