"""Scrapy's door: items of a crawl go to a :class:`~pipelines.run.Run`. The only Scrapy import of this package."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypedDict

from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.misc import load_object

from pipelines.awaiting import Awaiting
from pipelines.cluster import ClusterError
from pipelines.extraction_pool import Rulebook
from pipelines.items import Article, Extraction, Headline, Outcome, Page
from pipelines.run import LOCK_SECONDS, Run
from pipelines.store import StoreError
from pipelines.store.dues import Rhythm
from pipelines.urls import url_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

__all__ = ["ENDING", "ENDING_SECONDS", "HowExtracted", "ItemPipeline", "Kept", "extraction_of", "rulebook_of"]

ENDING = object()
"""Scrapy signal, without arguments: somebody has asked the crawl to end, which shall take ten seconds at most."""

ENDING_SECONDS = 5.0
"""How long after that signal pages are still read; what is not read by then is archived, and its URL still due.

A worker that does not end when it is told to is killed after three seconds more (pebble)."""


MOST_TITLES = 4096
"""Headlines whose language is remembered: a ticker's fifty are on every listing of their hour."""

_COUNTED = {
    "requests": "downloader/response_count",
    "bytes": "downloader/response_bytes",
    "known": "newscrawl/known",
}
"""What Scrapy counts for a run's figures: see pipelines.store.figures."""


def rulebook_of(settings: BaseSettings) -> Rulebook:
    """The rules and languages of these Scrapy settings; what was learned of noise is added by the run."""
    return Rulebook(
        rules=tuple(load_object(settings["NEWSCRAWL_RULES"])()),
        languages=tuple(settings.getlist("NEWSCRAWL_LANGUAGES")),
    )


class HowExtracted(TypedDict):
    """What :meth:`pipelines.run.Run.open` takes to say who extracts."""

    workers: int
    cluster: str


def extraction_of(settings: BaseSettings) -> HowExtracted:
    """Who extracts by these Scrapy settings: so many processes, or the cluster of a scheduler's address."""
    return HowExtracted(workers=settings.getint("NEWSCRAWL_WORKERS"), cluster=settings.get("NEWSCRAWL_CLUSTER") or "")


class Kept(DropItem):
    """A headline, an outcome or a page without an article: kept in the database, and no item for Scrapy's feeds."""

    def __init__(self, message: str) -> None:
        super().__init__(message, log_level="DEBUG")


