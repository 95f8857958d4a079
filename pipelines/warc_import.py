"""A WARC file's pages go through a run like pages that were just fetched; where it was interrupted, it goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from pipelines.archive.warc_reading import FoundPage, WarcError, read_warc
from pipelines.items import Extraction, Outcome, Page
from pipelines.run import Run
from pipelines.store.rows import to_second
from pipelines.urls import host_of

__all__ = ["Choice", "Taken", "WarcFile", "take_warc"]

_WAITING_BYTES = 64 << 20
"""Of pages that wait for whoever reads them."""
_HTML = ("", "text/html", "application/xhtml+xml")
_IDENTITY_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages of a file are wanted."""

    hosts: Collection[str] = ()
    """Without ``www.``; their subdomains too. All when empty."""
    languages: Collection[str] = ()
    """ISO 639-1 codes. When given, pages in other languages have an outcome, but are not archived."""
    site_of: Callable[[str], str] = lambda url: ""
    """The spider whose pages are at an address, where the file does not say; empty for none."""

    def with_site(self, page: Page) -> Page:
        """The page with its spider."""
        return page if page.site else replace(page, site=self.site_of(page.final_url))

    def is_wanted(self, page: Page) -> bool:
        """Whether a page can be an article at all: HTML, no home page, of a wanted host."""
        kind = page.header("content-type").split(";")[0].strip().lower()
        host, address = host_of(page.final_url), urlsplit(page.final_url)
        of_host = not self.hosts or any(host == one or host.endswith(f".{one}") for one in self.hosts)
        return of_host and kind in _HTML and (address.path.strip("/") != "" or address.query != "")


class Taken(NamedTuple):
    """What became of a page of the file."""

    outcome: Outcome | None
    """None when it was not wanted."""
    offset: int
    """Byte of the record in the file."""


class WarcFile:
    """A file that is read, and how far it was read before: kept in ``warc_files`` with the articles themselves."""

    def __init__(self, run: Run, path: Path) -> None:
        self._run = run
        self._name = path.name
        with path.open("rb") as stream:
            self._identity = sha256(stream.read(_IDENTITY_BYTES)).hexdigest()
        found = run.store.connection.execute(
            "SELECT position, pages, finished_at FROM warc_files WHERE identity = ?", (self._identity,)
        ).fetchone()
        self.position: int = found["position"] if found else 0
        """Byte to go on from."""
        self.pages: int = found["pages"] if found else 0
        """That were taken before."""
        self.finished_at: str | None = found["finished_at"] if found else None

    def start_over(self) -> None:
        """Read it from its beginning."""
        self.position, self.pages, self.finished_at = 0, 0, None

    def reached(self, position: int) -> None:
        """Keep where a record begins that is being taken: it is taken again if the run ends before its commit."""
        self.position = position
        self.pages += 1
        self._write(None)

    def finish(self) -> None:
        """Keep that there is no more to read."""
        self._write(to_second(datetime.now(UTC)))

    def _write(self, finished_at: str | None) -> None:
        with self._run.store.atomic():
            self._run.store.connection.execute(
                """INSERT INTO warc_files (name, identity, position, pages, finished_at, run_id)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO UPDATE SET
                    name = excluded.name, position = excluded.position, pages = excluded.pages,
                    finished_at = excluded.finished_at, run_id = excluded.run_id""",
                (self._name, self._identity, self.position, self.pages, finished_at, self._run.id),
            )


def take_warc(run: Run, stream: BinaryIO, choice: Choice, file: WarcFile | None = None) -> Iterator[Taken]:
    """Take the file's pages in their order; ``file`` where the stream can be read from any byte.

    :raises WarcError: where it cannot be read further; what came before is taken.
    """
    waiting: deque[tuple[FoundPage, Future[Extraction] | None]] = deque()
    held = 0
    damage: WarcError | None = None
    pages = read_warc(stream, file.position if file else 0)
    while damage is None:
        try:
            found = next(pages, None)
        except WarcError as error:
            damage = error
            continue
        if found is None:
            break
        found = found._replace(page=choice.with_site(found.page))
        readable = choice.is_wanted(found.page) and found.whole and not _is_redirect(found.page)
        if readable and found.headline:
            run.note(found.headline)
        waiting.append((found, run.read(found.page) if readable else None))
        held += len(found.page.body)
        while len(waiting) >= run.pool.look_ahead or (held > _WAITING_BYTES and waiting):
            held -= len(waiting[0][0].page.body)
            yield _take_first(run, waiting, choice, file)
    while waiting:
        yield _take_first(run, waiting, choice, file)
    if damage:
        raise damage
    if file:
        file.finish()


def _take_first(
    run: Run,
    waiting: deque[tuple[FoundPage, Future[Extraction] | None]],
    choice: Choice,
    file: WarcFile | None,
) -> Taken:
    found, future = waiting.popleft()
    if file:
        file.reached(found.offset)
    return Taken(_outcome(run, found, future, choice), found.offset)


def _outcome(run: Run, found: FoundPage, future: Future[Extraction] | None, choice: Choice) -> Outcome | None:
    page = found.page
    if future is None:
        return run.record(_unread(found)) if choice.is_wanted(page) else None
    extraction = future.result()
    rejected = extraction.rejected
    if choice.languages and rejected and rejected.reason.startswith("language-"):
        return run.record(Outcome(page.final_url, rejected.reason, rejected.detail))
    return run.keep(page, extraction)


def _unread(found: FoundPage) -> Outcome:
    page = found.page
    if not found.whole:
        return Outcome(page.final_url, "too-large", f"The page has more than {len(page.body)} bytes.")
    return Outcome(page.final_url, "redirected", f"It redirects to {page.header('location')}.")


def _is_redirect(page: Page) -> bool:
    return 300 <= page.status < 400 and page.header("location") != ""
