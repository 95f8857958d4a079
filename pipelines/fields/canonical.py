"""An article's address: what the page calls canonical, where that can be true."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pipelines.urls import canonical_url, host_of, is_web_url

__all__ = ["canonical_of", "foreign_addresses"]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def canonical_of(final_url: str, named: Iterable[str], *, crawled: bool) -> str:
    """The first address the page names for itself that can be true, else the one that answered; cleaned.

    It must be on the same host (``www.`` aside), or, for a page that a spider asked for (``crawled``), have the same
    path: then the answering host is a mirror. A home page is never the address of an article.
    """
    path = _path(final_url)
    for url in named:
        if not is_web_url(url) or (path and not _path(url)):
            continue
        if host_of(url) == host_of(final_url) or (crawled and _path(url) == path):
            return canonical_url(url)
    return canonical_url(final_url) if is_web_url(final_url) else final_url


def foreign_addresses(canonical: str, final_url: str, named: Iterable[str]) -> list[str]:
    """Named addresses on other hosts than the article's own: the publisher's own page, most likely."""
    own = {host_of(canonical), host_of(final_url)}
    return list(
        dict.fromkeys(canonical_url(url) for url in named if is_web_url(url) and host_of(url) not in own and _path(url))
    )
