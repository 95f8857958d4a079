"""Pages and what was read out of them as plain tuples: what goes to a worker process and comes back.

Pickling a frozen dataclass takes Python code for every object, and an extraction has a hundred of them; tuples, texts
and bytes are pickled in C. Headlines of one page share all but three of their fields. A menu's two hundred names are
one text, the same on all pages of a site, which is parted once.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pipelines.items import Article, Candidate, Extraction, Headline, Outline, Page, Rejected, Segment

__all__ = [
    "Parcel",
    "extraction_of",
    "packed_extractions",
    "packed_pages",
    "page_of",
    "parcel_of_extraction",
    "parcel_of_page",
    "unpacked_extractions",
    "unpacked_pages",
]

Parcel = tuple[Any, ...]
"""Texts, bytes, numbers, times, None and tuples of them."""


def _values(kind: type) -> attrgetter[Parcel]:
    return attrgetter(*(field.name for field in fields(kind)))


_PAGE, _HEADLINE = _values(Page), _values(Headline)
_ARTICLE, _REJECTED = _values(Article), _values(Rejected)
_SEGMENT, _CANDIDATE, _OUTLINE = _values(Segment), _values(Candidate), _values(Outline)


def parcel_of_page(page: Page, headline: Headline | None) -> Parcel:
    """A page and what promised it."""
    return _PAGE(page), headline and _HEADLINE(headline)


def page_of(parcel: Parcel) -> tuple[Page, Headline | None]:
    """The reverse of :func:`parcel_of_page`."""
    page, headline = parcel
    return Page(*page), headline and Headline(*headline)


def parcel_of_extraction(found: Extraction) -> Parcel:
    """All that was read out of a page."""
    return (
        found.article and _ARTICLE(found.article),
        found.rejected and _REJECTED(found.rejected),
        tuple(map(_SEGMENT, found.segments)),
        tuple(map(_CANDIDATE, found.candidates)),
        tuple(map(_HEADLINE, found.headlines)),
        _joined(found.names),
        found.outline and _OUTLINE(found.outline),
    )


def extraction_of(parcel: Parcel) -> Extraction:
    """The reverse of :func:`parcel_of_extraction`."""
    article, rejected, segments, candidates, headlines, names, outline = parcel
    return Extraction(
        article and Article(*article),
        rejected and Rejected(*rejected),
        tuple(Segment(*one) for one in segments),
        tuple(Candidate(*one) for one in candidates),
        tuple(Headline(*one) for one in headlines),
        _parted(names) if isinstance(names, str) else names,
        outline and Outline(*outline),
    )


def packed_pages(entries: Iterable[tuple[Page, Headline | None]]) -> bytes:
    """Pages and what promised them as bytes: whatever carries them copies them, and reads nothing."""
    return pickle.dumps([parcel_of_page(*entry) for entry in entries], protocol=5)


def unpacked_pages(packed: bytes) -> list[tuple[Page, Headline | None]]:
    """The reverse of :func:`packed_pages`."""
    return [page_of(parcel) for parcel in pickle.loads(packed)]


def packed_extractions(found: Iterable[Extraction]) -> bytes:
    """What was read out of pages, as bytes."""
    return pickle.dumps([parcel_of_extraction(one) for one in found], protocol=5)


def unpacked_extractions(packed: bytes) -> list[Extraction]:
    """The reverse of :func:`packed_extractions`."""
    return [extraction_of(parcel) for parcel in pickle.loads(packed)]


_BETWEEN = "\0"
"""No text of a page's tree holds it."""


def _joined(names: Sequence[str]) -> str | Sequence[str]:
    text = _BETWEEN.join(names)
    return text if text.count(_BETWEEN) == len(names) - 1 else names


@lru_cache(maxsize=64)
def _parted(names: str) -> tuple[str, ...]:
    return tuple(names.split(_BETWEEN))
