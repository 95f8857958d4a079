"""Run a spider of the project in a process of its own (Twisted's loop runs once a process) and bring back its items."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.items import Headline, Outcome, Page

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Crawl:
    """What a spider yielded and what Scrapy counted."""

    items: list[Any]
    stats: dict[str, Any]
    settings: dict[str, Any]

    @property
    def pages(self) -> list[Page]:
        return [one for one in self.items if isinstance(one, Page)]

    @property
    def headlines(self) -> list[Headline]:
        return [one for one in self.items if isinstance(one, Headline)]

    @property
    def outcomes(self) -> dict[str, str]:
        """URL to word; fails when a URL has two."""
        found = [(one.url, one.outcome) for one in self.items if isinstance(one, Outcome)]
        assert len(dict(found)) == len(found), f"two outcomes for one URL: {found}"
        return dict(found)


def run_spider(spider: str, arguments: Mapping[str, str], settings: Mapping[str, Any] | None = None) -> Crawl:
    """Crawl with the project's settings but no item pipeline; ``settings`` count as given on the command line."""
    given = pickle.dumps((spider, dict(arguments), dict(settings or {})))
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, __file__]
    done = subprocess.run(command, input=given, capture_output=True, cwd=PROJECT, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return Crawl(*pickle.loads(done.stdout))


def _main() -> None:
    from scrapy import signals
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    spider, arguments, given = pickle.load(sys.stdin.buffer)
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "LOG_LEVEL": "ERROR", **given}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    items: list[Any] = []

    def keep(item: Any) -> None:
        items.append(item)

    crawler.signals.connect(keep, signals.item_scraped)
    process.crawl(crawler, **arguments)
    process.start()
    names = ("DOWNLOAD_DELAY", "CONCURRENT_REQUESTS_PER_DOMAIN", "AUTOTHROTTLE_ENABLED", "ROBOTSTXT_OBEY")
    chosen = {name: crawler.settings[name] for name in names}
    sys.stdout.buffer.write(pickle.dumps((items, crawler.stats.get_stats(), chosen)))


if __name__ == "__main__":
    _main()
