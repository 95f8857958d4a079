"""maghress.com: the newspapers of Morocco."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Maghress(RessSpider):
    """The site's declaration."""

    name = "maghress"
    hosts = ("maghress.com",)
    timezone = "Africa/Casablanca"
