"""``to_article`` in worker processes, under a deadline that kills.

A page that holds the parser (a million links, an unclosed tag chain) cannot be interrupted from within Python: it
has to run in a process that can be ended. pebble ends one task's process and keeps the others, where
``concurrent.futures`` loses every task in flight when one worker dies.
"""

from __future__ import annotations

import multiprocessing
import pickle
import resource
import signal
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from pipelines import dates, languages
from pipelines.article import to_article
from pipelines.items import Extraction, Headline, NoiseModel, Page, Rejected, SiteRules
from pipelines.urls import host_of

__all__ = ["DEADLINE_SECONDS", "LOOK_AHEAD", "ExtractionPool", "Rulebook"]

DEADLINE_SECONDS = 20.0
"""Longest time one page may take. A large news page takes 0.02 s; the slowest of the labelled ones takes 0.5 s."""

LOOK_AHEAD = 16
"""Pages that wait for worker processes."""

WORKER_MEMORY_BYTES = 3 << 30
"""Address space a worker may take. A worker at rest takes about 0.7 GB of address space, most of it libraries."""


@dataclass(frozen=True)
class Rulebook:
    """What, beside the page, decides the article: the same rulebook gives the same article from the same page."""

    rules: Sequence[SiteRules] = ()
    languages: Sequence[str] = ("fr", "en", "es")
    """ISO 639-1 codes that are kept."""
    noise: Mapping[str, NoiseModel] = field(default_factory=dict)
    """Learned noise model by site name, or by host for pages that belong to no site."""

    def noise_of(self, page: Page) -> NoiseModel | None:
        """What was learned of the page's site, if anything."""
        return self.noise.get(page.site or host_of(page.final_url))

    def extract(self, page: Page, headline: Headline | None) -> Extraction:
        """The article of a page by this rulebook; never raises for any content but a lack of memory."""
        noise = self.noise_of(page)
        return to_article(page, headline=headline, rules=self.rules, languages=self.languages, noise=noise)


class ExtractionPool:
    """Runs a rulebook over pages, in this process (``workers=0``) or in worker processes; the results are the same."""

    def __init__(self, rulebook: Rulebook, *, workers: int = 0, deadline: float = DEADLINE_SECONDS) -> None:
        """``workers`` processes are started at the first page; ``deadline`` is in seconds a page."""
        self.rulebook = rulebook
        self.deadline = deadline
        self._pool = (
            ProcessPool(
                max_workers=workers,
                context=multiprocessing.get_context("spawn"),
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
        seconds = self.deadline if deadline is None else deadline
        task = self._pool.schedule(_extract_in_worker, args=(page, headline, rulebook_at), timeout=seconds)
        task.add_done_callback(lambda done: answer.set_result(_result(done, seconds)))
        return answer

    def close(self, *, at_once: bool = False) -> None:
        """Finish what was submitted, or with ``at_once`` leave it, and end the workers."""
        if self._pool is not None:
            if at_once:
                self._pool.stop()  # type: ignore[no-untyped-call]
            else:
                self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self.close()


def _result(task: Future[Extraction], seconds: float) -> Extraction:
    try:
        return task.result()
    except TimeoutError:
        detail = f"Extraction took longer than {seconds:g} s and was ended."
        return Extraction(None, Rejected("timeout", detail))
    except ProcessExpired as error:
        return Extraction(None, Rejected("crashed", f"The worker process died (exit code {error.exitcode})."))
    except Exception as error:
        return Extraction(None, Rejected("crashed", f"{type(error).__name__}: {error}"))


_rulebook = Rulebook()


def _start_worker(rulebook: Rulebook) -> None:
    """Set the worker's rulebook, bound its memory and load what the first page would otherwise wait for."""
    global _rulebook
    _rulebook = rulebook
    # Ctrl-C reaches the whole process group: the parent decides when the workers end, so that nothing fetched is lost.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_BYTES, hard))
    languages.warm_up()
    dates.warm_up()


def _extract_in_worker(page: Page, headline: Headline | None, rulebook_at: Path | None) -> Extraction:
    return _extract(_rulebook_of(rulebook_at) if rulebook_at else _rulebook, page, headline)


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
