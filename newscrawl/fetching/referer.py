"""Scrapy's Referer where it arrives: at the redirects of robots.txt, which Scrapy follows itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from scrapy.spidermiddlewares.referer import RefererMiddleware

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["RefererOfRedirects"]


class RefererOfRedirects(RefererMiddleware):
    """Does not look at what pages give: the frontier makes requests from addresses, and their headers are lost there.

    For a spider whose requests it does not make, one that is none of ours, Scrapy's own is at work.
    """

    process_spider_output: ClassVar[None] = None  # type: ignore[assignment]
    process_spider_output_async: ClassVar[None] = None  # type: ignore[assignment]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefererMiddleware:  # type: ignore[override]
        """Scrapy's way of making a component; raises NotConfigured without ``REFERER_ENABLED``."""
        if hasattr(crawler.spider, "request_for"):
            return super().from_crawler(crawler)
        return RefererMiddleware.from_crawler(crawler)
