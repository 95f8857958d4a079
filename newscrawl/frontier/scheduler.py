"""Scrapy's SCHEDULER on the database: what a crawl has found and not finished survives it, however it ends.

A request is taken out of the queue only when it has left the engine (then all its items were kept and all that it
found was queued), in the same transaction as these items. Until then it is leased: after a crash it waits again.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.asyncio import call_later

from newscrawl.fetching.identity import KIND, POLL, REFETCH, asked_by, key_of
from newscrawl.frontier.known import FleetingFrontier, KnownUrls
from newscrawl.frontier.leftovers import Leftovers
from pipelines.item_pipeline import ItemPipeline
from pipelines.items import Outcome
from pipelines.store import StoreError
from pipelines.store.queue import Entry, Leased
from pipelines.urls import host_of

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

__all__ = ["Frontier"]

DOOR = "pipelines.item_pipeline.ItemPipeline"
NEIGHBOUR_SECONDS = 0.5
"""Between two looks at what a run beside this one is doing, when this one has nothing to do."""
_KEPT_META = ("retry_times", "depth", "newscrawl_tries")
"""What is kept of a request's meta besides our own keys."""


@dataclass(slots=True)
class Held:
    """A request in the engine's hands."""

    id: int
    request: Request
    host: str
    again: bool = False
    """What it gave was lost with a transaction: it is to be made once more."""


