"""Archived pages are read again by today's rules: the same way into the store as a page that was just fetched."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

from pipelines.items import Extraction, Outcome, Page
from pipelines.run import Run, version_with
from pipelines.store import Store

__all__ = ["is_up_to_date", "reextract"]

_WAITING_BYTES = 64 << 20
"""Of pages that wait for whoever reads them: a cluster takes many, and a page may have 10 MB."""


def reextract(run: Run, pages: Iterable[Page]) -> Iterator[Outcome]:
    """Read pages and keep what was read, in their order, an outcome a page. Nothing happens but as it is asked for.

    An article that a page gave before and gives no more is withdrawn; a page whose language is kept now and was not
    then becomes an article.
    """
    waiting: deque[tuple[Page, Future[Extraction]]] = deque()
    held = 0
    for page in pages:
        waiting.append((page, run.extract(page)))
        held += len(page.body)
        while len(waiting) >= run.pool.look_ahead or (held > _WAITING_BYTES and waiting):
            held -= len(waiting[0][0].body)
            yield _keep_first(run, waiting)
    while waiting:
        yield _keep_first(run, waiting)


def _keep_first(run: Run, waiting: deque[tuple[Page, Future[Extraction]]]) -> Outcome:
    page, extraction = waiting.popleft()
    return run.keep(page, extraction.result())


def is_up_to_date(store: Store, site: str) -> bool:
    """Whether all that is stored of a site was read with the noise model in use, or without any where none is.

    False also after a re-extraction that was interrupted, and after a crawl that ran while another program learned.
    The rules' own version does not count: a new release changes what is stored only when it is asked to.
    """
    read_by = {_noise_in(version) for version in store.read_by(site)} or {""}
    return read_by == {_noise_in(version_with(store.noise.model(site)))}


def _noise_in(version: str) -> str:
    return version.partition("+")[2]
