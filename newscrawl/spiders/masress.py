"""masress.com: the newspapers of Egypt."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Masress(RessSpider):
    """The site's declaration."""

    name = "masress"
    hosts = ("masress.com",)
    timezone = "Africa/Cairo"
