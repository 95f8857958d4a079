"""A host that asks to be left alone is left alone, in this run and the next; robots.txt's crawl-delay is kept.

429 and 503 are answers to how much we ask (RFC 6585, 4; RFC 9110, 15.6.4): the whole host rests, for as long as its
Retry-After says, else longer each time. A short rest is waited for; over a long one the run ends, what it found waits
in the queue, and the next run does not knock before the time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

from newscrawl.fetching.identity import KIND
from pipelines.item_pipeline import ItemPipeline
from pipelines.store import StoreError
from pipelines.store.rows import to_second
from pipelines.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

    from pipelines.run import Run

__all__ = ["PatienceMiddleware", "rest_seconds", "retry_after"]

REFUSALS = frozenset({429, 503})
FIRST_REST = 30
LONGEST_REST = 3600
"""Seconds, without a Retry-After: 30, 60, 120 ... an hour."""
LONGEST_RETRY_AFTER = 24 * 3600
"""A server that wants more is asked again after a day."""
TRIES = 3
"""Requests of one address in one run, the first included."""
_TRIES = "newscrawl_tries"


def retry_after(value: str, now: datetime) -> int | None:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None when it cannot be read.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(int((moment - now).total_seconds()), LONGEST_RETRY_AFTER))


def rest_seconds(header: str, refusals: int, now: datetime) -> int:
    """How long a host rests after its ``refusals``-th refusal in a row.

    >>> [rest_seconds("", refusals, datetime(2026, 1, 1, tzinfo=UTC)) for refusals in (1, 2, 3, 99)]
    [30, 60, 120, 3600]
    """
    asked = retry_after(header, now)
    return asked if asked is not None else min(FIRST_REST << min(refusals - 1, 10), LONGEST_REST)


class PatienceMiddleware:
    """Reads 429, 503 and Retry-After; gives a host the delay that an earlier run had come to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.patience = crawler.settings.getint("NEWSCRAWL_PATIENCE")
        self.met: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """The first request to a host: go on at the pace of the run before."""
        host, run = host_of(request.url), self._run()
        if run is None or host in self.met or self.crawler.engine is None:
            return
        self.met.add(host)
        delay = run.store.host(host).delay
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if delay and self.crawler.settings.getbool("AUTOTHROTTLE_ENABLED") and key not in downloader.slots:
            downloader.per_slot_settings.setdefault(key, {}).setdefault("delay", delay)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let the host rest when it refuses; ask again when that is soon over."""
        run = self._run()
        if run is None or KIND not in request.meta:
            return response
        try:
            return (
                self._refused(run, request, response)
                if response.status in REFUSALS
                else self._took(run, request, response)
            )
        except StoreError as error:
            pipeline = self.crawler.get_item_pipeline(ItemPipeline)
            if pipeline is not None:
                pipeline.give_up(error)
            return response

    def _refused(self, run: Run, request: Request, response: Response) -> Request | Response:
        now = datetime.now(UTC)
        host = run.store.host(host_of(response.url))
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        resting = host.not_before is not None and host.not_before > to_second(now)
        if not resting:  # the others that were on their way say the same once more
            seconds = rest_seconds(header, host.refusals + 1, now)
            until = to_second(now + timedelta(seconds=seconds))
            host = replace(host, not_before=until, refusals=host.refusals + 1, last_asked=to_second(now))
            run.store.save_host(host)
        wait = datetime.fromisoformat(host.not_before or to_second(now)) - now
        tries = request.meta.get(_TRIES, 1)
        if wait.total_seconds() > self.patience or tries >= TRIES:
            return response
        again = request.replace(dont_filter=True)
        again.meta[_TRIES] = tries + 1
        return again

    def _took(self, run: Run, request: Request, response: Response) -> Response:
        host = run.store.host(host_of(response.url))
        if host.not_before is not None and host.not_before > to_second(run.now()):
            return response  # it was on its way when another one was refused
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        delay = round(slot.delay, 2) if slot is not None else host.delay
        if host.refusals or host.delay is None or abs((delay or 0) - host.delay) > host.delay / 4:
            run.store.save_host(
                replace(host, refusals=0, not_before=None, delay=delay, last_asked=to_second(run.now()))
            )
        return response

    def _run(self) -> Run | None:
        pipeline = self.crawler.get_item_pipeline(ItemPipeline)
        return pipeline.run if pipeline and pipeline.run and pipeline.run.keeps() else None
