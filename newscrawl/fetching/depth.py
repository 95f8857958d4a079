"""Scrapy's count of how many links lead to a page, for those who ask for it: it looks at all that a page gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured
from scrapy.spidermiddlewares.depth import DepthMiddleware

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["DepthWhereAsked"]


class DepthWhereAsked(DepthMiddleware):
    """At work only with DEPTH_LIMIT, DEPTH_PRIORITY or DEPTH_STATS_VERBOSE: no part of newscrawl needs it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component; raises NotConfigured where nobody asks for it."""
        settings = crawler.settings
        if not (
            settings.getint("DEPTH_LIMIT")
            or settings.getint("DEPTH_PRIORITY")
            or settings.getbool("DEPTH_STATS_VERBOSE")
        ):
            raise NotConfigured
        return super().from_crawler(crawler)
