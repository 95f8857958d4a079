"""Store: data/news.db. What the project knows of articles, addresses and runs goes in and comes out here."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.items import Article, Candidate, Headline, Outcome, Outline, Page, Segment
from pipelines.store import defects, figures, hosts, ledger, reading, run_history, settling, shelf, story_shelf
from pipelines.store.database import BUSY_TIMEOUT, StoreError, explained, open_database
from pipelines.store.dues import Rhythm
from pipelines.store.figures import RunFigures
from pipelines.store.full_text import index_new
from pipelines.store.history import History, Made
from pipelines.store.locks import FileLock, run_lock_path
from pipelines.store.migrations import news
from pipelines.store.noise_shelf import NoiseShelf
from pipelines.store.overview import Overview
from pipelines.store.queue import Queue
from pipelines.store.rows import Row, exact_time, or_null, to_second
from pipelines.store.run_history import RunSummary
from pipelines.store.selected import Selected
from pipelines.store.selection import Selection
from pipelines.store.sightings import Sightings
from pipelines.store.spellings import Filter, stored_values
from pipelines.store.stories import Stories
from pipelines.store.transaction import Transaction
from pipelines.ticker import Ticker

__all__ = ["Store", "StoreError"]


class Store:
    """One connection to news.db; not shared between threads.

    Writes gather in one transaction until :meth:`commit`; a reader elsewhere sees the state before it and never
    waits. ``with Store.open(path) as store`` commits at its end, or rolls back when an error leaves the block;
    :meth:`close` alone commits nothing. Every method may raise :class:`StoreError`, whose message is one sentence.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, busy_timeout: float) -> None:
        """Use :meth:`open`."""
        self.path = path
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._transaction = Transaction(connection, path, busy_timeout)
        self._transaction.at_commit = index_new
        self._sightings = Sightings()
        self.rhythm = Rhythm()
        """When what is recorded is due again."""
        self._run_locks: dict[int, FileLock] = {}
        self._hosts: dict[str, hosts.Host] = {}
        """Asked for since the last commit: every answer of a host asks for it."""
        self.history = History(connection, path)
        """What the articles were."""
        self.noise = NoiseShelf(connection, self._transaction, path)
        """The learned noise models."""
        self.stories = Stories(connection, self._transaction, path)
        """Which articles are prints of one text."""

    @property
    def connection(self) -> sqlite3.Connection:
        """For the files of this package that read and write beside this class."""
        return self._connection

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = False, create: bool = True, busy_timeout: float = BUSY_TIMEOUT
    ) -> Self:
        """Open news.db; made when it is missing, unless ``read_only`` or not ``create``.

        ``busy_timeout``: seconds to wait while another program writes.
        """
        path = Path(path)
        database = open_database(path, news, read_only=read_only, create=create, busy_timeout=busy_timeout)
        return cls(path, database.conn, busy_timeout)

    # Transactions

    def atomic(self) -> AbstractContextManager[object]:
        """Writes that belong together, such as all that belongs to one page: on an error none of them stays.

        Nor does what was written since the last commit; its URLs are still due.
        """
        return self._transaction.step()

    def begin(self) -> None:
        """Take the write lock, waiting for it; the first write does so by itself."""
        self._transaction.begin()

    def is_due(self) -> bool:
        """Whether a commit is due: after 100 articles and outcomes, or a second after the last one."""
        written = self._connection.in_transaction or self._sightings.is_due()
        return written and (self._transaction.is_due() or self._sightings.is_full())

    def commit(self, *, with_repeats: bool = True) -> None:
        """Keep all that was written; from now on other programs see it.

        Not ``with_repeats``: how often headlines were seen again may wait some seconds more.
        """
        self._write_sightings(repeats=with_repeats)
        self._transaction.commit()
        self._hosts.clear()

    def commit_if_due(self) -> bool:
        """Commit when :meth:`is_due` says so; true when it did. Not between the writes that belong to one page."""
        due = self.is_due()
        if due:
            self.commit()
        return due

    def leave_unindexed(self) -> None:
        """Enter no article in the full-text index from now on."""
        self._transaction.at_commit = lambda connection: None

    def rollback(self) -> None:
        """Forget all that was written since the last commit."""
        self._sightings.clear()
        self._hosts.clear()
        self._transaction.rollback()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten, and a run that was not ended has died."""
        self.rollback()
        for lock in self._run_locks.values():
            lock.release()
        self._run_locks.clear()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    def defects(self) -> list[str]:
        """What is wrong with the file, one sentence each; empty when it is whole. Reads all of it."""
        with explained(self.path):
            found = defects.file_defects(self._connection)
            try:
                self._transaction.begin()
                return found + defects.index_defects(self._connection)
            finally:
                self.rollback()

    # Runs

    def begin_run(self, *, kind: str, site: str = "", arguments: str = "", version: str = "") -> int:
        """A new run's number. ``kind``: crawl, ingest or reextract; ``arguments`` as the user gave them.

        The run lives until :meth:`end_run`, or until this process ends or closes the store: then it has died. Runs
        that died before are written down as such now.
        """
        now = to_second(datetime.now(UTC))
        with self._transaction.step() as connection:
            run_history.bury(connection, self.path)
            run_id = ledger.begin_run(connection, kind, site, arguments, version, now)
            figures.begin(connection, run_id)
            if lock := FileLock.take(run_lock_path(self.path, run_id), f"process {os.getpid()}, since {now}"):
                self._run_locks[run_id] = lock
        return run_id

    def end_run(
        self, run_id: int, state: str = "finished", reason: str = "", run_figures: RunFigures | None = None
    ) -> None:
        """``state``: finished, interrupted or failed; ``reason``: why it ended."""
        with self._transaction.step() as connection:
            ledger.end_run(connection, run_id, state, reason, to_second(datetime.now(UTC)))
            if run_figures is not None:
                figures.write(connection, run_id, run_figures)

    def running(self) -> list[tuple[int, str]]:
        """Runs that have not said that they ended, with their sites: at work, or killed."""
        with explained(self.path):
            return ledger.running(self._connection)

    def bury(self) -> None:
        """Write down of runs whose process is gone that they died; what they had in their hands waits again."""
        with self._transaction.step() as connection:
            run_history.bury(connection, self.path)

    # What is to be fetched

    def queue(self, name: str, run_id: int, *, site: str = "", selection: str = "") -> Queue:
        """The requests of a site that are to be made, as a run uses them."""
        return Queue(self._transaction, name, run_id, site, selection)

    def host(self, name: str) -> hosts.Host:
        """What is known of a host's patience, as it was after the last commit or :meth:`save_host`."""
        known = self._hosts.get(name)
        if known is None:
            with explained(self.path):
                known = self._hosts[name] = hosts.read(self._connection, name)
        return known

    def resting(self, now: datetime) -> dict[str, str]:
        """The hosts that asked to be left alone, and until when."""
        with explained(self.path):
            return hosts.resting(self._connection, to_second(now))

    def save_host(self, host: hosts.Host) -> None:
        """Keep it for the next run."""
        self._hosts.clear()
        with self._transaction.step() as connection:
            hosts.write(connection, host)

    def counts(self, run_id: int) -> dict[str, int]:
        """How many URLs of the run came to what outcome."""
        with explained(self.path):
            return reading.counts(self._connection, run_id)

    def outcomes(self, run_id: int) -> Iterator[Row]:
        """What became of each URL of the run, in the order of their identities.

        Columns: ``url``, ``outcome``, ``detail``, ``at``; ``canonical_url`` and ``title`` where there is an article.
        """
        with explained(self.path):
            yield from reading.outcomes(self._connection, run_id)

    def runs(self, *, site: str = "", kind: str = "", since: str = "", limit: int = 20) -> list[RunSummary]:
        """The latest runs first, at most ``limit`` (-1 for all), that started at ``since`` or later.

        A run that is written down as running but has no living process counts as died.
        """
        with explained(self.path):
            return run_history.runs(self._connection, self.path, site=site, kind=kind, since=since, limit=limit)

    def read_by(self, site: str) -> set[str]:
        """The versions of the rules by which a site's archive was read: whole, in its last re-extraction, and since.

        One version: nothing is older than it. None: nothing was ever read of the site.
        """
        with explained(self.path):
            return reading.read_by(self._connection, site)

    def sites(self) -> list[reading.SiteSummary]:
        """What is stored of each site, by name."""
        with explained(self.path):
            return reading.sites(self._connection, self.path)

    # URLs

    def note(self, headline: Headline, run_id: int | None = None, *, language_follows: bool = False) -> None:
        """Keep a headline and its URL. Written with the next commit: the same headline comes with every page.

        ``language_follows``: a promise from now on, and written when :meth:`tell_languages` has said its language.
        """
        self._sightings.add(headline, ledger.key_of, run_id, language_follows=language_follows)

    def note_all(self, headlines: Sequence[Headline], run_id: int | None = None) -> None:
        """Keep the headlines of a page, whose languages are known."""
        if isinstance(headlines, Ticker):
            self._sightings.add_ticker(headlines, ledger.key_of, run_id)
            return
        for headline in headlines:
            self.note(headline, run_id)

    def tell_languages(self, found: Mapping[str, str]) -> None:
        """Languages by title, for the headlines that wait for theirs."""
        self._sightings.tell_languages(found)

    def headline_for(self, url_key: str, *, not_after: datetime) -> Headline | None:
        """The best promise of a URL that was seen by then: feed before listing before sitemap, then the oldest.

        Never a ticker's: tickers are read with their pages, in any order, and what is read out of a page must not
        depend on that.
        """
        with explained(self.path):
            written = reading.headlines(self._connection, url_key)
        return self._sightings.best(url_key, written, not_after)

    def is_known(self, url_key: str) -> bool:
        """Whether an article's URL is settled: stored, or refused for a reason that will not pass by itself."""
        with explained(self.path):
            return reading.is_known(self._connection, url_key)

    def is_put_off(self, url_key: str, now: datetime) -> bool:
        """Whether a URL failed more than once and is not to be tried again yet."""
        with explained(self.path):
            return reading.is_put_off(self._connection, url_key, to_second(now))

    def is_poll_due(self, url_key: str, now: datetime) -> bool:
        """Whether a listing or feed was never read, or is due by the pace at which it changes."""
        with explained(self.path):
            return reading.is_poll_due(self._connection, url_key, to_second(now))

    def add_fetch(self, page: Page, page_hash: str, run_id: int | None) -> None:
        """Keep that a page was fetched. ``page_hash``: as the archive gave it."""
        with self._transaction.step() as connection:
            ledger.add_fetch(connection, page, page_hash, run_id)

    def record(self, outcome: Outcome, run_id: int, at: datetime, *, kind: str = "", site: str = "") -> None:
        """Keep what became of a URL. Of several outcomes in one run the best counts, so that none is hidden.

        ``kind``: what the URL was asked for (article, listing, feed, sitemap) when that is known.
        """
        with self._transaction.step(rows=1) as connection:
            settling.record(connection, outcome, run_id, at, kind, site, self.rhythm)

    def explain(self, url: str) -> reading.Explanation:
        """All that is known of a URL, given in any form."""
        self._write_sightings()
        with explained(self.path):
            return reading.explain(self._connection, ledger.key_of(url))

    # Articles

    def save(
        self,
        article: Article,
        *,
        segments: Sequence[Segment] = (),
        candidates: Sequence[Candidate] = (),
        outline: Outline | None = None,
        page_hash: str = "",
        extractor_version: str = "",
        run_id: int,
        at: datetime,
        forced: bool = False,
    ) -> shelf.Saved:
        """Store an article, its evidence and, when one of its fields changed, a revision.

        Compared are the article's own fields: another ticker or page hash leaves it ``unchanged``. A page that
        is ``older`` than the one read last, or a ``worse`` body unless it is ``forced``, leaves all as it is.
        """
        moment = (to_second(at), exact_time(at))
        made_by = shelf.Reading(or_null(page_hash), or_null(extractor_version), run_id, *moment, forced)
        with self._transaction.step(rows=1) as connection:
            word, number = shelf.save(connection, article, segments, candidates, made_by)
            if word == "stored":
                story_shelf.place_new(connection, number, article, outline)
            elif word == "updated":
                story_shelf.place(connection, ledger.key_of(article.canonical_url), outline)
            return word

    def withdraw(
        self, url_key: str, *, run_id: int, at: datetime, page_hash: str = "", extractor_version: str = ""
    ) -> bool:
        """Take an article out, as when today's rules find none on its page; what it was stays in a revision.

        False when there was none.
        """
        made_by = shelf.Reading(or_null(page_hash), or_null(extractor_version), run_id, to_second(at))
        with self._transaction.step(rows=1) as connection:
            story_shelf.withdraw(connection, url_key)
            return shelf.withdraw(connection, url_key, made_by)

    def mark_gone(
        self, url_key: str, *, moved_to: str = "", run_id: int, at: datetime, page_hash: str = ""
    ) -> str | None:
        """Mark the article that an address leads to as gone; since when, or None where there is none.

        It stays as it is. ``moved_to``: the address of what took its place. A page that is there again unmarks it.
        """
        made_by = shelf.Reading(or_null(page_hash), None, run_id, to_second(at), exact_time(at))
        with self._transaction.step(rows=1) as connection:
            return shelf.mark_gone(connection, url_key, moved_to, made_by)

    def given_by(self, url_key: str, page_hash: str, fetched_at: datetime) -> reading.Given | None:
        """The article that was read out of this very page of a URL; None when it was read out of another, or none."""
        with explained(self.path):
            return reading.given_by(self._connection, url_key, page_hash, exact_time(fetched_at))

    def leads_anywhere(self, url_key: str, article_key: str) -> bool:
        """Whether an address leads to a stored article, or an article of that identity is stored."""
        return self.history.leads_anywhere(url_key, article_key)

    def made_from(self, url_key: str) -> Made | None:
        """The page and the rules that an article was made by last; None where there is no article."""
        return self.history.made_from(url_key)

    def site_of(self, *urls: str) -> str:
        """The site of the first of the addresses that is a mirror of another one; empty when none is."""
        return self.history.site_of(*urls)

    def article(self, url: str) -> Article | None:
        """The article under its canonical address, given in any form."""
        with explained(self.path):
            return reading.article(self._connection, ledger.key_of(url))

    def articles(
        self,
        *,
        languages: Collection[str] = (),
        since: str | None = None,
        until: str | None = None,
        publishers: Collection[str] = (),
        sites: Collection[str] = (),
        story: int | None = None,
        one_per_story: bool = False,
        limit: int | None = None,
    ) -> Iterator[Row]:
        """Articles as dictionaries, oldest first, undated ones last; read as they are asked for, in constant memory.

        Columns: the fields of :class:`~pipelines.items.Article` and ``page_hash``. See
        :class:`~pipelines.store.selection.Selection` for the filters; ValueError for a date that is none.
        """
        selection = Selection(languages, since, until, publishers, sites, story=story, one_per_story=one_per_story)
        return self.select(selection).rows(limit=limit)

    def select(self, selection: Selection) -> Selected:
        """The articles that a selection means, to be read in several ways; ValueError for a filter that is none."""
        with explained(self.path):
            self._transaction.complete()
        return Selected(self._connection, self.path, selection)

    def stored_values(self, column: Filter) -> list[str]:
        """The languages, publishers or sites that stored articles have, in order."""
        with explained(self.path):
            return stored_values(self._connection, column)

    @contextmanager
    def moment(self) -> Iterator[None]:
        """All that is read inside is the database of one moment, whatever a crawl writes beside it.

        For a store that was opened to be read only.
        """
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def search(
        self,
        words: str,
        *,
        languages: Collection[str] = (),
        since: str | None = None,
        until: str | None = None,
        publishers: Collection[str] = (),
        sites: Collection[str] = (),
        story: int | None = None,
        one_per_story: bool = False,
        limit: int = 20,
        marks: tuple[str, str] = ("[", "]"),
    ) -> list[Row]:
        """The articles that hold all the words, best first, with ``snippet`` (matches between the marks) and ``score``.

        Also ``marked_title``, the title with its matches between the marks, ``story_id``, and ``prints``: how many of
        the matches were folded into this one by ``one_per_story``, itself included.
        ``"quoted phrases"`` and beginnings (``elec*``) are understood; accents and capitals do not matter.
        ValueError when there is no word to search for.
        """
        selection = Selection(languages, since, until, publishers, sites, story=story, one_per_story=one_per_story)
        with explained(self.path):
            self._transaction.complete()
            return reading.search(self._connection, words, selection, limit, marks)

    # The whole database

    def schema(self) -> list[tuple[str, str, str]]:
        """Kind, name and SQL of every table and view, comments and all."""
        with explained(self.path):
            return reading.schema(self._connection)

    @contextmanager
    def overview(self) -> Iterator[Overview]:
        """Questions about the whole database, all answered from one state of it. For a store that is only read."""
        with explained(self.path), self.moment():
            yield Overview(self._connection)

    def _write_sightings(self, *, repeats: bool = True) -> None:
        waiting = self._sightings.unwritten(repeats=repeats)
        for first in waiting:  # no transaction where nothing waits
            with self._transaction.step() as connection:
                ledger.write_sightings(connection, chain([first], waiting))
