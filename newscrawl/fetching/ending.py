"""Ending a crawl within seconds, whatever its servers do: what has arrived is stored, the rest stays to be fetched.

Scrapy's own end waits for every request in flight (a server that says nothing holds it for DOWNLOAD_TIMEOUT) and for
every one that still waits for its turn (with a second between them). Here those that wait are given back at once and
those in flight after some seconds; both end as the outcome ``interrupted``, and are fetched by the next crawl.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from scrapy.core.downloader import Downloader
from scrapy.crawler import AsyncCrawlerProcess

from newscrawl.fetching.failures import EndedError
from pipelines.item_pipeline import ENDING

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers import DownloadHandlers
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

__all__ = ["DOWNLOAD_SECONDS", "EndingDownloader", "EndingProcess"]

DOWNLOAD_SECONDS = 3.0
"""How long a request in flight may go on after the signal. Reading what arrived has until
:data:`pipelines.item_pipeline.ENDING_SECONDS`; ten seconds in all are promised."""


class EndingDownloader(Downloader):
    """Scrapy's downloader, which can be told that the crawl ends (signal ``ENDING``)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.ended = False
        self._cancellable = _Cancellable(self.handlers)
        self.handlers = cast("DownloadHandlers", self._cancellable)
        crawler.signals.connect(self.end, signal=ENDING)

    def end(self) -> None:
        """Give back what waits for its turn now, and what is in flight in some seconds."""
        self.ended = True
        for slot in self.slots.values():
            while slot.queue:
                slot.queue.popleft()[1].errback(EndedError())
        asyncio.get_running_loop().call_later(DOWNLOAD_SECONDS, self._cancellable.cancel)

    async def _enqueue_request(self, request: Request) -> Response:
        if self.ended:  # it was held up by a middleware, such as the one that waits for robots.txt
            raise EndedError
        return await super()._enqueue_request(request)


class _Cancellable:
    """Scrapy's download handlers, whose downloads can be cancelled."""

    def __init__(self, handlers: DownloadHandlers) -> None:
        self._handlers = handlers
        self._downloads: set[asyncio.Task[Response]] = set()

    async def download_request_async(self, request: Request) -> Response:
        """The response; raises EndedError when it was cancelled."""
        download = asyncio.ensure_future(self._handlers.download_request_async(request))
        self._downloads.add(download)
        try:
            return await download
        except asyncio.CancelledError:
            raise EndedError from None
        finally:
            self._downloads.discard(download)

    def cancel(self) -> None:
        """End what is in flight."""
        for download in list(self._downloads):
            download.cancel()


class EndingProcess(AsyncCrawlerProcess):
    """Scrapy's process, which tells its crawlers when a signal has asked it to end."""

    killed = False
    """Whether a second signal ended it at once: nothing that was under way has been stored."""

    def _signal_kill(self, signum: int, frame: Any) -> None:
        self.killed = True
        super()._signal_kill(signum, frame)

    async def stop(self) -> None:
        """Called once, after the first SIGINT or SIGTERM."""
        for crawler in self.crawlers:
            crawler.signals.send_catch_log(ENDING)
        await super().stop()