class ItemPipeline:
    """Notes headlines, takes pages and records outcomes; what goes on to Scrapy's feeds (``-O``) is the articles."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run: Run | None = None
        self._answers = Awaiting()
        self._unread = self._ending = False
        self._readings: dict[int, asyncio.Future[Extraction | None]] = {}
        self._promised: dict[int, int] = {}
        self._languages: dict[str, str] = {}
        # Nothing may hold the database longer than a second or two, also when no page comes in for a while.
        self._commits = create_looping_call(self._commit)
        self._site_of: Callable[[str], str] = load_object(crawler.settings["NEWSCRAWL_SITE_OF"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.end, signal=signals.spider_closed)
        crawler.signals.connect(pipeline.end_soon, signal=ENDING)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(pipeline.let_go, signal=signal)
        return pipeline

    def open_spider(self) -> None:
        """Begin a run for this spider; raises StoreError when the database cannot be used."""
        settings, spider, stats = self.crawler.settings, self.crawler.spider, self.crawler.stats
        if spider is None or stats is None:
            raise RuntimeError("the item pipeline was opened before its spider")
        self.run = Run.open(
            Path(settings["NEWSCRAWL_DB"]),
            kind=getattr(spider, "run_kind", "crawl"),
            site=getattr(spider, "site", spider.name),
            arguments=str(settings.get("NEWSCRAWL_ARGUMENTS") or ""),
            rulebook=replace(rulebook_of(settings), names=getattr(spider, "names_of_site", dict)()),
            **extraction_of(settings),
            rhythm=Rhythm(
                tuple(map(int, settings.getlist("NEWSCRAWL_REVISITS"))),
                settings.getint("NEWSCRAWL_POLL_LEAST", Rhythm.poll_least),
                settings.getint("NEWSCRAWL_POLL_MOST", Rhythm.poll_most),
            ),
            lock_seconds=settings.getfloat("NEWSCRAWL_LOCK_SECONDS", LOCK_SECONDS),
            force=settings.getbool("NEWSCRAWL_FORCE"),
            scratch=Path(settings["NEWSCRAWL_SCRATCH"]) if settings.get("NEWSCRAWL_SCRATCH") else None,
        )
        stats.set_value("newscrawl/run", self.run.id)
        self._commits.start(1.0, now=False)

    def reading_of(self, page: Page, response: object) -> asyncio.Future[Extraction | None]:
        """What a page will have been read as, for the spider that is about to yield it: so it need not parse it too.

        None when nobody read it: another pipeline passed it over, or the run ends. ``response`` is what it came in.
        """
        self._promised[id(response)] = id(page)
        promise = self._readings[id(page)] = asyncio.get_running_loop().create_future()
        return promise

    def let_go(self, response: object) -> None:
        """Signal: an item of a response has gone its way; nobody waits for its reading any longer."""
        promise = self._readings.pop(self._promised.pop(id(response), 0), None)
        if promise is not None and not promise.done():
            promise.set_result(None)

    def note(self, headlines: Sequence[Headline]) -> asyncio.Future[None]:
        """Keep headlines; done when their languages are known, which the workers find.

        As items of Scrapy's they would cost a tenth of a page each. They are promises at once: a page that came later
        is read with them. A listing's own request is not done before this is, so that whatever happens, no headline is
        kept without its language and none is lost.
        """
        assert self.run is not None
        new = {one.title for one in headlines if not one.language} - self._languages.keys()
        for one in headlines:
            found = replace(one, language=one.language or self._languages.get(one.title, ""))
            self._write(partial(Run.note, headline=found, language_follows=found.title in new and not found.language))
        return asyncio.ensure_future(self._tell_languages(sorted(new)))

    async def _tell_languages(self, titles: Sequence[str]) -> None:
        assert self.run is not None
        if not titles or self.run.broken is not None:
            return
        found = await self._languages_of(titles)
        if len(self._languages) + len(found) > MOST_TITLES:
            self._languages.clear()
        self._languages |= found
        self._write(partial(Run.tell_languages, titles=titles, found=found))

    async def _languages_of(self, titles: Sequence[str]) -> dict[str, str]:
        """Languages by title; none where no reader answers: the run finds them itself."""
        assert self.run is not None
        asked = await self._answers.answer_of(self.run.pool.languages_of(titles))
        if asked is None or asked.cancelled() or asked.exception() is not None:
            return {}
        return dict(zip(titles, asked.result(), strict=True))

    def _write(self, write: Callable[[Run], None]) -> None:
        """Write something, unless the run gave up; it does so where the database fails."""
        assert self.run is not None
        if self.run.broken is None:
            try:
                write(self.run)
            except StoreError as error:
                self.give_up(error)

    async def process_item(self, item: Any) -> Article:
        """An article for a page that has one; raises :class:`Kept` for all else that was kept.

        When the database fails nothing more is kept and the spider is closed: the URLs are fetched again later.
        """
        assert self.run is not None
        if self.run.broken:
            raise Kept(f"not kept: {self.run.broken}")
        try:
            return await self._keep(item)
        except StoreError as error:
            self.give_up(error)
            raise Kept(f"not kept: {error}") from error

    def give_up(self, error: StoreError) -> None:
        """End the crawl: the database cannot be used. The sentence is left in the stats as ``newscrawl/error``."""
        assert self.run is not None
        if self.run.broken is None and self.crawler.engine is not None and self.crawler.stats is not None:
            self.run.give_up(error)
            self.crawler.stats.set_value("newscrawl/error", error)
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="storage"))

    def _commit(self) -> None:
        if self.run is not None:
            self._write(Run.look_around)
            self._write(Run.commit_if_due)

    async def _keep(self, item: Any) -> Article:
        assert self.run is not None
        if isinstance(item, Page):
            return await self._take(item)
        if isinstance(item, Headline):
            self.run.note(item)
            raise Kept(f"headline noted: {item.url}")
        if isinstance(item, Outcome):
            self._count(self.run.record(item))
            raise Kept(f"{item.outcome}: {item.url}")
        raise DropItem(f"not an item of newscrawl: {type(item).__name__}")

    async def _take(self, page: Page) -> Article:
        """A page that was asked for alone belongs to the site that it was found on before, or whose host it is on."""
        assert self.run is not None
        if page.status == 304:
            raise Kept(f"{self._count(self.run.keep_unmodified(page)).outcome}: {page.url}")
        promise = self._readings.get(id(page))
        page = page if page.site else replace(page, site=self.run.site_at(page) or self._site_of(page.final_url))
        reading = await self._answers.answer_of(self.run.extract(page))
        if self.run.broken:
            raise Kept(f"not kept: {self.run.broken}")
        if reading is None:
            raise self._left_unread(page, "the run was ended")
        try:
            extraction = reading.result()
            if promise is not None and not promise.done():
                promise.set_result(extraction)
            outcome = self._count(self.run.keep(page, extraction))
        except StoreError:
            raise
        except ClusterError as error:
            self._end_for(error)
            raise self._left_unread(page, "the cluster was lost") from error
        except Exception as error:  # a flaw of ours: this page has its outcome, the others are fetched again
            self.run.after_rollback(url_key(page.url))
            self._count(self.run.record(Outcome(page.url, "failed", f"{type(error).__name__}: {error}"[:300])))
            raise
        if extraction.article is None or extraction.rejected is not None:
            raise Kept(f"{outcome.outcome}: {page.url}")
        return extraction.article

    def _left_unread(self, page: Page, why: str) -> Kept:
        """The page is archived, and its request waits for the next run."""
        assert self.run is not None
        self._unread = True
        detail = f"The page is archived; {why} before it was read."
        outcome = self._count(self.run.record(Outcome(page.url, "interrupted", detail)))
        return Kept(f"{outcome.outcome}: {page.url}")

    def _end_for(self, error: ClusterError) -> None:
        """End the crawl, within seconds: nobody reads its pages. The sentence is left in the stats."""
        assert self.crawler.stats is not None
        if self.crawler.engine is not None and not self.crawler.stats.get_value("newscrawl/error"):
            self.crawler.stats.set_value("newscrawl/error", error)
            self.crawler.signals.send_catch_log(ENDING)
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="cluster"))

    def end_soon(self) -> None:
        """Read for some seconds more, then leave unread what a worker still holds."""
        if not self._ending:
            self._ending = True
            asyncio.get_running_loop().call_later(ENDING_SECONDS, self._answers.end)

    def _count(self, outcome: Outcome) -> Outcome:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/outcome/{outcome.outcome}")
        return outcome

    def end(self, reason: str) -> None:
        """End the run; ``reason`` is Scrapy's, ``finished`` or why the spider was closed before."""
        if self.run is not None:
            self._commits.stop()
            assert self.crawler.stats is not None
            for name, counted in _COUNTED.items():
                setattr(self.run.tally, name, int(self.crawler.stats.get_value(counted, 0)))
            state = "finished" if reason == "finished" else "interrupted"
            try:
                self.run.close(state, reason=reason, at_once=self._unread)
            except StoreError as error:
                self.crawler.stats.set_value("newscrawl/error", error)
