"""Near-duplicates: whether two texts are prints of one dispatch, and the few numbers by which such texts are found.

Texts are compared by their shingles: every run of :data:`SHINGLE_WORDS` words, without accents, capitals and
punctuation (A. Broder, "On the resemblance and containment of documents", 1997). Found are they by *prints*: the
smallest hashes of a text's shingles, and of its beginning, so that a dispatch cut to its first paragraphs is found too.
Pure: the same texts give the same answer in every process and on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipelines.items import Outline

__all__ = ["Similarity", "Text", "compare", "may_be_same", "text_of"]

SHINGLE_WORDS = 3
"""Texts are compared by short runs, since longer ones break at every edit."""
PRINT_WORDS = 4
"""Texts are found by longer runs, since shorter ones are shared by strangers: "a declare a la"."""
TEXT_PRINTS = 8
LEAD_PRINTS = 4
LEAD_WORDS = 60
"""The beginning: two paragraphs at most, what another paper leaves of a dispatch that it cuts hardest."""
FEWEST_WORDS = 20
"""A shorter text, such as a photo's caption, says too little to be called anyone's copy."""

LEAST_RESEMBLANCE = 0.25
"""Share of all shingles that two prints of one text have in common."""
LEAST_CONTAINMENT = 0.70
"""Share of the shorter text's shingles that are in the longer one when it was cut out of it."""
LEAST_PART = 0.40
"""A cut from elsewhere than the beginning must be this part of the longer text: else a round-up joins its briefs."""
MOST_CONFLICT = 0.25
"""Names and figures that each of two texts has alone: more of them, and one form was filled in twice."""

MARKS = 1 << 14
"""Bits of an outline: a text of a thousand words shares one in thirty with itself, and sixty bits with a stranger."""

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=[^.!?:\n\"“”«»] )(?:[a-z]')?([A-Z][^\W_]+)|([0-9]+)")
_HALF = np.uint64(32)
_UNUSUAL = re.compile("[^\t\n\r -\u024f\u2010-\u2027\u2030-\u203a\u20ac]")
"""What is not among Latin letters and their punctuation: of others, words are parted after their marks are gone."""
_STEP = np.uint64(0x100000001B3)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""The golden ratio in 64 bits: consecutive products are spread evenly (D. Knuth, TAOCP 3, 6.4)."""


def _without_marks(text: str) -> str:
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))


class _Numbers(dict[str, int]):
    """The numbers of words as written, remembered: 64 bits of a hash of a word without marks and capitals."""

    def __missing__(self, word: str) -> int:
        plain = _without_marks(word).casefold()
        number = int.from_bytes(blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest())
        if len(self) < _MOST_NUMBERS:
            self[word] = number
        return number


_MOST_NUMBERS = 1 << 16
_number_of = _Numbers().__getitem__


class Text:
    """A cleaned body as near-duplicates are told by it. What is not asked for is not computed."""

    def __init__(self, body: str) -> None:
        self._body = body

    @cached_property
    def _plain(self) -> str:
        return _without_marks(self._body)

    @cached_property
    def words(self) -> list[str]:
        """The words without accents and capitals.

        >>> Text("L'État, c'est moi.").words
        ['l', 'etat', 'c', 'est', 'moi']
        """
        return _WORD.findall(self._plain.casefold())

    @cached_property
    def _numbers(self) -> NDArray[np.uint64]:
        words = self.words if _UNUSUAL.search(self._body) else _WORD.findall(self._body)
        return np.fromiter(map(_number_of, words), dtype=np.uint64, count=len(words))

    def _runs(self, length: int) -> NDArray[np.uint64]:
        """The hashes (32 bits) of all runs of so many words, in the order of the text; products wrap at 64 bits."""
        numbers = self._numbers
        count = max(0, len(numbers) - length + 1)
        hashes = numbers[length - 1 :]
        for back in range(1, length):
            before = length - 1 - back
            hashes = hashes * _STEP + numbers[before : before + count]
        return (hashes * _FACTOR) >> _HALF

    @cached_property
    def _hashes(self) -> list[int]:
        found: list[int] = self._runs(SHINGLE_WORDS).tolist()
        return found

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The hashes of all shingles."""
        return frozenset(self._hashes)

    @cached_property
    def prints(self) -> tuple[int, ...]:
        """The smallest hashes of the text and of its beginning, in ascending order; none for a text too short.

        Two texts that share a part R of all their shingles share each of the smallest ones with the chance R.
        """
        if len(self._numbers) < FEWEST_WORDS:
            return ()
        runs = self._runs(PRINT_WORDS)
        lead = _distinct(runs[: LEAD_WORDS - PRINT_WORDS + 1])
        return tuple(sorted({*_distinct(runs)[:TEXT_PRINTS].tolist(), *lead[:LEAD_PRINTS].tolist()}))

    @cached_property
    def outline(self) -> Outline:
        """What others are found and told apart by."""
        shingles = _distinct(self._runs(SHINGLE_WORDS))
        marked = np.zeros(MARKS, dtype=np.bool_)
        marked[shingles % np.uint64(MARKS)] = True
        return Outline(self.prints, len(shingles), int.from_bytes(np.packbits(marked).tobytes()))

    @cached_property
    def particulars(self) -> frozenset[str]:
        """Names and figures: capitalised words within a sentence, and numbers."""
        return frozenset(name.casefold() or figure for name, figure in _NAME.findall(self._plain))

    def beginning(self, count: int) -> frozenset[int]:
        """The first ``count`` shingles."""
        return frozenset(self._hashes[:count])


