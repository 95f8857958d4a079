"""Read a feed: bytes in, plain values out. Never raises: what is no feed is None."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from newscrawl.lists.loose_xml import child_text, content, local_name, loose_tree, plain_text

__all__ = ["RawHeadline", "parse_feed"]

_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "item", "entry"})


@dataclass(frozen=True, slots=True)
class RawHeadline:
    """What a feed, listing, ticker or sitemap prints of one article; texts on one line, empty if absent."""

    link: str
    """As written: it may be relative."""
    title: str = ""
    creator: str = ""
    """``dc:creator`` or ``author``: a person on most sites, the paper on the -ress sites."""
    source: str = ""
    """Whom the item was taken from: RSS ``source``, Atom ``source/title``, a sitemap's ``publication/name``."""
    published: str = ""
    """The date as written."""
    summary: str = ""
    """The description without its mark-up."""


def parse_feed(body: bytes) -> list[RawHeadline] | None:
    """The items of an RSS (0.9 to 2.0, also RDF) or Atom feed in order, also of a broken or truncated one.

    None when the bytes are no feed. An item without a link is returned with an empty ``link``.

    >>> parse_feed(b"<rss><channel><item><title>L&eacute;gumes & fruits</title><link>/fr/a/1</link>")
    [RawHeadline(link='/fr/a/1', title='Légumes & fruits', creator='', source='', published='', summary='')]
    >>> parse_feed(b"<html><body>not found</body></html>") is None
    True
    """
    root = loose_tree(body)
    if root is None or local_name(root) not in _ROOTS:
        return None
    return [_item(node) for node in root.iter() if local_name(node) in {"item", "entry"}]


def _item(node: etree._Element) -> RawHeadline:
    source = next((child for child in node if local_name(child) == "source"), None)
    return RawHeadline(
        link=_link(node),
        title=plain_text(child_text(node, "title")),
        creator=plain_text(child_text(node, "creator") or _author(node)),
        source=plain_text((child_text(source, "title") or content(source)) if source is not None else ""),
        published=child_text(node, "pubDate", "published", "date", "issued", "updated", "modified"),
        summary=plain_text(child_text(node, "description", "summary", "content", "encoded")),
    )


def _author(node: etree._Element) -> str:
    author = next((child for child in node if local_name(child) == "author"), None)
    return "" if author is None else child_text(author, "name") or content(author)


def _link(node: etree._Element) -> str:
    """RSS ``link`` text, Atom ``link`` with rel alternate or none, or a ``guid`` that is an address."""
    for child in (one for one in node if local_name(one) == "link"):
        address = (child.text or child.get("href") or "").strip()
        if address and child.get("rel", "alternate") == "alternate":
            return address
    guid = child_text(node, "guid", "id")
    return guid if re.match(r"https?://", guid) else ""
