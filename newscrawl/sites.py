"""Which sites there are: found by loading the spiders, so that a new site is one new file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.exit_codes import USAGE, fail
from newscrawl.page_spider import PageSpider
from newscrawl.ress_spider import RESS_RULES
from newscrawl.settings import OWN_SPIDERS, SPIDER_MODULES
from newscrawl.spider_arguments import SpiderArgumentError
from pipelines.items import SiteRules
from pipelines.urls import host_of

__all__ = ["Site", "SpiderArgumentError", "all_rules", "all_sites", "check_arguments", "known_names", "site_of"]


@dataclass(frozen=True)
class Site:
    """An aggregator that can be crawled, as its file in ``newscrawl/spiders`` declares it."""

    name: str
    hosts: tuple[str, ...]
    """Without ``www.``; the first is where a crawl begins."""
    editions: tuple[str, ...]
    timezone: str
    """IANA name; empty when unknown."""
    note: str
    rules: SiteRules
    spider: type[AggregatorSpider]


def all_sites() -> tuple[Site, ...]:
    """Every site, by name."""
    return tuple(
        Site(name, spider.hosts, tuple(spider.editions), spider.timezone, spider.note, spider.rules, spider)
        for name, spider in sorted(_spiders().items())
        if issubclass(spider, AggregatorSpider)
    )


def known_names() -> tuple[str, ...]:
    """The names of all sites, sorted."""
    return tuple(site.name for site in all_sites())


def check_arguments(name: str, arguments: Mapping[str, Any]) -> None:
    """Raise SpiderArgumentError, with one sentence, for an argument that the spider does not take as it is.

    :raises KeyError: when there is no spider of that name.
    """
    spider = _spiders()[name]
    if issubclass(spider, PageSpider):
        spider.check_arguments(arguments)


def all_rules() -> tuple[SiteRules, ...]:
    """The mark-up rules of all sites, a site's own before its engine's: the first that match a page apply to it."""
    own = [replace(site.rules, site=site.name) for site in all_sites() if site.rules.recognised_by]
    return (*own, RESS_RULES)


def site_of(url: str) -> str:
    """The name of the site that an address belongs to; empty when it is no site's.

    >>> site_of("http://maghress.com/fr/challenge/1"), site_of("https://example.org/")
    ('maghress', '')
    """
    host = host_of(url)
    return next((site.name for site in all_sites() if host in site.hosts), "")


@cache
def _spiders() -> dict[str, type[Spider]]:
    try:
        loader = get_spider_loader(Settings({"SPIDER_MODULES": SPIDER_MODULES}))
    except (ImportError, SyntaxError) as error:
        fail(f"the spiders of NEWSCRAWL_SPIDERS={','.join(OWN_SPIDERS)} cannot be loaded: {error}.", USAGE)
    return {name: loader.load(name) for name in loader.list()}
