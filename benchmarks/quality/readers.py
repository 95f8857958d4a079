"""Who reads the pages: our pipeline, and each peer as its own documentation calls it.

A reader's library is imported when the reader is made, so that a benchmark needs only what is installed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from benchmarks.quality.documents import Document
from benchmarks.quality.readings import Reading, block_lines, decoded

__all__ = ["OURS", "READERS", "Reader", "missing", "warm_reader"]

OURS = "newscrawl"

NO_ADDRESS = "http://example.org/x"
"""Stands in where a set does not know a page's address, for readers that ask for one."""

WARM_UP = Document(
    id="warm-up",
    set="",
    language="fr",
    url="http://example.org/a",
    fetched_at=datetime(2024, 3, 13, tzinfo=UTC),
    # a date that no table knows, so that htmldate loads dateparser now (more than a second) and not on a measured page
    html=b"<html lang='fr'><body><h1>Un titre</h1><div class='date'>mardi 3e mars de 2024</div><article><p>"
    + b"Un texte assez long pour un article de presse. " * 20
    + b"</p></article></body></html>",
)

Reader = Callable[[Document], Reading]


def _ours() -> Reader:
    from newscrawl.sites import all_rules
    from pipelines.article import to_article
    from pipelines.items import Page
    from pipelines.urls import is_web_url

    rules = all_rules()

    def read(document: Document) -> Reading:
        headers = (("content-type", document.content_type),) if document.content_type else ()
        url = document.url if is_web_url(document.url) else NO_ADDRESS
        page = Page(url, url, 200, headers, document.html, document.fetched_at)
        extraction = to_article(page, rules=rules)
        if extraction.rejected and extraction.rejected.reason == "unreadable":  # an exception that was swallowed
            raise RuntimeError(extraction.rejected.detail)
        article = extraction.article
        if article is None:
            return Reading()
        return Reading(
            title=article.title,
            text=article.body,
            published=article.published_at or "",
            day=article.published_day or "",
            language=article.language,
            authors=article.authors,
            publisher=article.publisher,
            section=article.section,
            modified=article.modified_at or "",
            paywalled=article.paywalled,
        )

    return read


def _trafilatura() -> Reader:
    import trafilatura

    def read(document: Document) -> Reading:
        found: Any = trafilatura.bare_extraction(
            decoded(document), url=document.url or None, include_comments=False, with_metadata=True
        )
        if found is None:
            return Reading()
        authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
        return Reading(
            title=found.title or "",
            text=found.text or "",
            published=found.date or "",
            language=found.language or "",
            authors=authors,
            publisher=found.sitename or "",
        )

    return read


def _newspaper4k() -> Reader:
    newspaper: Any = importlib.import_module("newspaper")

    def read(document: Document) -> Reading:
        article = newspaper.Article(document.url or NO_ADDRESS, fetch_images=False)
        article.download(input_html=decoded(document))
        article.parse()
        return Reading(
            title=article.title or "",
            text=article.text or "",
            published=_iso(article.publish_date),
            language=article.meta_lang or "",
            authors=tuple(article.authors or ()),
        )

    return read


def _newsplease() -> Reader:
    newsplease: Any = importlib.import_module("newsplease")

    def read(document: Document) -> Reading:
        address = document.url or NO_ADDRESS
        found = newsplease.NewsPlease.from_html(decoded(document), url=address, fetch_images=False)
        return Reading(
            title=found.title or "",
            text=found.maintext or "",
            published=_iso(found.date_publish),
            language=found.language or "",
            authors=tuple(found.authors or ()),
        )

    return read


def _readability() -> Reader:
    readability: Any = importlib.import_module("readability")

    def read(document: Document) -> Reading:
        found = readability.Document(decoded(document), url=document.url or None)
        return Reading(title=found.short_title(), text=block_lines(found.summary(html_partial=True)))

    return read


READERS: dict[str, tuple[str, Callable[[], Reader]]] = {
    # name: (module that must be importable, what makes the reader)
    OURS: ("pipelines.article", _ours),
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper4k),
    "newsplease": ("newsplease", _newsplease),
    "readability": ("readability", _readability),
}


def missing(name: str) -> str:
    """Why a reader of ``READERS`` cannot be used here; empty when it can."""
    try:
        importlib.import_module(READERS[name][0])
    except ImportError as error:
        return str(error)
    return ""


def warm_reader(name: str) -> Reader:
    """The reader of a name in ``READERS``, after it has read one page: what it loads lazily is not measured."""
    read = READERS[name][1]()
    with suppress(Exception):  # a reader that fails here fails on the measured pages too, and is counted there
        read(WARM_UP)
    return read


def _iso(found: Any) -> str:
    return found.isoformat() if hasattr(found, "isoformat") else str(found or "")
