"""What Datasette is told of the database: descriptions, facets, what to hide, ready questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newscrawl.browse.questions import QUESTIONS
from pipelines.store import dictionary

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
_ABOUT = re.compile(r"^CREATE (?:TABLE|VIEW) \w+ (?:\(|AS)\s*-- (.*)$", re.MULTILINE)


def metadata(path: Path, schema: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Datasette's metadata for a news database.

    ``schema``: kind, name and SQL of every table and view; the comment in its first line says what it holds.
    """
    described = set(dictionary.tables())
    tables: dict[str, dict[str, Any]] = {}
    for _, name, sql in schema:
        about = _ABOUT.search(sql)
        columns = dictionary.columns(name) if name in described else ()
        tables[name] = {
            "description": about[1] if about else "",
            "columns": {one.name: one.description.replace("`", "") for one in columns},
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
