"""Which requests are worth making: each URL once a run, and none that the database knows already."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.core.scheduler import Scheduler

from pipelines.urls import is_web_url, url_key

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Request
    from scrapy.settings import BaseSettings
    from twisted.internet.defer import Deferred

__all__ = ["KIND", "REFETCH", "Frontier", "UrlKeyFingerprinter", "known_urls"]

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


def known_urls(settings: BaseSettings) -> Callable[[str], bool]:
    """A test whether the database of ``NEWSCRAWL_DB`` knows a URL key; with ``NEWSCRAWL_REFETCH`` it knows none."""
    path = Path(settings["NEWSCRAWL_DB"])
    if settings.getbool("NEWSCRAWL_REFETCH") or not path.exists():
        return lambda key: False
    from pipelines.store import Store  # only here: a list of the sites needs no database

    known: Callable[[str], bool] = Store.open(path, read_only=True).is_known
    return known


class Frontier(Scheduler):
    """Scrapy's scheduler without the articles that are known; counts them as ``newscrawl/known``."""

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Scrapy opens the scheduler before the item pipelines: a database that is missing now knows nothing."""
        self._is_known = known_urls(spider.crawler.settings)
        return super().open(spider)

    def enqueue_request(self, request: Request) -> bool:
        """True when the request was queued; False when it is known or was queued before in this run."""
        wanted = request.dont_filter or request.meta.get(REFETCH) or request.meta.get(KIND) != "article"
        if not wanted and self._is_known(url_key(request.url)):
            assert self.stats is not None
            self.stats.inc_value("newscrawl/known")
            return False
        return super().enqueue_request(request)
