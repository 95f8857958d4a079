"""yemeress.com: the newspapers of Yemen."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Yemeress(RessSpider):
    """The site's declaration."""

    name = "yemeress"
    hosts = ("yemeress.com",)
    timezone = "Asia/Aden"
