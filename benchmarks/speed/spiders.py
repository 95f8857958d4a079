"""The site of :mod:`benchmarks.speed.unknown_web`: NEWSCRAWL_SPIDERS=benchmarks.speed.spiders lets a crawl find it.

Nothing is said of its articles' mark-up: titles, dates and bodies are read from each page alone.
"""

from __future__ import annotations

from benchmarks.speed.unknown_web import HOST
from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.lists.listings import Teaser


class Gazette(AggregatorSpider):
    """The site's declaration. Nobody serves its host: ``-a base_url=http://127.0.0.1:PORT``."""

    name = "gazette"
    hosts = (HOST,)
    home = ""
    editions = {"all": ""}  # noqa: RUF012 - declared as ClassVar above
    feeds = ("/feed.xml",)
    listings = ("/",)
    article_path = r"/(?P<newspaper>journal-\d+)/\d{4}/\d\d/[\w-]+\.html"
    teaser = Teaser(row="li.item", link="a.item-link", published="span.item-day", summary="p.item-text")
    newspaper_values = "nav > a.paper::attr(href)"
    newspaper_path = r"/(?P<newspaper>journal-\d+)"
    newspaper_feed = "/feed.xml"
    note = "needs base_url"
