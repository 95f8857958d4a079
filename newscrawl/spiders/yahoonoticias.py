"""Yahoo Noticias, in Spanish: articles of agencies and newspapers (EFE, Europa Press, El Universal ...).

Not tried against the live site. The feeds and the form of the addresses are public; the selectors are those of the
page format (CAAS) that several public scrapers agree on. Dates are written with their zone.
"""

from __future__ import annotations

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.lists.listings import Teaser
from pipelines.items import SiteRules


class YahooNoticias(AggregatorSpider):
    """The site's declaration. At a mirror both editions have the same paths."""

    name = "yahoonoticias"
    hosts = ("es.noticias.yahoo.com", "es-us.noticias.yahoo.com")
    home = "https://es.noticias.yahoo.com"
    editions = {"es": "https://es.noticias.yahoo.com", "us": "https://es-us.noticias.yahoo.com"}  # noqa: RUF012
    feeds = ("/rss/",)
    listings = ("/", "/deportes/")
    article_path = r"/(?:[^/]+/)*[^/]+-\d{9}\.html"
    teaser = Teaser(row="li.js-stream-content", link="h3 a, a:has(> h3)", summary="p")
    rules = SiteRules(
        engine="yahoo-caas",
        recognised_by="div.caas-body",
        title="header.caas-title-wrapper h1",
        authors="span.caas-author-byline-collapse",
        publisher="span.caas-attr-provider, a.caas-attr-provider",
        body="div.caas-body p",
        remove=(("div.caas-readmore, button.caas-button, div.caas-da", "share"),),
    )
    note = "not tried against the live site"
