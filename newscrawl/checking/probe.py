"""A look at a site: a feed, some listings and three articles, fetched and kept in memory."""

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
from newscrawl.fetching.identity import KIND
from newscrawl.sites import Site
from pipelines.items import Headline, Outcome, Page

__all__ = ["ARTICLES", "Probe", "probe"]

ARTICLES = 3
"""One page may be an exception; three that miss the same field are a layout."""


@dataclass
class Probe:
    """What a site answered."""

    answers: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Of feeds and listings: the kind, the address and the body."""
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
            self.answers.append((kind, response.url, response.body))

    @property
    def lists(self) -> dict[str, tuple[str, bytes]]:
        """``feed`` and ``listing``: address and body of the first one that gave headlines, or else of the first."""
        fruitful = {one.seen_on for one in self.headlines if one.seen_in != "ticker"}
        ranked = sorted(self.answers, key=lambda answer: answer[1] not in fruitful)
        return {kind: (url, body) for kind, url, body in reversed(ranked)}


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
    """The spider with one feed and a few listings: sections hold more than a home page, and one may be empty."""
    places = {"feeds": spider.feeds[:1], "listings": spider.listings[1:4] or spider.listings[:1], "sitemaps": ()}
    return type(spider.__name__, (spider,), {"name": spider.name, **places})


def _edition(site: Site, settings: Settings) -> str:
    kept = settings.getlist("NEWSCRAWL_LANGUAGES")
    return next((edition for edition in site.editions if edition in kept), site.editions[0])
