"""sudaress.com: the newspapers of Sudan."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Sudaress(RessSpider):
    """The site's declaration."""

    name = "sudaress"
    hosts = ("sudaress.com",)
    timezone = "Africa/Khartoum"
