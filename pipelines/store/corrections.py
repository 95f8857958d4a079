"""When a page says something new of an article, and when it says the same again: tickers, counters, relative times.

Rows are columns of ``articles``; what is compared is what would be stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.store.rows import Row

__all__ = ["figures", "is_worse", "settled"]

_TEXTS = ("title", "subtitle", "lead", "body")
_DATES = ("published", "modified")
_OF_PUBLISHED = ("timezone_source",)

_COUNTED = r"""(?:views?|reads?|readers|comments?|shares?|likes?|votes?|vues?|lectures?|lecteurs|lus?|lue?s?|fois
|commentaires?|partages?|visites?|j'aime|j’aime|visitas|vistas|lecturas|lectores|comentarios?|compartidos?|veces|votos)"""
_NUMBER = r"[\d][\d.,\s\u00a0\u202f]*\s?[kKmM]?"
_COUNTER = re.compile(
    rf"\W*(?:[^\W\d]+\s){{0,2}}(?:{_NUMBER}\s?{_COUNTED}(?:\s[^\W\d]+){{0,2}}|{_COUNTED}\s?[:(]?\s?{_NUMBER})\W*",
    re.IGNORECASE | re.VERBOSE,
)
"""A line that says how often something was read, shared or answered: "Lu 1 234 fois", "12 comments", "Vues : 17"."""
_LONGEST_COUNTER = 60
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?:\s?%)?")

TEASER_SHARE = 0.5
"""A page with less than this share of the words that are stored shows a beginning, a notice or an error."""
LEAST_WORDS = 60
"""Of a stored body, to be held against: half of three sentences may well be a correction."""


def settled(old: Mapping[str, Any], new: Row) -> Row:
    """The new row with the old values wherever the page only tells the same in other words.

    That is: a relative date ("2 hours ago") read again later, and a text in which nothing but counters differ. A new
    date of change goes with the change it dates: alone, as a relative one, it is a clock that runs.
    """
    row = dict(new) | {"site": old["site"] or new["site"]}  # an article that several sites print stays with the first
    for column in _TEXTS:
        if row[column] != old[column] and _still(row[column]) == _still(old[column]):
            row[column] = old[column]
            if column == "body":
                row["word_count"] = old["word_count"]
    edited = any(row[column] != old[column] for column in _TEXTS)
    for prefix in _DATES:
        if not (edited and prefix == "modified") and _is_same_moment(prefix, old, row):
            columns = [name for name in row if name.startswith(prefix)]
            columns += _OF_PUBLISHED if prefix == "published" else ()
            row |= {name: old[name] for name in columns}
    return row


def is_worse(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the new body must not replace the stored one: a paywall went up, or most of the text is missing."""
    if new["word_count"] >= old["word_count"]:
        return False
    if new["paywalled"] and not old["paywalled"]:
        return True
    return bool(old["word_count"] >= LEAST_WORDS and new["word_count"] < TEASER_SHARE * old["word_count"])


def figures(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The numbers that went from title, subtitle, lead and body, and those that came, in the order of the text.

    >>> nothing = {"subtitle": None, "lead": None, "body": ""}
    >>> figures({**nothing, "title": "12 hurt, 3 % more"}, {**nothing, "title": "14 hurt, 3% more"})
    (['12'], ['14'])
    """
    before, after = (_figures_of(row) for row in (old, new))
    return _missing(before, after), _missing(after, before)


def _missing(some: list[str], others: list[str]) -> list[str]:
    left = Counter(some) - Counter(others)
    found = []
    for one in some:
        if left[one]:
            left[one] -= 1
            found.append(one)
    return found


def _figures_of(row: Mapping[str, Any]) -> list[str]:
    text = "\n".join(row[column] or "" for column in _TEXTS)
    return [re.sub(r"[\s\u00a0\u202f]", "", match[0]) for match in _FIGURE.finditer(text)]


def _still(text: str | None) -> str:
    """The text with its counters at rest."""
    return "\n".join("#" if _is_counter(line) else line for line in (text or "").split("\n"))


def _is_counter(line: str) -> bool:
    return len(line) <= _LONGEST_COUNTER and _COUNTER.fullmatch(line) is not None


def _is_same_moment(prefix: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two different readings of a date name one moment, at least one of them by its distance from now."""
    before, after = (row[f"{prefix}_at"] for row in (old, new))
    raws = [row[f"{prefix}_raw"] for row in (old, new)]
    if not before or not after or (before == after and raws[0] == raws[1]):
        return False
    relative = [raw for raw in raws if raw and _is_relative(raw, new["language"])]
    return bool(relative) and abs(_moment(before) - _moment(after)) <= max(map(_coarseness, relative))


_SEEN = datetime(2025, 6, 15, 12, tzinfo=UTC)


def _is_relative(raw: str, language: str) -> bool:
    """Whether a text names another moment when it is read five days later."""
    from pipelines.dates import read_date  # here and below: its libraries take a tenth of a second, and few crawls ask

    one, other = (read_date(raw, language=language, reference=_SEEN + timedelta(days=days)).at for days in (0, 5))
    return one is not None and one != other


def _coarseness(raw: str) -> timedelta:
    """How far apart two readings of a relative date may be: "3 hours ago" is a day at most, "a month ago" a month."""
    from pipelines.dates import read_date

    read = read_date(raw, reference=_SEEN).at or read_date(raw, language="en", reference=_SEEN).at
    age = _SEEN - _moment(read) if read else timedelta(days=1)
    return next((step for limit, step in _STEPS if age <= limit), timedelta(days=366))


_STEPS = (
    (timedelta(days=7), timedelta(days=1)),
    (timedelta(days=35), timedelta(days=7)),
    (timedelta(days=366), timedelta(days=31)),
)


def _moment(text: str) -> datetime:
    """The beginning of what ``2025-07-01T09:30:00Z``, ``2025-07-01`` or ``2025-07`` names."""
    moment = datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
