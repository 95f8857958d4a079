"""Read a sitemap or an index of sitemaps: bytes in, plain values out. Never raises: what is no sitemap is None."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass

from lxml import etree

from newscrawl.lists.feeds import RawHeadline
from newscrawl.lists.loose_xml import child_text, local_name, loose_tree, plain_text

__all__ = ["Sitemap", "parse_sitemap"]

LONGEST = 50 * 1024 * 1024
"""Bytes, unpacked: the most that https://www.sitemaps.org/protocol.html allows."""

_ROOTS = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's pages, and the addresses of the sitemaps that an index lists."""

    items: tuple[RawHeadline, ...] = ()
    children: tuple[str, ...] = ()


def parse_sitemap(body: bytes) -> Sitemap | None:
    """The pages and child sitemaps of a sitemap, also gzipped; None when the bytes are no sitemap."""
    root = loose_tree(_unpacked(body))
    if root is None or local_name(root) not in _ROOTS:
        return None
    items, children = [], []
    for node in root.iter():
        location = child_text(node, "loc")
        if local_name(node) == "sitemap" and location:
            children.append(location)
        elif local_name(node) == "url" and location:
            news = next((child for child in node if local_name(child) == "news"), None)
            items.append(_sitemap_item(location, news))
    return Sitemap(tuple(items), tuple(children))


def _sitemap_item(location: str, news: etree._Element | None) -> RawHeadline:
    """``lastmod`` is not read: it is the day a page was touched, not the day an article was published."""
    if news is None:
        return RawHeadline(location)
    publication = next((child for child in news if local_name(child) == "publication"), None)
    return RawHeadline(
        location,
        title=plain_text(child_text(news, "title")),
        source=plain_text(child_text(publication, "name")) if publication is not None else "",
        published=child_text(news, "publication_date"),
    )


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as unpacked:
            return unpacked.read(LONGEST)
    except (OSError, EOFError, zlib.error):
        return b""
