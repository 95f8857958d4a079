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

_WORD = re.compile(r"'(?:s|re|ve|ll|d|n)\b|n't\b|[^\W\d_]+'?")


class KnownWords:
    """Evidence in nats for each of some languages, looked up word by word.

    >>> KnownWords(("en", "fr")).evidence("Le prix du pain").tolist()
    [0.0, 7.7]
    """

    def __init__(self, codes: tuple[str, ...]) -> None:
        """``codes``: the languages to judge between, all of the word lists' among them or not."""
        known = _with_bare_forms(_listed(codes))
        self._row = {word: row for row, word in enumerate(known)}
        self._table = np.array(list(known.values()))

    def evidence(self, text: str) -> NDArray[np.float64]:
        """The sum over all known words of a text whose apostrophes are U+0027; one number for each code."""
        rows: list[int] = []
        weights: list[float] = []
        for place, word in enumerate(_WORD.findall(text)):
            row = self._row.get(word.lower())
            if row is not None:
                rows.append(row)
                weights.append(NAME_WEIGHT if place and word[0].isupper() else 1.0)
        return np.asarray(np.array(weights) @ self._table[np.array(rows, dtype=np.intp)], dtype=np.float64)


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
