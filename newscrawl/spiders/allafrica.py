"""allafrica.com, English and French: articles of African newspapers and agencies.

Not tried against the live site. Its feeds (https://allafrica.com/misc/tools/rss.html) and the form of its addresses
are public; the selectors are those that several public scrapers agree on. Title, publisher and image come from the
page's own metadata. Many articles are for subscribers: their pages hold the first paragraphs.
"""

from __future__ import annotations

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.lists.listings import Teaser
from pipelines.items import SiteRules


class AllAfrica(AggregatorSpider):
    """The site's declaration. At a mirror both editions have the same paths."""

    name = "allafrica"
    hosts = ("allafrica.com", "fr.allafrica.com")
    home = "https://allafrica.com"
    editions = {"en": "https://allafrica.com", "fr": "https://fr.allafrica.com"}  # noqa: RUF012
    feeds = ("/tools/headlines/rdf/latest/headlines.rdf", "/tools/headlines/rdf/africa/headlines.rdf")
    listings = ("/latest/", "/business/")
    article_path = r"/stories/\d{12}\.html"
    teaser = Teaser(row="ul.stories li", title="span.headline")
    rules = SiteRules(
        engine="allafrica",
        recognised_by='meta[property="og:url"][content*="allafrica.com/stories/"], '
        'link[rel="canonical"][href*="allafrica.com/stories/"]',
        published="div.publication-date",
        body="p.story-body-text",
    )
    note = "not tried against the live site"
