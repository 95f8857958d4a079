"""djazairess.com: the newspapers of Algeria."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Djazairess(RessSpider):
    """The site's declaration."""

    name = "djazairess"
    hosts = ("djazairess.com",)
    timezone = "Africa/Algiers"
