"""The data dictionary: what every column of every table, view and export means, in the one place that others read.

It is the table `dictionary.tsv`: docs/data.md is held against it by a test, as it is against the schema; exports take
their types from it, dataset bundles their descriptions.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from pipelines.rows import ARTICLE_COLUMNS

__all__ = ["ARTICLES", "DERIVED", "EXPORTABLE", "Column", "Kind", "column", "columns", "tables"]

Kind = Literal["text", "list", "integer", "real", "flag", "date", "moment", "blob"]
"""What a value is, whatever SQLite calls it. ``list``: of texts. ``flag``: true or false. ``date``: ``2025-07-01``.

``moment``: ``2025-07-01T09:30:00Z``, always with time and zone. ``published_at`` is ``text``, since it may be a day.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it means."""

    name: str
    type: str
    """In SQLite: text, integer, real or blob."""
    kind: Kind
    description: str
    """Half a sentence; names of other columns and values stand between backticks."""
    schema_org: str = ""
    """The property of schema.org's NewsArticle for it; empty when there is none."""
    zyte: str = ""
    """The field of zyte-common-items' Article for it; empty when there is none."""


@cache
def _dictionary() -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    lines = Path(__file__).with_name("dictionary.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        names = {key: "" if row[key] == "-" else row[key] for key in ("schema_org", "zyte")}
        kind = cast(Kind, row["kind"])
        found.setdefault(row["table"], []).append(Column(row["column"], row["type"], kind, row["description"], **names))
    return {table: tuple(entries) for table, entries in found.items()}


def tables() -> tuple[str, ...]:
    """The tables and views that are described; ``export`` stands for columns that exports alone have."""
    return tuple(_dictionary())


def columns(table: str) -> tuple[Column, ...]:
    """A table's columns in their order; raises KeyError for a table that there is not."""
    return _dictionary()[table]


DERIVED = ("published_time", "modified_time")
"""Read out of the article's own columns, for formats that have a type for moments."""
ARTICLES = (*ARTICLE_COLUMNS, "page_hash")
"""What an export has when nothing else is asked for: nothing that depends on when the archive was extracted."""
EXPORTABLE = (*ARTICLES, *DERIVED, "url_key", "extractor_version", "page_fetched_at", "gone_since", "moved_to",
              "first_stored_at", "updated_at", "first_run_id", "last_run_id", "robots_forbids")  # fmt: skip
"""What an export can have."""


@cache
def column(name: str) -> Column:
    """A column of an export by its name; raises KeyError when there is none."""
    return {entry.name: entry for table in ("articles", "export") for entry in columns(table)}[name]
