"""sauress.com: the newspapers of Saudi Arabia."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Sauress(RessSpider):
    """The site's declaration."""

    name = "sauress"
    hosts = ("sauress.com",)
    timezone = "Asia/Riyadh"
