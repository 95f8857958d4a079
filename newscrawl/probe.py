"""A look at a site: one feed, one listing and three articles, fetched and kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.settings import Settings

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.crawling import Job, crawl
from newscrawl.identity import KIND
from newscrawl.sites import Site
from pipelines.items import Headline, Outcome, Page

__all__ = ["ARTICLES", "Probe", "probe"]

ARTICLES = 3
"""One page may be an exception; three that miss the same field are a layout."""


@dataclass
class Probe:
    """What a site answered."""

    lists: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """``feed`` and ``listing``: the address and the body of the one that was read."""
    headlines: list[Headline] = field(default_factory=list)
    articles: list[Page] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    """Of the feed and the listing, and of requests without a response."""

    def item(self, item: Any) -> None:
        """Take an item of the spider's."""
        kept: dict[type, list[Any]] = {Headline: self.headlines, Page: self.articles, Outcome: self.outcomes}
        kept[type(item)].append(item)

    def response(self, response: Response, request: Request) -> None:
        """Take a response as it came off the wire."""
        kind = request.meta.get(KIND, "")
        if kind in ("feed", "listing") and response.status == 200:
            self.lists.setdefault(kind, (response.url, response.body))


def probe(site: Site, arguments: Mapping[str, str], settings: Settings) -> Probe:
    """Fetch from the site with its own spider, as polite as a crawl; nothing is stored.

    ``arguments`` are the spider's; without ``editions`` the first edition in a language that is kept is looked at.
    """
    found = Probe()
    chosen = {"editions": _edition(site, settings), "max_pages": str(ARTICLES), **arguments}
    if site.spider.newspaper_path:
        chosen.setdefault("newspapers", "none")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("NEWSCRAWL_REFETCH", True, priority="cmdline")

    def watch(crawler: Crawler) -> None:
        crawler.signals.connect(found.item, signal=signals.item_scraped)
        crawler.signals.connect(found.response, signal=signals.response_received)

    crawl([Job(_narrowed(site.spider), chosen)], settings, watch)
    return found


def _narrowed(spider: type[AggregatorSpider]) -> type[AggregatorSpider]:
    """The spider with one feed and one listing: a section's page, where there is one, holds more than a home page."""
    places = {"feeds": spider.feeds[:1], "listings": spider.listings[1:2] or spider.listings[:1], "sitemaps": ()}
    return type(spider.__name__, (spider,), {"name": spider.name, **places})


def _edition(site: Site, settings: Settings) -> str:
    kept = settings.getlist("NEWSCRAWL_LANGUAGES")
    return next((edition for edition in site.editions if edition in kept), site.editions[0])
