"""Which URLs the database knows already, and a scheduler for spiders that run without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.core.scheduler import Scheduler

from newscrawl.fetching.identity import KIND, REFETCH
from pipelines.store import Store
from pipelines.urls import url_key

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Request
    from scrapy.settings import BaseSettings
    from twisted.internet.defer import Deferred

__all__ = ["FleetingFrontier", "KnownUrls"]


class KnownUrls:
    """The URL keys that the database of ``NEWSCRAWL_DB`` holds settled; none with ``NEWSCRAWL_REFETCH``.

    Asked through the ``store`` of a run where there is one; else opened read-only at the first question, and a
    database that is missing knows nothing.
    """

    def __init__(self, settings: BaseSettings, store: Store | None = None) -> None:
        self._path = Path(settings["NEWSCRAWL_DB"])
        self._refetch = settings.getbool("NEWSCRAWL_REFETCH")
        self._store = store
        self._own = store is None

    def __contains__(self, key: str) -> bool:
        if self._refetch:
            return False
        if self._store is None:
            if not self._path.exists():
                return False
            self._store = Store.open(self._path, read_only=True)
        return self._store.is_known(key)

    def close(self) -> None:
        """Close the database, unless it is a run's."""
        if self._own and self._store is not None:
            self._store.close()
            self._store = None


class FleetingFrontier(Scheduler):
    """Scrapy's scheduler in memory, without the articles that are known: for spiders whose items nobody stores."""

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
