"""What a run makes besides what it finds itself: requests that earlier runs left, and articles that are due again."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from newscrawl.fetching.identity import REFETCH, REVISIT
from pipelines.store.queue import Entry, Leased, Queue
from pipelines.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Spider

    from pipelines.run import Run

__all__ = ["Leftovers"]

CHUNK = 200
"""Rows that are looked at in one go."""
REVISIT_PRIORITY = -20
"""What is new comes before what is looked at again."""
LOOK_SECONDS = 1.0
"""Between two looks at which other runs are alive."""


class Leftovers:
    """Asked when the run's own queue is empty; finds more, or says that there is none."""

    def __init__(self, queue: Queue, run: Run, spider: Spider) -> None:
        self._queue = queue
        self._run = run
        self._spider = spider
        self._adopted_up_to = 0
        self._due_up_to = ""
        self._others: list[int] = []
        self._looked = 0.0

    def look_around(self) -> None:
        """Find out which other runs are alive; what the dead ones had in their hands waits again."""
        self._others, self._looked = self._run.neighbours(), time.monotonic()
        for holder in self._queue.holders():
            if holder not in self._others:
                self._queue.free(holder)

    def neighbours(self) -> list[int]:
        """Other runs of the site that are at work, as of a second ago."""
        if self._others and time.monotonic() - self._looked > LOOK_SECONDS:
            self.look_around()
        return self._others

    def find_more(self) -> bool:
        """Whether more waits now than before."""
        return self._adopt() or self._revisit() or self._inherit()

    def own_only(self) -> bool:
        """Whether the run may make no requests but those that it found itself."""
        return bool(getattr(self._spider, "pages_left", None) == 0)

    def choose(self, waiting: Iterable[Leased]) -> list[Leased]:
        """Those that the spider makes, now that it is told of the ones that it did not find."""
        accepts = getattr(self._spider, "accepts", lambda url, kind: True)
        return [one for one in waiting if not one.inherited or accepts(one.url, one.kind)]

    def may_come(self) -> bool:
        """Whether a run that is at work beside this one may still find more, or die and leave what it has."""
        return bool(self._queue.holders())

    def _adopt(self) -> bool:
        """Requests that a run with other arguments left, where this run would have made them too."""
        selects = getattr(self._spider, "selects", lambda url, kind: True)
        while rows := self._queue.others(CHUNK, self._adopted_up_to):
            self._adopted_up_to = rows[-1].id
            chosen = [row.id for row in rows if selects(row.url, row.kind)]
            self._queue.adopt(chosen)
            if chosen:
                return True
        return False

    def _revisit(self) -> bool:
        """Articles that are due: new enough to be corrected, failed when they were fetched, or over a run's limit."""
        spider = self._spider
        if not hasattr(spider, "resumes") or not self._queue.site:
            return False
        while rows := self._queue.due(CHUNK, self._due_up_to):
            self._due_up_to = rows[-1][0]
            meta = json.dumps({REFETCH: True, REVISIT: True})
            chosen = [
                Entry(key, url, url, "article", host_of(url), REVISIT_PRIORITY, meta, again=True)
                for key, url in rows
                if spider.selects(url, "article") and spider.resumes(url)  # type: ignore[attr-defined]
            ]
            if self._queue.add(chosen, self._run.now(), [*self.neighbours(), self._run.id]):
                for entry in chosen:
                    spider.asked.add(entry.url_key)  # type: ignore[attr-defined]
                return True
        return False

    def _inherit(self) -> bool:
        """What another run had in its hands when it died, beside this one."""
        if not self._queue.holders():
            return False
        before = self._queue.size()
        self.look_around()
        return self._queue.size() > before
