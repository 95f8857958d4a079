"""Scores of the fields that only own pages are labelled for, from the authors to whole paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from benchmarks.quality import metrics
from benchmarks.quality.readings import Reading
from benchmarks.quality.scores import Measured

__all__ = ["FIELDS", "field_scores"]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _authors(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    if labels["authors"] is None:
        return None
    return {_folded(name) for name in labels["authors"]} == {_folded(name) for name in reading.authors}


def _publisher(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    return _folded(labels["publisher"]) == _folded(reading.publisher)


def _section(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    return _folded(labels["section"]) == _folded(reading.section) if labels["section"] else None


def _instant(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    """To the minute, where the page writes a time with its zone."""
    written = labels["published"] or ""
    if len(written) <= len("2024-03-12"):
        return None
    try:
        found = datetime.fromisoformat(reading.published)
    except ValueError:
        return False
    wanted = datetime.fromisoformat(written)
    return found.tzinfo is not None and abs((found - wanted).total_seconds()) < 60


def _modified(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    return reading.modified[:10] == labels["modified"][:10] if labels["modified"] else None


def _paywalled(labels: Mapping[str, Any], reading: Reading) -> bool | None:
    return bool(labels["paywalled"] == reading.paywalled)


FIELDS: dict[str, Callable[[Mapping[str, Any], Reading], bool | None]] = {
    # name: right, wrong, or None when the page is not labelled for it
    "authors": _authors,
    "publisher": _publisher,
    "section": _section,
    "instant": _instant,
    "modified": _modified,
    "paywalled": _paywalled,
}


def field_scores(pages: Sequence[Measured]) -> dict[str, float]:
    """The share of own pages on which each field is right, and of paragraphs that are a paragraph of the body."""
    found: dict[str, float] = {}
    for name, judge in FIELDS.items():
        verdicts = [judge(page.document.labels, page.reading) for page in pages]
        found[name] = metrics.mean(None if verdict is None else float(verdict) for verdict in verdicts)
    found["paragraphs"] = metrics.mean(float(whole) for page in pages for whole in _paragraphs(page))
    return found


def _paragraphs(page: Measured) -> list[bool]:
    written = {metrics.flat(line) for line in page.reading.text.split("\n\n")}
    return [metrics.flat(paragraph) in written for paragraph in page.document.kept]
