"""metadata.yaml and datasette.yaml: what Datasette shows beside the bundle's SQLite file.

Datasette before 1.0 reads all of it from the metadata; from 1.0 on facets and queries are configuration.
https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

import json
from typing import Any

from newscrawl.dataset.facts import Facts

__all__ = ["configuration", "metadata"]

_TABLE = {
    "sortable_columns": ["published_at", "word_count", "publisher", "language"],
    "facets": ["language", "publisher", "site"],
    "sort_desc": "published_at",
    "label_column": "title",
}
_QUERIES = {
    "per_month": {
        "title": "Articles by month and language",
        "sql": "SELECT substr(published_at, 1, 7) AS month, language, count(*) AS articles FROM articles "
        "GROUP BY 1, 2 ORDER BY 1, 2",
    },
    "publishers": {
        "title": "Publishers",
        "sql": "SELECT publisher, language, count(*) AS articles, min(published_at) AS first, "
        "max(published_at) AS last FROM articles GROUP BY 1, 2 ORDER BY articles DESC, 1, 2",
    },
    "undated": {
        "title": "Articles without a date",
        "sql": "SELECT title, published_raw, canonical_url FROM articles WHERE published_at IS NULL "
        "ORDER BY canonical_url",
    },
}


def metadata(facts: Facts) -> str:
    """Title, description and the meaning of every column."""
    columns = {own.name: own.description for own in facts.columns}
    table = {"description": "One row an article.", "columns": columns, **_TABLE}
    source = "README.md says how the articles were collected, what is missing, and under what terms."
    database = {"description": source, "tables": {"articles": table}, "queries": _QUERIES}
    return yaml({"title": facts.title, "description": source, "databases": {"articles": database}})


def configuration(facts: Facts) -> str:
    """Facets and queries for Datasette 1.0."""
    database = {"tables": {"articles": dict(_TABLE)}, "queries": _QUERIES}
    return yaml({"settings": {"default_page_size": 50}, "databases": {"articles": database}})


def yaml(value: Any, indent: int = 0) -> str:
    """The value as YAML in blocks. Scalars are written as JSON, which YAML includes.

    >>> print(yaml({"a": ["x: y", 1], "b": {"c": None}}), end="")
    a:
      - "x: y"
      - 1
    b:
      c: null
    """
    space = " " * indent
    lines = []
    for key, one in value.items():
        if isinstance(one, dict):
            lines.append(f"{space}{key}:\n{yaml(one, indent + 2)}")
        elif isinstance(one, list):
            lines.append(f"{space}{key}:\n" + "".join(f"{space}  - {_scalar(part)}\n" for part in one))
        else:
            lines.append(f"{space}{key}: {_scalar(one)}\n")
    return "".join(lines)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
