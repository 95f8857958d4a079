"""robots.txt as RFC 9309 wants it: asked once a host, waited for, and a host that cannot give it is left alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from newscrawl.fetching.failures import RobotsUnreachable, failure_outcome

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

__all__ = ["RobotsMiddleware"]


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with another way to the rules.

    Scrapy 2.14 to 2.19 lets all but one of the requests that wait for a host's robots.txt pass unchecked: they await
    one Deferred, and whoever is served first leaves None to the others. It also reads error pages as if they were
    rules, and allows everything when there is no answer. RFC 9309 (2.3.1.3, 2.3.1.4) says: nothing to obey when the
    server answers 4xx, nothing to fetch when it answers 5xx or not at all.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.least_delays: dict[str, float] = {}
        """By download slot: what robots.txt asks for, in seconds."""
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host, None when there are none; raises RobotsUnreachable without an answer."""
        netloc = urlparse_cached(request).netloc
        if netloc not in self._rules:
            self._rules[netloc] = asyncio.ensure_future(self._fetch_rules(request))
        return await asyncio.shield(self._rules[netloc])

    async def _fetch_rules(self, request: Request) -> RobotParser | None:
        address = urlparse_cached(request)._replace(path="/robots.txt", params="", query="", fragment="").geturl()
        meta = {"dont_obey_robotstxt": True}
        asked = Request(address, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(asked)
        except IgnoreRequest:  # redirects without end: as if there were none (2.3.1.2)
            return None
        except Exception as error:
            raise RobotsUnreachable(*failure_outcome(error)) from None
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500:
            raise RobotsUnreachable("robots", f"The server answered HTTP {response.status}.")
        if response.status >= 300:
            return None
        rules: RobotParser = build_from_crawler(self._parserimpl, self.crawler, response.body)
        self._keep_delay(request, rules)
        return rules

    def _keep_delay(self, request: Request, rules: RobotParser) -> None:
        """Crawl-delay, which RFC 9309 does not know and many sites write: the least time between two requests."""
        parser = getattr(rules, "rp", None)
        asked = parser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"]) if parser is not None else None
        if asked:
            delay = min(float(asked), self.crawler.settings.getfloat("NEWSCRAWL_CRAWL_DELAY_MOST"))
            self.least_delays[self.crawler.engine.downloader.get_slot_key(request)] = delay

    def process_response(self, request: Request, response: Response) -> Response:
        """AutoThrottle has just set the host's delay: never below what robots.txt asks for."""
        self._slow_down(request)
        return response

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Check the rules; the first request already waits as they ask."""
        await super().process_request(request)
        self._slow_down(request)

    def _slow_down(self, request: Request) -> None:
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        least, slot = self.least_delays.get(key, 0.0), downloader.slots.get(key)
        if slot is not None and slot.delay < least:
            slot.delay = least
            slot.concurrency = 1
            slot.jitter = 0.0
