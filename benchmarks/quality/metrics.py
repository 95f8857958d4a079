"""The metrics: pure functions on texts, titles and days. Each docstring names the public metric it follows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = [
    "BodyScore",
    "SegmentCount",
    "body_score",
    "day_is_right",
    "f1",
    "flat",
    "mean",
    "segment_count",
    "shingles",
    "title_is_exact",
    "title_is_near",
    "title_words",
]

SHINGLE_WORDS = 4
"""Length of a shingle; the article extraction benchmark of Zyte (scrapinghub) counts runs of four words."""

NEAR_TITLE = 0.9
"""Word F1 from which a title counts as near."""

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Shingle = tuple[str, ...]


class BodyScore(NamedTuple):
    """How one predicted text meets one gold text."""

    precision: float | None
    """None when nothing was predicted: such a page costs recall alone."""
    recall: float

    @property
    def f1(self) -> float:
        """The page's own F1, 0.0 to 1.0."""
        return f1(self.precision or 0.0, self.recall)


class SegmentCount(NamedTuple):
    """Segments that should be in a text (kept, lost) and that should not (leaked, removed)."""

    kept: int
    lost: int
    leaked: int
    removed: int

    def __add__(self, other: object) -> SegmentCount:
        """The counts of two pages together."""
        if not isinstance(other, SegmentCount):
            return NotImplemented
        return SegmentCount(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        """F1 of "this segment belongs to the text" over all counted segments (trafilatura's evaluation)."""
        wrong = self.leaked + self.lost
        return 2 * self.kept / (2 * self.kept + wrong) if self.kept else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0.0 when either is nothing."""
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def mean(values: Iterable[float | None]) -> float:
    """The mean of what is known; 0.0 when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def shingles(text: str, size: int = SHINGLE_WORDS) -> Counter[Shingle]:
    """Every run of ``size`` words, with how often it occurs; a shorter text is one run of all its words.

    Words are compared in NFC, since pages may be stored decomposed, and with their case.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    runs = range(max(1, len(words) - size + 1)) if words else ()
    return Counter(tuple(words[at : at + size]) for at in runs)


def body_score(gold_texts: Sequence[str], predicted: str) -> BodyScore:
    """Precision and recall over four-word shingles, against the gold text that fits best.

    Several gold texts are several right answers (with and without the standfirst, for example).
    """
    found = shingles(predicted)
    return max((_against(shingles(gold), found) for gold in gold_texts), key=lambda score: score.f1)


def _against(wanted: Counter[Shingle], found: Counter[Shingle]) -> BodyScore:
    if not wanted and not found:
        return BodyScore(1.0, 1.0)
    shared = (wanted & found).total()
    return BodyScore(
        shared / found.total() if found else None,
        shared / wanted.total() if wanted else 0.0,
    )


def flat(text: str) -> str:
    """A text with every run of white space as one space, in NFC: segments are searched in this."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def segment_count(kept: Sequence[str], removed: Sequence[str], predicted: str) -> SegmentCount:
    """Which of the segments that belong to the text are in it, and which of the others (trafilatura's evaluation)."""
    text = flat(predicted)
    present = sum(flat(segment) in text for segment in kept)
    leaked = sum(flat(segment) in text for segment in removed)
    return SegmentCount(present, len(kept) - present, leaked, len(removed) - leaked)


def title_words(title: str) -> list[str]:
    """A title's words, without case, punctuation and compatibility forms."""
    return _WORD.findall(unicodedata.normalize("NFKC", title).casefold())


def title_is_exact(gold: str, predicted: str) -> bool:
    """The same words in the same order."""
    return title_words(gold) == title_words(predicted)


def title_is_near(gold: str, predicted: str) -> bool:
    """Word F1 of at least ``NEAR_TITLE``."""
    wanted, found = Counter(title_words(gold)), Counter(title_words(predicted))
    shared = (wanted & found).total()
    return bool(shared) and f1(shared / found.total(), shared / wanted.total()) >= NEAR_TITLE


def day_is_right(days: Sequence[str], predicted: str) -> bool:
    """The predicted ISO date or instant lies on one of the accepted days; with none accepted, nothing may be given."""
    if not days:
        return not predicted
    written = _DAY.match(predicted)
    return written is not None and written.group() in days