class Frontier(BaseScheduler):
    """The queue of one site as one run uses it; runs beside it share the queue and make no request twice.

    Requests that are no page spider's are passed on from memory: of these nothing survives.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._found: dict[str, Entry] = {}
        self._ready: deque[tuple[Leased, Request]] = deque()
        self._held: dict[str, Held] = {}
        self._foreign: deque[Request] = deque()
        self._hungry = False
        self._size = 0
        self._begun = False
        at_once = max(1, crawler.settings.getint("CONCURRENT_REQUESTS") or 16)
        # A batch that is kept, and one that is fetched and read meanwhile: so nobody waits, a crash loses no more, and
        # there are few commits, which cost a fifth of what is written.
        self._most_held = 3 * at_once
        self._batch = max(1, self._most_held // 2)
        # One that is made and one that follows it: a host that says « enough » is asked no more.
        self._per_host = 2 * max(1, crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") or 8)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self | FleetingFrontier:  # type: ignore[override]
        """Scrapy's way of making a component; one in memory for a spider whose items nobody stores."""
        if not _is_stored(crawler.settings):
            return FleetingFrontier.from_crawler(crawler)
        frontier = cls(crawler)
        crawler.signals.connect(frontier.begin, signal=signals.spider_opened)
        crawler.signals.connect(frontier.spider_failed, signal=signals.spider_error)
        return frontier

    def begin(self, spider: Spider) -> None:
        """Open the site's queue as a part of the run, whose pipeline has been opened by now."""
        pipeline = self.crawler.get_item_pipeline(ItemPipeline)
        assert pipeline is not None
        assert pipeline.run is not None
        self._pipeline, self._run, self._spider = pipeline, pipeline.run, spider
        self._shared = getattr(spider, "run_kind", "crawl") == "crawl"
        self._queue = self._run.store.queue(
            spider.name if self._shared else f"page/{self._run.id}",
            self._run.id,
            site=getattr(spider, "site", ""),
            selection=getattr(spider, "selection", ""),
        )
        self._run.before_commit, self._run.after_rollback = self._write, self._redo
        self._run.after_interruption = self._redo_one
        self.known = spider.known = KnownUrls(self.crawler.settings, self._run.store)  # type: ignore[attr-defined]
        self._leftovers = Leftovers(self._queue, self._run, spider)
        self._begun = True
        with self._guarded():
            self._leftovers.look_around()
            self._size = self._queue.size()
            self._run.commit()

    def __len__(self) -> int:
        return self._size + len(self._ready) + len(self._found) + len(self._foreign)

    def enqueue_request(self, request: Request) -> bool:
        """True when the request will be made; False when it need not be: it is known, waits already or is not due."""
        if KIND not in request.meta:
            self._foreign.append(request)
            return True
        if self._is_closed():
            return True
        entry = self._entry(request)
        if not entry.replaces and (entry.url_key in self._held or entry.url_key in self._found):
            return False
        with self._guarded():
            if not (entry.replaces or request.dont_filter or request.meta.get(REFETCH)) and self._is_spared(request):
                return False
        self._found[entry.url_key] = entry
        return True

    def _is_spared(self, request: Request) -> bool:
        key, now = key_of(request), datetime.now(UTC)
        if request.meta[KIND] == "article":
            word = "known" if key in self.known else "later" if self._run.store.is_put_off(key, now) else ""
        else:
            word = "not-due" if request.meta.get(POLL) and not self._run.store.is_poll_due(key, now) else ""
        if word and self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newscrawl/{word}")
        return bool(word)

    def next_request(self) -> Request | None:
        """The next request to make; None while there is none."""
        if self._foreign:
            return self._foreign.popleft()
        if self._is_closed():
            return None
        if not self._ready or self._is_batch_done():
            self._refill()
        if not self._ready or self._is_closed() or len(self._held) >= self._most_held:
            return None  # pages wait to be kept: what is in hand is what a crash has to fetch again
        return self._hand_out()

    def _is_batch_done(self) -> bool:
        """Whether no more may be held, and so much of it is done that a commit is worth it: every one costs."""
        held = len(self._held)
        return held >= self._most_held and held - len(self._in_progress()) >= self._batch

    def _hand_out(self) -> Request | None:
        """The first request of a host that has few in the engine's hands."""
        fetching = self._being_fetched()
        if len(fetching) < self._per_host:  # so has any one host
            leased, request = self._ready.popleft()
            self._held[leased.url_key] = Held(leased.id, request, leased.host)
            return request
        busy = Counter(one.host for one in self._held.values() if one.request in fetching)
        for _ in range(len(self._ready)):
            leased, request = self._ready.popleft()
            if busy[leased.host] < self._per_host:
                self._held[leased.url_key] = Held(leased.id, request, leased.host)
                return request
            self._ready.append((leased, request))
        return None

    def has_pending_requests(self) -> bool:
        """Whether the crawl goes on: something waits that this run is to make."""
        if self._foreign:
            return True
        if self._is_closed():
            return False
        if not self._ready:
            self._refill()
        if self._ready or self._found or self._held:
            return True
        with self._guarded():
            if self._leftovers.may_come():
                call_later(NEIGHBOUR_SECONDS, self._nudge)
                return True
            return self._rests_shortly()
        return False

    def _rests_shortly(self) -> bool:
        """Whether something waits for a host that may soon be asked again."""
        now = datetime.now(UTC)
        limit = now + timedelta(seconds=self.crawler.settings.getint("NEWSCRAWL_PATIENCE"))
        soon = [host for host, until in self._run.store.resting(now).items() if datetime.fromisoformat(until) <= limit]
        if not soon or not self._queue.held_back(soon, 1):
            return False
        call_later(NEIGHBOUR_SECONDS, self._nudge)
        return True

    def close(self, reason: str) -> None:
        """Give back what was not made, for the next run; Scrapy has waited for what was in its hands."""
        if self._begun and not self._is_closed():
            with self._guarded():
                self._run.commit()
                self._queue.release()
                for one in self._queue.held_back(self._run.store.resting(datetime.now(UTC))):
                    if not one.inherited:
                        sentence = "The host asked to be left alone; the address waits for the next crawl."
                        self._run.record(Outcome(one.url, "resting", sentence))
                if not self._shared:
                    self._queue.clear()
                self._run.store.commit()
        self._ready.clear()
        self._begun = False

    def spider_failed(self, failure: Failure, response: Response | Failure) -> None:
        """A flaw in a spider: the address that it came upon has its outcome all the same."""
        request = getattr(response, "request", None)
        if request is not None and KIND in request.meta and not self._is_closed():
            sentence = f"The spider failed: {type(failure.value).__name__}: {failure.value}"[:300]
            with self._guarded():
                self._run.record(Outcome(asked_by(request), "failed", sentence))

    def _is_closed(self) -> bool:
        return not self._begun or self._run.broken is not None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._pipeline.give_up(error)

    def _refill(self) -> None:
        self._hungry = True
        try:
            with self._guarded():
                self._run.commit()
                while not self._ready and self._leftovers.find_more():
                    self._run.commit()
        finally:
            self._hungry = False

    def _write(self) -> None:
        """All that happened since the last commit, into the transaction that is about to be committed."""
        others = self._leftovers.neighbours() if self._found else ()
        self._size += self._queue.add(self._found.values(), datetime.now(UTC), others)
        self._found.clear()
        in_progress = self._in_progress()
        done = {key: held for key, held in self._held.items() if held.request not in in_progress}
        if done:
            self._queue.acknowledge(held.id for held in done.values() if not held.again)
            self._queue.release(held.id for held in done.values() if held.again)
            for key in done:
                del self._held[key]
        if self._hungry and not self._ready:
            self._take()

    def _take(self) -> None:
        """Lease the next requests; they are made after the commit."""
        resting = list(self._run.store.resting(datetime.now(UTC)))
        taken = self._leftovers.choose(self._queue.waiting(self._batch, resting, self._leftovers.own_only()))
        self._queue.lease(leased.id for leased in taken)
        self._size = max(0, self._size - len(taken))
        make = self._spider.request_for  # type: ignore[attr-defined]
        for leased in taken:
            meta = {KIND: leased.kind, **json.loads(leased.meta)}
            self._ready.append((leased, make(leased.url, meta, leased.priority)))

    def _in_progress(self) -> set[Request]:
        slot = getattr(self.crawler.engine, "_slot", None)
        return slot.inprogress if slot is not None else set()

    def _being_fetched(self) -> set[Request]:
        """What the host has not answered yet; a page that waits for a worker is none of its business."""
        downloader = getattr(self.crawler.engine, "downloader", None)
        return downloader.active if downloader is not None else set()

    def _nudge(self) -> None:
        """Make the engine ask again: of itself it does every five seconds."""
        slot = getattr(self.crawler.engine, "_slot", None)
        if slot is not None:
            slot.nextcall.schedule()

    def _redo(self, culprit: str) -> None:
        for key, held in self._held.items():
            held.again = key != culprit

    def _redo_one(self, url_key: str) -> None:
        if url_key in self._held:
            self._held[url_key].again = True

    def _entry(self, request: Request) -> Entry:
        key = key_of(request)
        meta: dict[str, Any] = {
            name: value
            for name, value in request.meta.items()
            if name in _KEPT_META or (name.startswith("newscrawl_") and name != KIND)
        }
        return Entry(
            url_key=key,
            asked=asked_by(request),
            url=request.url,
            kind=request.meta[KIND],
            host=host_of(request.url),
            priority=request.priority,
            meta=json.dumps(meta),
            again=bool(request.dont_filter or meta.get(REFETCH) or self.crawler.settings.getbool("NEWSCRAWL_REFETCH")),
            replaces=request.dont_filter and key in self._held,
        )


def _is_stored(settings: BaseSettings) -> bool:
    if settings.get("NEWSCRAWL_SCRATCH"):  # a rehearsal: nothing is to stay
        return False
    pipelines = settings.getwithbase("ITEM_PIPELINES")
    return any(order is not None and name in (DOOR, ItemPipeline) for name, order in pipelines.items())
