"""What Datasette is told of the database: descriptions, facets, what to hide, ready questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newscrawl.browse.questions import QUESTIONS

__all__ = ["metadata"]

FACETS: dict[str, list[str]] = {
    "articles": ["language", "site", "publisher"],
    "headlines": ["aggregator", "seen_in", "language"],
    "outcomes": ["outcome"],
    "urls": ["state", "site", "last_outcome"],
    "runs": ["site", "state"],
    "stories": ["agency"],
    "story_articles": ["publisher", "agency", "language"],
    "segments": ["reason"],
    "ticker": ["aggregator", "language"],
}
ORDER: dict[str, dict[str, Any]] = {
    "articles": {"sort_desc": "published_at", "label_column": "title"},
    "headlines": {"sort_desc": "last_seen"},
    "runs": {"sort_desc": "id"},
    "stories": {"sort_desc": "articles"},
}
HIDDEN = ("segment_texts", "article_segments", "article_stories", "story_prints", "story_links", "_sqlite_migrations")
PLAIN = {
    "id": "its number",
    "url_key": "identity of the address: no scheme, no www., no trailing slash, no tracking parameters",
    "canonical_url": "the page's own address",
    "title": "without the site's name",
    "subtitle": "the line below the title",
    "section": "as the site calls it",
    "image_url": "the main picture",
    "modified_raw": "date of the last change, as written",
    "modified_at": "date of the last change, as understood",
    "word_count": "words of the body",
    "first_stored_at": "when the page that first gave it was fetched",
    "first_run_id": "the run that stored it",
    "site": "the aggregator",
    "aggregator": "the aggregator that printed it",
    "started_at": "when it began",
    "ended_at": "when it ended; empty while it runs, or when it was killed",
    "status": "HTTP status",
    "story_id": "the story",
    "is_first": "1 for the earliest print",
    "page_fetched_at": "when the page that it was read from last was fetched",
    "gone_since": "since when its address answers that it is gone; empty while it is there",
    "moved_to": "the address of what took its place",
}
"""Columns whose names the schema found plain enough."""

_COLUMN = re.compile(r"^\s{4}(\w+) [A-Z].*?(?:-- (.*))?$", re.MULTILINE)
_ABOUT = re.compile(r"^CREATE (?:TABLE|VIEW) \w+ (?:\(|AS)\s*-- (.*)$", re.MULTILINE)


def metadata(path: Path, schema: Iterable[tuple[str, str, str]], columns: Mapping[str, list[str]]) -> dict[str, Any]:
    """Datasette's metadata for a news database.

    ``schema``: kind, name and SQL of every table and view, whose comments describe the columns; ``columns``: the names
    of every table's and view's columns.
    """
    described: dict[str, str] = dict(PLAIN)
    tables: dict[str, dict[str, Any]] = {}
    for _, name, sql in sorted(schema):  # tables before views, which show columns of theirs
        own = {column: text for column, text in _COLUMN.findall(sql) if text}
        described |= {column: text for column, text in own.items() if column not in described}
        about = _ABOUT.search(sql)
        tables[name] = {
            "description": about[1] if about else "",
            "columns": {one: own.get(one) or described[one] for one in columns[name] if one in own or one in described},
            "facets": FACETS.get(name, []),
            "hidden": name in HIDDEN or name.startswith("articles_fts"),
            "size": 50,
            **ORDER.get(name, {}),
        }
    return {
        "title": "newscrawl",
        "description": "News articles with the evidence beside them. Read only.",
        "databases": {path.stem: {"tables": tables, "queries": QUESTIONS}},
    }