def _distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each once, in ascending order: for so few ``numpy.unique`` takes three times as long."""
    ordered = np.sort(hashes)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


@lru_cache(maxsize=32)
def text_of(body: str) -> Text:
    """The text of a body; the prints of a story come within hours of each other, and are compared again and again."""
    return Text(body)


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two texts are; every share from 0.0 to 1.0."""

    resemblance: float
    """Shingles in both, of those in either."""
    containment: float
    """Shingles in both, of those of the shorter text."""
    conflict: float
    """Names and figures that each text has alone (the fewer of the two), of those of the text with fewer."""
    part: float
    """Shingles of the shorter text, of those of the longer one."""
    leading: bool
    """Whether the shorter text is the longer one's beginning."""

    @property
    def same(self) -> bool:
        """Whether both are prints of one text, whole or cut."""
        if self.conflict > MOST_CONFLICT:
            return False
        cut = self.containment >= LEAST_CONTAINMENT and (self.leading or self.part >= LEAST_PART)
        return cut or self.resemblance >= LEAST_RESEMBLANCE


def may_be_same(one: Outline, other: Outline) -> bool:
    """Whether two texts may share enough to be worth comparing: never False where :attr:`Similarity.same` is True.

    Most texts that are found by a formula in common end here, unread. A shingle of both has its bit in both; what
    shares a bit with another one of the same text is counted as if both texts had it.
    """
    fewest = min(one.shingles, other.shingles)
    hidden = min(one.shingles - one.marks.bit_count(), other.shingles - other.marks.bit_count())
    shared = min(fewest, (one.marks & other.marks).bit_count() + hidden)
    either = one.shingles + other.shingles - shared
    return shared > 0 and shared >= min(LEAST_RESEMBLANCE * either, LEAST_CONTAINMENT * fewest)


def compare(one: Text, other: Text) -> Similarity:
    """How alike two texts are, whichever comes first.

    >>> compare(Text("a b c d e f"), Text("a b c d e f")).resemblance
    1.0
    """
    short, long = sorted((one, other), key=lambda text: len(text.shingles))
    shared = len(short.shingles & long.shingles)
    fewest = len(short.shingles)
    if not shared:
        return Similarity(0.0, 0.0, 0.0, 0.0, False)
    reach = fewest + LEAD_WORDS // 2
    return Similarity(
        resemblance=shared / (fewest + len(long.shingles) - shared),
        containment=shared / fewest,
        conflict=_conflict(short.particulars, long.particulars),
        part=fewest / len(long.shingles),
        leading=len(short.shingles & long.beginning(reach)) >= LEAST_CONTAINMENT * fewest,
    )


def _conflict(one: frozenset[str], other: frozenset[str]) -> float:
    fewest = min(len(one), len(other))
    return min(len(one - other), len(other - one)) / fewest if fewest else 0.0
