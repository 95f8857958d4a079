"""``to_article`` in worker processes, under a deadline that kills.

A page that holds the parser (a million links, an unclosed tag chain) cannot be interrupted from within Python: it
has to run in a process that can be ended. pebble ends one task's process and keeps the others, where
``concurrent.futures`` loses every task in flight when one worker dies.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import NamedTuple

from pebble import ProcessExpired, ProcessPool

from pipelines.duplicates import Text
from pipelines.items import Extraction, Headline, Names, NoiseModel, Page, Rejected, SiteRules
from pipelines.parcels import (
    Parcel,
    extraction_of,
    packed_extractions,
    page_of,
    parcel_of_extraction,
    parcel_of_page,
    unpacked_pages,
)
from pipelines.urls import host_of
from pipelines.worker_processes import forking_from_a_loaded_process

__all__ = ["DEADLINE_SECONDS", "LOOK_AHEAD", "ExtractionPool", "Rulebook"]

DEADLINE_SECONDS = 20.0
"""Longest time one page may take. A large news page takes 0.02 s; the slowest of the labelled ones takes 0.5 s."""

LOOK_AHEAD = 32
"""Pages that wait for worker processes."""

BUNDLE = 8
"""Pages in one message at most; a worker takes some 40 ms for so many of a known engine."""
BUNDLES_A_WORKER = 2
"""One that it reads and one that waits for it, so that it never waits itself."""

WORKER_MEMORY_BYTES = 3 << 30
"""Address space a worker may take. A worker at rest takes about 0.7 GB of address space, most of it libraries."""

WORKER_NICENESS = 5
"""Who fetches and stores goes first where there are fewer cores than processes: a worker whose next page comes late
stands still. So does a machine's other work go first, by three to one."""


@dataclass(frozen=True)
class Rulebook:
    """What, beside the page, decides the article: the same rulebook gives the same article from the same page."""

    rules: Sequence[SiteRules] = ()
    languages: Sequence[str] = ("fr", "en", "es")
    """ISO 639-1 codes that are kept."""
    noise: Mapping[str, NoiseModel] = field(default_factory=dict)
    """Learned noise model by site name, or by host for pages that belong to no site."""

    names: Mapping[str, Names] = field(default_factory=dict)
    """By site, where its pages lead, for sites whose rules do not say it; the article does not depend on it."""

    def noise_of(self, page: Page) -> NoiseModel | None:
        """What was learned of the page's site, if anything."""
        return self.noise.get(page.site or host_of(page.final_url))

    def extract(self, page: Page, headline: Headline | None) -> Extraction:
        """The article of a page by this rulebook; never raises for any content but a lack of memory."""
        from pipelines.article import to_article  # libraries that a process which reads nothing need not load

        noise = self.noise_of(page)
        names = self.names.get(page.site, ())
        kept = self.languages
        found = to_article(page, headline=headline, rules=self.rules, languages=kept, noise=noise, names=names)
        if found.article is None or found.rejected:
            return found
        return replace(found, outline=Text(found.article.body).outline)


class _Job(NamedTuple):
    """A page that was submitted."""

    page: Page
    headline: Headline | None
    answer: Future[Extraction]
    rulebook_at: Path | None
    deadline: float


