"""What a crawl is doing, on stderr: one line that is rewritten on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.terminal_line import fitted

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["Progress"]

TERMINAL_SECONDS = 0.5
PLAIN_SECONDS = 10.0


class Progress:
    """A Scrapy extension that prints counts while a crawl runs (setting ``NEWSCRAWL_PROGRESS``)."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEWSCRAWL_PROGRESS"):
            raise NotConfigured
        self.crawler = crawler
        self.terminal = sys.stderr.isatty()
        self.loop = create_looping_call(self.show)
        self.last = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signal=signals.spider_opened)
        crawler.signals.connect(progress.stop, signal=signals.spider_closed)
        return progress

    def start(self) -> None:
        """Begin to print, for as long as the spider is open."""
        self.loop.start(TERMINAL_SECONDS if self.terminal else PLAIN_SECONDS, now=self.terminal)

    def stop(self) -> None:
        """Print the last counts and end the line."""
        if self.loop.running:
            self.loop.stop()
        self.show(last=True)

    def show(self, last: bool = False) -> None:
        """Print the counts if they changed."""
        line = self.line()
        if self.terminal:
            sys.stderr.write(f"\r\x1b[K{fitted(line)}" + ("\n" if last else ""))
        elif line != self.last:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()
        self.last = line

    def line(self) -> str:
        """For example ``maghress: 48 pages fetched, 40 stored, 3 known, 5 other; 12 waiting``."""
        stats, engine, spider = self.crawler.stats, self.crawler.engine, self.crawler.spider
        assert stats is not None
        counts = {
            key.removeprefix("newscrawl/outcome/"): value
            for key, value in stats.get_stats().items()
            if key.startswith("newscrawl/outcome/")
        }
        stored = counts.pop("stored", 0) + counts.pop("updated", 0)
        counts.pop("listed", None)
        same = counts.pop("unchanged", 0)
        slot = getattr(engine, "_slot", None)
        waiting = len(slot.inprogress) + len(slot.scheduler) if slot else 0
        parts = [f"{stats.get_value('response_received_count', 0)} fetched", f"{stored} stored"]
        parts += [f"{same} unchanged"] if same else []
        known = stats.get_value("newscrawl/known", 0)
        parts += [f"{known} known"] if known else []
        parts += [f"{sum(counts.values())} other"] if counts else []
        name = spider.name if spider else "crawl"
        return f"{name}: {', '.join(parts)}; {waiting} waiting"
