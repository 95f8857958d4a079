"""What a request is asked for, and which requests ask for the same thing."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING

from pipelines.urls import is_web_url, url_key

if TYPE_CHECKING:
    from scrapy.http import Request

__all__ = ["CHAIN", "KIND", "POLL", "REFETCH", "REVISIT", "UrlKeyFingerprinter", "asked_by", "key_of"]

KIND = "newscrawl_kind"
"""Request.meta key: what the page is asked for, for example ``article``. Only articles can be known."""
REFETCH = "newscrawl_refetch"
"""Request.meta key: true where the page is wanted even when it is known."""
CHAIN = "newscrawl_chain"
"""Request.meta key: the addresses that redirected here, first the one that was asked for."""
POLL = "newscrawl_poll"
"""Request.meta key of a listing or feed: true where it is asked only when it is due by its own pace."""
REVISIT = "newscrawl_revisit"
"""Request.meta key: true where an article is looked at again because it is due, and may have changed."""


def asked_by(request: Request) -> str:
    """The address that was asked for before any redirect led to this request."""
    chain: list[str] = request.meta.get(CHAIN) or [request.url]
    return chain[0]


def key_of(request: Request) -> str:
    """The identity of that address."""
    asked = asked_by(request)
    return url_key(asked) if is_web_url(asked) else asked


class UrlKeyFingerprinter:
    """Scrapy's identity of a request is ours: http, https, www and tracking twins of a URL are fetched once."""

    def fingerprint(self, request: Request) -> bytes:
        """Twenty bytes that are the same for requests that fetch the same thing."""
        identity = url_key(request.url) if is_web_url(request.url) else request.url
        parts = (request.method.encode(), identity.encode(), request.body)
        return sha1(b"\0".join(parts), usedforsecurity=False).digest()
