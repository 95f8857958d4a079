"""What the known words of a text say about its language."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from pipelines.languages.news_words import NEWS_WORDS
from pipelines.languages.stop_words import STOP_WORDS

__all__ = ["KnownWords"]

STOP_WORD_WEIGHT = 3.0
NEWS_WORD_WEIGHT = 1.7
NAME_WEIGHT = 0.3
"""What remains of a word's weight where it is capitalised inside a line: ``Los Angeles``, ``Le Pen``."""

LONGEST_GAP = 6
"""Words in a row of which none is known of that language, at most: in a text that goes on in another language there are
more, in 19 of 20 pieces of news fewer."""

MOST_AGAINST = 3.5
"""Nats for any other language by words that are not of the leading one: a function word, or two words of the news."""

_WORD = re.compile(r"'(?:s|re|ve|ll|d|n)\b|n't\b|[^\W\d_]+'?")


class KnownWords:
    """Evidence in nats for each of some languages, looked up word by word.

    >>> KnownWords(("en", "fr")).evidence("Le prix du pain").tolist()
    [0.0, 7.7]
    """

    def __init__(self, codes: tuple[str, ...]) -> None:
        """``codes``: the languages to judge between, all of the word lists' among them or not."""
        listed = tuple(code for code in codes if code in STOP_WORDS or code in NEWS_WORDS)
        known = _with_bare_forms(_listed(listed))
        self._size = len(codes)
        self._listed = np.array([codes.index(code) for code in listed], dtype=np.intp)
        self._row = {word: row for row, word in enumerate(known)}
        self._table = np.array(list(known.values())).reshape(len(known), len(listed))
        self._words = [frozenset(word for word, of in known.items() if of[column]) for column in range(len(listed))]

    def evidence(self, text: str) -> NDArray[np.float64]:
        """The sum over all known words of a text whose apostrophes are U+0027; one number for each code."""
        rows: list[int] = []
        weights: list[float] = []
        for place, word in enumerate(_WORD.findall(text)):
            row = self._row.get(word.lower())
            if row is not None:
                rows.append(row)
                weights.append(NAME_WEIGHT if place and word[0].isupper() else 1.0)
        found = np.zeros(self._size)
        found[self._listed] = np.array(weights) @ self._table[np.array(rows, dtype=np.intp)]
        return found

    def leader(self, text: str) -> tuple[int, float]:
        """The position of the code for which the words of a text speak, and by how many nats more than for any other.

        Words in small letters, each once: what another language's text has of it are a few that come again. 0 nats
        where a part of the text may be in another language: it has none of these words, or others, or other letters.

        >>> words = KnownWords(("en", "fr"))
        >>> words.leader("le maire dit que la ville ne peut pas payer"), words.leader("le la le la le la")
        ((1, 21.4), (1, 6.0))
        """
        words = _WORD.findall(text)
        rows = [*map(self._row.__getitem__, self._row.keys() & set(words))]
        evidence = self._table.take(rows, axis=0)
        sums = evidence.sum(axis=0)
        best = int(sums.argmax())
        lead = float(sums[best])
        against = evidence.compress(evidence[:, best] == 0, axis=0).sum(axis=0)
        sums[best] = 0.0
        if (
            float(against.max()) > MOST_AGAINST
            or _GAP in bytes(map(self._words[best].__contains__, words))
            or not _is_western(text)
        ):
            return int(self._listed[best]), 0.0
        return int(self._listed[best]), lead - float(sums.max())


_GAP = bytes(LONGEST_GAP + 1)


def _is_western(text: str) -> bool:
    """Whether Western Europe's letters and signs are all that it has: others may be those of another language."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _listed(codes: tuple[str, ...]) -> dict[str, NDArray[np.float64]]:
    known: dict[str, NDArray[np.float64]] = {}
    for weight, words_of in ((NEWS_WORD_WEIGHT, NEWS_WORDS), (STOP_WORD_WEIGHT, STOP_WORDS)):
        for code in words_of.keys() & set(codes):
            for word in words_of[code]:
                known.setdefault(word, np.zeros(len(codes)))[codes.index(code)] = weight
    return known


def _with_bare_forms(known: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Each word without its accents too, which old typography leaves out of capitals, unless that is a known word."""
    bare: dict[str, NDArray[np.float64]] = {}
    for word, evidence in known.items():
        letters = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
        if letters not in known:
            bare[letters] = np.maximum(bare.get(letters, 0.0), evidence)
    return known | bare
