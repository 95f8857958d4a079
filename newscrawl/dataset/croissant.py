"""croissant.json: the bundle as MLCommons Croissant 1.0 describes data sets, for search engines and ML libraries.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

import json
from typing import Any

from newscrawl.dataset.datapackage import MEDIA_TYPES
from newscrawl.dataset.facts import DataFile, Facts
from pipelines.dictionary import Column, Kind

__all__ = ["text"]

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prescribes."""
_TYPES: dict[Kind, str] = {"integer": "sc:Integer", "real": "sc:Float", "flag": "sc:Boolean", "date": "sc:Date"}


def text(facts: Facts) -> str:
    """The description, as JSON-LD. Only of a CSV or Parquet file the columns can be described."""
    cover = facts.coverage
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "newscrawl-articles",
        "alternateName": facts.title,
        "identifier": facts.identity,
        "description": facts.description,
        "datePublished": cover.as_of,
        "version": f"1.0.0+{facts.identity[:12]}",
        "inLanguage": [language for language in cover.languages if language],
        "citeAs": f"{facts.title}, {facts.rows} articles as of {cover.as_of}, SHA-256 {facts.identity}.",
        "distribution": [_file(file) for file in facts.files],
        "recordSet": [_records(file, facts) for file in facts.files if file.form in ("csv", "parquet")][:1],
    }
    if cover.first:
        described["temporalCoverage"] = f"{cover.first[:10]}/{(cover.last or cover.first)[:10]}"
    return json.dumps(described, ensure_ascii=False, indent=2)


def _file(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"articles-{file.form}",
        "name": f"articles-{file.form}",
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": MEDIA_TYPES[file.form] if file.form != "parquet" else "application/x-parquet",
        "sha256": file.sha256,
    }


def _records(file: DataFile, facts: Facts) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "articles",
        "name": "articles",
        "key": {"@id": "articles/canonical_url"},
        "field": [_field(own, file) for own in facts.columns],
    }


def _field(own: Column, file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"articles/{own.name}",
        "name": own.name,
        "description": own.description,
        "dataType": _TYPES.get(own.kind, "sc:Text") if own.kind != "moment" else "sc:DateTime",
        "source": {"fileObject": {"@id": f"articles-{file.form}"}, "extract": {"column": own.name}},
    }
