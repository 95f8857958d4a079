"""The language of a headline or an article: one deterministic function.

langdetect's n-gram tables are the heart. Its own sampling is not used: it draws n-grams at random, misreads capitals
and raises on a date. Here every n-gram of a text counts once, and beside that sum stand py3langid's score and a few
thousand known words. All languages that the two libraries know stay candidates, so that a Portuguese headline is not
pressed into Spanish. The three are added as log likelihoods and turned into probabilities by a softmax. Where the known
words alone leave no doubt, as in most of an article, the other two are not asked: they would take four times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import add
from pathlib import Path
from threading import Lock

import numpy as np
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.utils.lang_profile import LangProfile
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipelines.items import Language
from pipelines.languages.byte_walk import LetterScores
from pipelines.languages.known_words import KnownWords
from pipelines.languages.text import ONE_PIECE, count_words, pieces, prepared

__all__ = ["UNDETERMINED", "detect", "warm_up"]

UNDETERMINED = "und"
"""ISO 639-2 code for a text that does not say."""

# Weights of the evidence, in nats, chosen on one half of labelled headlines and of three- and five-word cuttings from
# them and checked on the other half; the neighbouring values do as well. A sum of log likelihoods is divided by the
# square root of its length, since overlapping n-grams are no independent witnesses (py3langid scales its own alike).
LANGDETECT_WEIGHT = 0.75
PY3LANGID_WEIGHT = 1.7
EXPECTED = ("fr", "en", "es")
EXPECTED_PRIOR = 1.3
UNPROFILED_PRIOR = -2.5
"""langdetect has no profile of some of py3langid's languages: they get its best score and this."""
SMOOTHING = 0.5 / 10_000
"""langdetect's own: ``Detector.ALPHA_DEFAULT / Detector.BASE_FREQ``."""

BEYOND_DOUBT = 12.0
"""Nats by which the known words of a piece lead where nothing else need be asked: four function words that no other
language has. Of 22,000 texts in other languages none led by more than 9, and of 15,000 that change the language halfway
those that led by 10 were what they were taken for."""
AMONG_ITS_LIKE = 6.0
"""As much is enough where most of the text is beyond doubt and this piece speaks for the same language."""

MOST_WORDS, _LONGEST_WORD = 50_000, 30
"""Words that are remembered, some 12 MB at most: half of a language's newspapers' text is made of 200 of them."""

HINT_ODDS = 3.0
"""A hint is a prior of three to one: a language found with 0.75 or more stands against any hint."""
LEAST_CONFIDENCE = {1: 0.7, 2: 0.5}
"""A text of so many words is ``und`` below this; one of more words below 0.25."""

_SAME = {"zh-cn": "zh", "zh-tw": "zh", "wuu": "zh", "yue": "zh", "nb": "no", "nn": "no", "ary": "ar", "arz": "ar"}
_LEFT_OUT = frozenset({"an", "ext", "gcf", "gcr", "pcm", "wa", "jv", "uzs", "zxx"})
"""Labels of py3langid too close to a greater language to be told from it in one line, or no language."""

_FIRST = np.array([True])

Scores = NDArray[np.float64]
"""One number for each of ``_Model.codes`` (in the last dimension)."""


class _Normalized(dict[int, str]):
    """langdetect's normalisation of single characters, remembered, for ``str.translate``."""

    def __missing__(self, point: int) -> str:
        character = self[point] = str(NGram.normalize(chr(point)))
        return character


class _WordRows(dict[str, NDArray[np.intp]]):
    """The rows of a word's n-grams, remembered: no n-gram reaches from one word into the next."""

    def __init__(self, gram_row: Mapping[str, int]) -> None:
        self.gram_row = gram_row

    def __missing__(self, word: str) -> NDArray[np.intp]:
        line = f" {word} "
        pairs = list(map(add, line, line[1:]))
        found = dict.fromkeys(chain(word, pairs, map(add, pairs, line[2:])))
        rows = np.array([row for row in map(self.gram_row.get, found) if row is not None], dtype=np.intp)
        if len(self) < MOST_WORDS and len(word) <= _LONGEST_WORD:
            self[word] = rows
        return rows


@dataclass(frozen=True, slots=True)
class _Model:
    codes: tuple[str, ...]
    prior: Scores
    expected: frozenset[int]
    """Positions of ``EXPECTED`` in ``codes``."""
    word_rows: _WordRows
    """Word -> its n-grams' rows of ``table``."""
    table: NDArray[np.float32]
    """log P(n-gram | language); a column for each of ``profiled``."""
    profiled: NDArray[np.intp]
    """Positions in ``codes``."""
    normalized: _Normalized
    letter_scores: LetterScores
    known_words: KnownWords


def detect(text: str, *, hint: str = "") -> Language:
    """The language of a headline or of a whole article; never raises, depends on the arguments alone.

    ``hint`` is what a page or an edition declares (``fr``, ``fr-MA``): a prior of three to one that decides near-ties
    and never overrides a language found with 0.75 or more. An unknown hint is no hint.

    The code is ISO 639-1 where there is one (else 639-3, such as ``kab``), or ``und`` (confidence 0) for a text without
    words, with addresses alone, or of one or two words that say too little. The confidence is the probability that the
    answer is right; of an article in several languages, the share of the text.

    >>> [detect(text).code for text in ("Hausse des prix à Tunis", "SUBEN LOS PRECIOS EN TETUÁN", "12:30")]
    ['fr', 'es', 'und']
    """
    return _detect_line(text, hint) if len(text) <= ONE_PIECE else _detect(text, hint)


def warm_up() -> None:
    """Load the tables (about one second), so that a process's first text does not wait. Any thread may call it."""
    _model()


