"""Run: what every entry calls. A crawl, an ingest and a re-extraction differ only in where their pages come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from pipelines.archive import Archive
from pipelines.archive.list_memory import remember
from pipelines.extraction_pool import DEADLINE_SECONDS, Rulebook
from pipelines.extractor import Extractor, extractor_for
from pipelines.items import Article, Extraction, Headline, NoiseModel, Outcome, Page, Rejected
from pipelines.rehearsal import Rehearsal
from pipelines.rule_version import fingerprint
from pipelines.store import Store, StoreError
from pipelines.store.dues import Rhythm
from pipelines.store.figures import Tally
from pipelines.store.ledger import key_of
from pipelines.store.outcomes import is_final
from pipelines.urls import url_key

__all__ = ["LOCK_SECONDS", "Run", "version_with"]

_GONE = (404, 410)

LOCK_SECONDS = 60.0
"""How long a run waits while another program holds the database: a backup, a VACUUM, an analyst's long write."""


def version_with(noise: NoiseModel | None, rules: str = "") -> str:
    """The version of all that decides an article beside its page, for example ``3f2a9c1d+noise.3``.

    ``rules`` is the rulebook's :func:`~pipelines.rule_version.fingerprint`. Two revisions from one page and two
    versions: the rules changed, and not the publisher.
    """
    return f"{rules}+noise.{noise.version}" if noise else rules


class _Archived(NamedTuple):
    """A page that was archived before it is read."""

    page: Page
    hash: str
    losses: int
    """How often the archive had lost what was not committed, at that time."""


