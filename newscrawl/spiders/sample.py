"""The sample aggregator of ``newscrawl demo``: invented articles in the -ress engine's mark-up, on a loopback port."""

from __future__ import annotations

from newscrawl.ress_spider import RessSpider


class Sample(RessSpider):
    """The site's declaration. Nobody serves its host: ``-a base_url=http://127.0.0.1:PORT``."""

    name = "sample"
    hosts = ("sample-press.example",)
    home = ""
    note = "needs base_url"
