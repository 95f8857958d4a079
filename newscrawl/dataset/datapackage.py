"""datapackage.json: the bundle as a Frictionless Data Package, whose validator holds every cell against its type.

https://specs.frictionlessdata.io/data-package/ and https://specs.frictionlessdata.io/table-schema/
"""

from __future__ import annotations

import json
from typing import Any

from newscrawl.dataset.facts import DataFile, Facts
from pipelines.dictionary import Column, Kind

__all__ = ["text"]

_TYPES: dict[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "list": {"type": "string"},
    "integer": {"type": "integer"},
    "real": {"type": "number"},
    "flag": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
    "date": {"type": "date", "format": "%Y-%m-%d"},
    "moment": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"},
}
_REQUIRED = ("canonical_url", "title", "language", "text_kept")
_VALUES = {
    "published_precision": ["minute", "day", "month"],
    "timezone_source": ["written", "site", "assumed"],
    "text_kept": ["full", "snippet", "none"],
    "text_reason": ["asked", "paywall", "robots"],
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "feather": "application/vnd.apache.arrow.file",
    "sqlite": "application/vnd.sqlite3",
}


def text(facts: Facts) -> str:
    """The package's descriptor."""
    package = {
        "profile": "data-package",
        "name": "newscrawl-articles",
        "id": facts.identity,
        "title": facts.title,
        "description": facts.description,
        "created": facts.coverage.as_of,
        "sources": [{"title": site} for site in facts.coverage.sites if site],
        "resources": [_resource(file, facts) for file in facts.files],
    }
    return json.dumps(package, ensure_ascii=False, indent=2)


def _resource(file: DataFile, facts: Facts) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": f"articles-{file.form}",
        "path": file.path,
        "mediatype": MEDIA_TYPES[file.form],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if file.form != "csv":  # the same rows in a form that the validator has no reader for
        return resource | {"type": "file"}
    return resource | {
        "profile": "tabular-data-resource",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(own) for own in facts.columns], "primaryKey": "canonical_url"},
    }


def _field(own: Column) -> dict[str, Any]:
    field = {"name": own.name, **_TYPES[own.kind], "description": own.description}
    if own.kind == "list":
        field["description"] = f"{own.description}, here joined with a semicolon and a blank"
    if own.schema_org:
        field["rdfType"] = f"https://schema.org/{own.schema_org}"
    constraints: dict[str, Any] = {}
    if own.name in _REQUIRED:
        constraints["required"] = True
    if own.name in _VALUES:
        constraints["enum"] = _VALUES[own.name]
    return field | ({"constraints": constraints} if constraints else {})
