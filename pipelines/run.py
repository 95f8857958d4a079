"""Run: what every entry calls. A crawl, an ingest and a re-extraction differ only in where their pages come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.archive import Archive
from pipelines.dues import Rhythm
from pipelines.extraction_pool import DEADLINE_SECONDS, ExtractionPool, Rulebook
from pipelines.items import Article, Extraction, Headline, NoiseModel, Outcome, Page, Rejected
from pipelines.languages import detect
from pipelines.ledger import key_of
from pipelines.living import LifeLock, is_alive
from pipelines.outcomes import is_final
from pipelines.store import Store, StoreError
from pipelines.urls import url_key

__all__ = ["EXTRACTOR_VERSION", "LOCK_SECONDS", "Run", "version_with"]

EXTRACTOR_VERSION = "1"
"""Raised whenever the same page may give another article, so that articles made by older rules can be found."""

LOCK_SECONDS = 60.0
"""How long a run waits while another program holds the database: a backup, a VACUUM, an analyst's long write."""


def version_with(noise: NoiseModel | None) -> str:
    """The version of all that decides an article beside its page: ``1``, or ``1+noise.3`` with a third noise model.

    Two revisions from one page and two versions: the rules changed, and not the publisher.
    """
    return f"{EXTRACTOR_VERSION}+noise.{noise.version}" if noise else EXTRACTOR_VERSION


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
        """Begin a run, with the noise models in use.

        ``kind`` is ``crawl``, ``ingest`` or ``reextract``; raises StoreError when the database cannot be used.
        """
        store = Store.open(database, busy_timeout=lock_seconds)
        store.rhythm = rhythm or store.rhythm
        archive = Archive.open(Archive.path_for(database), busy_timeout=lock_seconds)
        rulebook = replace(rulebook, noise=store.noise.models())
        version = version_with(rulebook.noise.get(site))
        run_id = store.begin_run(kind=kind, site=site, arguments=arguments, version=version)
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
        if article is None or rejected is not None:
            return self._without_article(page, page_hash, extraction)
        self._withdraw_other(page, page_hash, article)
        word = self.store.save(
            article,
            segments=extraction.segments,
            candidates=extraction.candidates,
            page_hash=page_hash,
            extractor_version=version_with(self.pool.rulebook.noise_of(page)),
            run_id=self.id,
            at=page.fetched_at,
        )
        return Outcome(page.final_url, word, canonical_url=article.canonical_url)

    def _without_article(self, page: Page, page_hash: str, extraction: Extraction) -> Outcome:
        """The reason why there is none; what older rules read out of this very page is withdrawn.

        Not when today's reading agrees but for a language that is no longer kept, nor after a timeout.
        """
        reason = extraction.rejected or Rejected("no-text", "Nothing was read out of the page.")
        if is_final(reason.reason) and page.status == 200:
            language = extraction.article.language if extraction.article else ""
            if self._withdraw_other(page, page_hash, None, unless=language):
                return Outcome(page.final_url, "withdrawn", f"{reason.reason}: {reason.detail}")
        return Outcome(page.final_url, reason.reason, reason.detail)

    def _withdraw_other(self, page: Page, page_hash: str, article: Article | None, *, unless: str = "") -> bool:
        """Withdraw the article that this very page gave before, if it is another one now, or none."""
        before = self.store.given_by(key_of(page.final_url), page_hash)
        if before is None or before.language == unless:
            return False
        key = key_of(before.canonical_url)
        if article is not None and key == key_of(article.canonical_url):
            return False
        version = version_with(self.pool.rulebook.noise_of(page))
        return self.store.withdraw(
            key, run_id=self.id, at=page.fetched_at, page_hash=page_hash, extractor_version=version
        )

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.close("interrupted", reason=kind.__name__)