class Run:
    """One pass over pages into one database. Not shared between threads; the extraction pool is its own affair."""

    def __init__(self, store: Store, archive: Archive, pool: Extractor, run_id: int, site: str) -> None:
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
        self.after_interruption: Callable[[str], None] = lambda url_key: None
        """The frontier's: this URL was given up because the run ends; its request waits for the next run."""
        self.tally = Tally()
        self._in_hand: dict[int, _Archived] = {}
        """Pages that are being read, by their objects' numbers."""
        self.kind = "crawl"
        self.rules = fingerprint(pool.rulebook)
        self.force = False
        """Whether a body that is worse than what is stored counts."""
        self.rehearsed = False
        """Whether nothing is kept: the store is a :class:`~pipelines.rehearsal.Rehearsal`."""

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
        cluster: str = "",
        deadline: float = DEADLINE_SECONDS,
        rhythm: Rhythm | None = None,
        lock_seconds: float = LOCK_SECONDS,
        force: bool = False,
        scratch: Path | None = None,
    ) -> Self:
        """Begin a run, with the noise models in use.

        ``kind`` is ``crawl``, ``ingest`` or ``reextract``; raises StoreError when the database cannot be used.
        ``cluster``: the scheduler of a cluster that extracts instead of ``workers``; raises ClusterError without a run.
        ``force``: a body that is worse than what is stored replaces it. ``scratch``: a new file that tells afterwards
        what the run would have changed; then it changes nothing else.
        """
        store, archive = _opened(database, scratch, lock_seconds)
        store.rhythm = rhythm or store.rhythm
        rulebook = replace(rulebook, noise=store.noise.models())
        version = version_with(rulebook.noise.get(site), fingerprint(rulebook))
        with ExitStack() as unless_begun:
            unless_begun.callback(store.close)
            unless_begun.callback(archive.close)
            pool = extractor_for(rulebook, workers=workers, cluster=cluster, deadline=deadline)
            unless_begun.callback(pool.close)
            run_id = store.begin_run(kind=kind, site=site, arguments=arguments, version=version)
            store.commit()
            unless_begun.pop_all()
        run = cls(store, archive, pool, run_id, site)
        run.kind, run.force, run.rehearsed = kind, force, scratch is not None
        return run

    def keeps(self) -> bool:
        """Whether what is written stays: it is no rehearsal, and the database can be used."""
        return self.broken is None and not self.rehearsed

    def now(self) -> datetime:
        """The time, as outcomes are dated."""
        return datetime.now(UTC)

    def neighbours(self) -> list[int]:
        """Other runs of this site that are at work; those that were killed are written off, and their requests wait."""
        self.store.bury()
        return [number for number, site in self.store.running() if number != self.id and site == self.site]

    def note(self, headline: Headline, *, language_follows: bool = False) -> None:
        """Keep a headline, with its language when nobody found it yet.

        ``language_follows``: :meth:`tell_languages` will be called for its title. Until then it is no row.
        """
        if not headline.language and not language_follows:
            headline = replace(headline, language=_language_of(headline.title))
        self.store.note(headline, self.id, language_follows=language_follows)
        self.tally.note(headline)
        self.commit_if_due()

    def tell_languages(self, titles: Iterable[str], found: Mapping[str, str]) -> None:
        """The languages of headlines that were noted before, by title; those that nobody found are found here."""
        self.store.tell_languages({one: found[one] if one in found else _language_of(one) for one in titles})
        self.commit_if_due()

    def extract(self, page: Page) -> Future[Extraction]:
        """Archive the page, then read it: archived first, so that whatever extraction does, the page is there."""
        if not self.rehearsed:
            self.store.begin()  # always before the archive's: two runs that wait for each other's would wait for ever
        self._in_hand[id(page)] = _Archived(page, self._archive(page), self.archive.losses)
        if not self.rehearsed and (self.crowded or self.archive.is_due()):
            self.commit()
        return self.read(page)

    def site_at(self, page: Page) -> str:
        """The site whose mirror a page is on, as it was found before; empty when it is on none."""
        return self.store.site_of(page.url, page.final_url)

    def version_of(self, page: Page) -> str:
        """The version of the rules by which a page is read."""
        return version_with(self.pool.rulebook.noise_of(page), self.rules)

    def _hash_of(self, page: Page) -> str:
        """The hash of the page's body, which is in the archive: it is added again where a rollback has taken it."""
        archived = self._in_hand.pop(id(page), None)
        if archived is not None and archived.losses == self.archive.losses:
            return archived.hash
        return self._archive(page)

    def _archive(self, page: Page) -> str:
        """The hash of the page's body; a page that is there is not stored twice."""
        if self.rehearsed or self.kind == "reextract":
            return sha256(page.body).hexdigest()
        return self.archive.add(page, forced=self.force)

    def read(self, page: Page) -> Future[Extraction]:
        """Read a page that is archived already, or is not to be before it is known what it holds."""
        headline = self.store.headline_for(url_key(page.url), not_after=page.fetched_at)
        return self.pool.submit(page, headline)

    def keep(self, page: Page, extraction: Extraction) -> Outcome:
        """Store what was read: the article or the reason why there is none, and the outcome, in one transaction."""
        with self.store.atomic():
            page_hash = self._hash_of(page)
            self.store.add_fetch(page, page_hash, self.id)
            self.store.note_all(extraction.headlines, self.id)
            outcome = self._store_article(page, page_hash, extraction)
            self.store.record(outcome, self.id, page.fetched_at, kind="article", site=page.site)
            if url_key(page.url) != url_key(page.final_url) and outcome.url != page.url:
                if outcome.canonical_url:
                    self._mark_gone(page, page_hash, outcome.canonical_url)
                moved = Outcome(page.url, "redirected", f"It redirects to {page.final_url}.", outcome.canonical_url)
                self.store.record(moved, self.id, page.fetched_at, kind="article", site=page.site)
        self.tally.read(page.status, extraction)
        self.commit_if_due()
        return outcome

    def _store_article(self, page: Page, page_hash: str, extraction: Extraction) -> Outcome:
        article, rejected = extraction.article, extraction.rejected
        if _leads_home(page):
            stays = self._mark_gone(page, page_hash)
            return Outcome(page.url, "gone", f"It redirects to the home page {page.final_url}.{stays}")
        if article is None or rejected is not None:
            return self._without_article(page, page_hash, extraction)
        if self.store.leads_anywhere(key_of(page.final_url), key_of(article.canonical_url)):
            self._withdraw_other(page, page_hash, article)
            self._catch_up(page, page_hash, article)
        word = self._save(page, page_hash, extraction)
        if word == "worse" and self.archive.is_forced(page):  # a person said so when it was fetched
            word = self._save(page, page_hash, extraction, forced=True)
        return Outcome(page.final_url, word, self._why(word, article), article.canonical_url)

    def _save(self, page: Page, page_hash: str, extraction: Extraction, *, forced: bool = False) -> str:
        assert extraction.article is not None
        return self.store.save(
            extraction.article,
            segments=extraction.segments,
            candidates=extraction.candidates,
            outline=extraction.outline,
            page_hash=page_hash,
            extractor_version=self.version_of(page),
            run_id=self.id,
            at=page.fetched_at,
            forced=forced or self.force,
        )

    def _catch_up(self, page: Page, page_hash: str, article: Article) -> None:
        """Read the stored page by today's rules first, so that a later change is the publisher's own.

        Only where the page is another and the article was made by other rules.
        """
        made = self.store.made_from(key_of(article.canonical_url))
        if made is None or made.page_hash == page_hash or made.extractor_version == self.version_of(page):
            return
        before = self.archive.page_of(made.page_hash, made.fetched_at)
        if before is None or before.fetched_at >= page.fetched_at:
            return
        reading = self.read(before).result()
        if reading.article and not reading.rejected and reading.article.canonical_url == article.canonical_url:
            self._save(before, made.page_hash, reading)

    def _why(self, word: str, article: Article) -> str:
        """One sentence where an article was not stored."""
        if word == "older":
            return "The stored article was read from a later page."
        stored = self.store.article(article.canonical_url) if word == "worse" else None
        if stored is None:
            return ""
        wall = "a paywalled beginning of " if article.paywalled and not stored.paywalled else ""
        return f"It has {wall}{article.word_count} words where {stored.word_count} are stored; --force stores it."

    def _mark_gone(self, page: Page, page_hash: str, moved_to: str = "") -> str:
        """Mark the article at the address that was asked for; a sentence where there is one."""
        key = key_of(page.url)
        at = page.fetched_at
        since = self.store.mark_gone(key, moved_to=moved_to, run_id=self.id, at=at, page_hash=page_hash)
        return f" The stored article stays, marked gone since {since}." if since else ""

    def _without_article(self, page: Page, page_hash: str, extraction: Extraction) -> Outcome:
        """The reason why there is none; what older rules read out of this very page is withdrawn.

        Not when today's reading agrees but for a language that is no longer kept, nor after a timeout.
        """
        reason = extraction.rejected or Rejected("no-text", "Nothing was read out of the page.")
        if is_final(reason.reason) and page.status == 200:
            language = extraction.article.language if extraction.article else ""
            if self._withdraw_other(page, page_hash, None, unless=language):
                return Outcome(page.final_url, "withdrawn", f"{reason.reason}: {reason.detail}")
        stays = self._mark_gone(page, page_hash) if page.status in _GONE else ""
        return Outcome(page.final_url, reason.reason, reason.detail + stays)

    def _withdraw_other(self, page: Page, page_hash: str, article: Article | None, *, unless: str = "") -> bool:
        """Withdraw the article that this very page gave before, if it is another one now, or none."""
        before = self.store.given_by(key_of(page.final_url), page_hash, page.fetched_at)
        if before is None or before.language == unless:
            return False
        key = before.url_key
        if article is not None and key == key_of(article.canonical_url):
            return False
        version = self.version_of(page)
        return self.store.withdraw(
            key, run_id=self.id, at=page.fetched_at, page_hash=page_hash, extractor_version=version
        )

    def take(self, page: Page) -> Outcome:
        """Extract and keep one page, waiting for it."""
        return self.keep(page, self.extract(page).result())

    def remember(self, url_key: str, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        """Keep a listing's answer, to ask the next time whether it has changed."""
        self.store.begin()
        remember(self.archive, url_key, headers, body, self.now())

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
        if outcome.outcome == "interrupted":
            self.after_interruption(key_of(outcome.url))
        self.commit_if_due()
        return outcome

    def commit_if_due(self) -> None:
        """Commit now and then: pages first, so that no article is ever stored whose page is not."""
        if self.crowded or self.store.is_due():
            self.commit()

    def look_around(self) -> None:
        """Find out whether other runs write to the database."""
        self.crowded = len(self.store.running()) > 1

    def commit(self, *, last: bool = False) -> None:
        """Commit all that was kept, and with it what the frontier found and finished."""
        self.before_commit()
        if not self.rehearsed:
            self.archive.commit()
        self.store.commit(with_repeats=last)

    def give_up(self, error: StoreError) -> None:
        """Nothing can be kept any more; what was not committed is forgotten."""
        self.broken = self.broken or error
        for file in (self.store, self.archive):
            with suppress(StoreError):
                file.rollback()

    def close(self, state: str = "finished", *, reason: str = "", at_once: bool = False) -> None:
        """End the run as ``finished`` or ``interrupted`` and close both files; as ``failed`` when it gave up.

        ``at_once`` does not wait for pages that are still being read.
        """
        self.pool.close(at_once=at_once)
        try:
            if self.broken is None:
                self.store.end_run(self.id, state, reason, self.tally.figures())
                self.commit(last=True)
            else:
                with suppress(StoreError):
                    self.store.end_run(self.id, "failed", str(self.broken), self.tally.figures())
                    self.store.commit()
        finally:
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
            self.close("interrupted", reason=kind.__name__, at_once=True)


def _opened(database: Path, scratch: Path | None, lock_seconds: float) -> tuple[Store, Archive]:
    path = Archive.path_for(database)
    if scratch is None:
        return Store.open(database, busy_timeout=lock_seconds), Archive.open(path, busy_timeout=lock_seconds)
    there = path.exists()
    archive = Archive.open(path if there else Archive.path_for(scratch), read_only=there)
    return Rehearsal.open_beside(database, scratch), archive


def _language_of(title: str) -> str:
    from pipelines.languages import detect  # its tables take 115 MB, which a crawl leaves to its workers

    return detect(title).code


def _leads_home(page: Page) -> bool:
    """Whether an address redirects to a home page, as many sites answer for what they took down."""
    if page.url == page.final_url:
        return False
    asked, answered = (urlsplit(url) for url in (page.url, page.final_url))
    return not answered.path.strip("/") + answered.query and asked.path.strip("/") != ""
