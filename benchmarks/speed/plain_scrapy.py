"""Plain Scrapy with trafilatura in its callback, as one would write it in an afternoon: URLS OUT [--fetch-only].

The same concurrency as newscrawl has on loopback; robots.txt obeyed; articles go to a JSON lines feed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from newscrawl.page_spider import LOOPBACK_PACE


class Plain(Spider):
    """Fetches the given addresses."""

    name = "plain"

    def __init__(self, urls: list[str], fetch_only: bool) -> None:
        super().__init__()
        self.urls, self.fetch_only = urls, fetch_only

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield Request(url)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        if not self.fetch_only:
            found = trafilatura.extract(
                response.body, url=response.url, output_format="json", with_metadata=True, include_comments=False
            )
            if found:
                yield json.loads(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fetch-only", action="store_true")
    chosen = parser.parse_args()
    settings = {**LOOPBACK_PACE, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True,
                "REMOTE_CONTROL_ENABLED": False, "FEEDS": {str(chosen.out): {"format": "jsonlines"}}}  # fmt: skip
    process = CrawlerProcess(settings)
    process.crawl(Plain, urls=chosen.urls.read_text().split(), fetch_only=chosen.fetch_only)
    process.start()


if __name__ == "__main__":
    main()
