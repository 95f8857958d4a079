"""When a site's noise is learned, from which of its archived pages, and how the lesson is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from pipelines.archive import Archive
from pipelines.items import Rejected
from pipelines.ledger import key_of
from pipelines.noise_learning import Lesson, learn
from pipelines.noise_shelf import NoiseVersion
from pipelines.opening import open_page
from pipelines.rows import time_of
from pipelines.store import Store

__all__ = ["LEAST_PAGES", "is_due", "lesson_pages", "teach"]

LEAST_PAGES = 50
"""With so many pages a ticker's headlines have come again, and its place is known."""
GROWTH = 0.5
"""Learned again when the archive has grown by this share: often while a site is new, seldom later."""
MOST_PAGES = 500
"""The newest ones: they show today's layout and today's headlines. What older ones showed is known already."""
MOST_BYTES = 64 << 20
"""In the bodies of a lesson's pages, to bound its memory and its time (about 10 s); 500 news pages have 50 MB."""


def is_due(store: Store, archive: Archive, site: str) -> bool:
    """Whether a site is to be learned from now: for the first time, or because its archive has grown.

    Never when a person chose an older version than the latest, or none: their choice stays until they say ``learn``.
    """
    latest = next(reversed(store.noise.versions(site)), None)
    if latest is not None and not latest.active:
        return False
    pages, new = archive.count_of_site(site, since=time_of(latest.learned_at) if latest else None)
    return pages >= LEAST_PAGES and new >= GROWTH * (pages - new)


def lesson_pages(archive: Archive, site: str) -> Iterator[tuple[str, HtmlElement]]:
    """The identities and trees of the newest pages that can be read, as many as the bounds allow."""
    left = MOST_BYTES
    for page in islice(archive.of_site(site, newest_first=True), MOST_PAGES):
        left -= len(page.body)
        if left < 0:
            return
        tree = open_page(page)
        if not isinstance(tree, Rejected):
            yield key_of(page.final_url), tree


def teach(store: Store, archive: Archive, site: str, *, at: datetime) -> Lesson:
    """Learn a site's noise from its archive, keep what is new as its next version, and use that from now on.

    ``at`` is the present time. When another program has learned meanwhile, the lesson is taken again on top of that.
    """
    while True:
        versions = store.noise.versions(site)
        latest = versions[-1].version if versions else 0
        previous = store.noise.model(site)
        lesson = learn(lesson_pages(archive, site), site, latest + 1, previous, store.noise.undone(site))
        with store.atomic():
            if store.noise.versions(site) != versions:
                continue
            _keep(store, lesson, versions, at)
        store.commit()
        return lesson


def _keep(store: Store, lesson: Lesson, versions: list[NoiseVersion], at: datetime) -> None:
    site, pages, articles = lesson.model.site, lesson.pages, lesson.articles
    if lesson.changed or not versions:
        undone = store.noise.undone(site)
        store.noise.save(lesson.model, lesson.blocks, undone=undone, pages=pages, articles=articles, at=at)
    else:
        in_use = next((one for one in versions if one.active), versions[-1])
        store.noise.confirm(site, in_use.version, pages=pages, articles=articles, at=at)