def _detect(text: str, hint: str) -> Language:
    model = _model()
    parts = [(count, piece) for piece in map(prepared, pieces(text)) if (count := count_words(piece))]
    if not parts:
        return Language(UNDETERMINED, 0.0)
    words = sum(count for count, _ in parts)
    shares = _votes(parts, model) / words
    hinted = re.split("[-_]", hint.strip().lower())[0]
    if hinted in model.codes:
        shares[model.codes.index(hinted)] *= HINT_ODDS
        shares /= shares.sum()
    best = int(shares.argmax())
    if shares[best] < LEAST_CONFIDENCE.get(words, 0.25):
        return Language(UNDETERMINED, 0.0)
    return Language(model.codes[best], round(min(1.0, float(shares[best])), 4))


_detect_line = lru_cache(maxsize=4096)(_detect)
"""All pages of one moment carry the same ticker: some fifty headlines, which would cost as much as the page itself."""


def _votes(parts: Sequence[tuple[int, str]], model: _Model) -> Scores:
    """The words of each language, of pieces with so many words.

    A piece whose known words leave no doubt is asked nothing else. That holds for what is expected alone: some other
    languages have a neighbour of which no words are known.
    """
    votes = np.zeros(len(model.codes))
    doubtful: list[tuple[int, str, int, float]] = []
    for count, piece in parts:
        leader, lead = model.known_words.leader(piece)
        if lead >= BEYOND_DOUBT and leader in model.expected:
            votes[leader] += count
        else:
            doubtful.append((count, piece, leader, lead))
    most = int(votes.argmax()) if 2 * votes.max() > sum(count for count, _ in parts) else None
    asked: list[tuple[int, str]] = []
    for count, piece, leader, lead in doubtful:
        if leader == most and lead >= AMONG_ITS_LIKE:
            votes[leader] += count
        else:
            asked.append((count, piece))
    if asked:
        for (count, _), found in zip(asked, _probabilities([piece for _, piece in asked], model), strict=True):
            votes += count * found
    return votes


def _probabilities(texts: Sequence[str], model: _Model) -> Scores:
    """P(language | text), a row for each prepared text."""
    letters = LANGDETECT_WEIGHT * _langdetect(texts, model) + PY3LANGID_WEIGHT * _py3langid(texts, model)
    scores = model.prior + letters + np.array([model.known_words.evidence(text) for text in texts])
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)


def _langdetect(texts: Sequence[str], model: _Model) -> Scores:
    """langdetect's log likelihoods, every n-gram of a text counted once; 0 for the best and the unprofiled."""
    scores = np.zeros((len(texts), len(model.codes)))
    for text, own in zip(texts, scores, strict=True):
        # Like langdetect, nothing from words in capitals: names of parties and offices are the same in any language.
        words = [word for word in text.translate(model.normalized).split() if len(word) == 1 or not word.isupper()]
        if not words:
            continue
        rows = _each_once(np.concatenate([*map(model.word_rows.__getitem__, words)]))
        if len(rows):
            # The sum of a few hundred numbers of 24 bits is exact in 53: the order is without effect.
            sums = np.ones(len(rows)) @ model.table.take(rows, axis=0).astype(np.float64)
            own[model.profiled] = (sums - sums.max()) / len(rows) ** 0.5
    return scores


def _each_once(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    rows.sort()
    return rows.compress(np.concatenate((_FIRST[: len(rows)], rows[1:] != rows[:-1])))


def _py3langid(texts: Sequence[str], model: _Model) -> Scores:
    """py3langid's log likelihoods; 0 for the best."""
    sizes = [max(1, len(text.encode("utf-8", "surrogatepass"))) ** 0.5 for text in texts]
    return np.asarray(model.letter_scores(texts) / np.array(sizes)[:, np.newaxis], dtype=np.float64)


_LOADING = Lock()


def _model() -> _Model:
    with _LOADING:
        return _load()


@cache
def _load() -> _Model:
    profiled, gram_row, table = _profiles()
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    codes = tuple(sorted({*profiled, *(_SAME.get(c, c) for c in identifier.labels if c not in _LEFT_OUT)}))
    return _Model(
        codes=codes,
        prior=np.array([EXPECTED_PRIOR * (c in EXPECTED) + UNPROFILED_PRIOR * (c not in profiled) for c in codes]),
        expected=frozenset(map(codes.index, EXPECTED)),
        word_rows=_WordRows(gram_row),
        table=table,
        profiled=np.array([codes.index(code) for code in profiled], dtype=np.intp),
        normalized=_Normalized(),
        letter_scores=LetterScores(identifier, codes, _SAME),
        known_words=KnownWords(codes),
    )


def _profiles() -> tuple[list[str], dict[str, int], NDArray[np.float32]]:
    """langdetect's profiles as one table: its languages, n-gram -> row, and log P(n-gram | language).

    Read one by one rather than through ``DetectorFactory``, which holds 55 Python floats for every n-gram. The two
    Chinese profiles become one.
    """
    gram_row: dict[str, int] = {}
    columns: dict[str, list[tuple[list[int], list[float]]]] = {}
    for path in sorted(Path(PROFILES_DIRECTORY).iterdir()):
        profile = LangProfile(**json.loads(path.read_text("utf-8")))
        rows = [gram_row.setdefault(gram, len(gram_row)) for gram in profile.freq]
        chances = [count / profile.n_words[len(gram) - 1] for gram, count in profile.freq.items()]
        columns.setdefault(_SAME.get(profile.name, profile.name), []).append((rows, chances))
    table = np.full((len(gram_row), len(columns)), SMOOTHING, dtype=np.float32)
    for column, parts in enumerate(columns.values()):
        for rows, chances in parts:
            table[rows, column] += np.array(chances, dtype=np.float32) / len(parts)
    return list(columns), gram_row, np.log(table, out=table)
