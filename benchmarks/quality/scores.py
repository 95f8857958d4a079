"""From readings to figures: one table row for a reader over a group of pages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.quality import metrics
from benchmarks.quality.documents import Document
from benchmarks.quality.readers import Reader
from benchmarks.quality.readings import Reading

__all__ = ["COLUMNS", "Measured", "measure", "page_f1", "score"]

COLUMNS = ("pages", "P", "R", "F1", "empty", "segF1", "title", "near", "day", "lang", "ms", "errors")
"""pages; body precision, recall and F1; bodies left empty; segment F1; titles exact and near; publication days right;
languages right; CPU milliseconds a page; pages on which the reader raised."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page as a reader read it."""

    document: Document
    reading: Reading
    seconds: float
    """CPU seconds of this process, threads included."""
    error: str = ""


def measure(read: Reader, document: Document) -> Measured:
    """Read one page; an exception is counted, not raised."""
    started = time.process_time()
    try:
        reading, error = read(document), ""
    except Exception as raised:
        reading, error = Reading(), f"{type(raised).__name__}: {raised}"[:200]
    return Measured(document, reading, time.process_time() - started, error)


def score(pages: Sequence[Measured]) -> dict[str, float]:
    """The columns of :data:`COLUMNS` that these pages are labelled for and the reader has a field for."""
    row: dict[str, float] = {"pages": len(pages)}
    row |= _body(pages) | _segments(pages) | _titles(pages)
    dated = [page for page in pages if page.document.days is not None]
    if dated and any(page.reading.published for page in dated):
        row["day"] = _share(
            metrics.day_is_right(page.document.days or (), page.reading.day or page.reading.published) for page in dated
        )
    if any(page.reading.language for page in pages):
        row["lang"] = _share(page.reading.language[:2] == page.document.language for page in pages)
    row["ms"] = 1000 * metrics.mean(page.seconds for page in pages)
    row["errors"] = sum(bool(page.error) for page in pages)
    return row


def page_f1(page: Measured) -> float:
    """The body F1 of one page (for a list of the worst); 1.0 when it is not labelled for its body."""
    return metrics.body_score(page.document.texts, page.reading.text).f1 if page.document.texts else 1.0


def _body(pages: Sequence[Measured]) -> dict[str, float]:
    pairs = [metrics.body_score(page.document.texts, page.reading.text) for page in pages if page.document.texts]
    if not pairs:
        return {}
    precision, recall = metrics.mean(each.precision for each in pairs), metrics.mean(each.recall for each in pairs)
    empty = sum(each.precision is None for each in pairs)
    return {"P": precision, "R": recall, "F1": metrics.f1(precision, recall), "empty": empty}


def _segments(pages: Sequence[Measured]) -> dict[str, float]:
    counts = [
        metrics.segment_count(page.document.kept, page.document.removed, page.reading.text)
        for page in pages
        if page.document.kept or page.document.removed
    ]
    return {"segF1": sum(counts, start=metrics.SegmentCount(0, 0, 0, 0)).f1} if counts else {}


def _titles(pages: Sequence[Measured]) -> dict[str, float]:
    pairs = [(page.document.title, page.reading.title) for page in pages if page.document.title]
    if not pairs:
        return {}
    return {
        "title": _share(metrics.title_is_exact(gold, found) for gold, found in pairs),
        "near": _share(metrics.title_is_near(gold, found) for gold, found in pairs),
    }


def _share(right: Iterable[bool]) -> float:
    return metrics.mean(float(each) for each in right)
