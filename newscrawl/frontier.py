"""Which requests are worth making: each URL once a run, and none that the database knows already."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.core.scheduler import Scheduler

from pipelines.store import Store
from pipelines.urls import is_web_url, url_key

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Request
    from scrapy.settings import BaseSettings
    from twisted.internet.defer import Deferred

__all__ = ["KIND", "REFETCH", "Frontier", "KnownUrls", "UrlKeyFingerprinter"]

KIND = "newscrawl_kind"
"""Request.meta key: what the page is asked for, for example ``article``. Only articles can be known."""
REFETCH = "newscrawl_refetch"
"""Request.meta key: true where the page is wanted even when it is known."""


class UrlKeyFingerprinter:
    """Scrapy's identity of a request is ours: http, https, www and tracking twins of a URL are fetched once."""

    def fingerprint(self, request: Request) -> bytes:
        """Twenty bytes that are the same for requests that fetch the same thing."""
        identity = url_key(request.url) if is_web_url(request.url) else request.url
        parts = (request.method.encode(), identity.encode(), request.body)
        return sha1(b"\0".join(parts), usedforsecurity=False).digest()


class KnownUrls:
    """The URL keys that the database of ``NEWSCRAWL_DB`` holds settled; none with ``NEWSCRAWL_REFETCH``.

    Opened read-only at the first question; a database that is missing knows nothing.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._path = Path(settings["NEWSCRAWL_DB"])
        self._refetch = settings.getbool("NEWSCRAWL_REFETCH")
        self._store: Store | None = None

    def __contains__(self, key: str) -> bool:
        if self._refetch:
            return False
        if self._store is None:
            if not self._path.exists():
                return False
            self._store = Store.open(self._path, read_only=True)
        return self._store.is_known(key)

    def close(self) -> None:
        """Close the database."""
        if self._store is not None:
            self._store.close()
            self._store = None


class Frontier(Scheduler):
    """Scrapy's scheduler without the articles that are known; counts them as ``newscrawl/known``."""

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Scrapy calls this before the first request."""
        self.known = KnownUrls(spider.crawler.settings)
        return super().open(spider)

    def close(self, reason: str) -> Deferred[None] | None:
        """Scrapy calls this after the last request."""
        self.known.close()
        return super().close(reason)

    def enqueue_request(self, request: Request) -> bool:
        """True when the request was queued; False when it is known or was queued before in this run."""
        wanted = request.dont_filter or request.meta.get(REFETCH) or request.meta.get(KIND) != "article"
        if not wanted and url_key(request.url) in self.known:
            assert self.stats is not None
            self.stats.inc_value("newscrawl/known")
            return False
        return super().enqueue_request(request)
