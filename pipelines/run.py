"""Run: what every entry calls. A crawl, an ingest and a re-extraction differ only in where their pages come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pipelines.archive import Archive
from pipelines.dues import Rhythm
from pipelines.extraction_pool import DEADLINE_SECONDS, ExtractionPool, Rulebook
from pipelines.items import Extraction, Headline, Outcome, Page
from pipelines.languages import detect
from pipelines.living import LifeLock, is_alive
from pipelines.store import Store, StoreError
from pipelines.urls import url_key

__all__ = ["EXTRACTOR_VERSION", "LOCK_SECONDS", "Run"]

EXTRACTOR_VERSION = "1"
"""Raised whenever the same page may give another article, so that articles made by older rules can be found."""

LOCK_SECONDS = 60.0
"""How long a run waits while another program holds the database: a backup, a VACUUM, an analyst's long write."""


class Run:
    """One pass over pages into one database. Not shared between threads; the extraction pool is its own affair."""

    def __init__(
        self, store: Store, archive: Archive, pool: ExtractionPool, run_id: int, site: str, lock: LifeLock
    ) -> None:
        """Use :meth:`open`."""
        self.store = store
        self.archive = archive
        self.pool = pool
        self.id = run_id
        self.site = site
        self.broken: StoreError | None = None
        """Why nothing can be kept any more: what was not committed is to be fetched again by another run."""
        self.before_commit: Callable[[], None] = lambda: None
        """The frontier's: what was found and what is done goes into the transaction of the items."""
        self.after_rollback: Callable[[str], None] = lambda url_key: None
        """The frontier's: what was kept since the last commit is lost, and was not because of this URL alone."""
        self.crowded = False
        """Whether other runs write as well: then the lock is kept for one page at a time."""
        self._lock = lock

    @classmethod
    def open(
        cls,
        database: Path,
        *,
        kind: str,
        site: str = "",
        arguments: str = "",
        rulebook: Rulebook,
        workers: int = 0,
        deadline: float = DEADLINE_SECONDS,
        rhythm: Rhythm | None = None,
        lock_seconds: float = LOCK_SECONDS,
    ) -> Self:
        """Begin a run. ``kind`` is ``crawl`` or ``ingest``; raises StoreError when the database cannot be used."""
        store = Store.open(database, busy_timeout=lock_seconds)
        store.rhythm = rhythm or store.rhythm
        archive = Archive.open(Archive.path_for(database), busy_timeout=lock_seconds)
        rulebook = replace(rulebook, noise=store.noise_models())
        run_id = store.begin_run(kind=kind, site=site, arguments=arguments, version=EXTRACTOR_VERSION)
        lock = LifeLock(database, run_id)  # before the run is seen, so that nobody takes it for dead
        store.commit()
        return cls(store, archive, ExtractionPool(rulebook, workers=workers, deadline=deadline), run_id, site, lock)

    def now(self) -> datetime:
        """The time, as outcomes are dated."""
        return datetime.now(UTC)

    def neighbours(self) -> list[int]:
        """Other runs of this site that are at work; those that were killed are written off, and their requests wait."""
        running = [(number, site) for number, site in self.store.running() if number != self.id]
        alive = {number for number, _ in running if is_alive(self.store.path, number)}
        for number, _ in running:
            if number not in alive:
                self.store.bury(number)
        return [number for number, site in running if number in alive and site == self.site]

    def note(self, headline: Headline) -> None:
        """Keep a headline, with its language when nobody found it yet."""
        if not headline.language:
            headline = replace(headline, language=detect(headline.title).code)
        self.store.note(headline, self.id)
        self.commit_if_due()

    def extract(self, page: Page) -> Future[Extraction]:
        """Archive the page, then read it: archived first, so that whatever extraction does, the page is there."""
        self.store.begin()  # always before the archive's: two runs that wait for each other's file would wait for ever
        self.archive.add(page)
        if self.crowded or self.archive.is_due():
            self.commit()
        headline = self.store.headline_for(url_key(page.url), not_after=page.fetched_at)
        return self.pool.submit(page, headline)

    def keep(self, page: Page, extraction: Extraction) -> Outcome:
        """Store what was read: the article or the reason why there is none, and the outcome, in one transaction."""
        with self.store.atomic():
            page_hash = self.archive.add(page)  # again, for its hash: a page that is there is not stored twice
            self.store.add_fetch(page, page_hash, self.id)
            for headline in extraction.headlines:
                self.store.note(headline, self.id)
            outcome = self._store_article(page, page_hash, extraction)
            self.store.record(outcome, self.id, page.fetched_at, kind="article", site=page.site)
            if url_key(page.url) != url_key(page.final_url):
                moved = Outcome(page.url, "redirected", f"It redirects to {page.final_url}.", outcome.canonical_url)
                self.store.record(moved, self.id, page.fetched_at, kind="article", site=page.site)
        self.commit_if_due()
        return outcome

    def _store_article(self, page: Page, page_hash: str, extraction: Extraction) -> Outcome:
        article, rejected = extraction.article, extraction.rejected
        if rejected is not None:
            return Outcome(page.final_url, rejected.reason, rejected.detail)
        if article is None:
            return Outcome(page.final_url, "no-text", "Nothing was read out of the page.")
        word = self.store.save(
            article,
            segments=extraction.segments,
            candidates=extraction.candidates,
            page_hash=page_hash,
            extractor_version=EXTRACTOR_VERSION,
            run_id=self.id,
            at=page.fetched_at,
        )
        return Outcome(page.final_url, word, canonical_url=article.canonical_url)

    def take(self, page: Page) -> Outcome:
        """Extract and keep one page, waiting for it."""
        return self.keep(page, self.extract(page).result())

    def remember(self, url_key: str, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        """Keep a listing's answer, to ask the next time whether it has changed."""
        self.store.begin()
        self.archive.remember(url_key, headers, body, self.now())

    def keep_unmodified(self, page: Page) -> Outcome:
        """Keep that a page is as it was (status 304)."""
        with self.store.atomic():
            self.store.add_fetch(page, "", self.id)
            outcome = Outcome(page.url, "not-modified", "The server says that it has not changed.")
            self.store.record(outcome, self.id, page.fetched_at, site=page.site)
        self.commit_if_due()
        return outcome

    def record(self, outcome: Outcome) -> Outcome:
        """Keep what became of a URL that gave no page of an article: a listing, a failure, a refusal."""
        kind = "listing" if outcome.outcome == "listed" else ""
        self.store.record(outcome, self.id, datetime.now(UTC), kind=kind, site=self.site)
        self.commit_if_due()
        return outcome

    def commit_if_due(self) -> None:
        """Commit now and then: pages first, so that no article is ever stored whose page is not."""
        if self.crowded or self.store.is_due():
            self.commit()

    def look_around(self) -> None:
        """Find out whether other runs write to the database."""
        self.crowded = len(self.store.running()) > 1

    def commit(self) -> None:
        """Commit all that was kept, and with it what the frontier found and finished."""
        self.before_commit()
        self.archive.commit()
        self.store.commit()

    def give_up(self, error: StoreError) -> None:
        """Nothing can be kept any more; what was not committed is forgotten."""
        self.broken = self.broken or error
        for file in (self.store, self.archive):
            with suppress(StoreError):
                file.rollback()

    def close(self, state: str = "finished", *, reason: str = "") -> None:
        """End the run as ``finished`` or ``interrupted`` and close both files; as ``failed`` when it gave up."""
        self.pool.close()
        try:
            if self.broken is None:
                self.store.end_run(self.id, state, reason)
                self.commit()
            else:
                with suppress(StoreError):
                    self.store.end_run(self.id, "failed", str(self.broken))
                    self.store.commit()
        finally:
            self._lock.release()
            self.archive.close()
            self.store.close()
