"""Articles under other people's names: schema.org's NewsArticle, zyte-common-items' Article.

The names stand in the data dictionary. JSON Lines has whole objects as those two want them (an author is a Person with
a name); formats with columns have the names alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipelines.dictionary import Column, column
from pipelines.rows import Row

__all__ = ["SCHEMAS", "Naming"]

SCHEMAS = ("newscrawl", "schema.org", "zyte")

Convert = Callable[[Any], Any]

_SCHEMA_ORG: dict[str, Convert] = {
    "author": lambda names: [{"@type": "Person", "name": name} for name in names],
    "publisher": lambda name: {"@type": "NewsMediaOrganization", "name": name},
    "provider": lambda name: {"@type": "Organization", "name": name},
}
_ZYTE: dict[str, Convert] = {
    "authors": lambda names: [{"name": name, "nameRaw": name} for name in names],
    "breadcrumbs": lambda name: [{"name": name}],
    "mainImage": lambda url: {"url": url},
}
_ALWAYS = ("url_key", "change")
"""Columns that keep their names: by them the rows of an earlier export are replaced or removed."""


class Naming:
    """The columns of an export under the names of a schema, and its rows under them.

    :raises KeyError: for a column that there is not, or that the schema has no name for when ``strict``.
    """

    def __init__(self, names: Sequence[str], schema: str = "newscrawl", *, strict: bool = False) -> None:
        self._schema = schema
        pairs = [(column(name), self._name(column(name))) for name in names]
        if strict and (nameless := [own.name for own, other in pairs if not other]):
            raise KeyError(nameless[0])
        self.sources = tuple(own.name for own, other in pairs if other)
        """Our names of the columns that are exported."""
        self.columns: tuple[Column, ...] = tuple(replace(own, name=other) for own, other in pairs if other)

    def rows(self, rows: Iterable[Row], *, objects: bool) -> Iterable[Row]:
        """The rows under the schema's names; with ``objects`` as the schema's own objects."""
        if self._schema == "newscrawl":
            return rows
        return self._renamed(rows, objects)

    def _renamed(self, rows: Iterable[Row], objects: bool) -> Iterator[Row]:
        converts = (_SCHEMA_ORG if self._schema == "schema.org" else _ZYTE) if objects else {}
        names = [(source, target.name) for source, target in zip(self.sources, self.columns, strict=True)]
        opening: Row = {}
        if objects and self._schema == "schema.org":
            opening = {"@context": "https://schema.org", "@type": "NewsArticle"}
        for row in rows:
            renamed = dict(opening)
            for source, target in names:
                value = row[source]
                if value is None:
                    if not objects:  # in an object what is not known is left out, as both schemas do
                        renamed[target] = None
                    continue
                if target == "isAccessibleForFree":
                    value = not value
                convert = converts.get(target)
                renamed[target] = convert(value) if convert else value
            if objects and self._schema == "zyte" and "canonicalUrl" in renamed:
                renamed = {"url": renamed["canonicalUrl"]} | renamed  # the one field that zyte's Article cannot lack
            yield renamed

    def _name(self, own: Column) -> str:
        if self._schema == "newscrawl" or own.name in _ALWAYS:
            return own.name
        return own.schema_org if self._schema == "schema.org" else own.zyte
