"""How values become columns and come back: times, lists, truth values, text that SQLite can hold."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from pipelines.items import Article

__all__ = [
    "ARTICLE_COLUMNS",
    "ARTICLE_FLAGS",
    "BY_PRODUCTS",
    "Row",
    "article_columns",
    "article_from_row",
    "article_of",
    "exact_time",
    "or_null",
    "readable",
    "reader_of",
    "storable",
    "text_id",
    "time_of",
    "to_second",
]

Row = dict[str, Any]
"""A row by column name."""

ARTICLE_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Article))
"""The article's own columns, in the order of :class:`~pipelines.items.Article`."""

_values_of = attrgetter(*ARTICLE_COLUMNS)
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_TYPES = typing.get_type_hints(Article)
BY_PRODUCTS = frozenset(["language_confidence"])
"""Columns that any change of the text moves a little: they follow it, and are no change of their own."""

_LISTS = frozenset(name for name in ARTICLE_COLUMNS if typing.get_origin(_TYPES[name]) is tuple)
ARTICLE_FLAGS = frozenset(name for name in ARTICLE_COLUMNS if _TYPES[name] is bool)
"""Columns that are true or false."""
_FLAGS = ARTICLE_FLAGS | {"robots_forbids"}
_ALWAYS = frozenset(["canonical_url", "title", "body", "language"])
"""Text columns that are never NULL."""
_NULLABLE = frozenset(name for name in ARTICLE_COLUMNS if _TYPES[name] is str) - _ALWAYS


def article_columns(article: Article) -> Row:
    """The article as a row of SQLite values."""
    row: Row = dict(zip(ARTICLE_COLUMNS, _values_of(article), strict=True))
    for name, value in row.items():
        if isinstance(value, str):
            row[name] = storable(value) if value or name not in _NULLABLE else None
    for name in _LISTS:
        row[name] = _as_json([storable(part) for part in row[name]]) if row[name] else "[]"
    for name in ARTICLE_FLAGS:
        row[name] = int(row[name])
    return row


def readable(row: Mapping[str, Any]) -> Row:
    """A row of the ``articles`` table with lists as lists and truth values as bool."""
    read = dict(row)
    for name in _LISTS & read.keys():
        read[name] = list(_list_of(read[name]))
    for name in _FLAGS & read.keys():
        read[name] = bool(read[name])
    return read


def reader_of(names: Sequence[str]) -> Callable[[Sequence[Any]], Row]:
    """What :func:`readable` does, for many rows of the same columns: values in, a row out."""
    lists = [name for name in names if name in _LISTS]
    flags = [name for name in names if name in _FLAGS]

    def read(values: Sequence[Any]) -> Row:
        row = dict(zip(names, values, strict=True))
        for name in lists:
            row[name] = list(_list_of(row[name]))
        for name in flags:
            row[name] = bool(row[name])
        return row

    return read


@lru_cache(maxsize=4096)  # a paper has few authors: a million articles repeat them
def _list_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row: the reverse of :func:`article_columns`."""
    return article_from_row(readable({name: row[name] for name in ARTICLE_COLUMNS}))


def article_from_row(row: Row) -> Article:
    """The article of a row as :func:`readable` gives it, with the columns of an article and no others."""
    read = dict(row)
    for name in _LISTS:
        read[name] = tuple(read[name])
    for name in _NULLABLE:
        read[name] = read[name] or ""
    return Article(**read)


def storable(text: str) -> str:
    """The text without what SQLite or the tools that open the file cannot hold.

    A lone surrogate (from a JSON escape that was cut in half) has no UTF-8 form, and NUL ends a string for many
    programs: both become U+FFFD.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text.replace("\0", "\ufffd") if "\0" in text else text


def or_null(text: str) -> str | None:
    """The text, or None when there is none."""
    return storable(text) if text else None


def to_second(moment: datetime) -> str:
    """``2025-07-01T09:30:00Z``. :raises ValueError: when the moment has no time zone."""
    return _utc(moment).isoformat(timespec="seconds")[:-6] + "Z"  # strftime takes ten times as long


def exact_time(moment: datetime) -> str:
    """``2025-07-01T09:30:00.000000Z``. :raises ValueError: when the moment has no time zone."""
    return _utc(moment).isoformat(timespec="microseconds")[:-6] + "Z"


def time_of(text: str) -> datetime:
    """The moment that :func:`to_second` or :func:`exact_time` wrote."""
    return datetime.fromisoformat(text)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone.")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def text_id(text: str) -> int:
    """A text's own number: the first 64 bits of its BLAKE2b, signed. Two of ten million texts meet once in 400,000."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