class ExtractionPool:
    """Runs a rulebook over pages, in this process (``workers=0``) or in worker processes; the results are the same.

    Where pages wait, a worker gets several in one message: handing a page over costs this process as much as storing
    its article. If anything happens to such a bundle, each of its pages is read again, alone and with all its time.
    """

    def __init__(self, rulebook: Rulebook, *, workers: int = 0, deadline: float = DEADLINE_SECONDS) -> None:
        """``workers`` processes are started at the first page; ``deadline`` is in seconds a page."""
        self.rulebook = rulebook
        self.deadline = deadline
        self._most_bundles = BUNDLES_A_WORKER * workers
        self._bundles = 0
        self._waiting: deque[_Job] = deque()
        self._suspects: deque[_Job] = deque()
        self._changed = Condition()
        self._pool = (
            ProcessPool(
                max_workers=workers,
                context=forking_from_a_loaded_process(),
                initializer=_start_worker,
                initargs=(rulebook,),
            )
            if workers
            else None
        )

    @property
    def look_ahead(self) -> int:
        """How many pages may wait: enough to keep all processes busy, few enough for pages of 10 MB."""
        return LOOK_AHEAD

    def submit(
        self,
        page: Page,
        headline: Headline | None = None,
        *,
        rulebook_at: Path | None = None,
        deadline: float | None = None,
    ) -> Future[Extraction]:
        """A future that always succeeds: a page that is too slow or kills its worker is a rejected extraction.

        ``rulebook_at`` and ``deadline``: instead of the pool's own; a file with a pickled rulebook, and seconds.
        """
        answer: Future[Extraction] = Future()
        if self._pool is None:
            answer.set_result(_extract(self.rulebook, page, headline))
            return answer
        with self._changed:
            self._waiting.append(
                _Job(page, headline, answer, rulebook_at, self.deadline if deadline is None else deadline)
            )
            lost = self._go_on(self._pool)
        _give_up(lost)
        return answer

    def read_packed(self, pages: bytes, *, rulebook_at: Path, deadline: float) -> bytes:
        """Packed pages to packed extractions (:mod:`pipelines.parcels`), by one worker process in one message.

        Waits for it. ``rulebook_at`` is a file with a pickled rulebook; ``deadline`` is in seconds, for all of them at
        first. If anything happens to the process, each page is read again, alone and with all its time.
        """
        if self._pool is not None and self._pool.active:
            task: Future[bytes] = self._pool.schedule(_extract_packed, args=(rulebook_at, pages), timeout=deadline)
            with suppress(Exception):
                return task.result()
        entries = unpacked_pages(pages)
        alone = [self.submit(*entry, rulebook_at=rulebook_at, deadline=deadline) for entry in entries]
        return packed_extractions([future.result() for future in alone])

    def languages_of(self, titles: Sequence[str]) -> Future[list[str]]:
        """The languages of headlines, as :func:`pipelines.languages.detect` says, found by a worker.

        So this process needs none of the tables (115 MB, a second). Raises what went wrong: then nobody found them.
        """
        if self._pool is not None and self._pool.active:
            found: Future[list[str]] = self._pool.schedule(_languages_of, args=(tuple(titles),), timeout=self.deadline)
            return found
        answer: Future[list[str]] = Future()
        answer.set_result(_languages_of(titles))
        return answer

    def _go_on(self, pool: ProcessPool) -> list[_Job]:
        """Give what waits to the workers; gives it back when there are none any more.

        They broke, or they were told to leave what waits.
        """
        if pool.active:
            self._hand_out(pool)
            return []
        lost = [*self._suspects, *self._waiting]
        self._suspects.clear()
        self._waiting.clear()
        return lost

    def _hand_out(self, pool: ProcessPool) -> None:
        """Give what waits to the workers, as long as they have few bundles before them."""
        while self._bundles < self._most_bundles and (self._suspects or self._waiting):
            if self._suspects:
                jobs = [self._suspects.popleft()]
            else:
                jobs = [self._waiting.popleft() for _ in range(min(BUNDLE, len(self._waiting)))]
            parcels = tuple((job.rulebook_at, parcel_of_page(job.page, job.headline)) for job in jobs)
            task = pool.schedule(_extract_in_worker, args=(parcels,), timeout=max(job.deadline for job in jobs))
            self._bundles += 1
            task.add_done_callback(partial(self._take_back, pool, jobs))

    def _take_back(self, pool: ProcessPool, jobs: Sequence[_Job], task: Future[Sequence[Parcel]]) -> None:
        failed = task.cancelled() or task.exception() is not None
        if not failed:
            answers = [extraction_of(parcel) for parcel in task.result()]
        with self._changed:
            self._bundles -= 1
            if failed and len(jobs) > 1:
                self._suspects.extend(jobs)
            lost = self._go_on(pool)
            self._changed.notify_all()
        if not failed:
            for job, answer in zip(jobs, answers, strict=True):
                job.answer.set_result(answer)
        elif len(jobs) == 1:
            jobs[0].answer.set_result(_failure(task, jobs[0].deadline))
        _give_up(lost)

    def close(self, *, at_once: bool = False) -> None:
        """Finish what was submitted, or with ``at_once`` leave it, and end the workers."""
        if self._pool is not None:
            if at_once:
                self._pool.stop()  # type: ignore[no-untyped-call]
            else:
                with self._changed:
                    self._changed.wait_for(lambda: not (self._bundles or self._waiting or self._suspects))
                self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=kind is not None)


def _give_up(jobs: Iterable[_Job]) -> None:
    for job in jobs:
        job.answer.set_result(Extraction(None, Rejected("crashed", "The worker processes have ended.")))


def _failure(task: Future[Sequence[Parcel]], seconds: float) -> Extraction:
    try:
        task.result()
    except TimeoutError:
        detail = f"Extraction took longer than {seconds:g} s and was ended."
        return Extraction(None, Rejected("timeout", detail))
    except ProcessExpired as error:
        return Extraction(None, Rejected("crashed", f"The worker process died (exit code {error.exitcode})."))
    except Exception as error:
        return Extraction(None, Rejected("crashed", f"{type(error).__name__}: {error}"))
    raise AssertionError("asked of a task that succeeded")


_rulebook = Rulebook()


def _start_worker(rulebook: Rulebook) -> None:
    """Set the worker's rulebook, priority and most memory; what it works with is loaded (``worker_start``)."""
    global _rulebook
    _rulebook = rulebook
    # Ctrl-C reaches the whole process group: the parent decides when the workers end, so that nothing fetched is lost.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(WORKER_NICENESS)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_BYTES, hard))


def _extract_in_worker(parcels: Sequence[tuple[Path | None, Parcel]]) -> list[Parcel]:
    return [
        parcel_of_extraction(_extract(_rulebook_of(path) if path else _rulebook, *page_of(parcel)))
        for path, parcel in parcels
    ]


def _extract_packed(rulebook_at: Path, pages: bytes) -> bytes:
    rulebook = _rulebook_of(rulebook_at)
    return packed_extractions([_extract(rulebook, *entry) for entry in unpacked_pages(pages)])


def _languages_of(titles: Sequence[str]) -> list[str]:
    from pipelines.languages import detect

    return [detect(title).code for title in titles]


@lru_cache(maxsize=16)
def _rulebook_of(path: Path) -> Rulebook:
    """A rulebook of somebody else, read once; its file never changes."""
    with path.open("rb") as file:
        found: Rulebook = pickle.load(file)
    return found


def _extract(rulebook: Rulebook, page: Page, headline: Headline | None) -> Extraction:
    try:
        return rulebook.extract(page, headline)
    except MemoryError:
        return Extraction(None, Rejected("too-large", "Extraction needed more memory than a worker may take."))
