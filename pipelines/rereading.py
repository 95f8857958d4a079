"""Which archived pages a re-extraction reads: those that can change what is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.archive import Archive
from pipelines.items import Page
from pipelines.rows import exact_time
from pipelines.run import Run
from pipelines.store import Store

__all__ = ["PageSelection"]


@dataclass(frozen=True, slots=True)
class PageSelection:
    """Filters; all that are given must hold. An empty one selects the whole archive."""

    sites: Collection[str] = ()
    since: datetime | None = None
    """First moment of fetching."""
    until: datetime | None = None
    """Last moment of fetching."""
    url: str = ""
    """An article's address, in any form: the pages of all addresses that lead to it."""
    stale: bool = False
    """Only what was read by other rules than today's."""

    def count(self, archive: Archive) -> int:
        """How many pages are looked at."""
        if self.url:
            return 0
        return archive.count(sites=self.sites, since=self.since, until=self.until)

    def pages(self, run: Run, database: Path) -> Iterator[Page]:
        """The pages in the order in which they were fetched, so that of two pages of an article the later one counts.

        Left out is a page of an article that was read from a later one: it tells what the article was, not what it
        is. What the database says is asked before the run changes it; so a rehearsal reads the same pages.
        """
        with Store.open(database, read_only=True) as before:
            for page in self._found(run.archive, before):
                if self._is_wanted(page, run, before):
                    yield page

    def _found(self, archive: Archive, before: Store) -> Iterator[Page]:
        if not self.url:
            yield from archive.pages(sites=self.sites, since=self.since, until=self.until)
            return
        found: dict[tuple[str, datetime], Page] = {}
        for key in before.history.keys_of(self.url):
            for page in archive.pages(sites=self.sites, since=self.since, until=self.until, url_key=key):
                found[page.url, page.fetched_at] = page
        yield from sorted(found.values(), key=lambda page: page.fetched_at)

    def _is_wanted(self, page: Page, run: Run, before: Store) -> bool:
        seen = exact_time(page.fetched_at)
        articles = before.history.articles_at(page.url, page.final_url)
        current = [made for made in articles if made.fetched_at == seen]
        if not current and any(made.fetched_at > seen for made in articles):
            return False
        if not self.stale:
            return True
        if current:
            return any(made.extractor_version != run.version_of(page) for made in current)
        return before.history.read_last_by(page.final_url) not in (run.version_of(page), run.rules)
