"""turess.com: the newspapers of Tunisia."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Turess(RessSpider):
    """The site's declaration."""

    name = "turess"
    hosts = ("turess.com",)
    timezone = "Africa/Tunis"
