"""py3langid's scores, walked and summed without a Python loop over bytes: its model, its numbers, a tenth of its time.

Its automaton reads a text byte by byte. Here all bytes of some texts take one step at once, each from the state that
its neighbour on the left is thought to be in, until nothing changes any more: then each state is the one that the walk
leads to. The model's longest n-gram has six bytes, and so seven steps are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LetterScores"]

_AS_SINGLE = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
"""All numbers of half precision by their bits: looked up they are had in half of the time."""
_FEW_BYTES = 300
"""Of so few, a headline's, py3langid's own loop is done before arrays are made."""


class _Walk:
    """The automaton of an identifier, for many bytes at once. It starts in state 0."""

    def __init__(self, identifier: Any) -> None:
        self._next = np.asarray(identifier.tk_nextmove)
        self._rows = np.asarray(identifier.tk_row).astype(np.intp) << 8
        """Where in ``_next`` the successors of each state begin, one a byte."""
        self._features = np.asarray(identifier.tk_output, dtype=np.int32)

    def visits(self, texts: Sequence[bytes]) -> Iterator[Mapping[int, int]]:
        """How often the model finds each of its features in each text, in the order in which they are found."""
        ends = list(accumulate(map(len, texts), initial=0))
        found = self._features.take(self._states(np.frombuffer(b"".join(texts), np.uint8), ends[:-1]))
        for start, end in pairwise(ends):
            of_text = found[start:end]
            yield Counter(of_text[of_text >= 0].tolist())

    def _states(self, text: NDArray[np.uint8], starts: Sequence[int]) -> NDArray[Any]:
        """The state after each byte; at ``starts`` (some may be the end) the walk begins anew."""
        firsts = [start for start in starts if start < len(text)]
        rows = np.full(len(text), self._rows[0])
        states = self._next.take(rows + text)
        while True:
            rows[1:] = self._rows.take(states[:-1])
            rows[firsts] = self._rows[0]
            following = self._next.take(rows + text)
            if np.array_equal(following, states):
                return states
            states = following


class LetterScores:
    """Log likelihoods of an identifier's languages under our codes."""

    def __init__(self, identifier: Any, codes: Sequence[str], same: Mapping[str, str]) -> None:
        """``same``: our code of a label that has another one; of several labels of one code the best counts."""
        self._identifier = identifier
        self._walk = _Walk(identifier)
        self._chances = np.asarray(identifier.nb_ptc, np.float16).view(np.uint16)
        labels: list[str] = identifier.nb_classes
        self._twins = [(labels.index(label), at) for at, label in enumerate(labels) if labels.index(label) != at]
        self._size = len(codes)
        columns = [[at for at, label in enumerate(labels) if same.get(label, label) == code] for code in codes]
        self._known = np.array([at for at, own in enumerate(columns) if own], dtype=np.intp)
        self._columns = np.array([at for own in columns for at in own], dtype=np.intp)
        sizes = [len(own) for own in columns if own]
        self._starts = np.array([sum(sizes[:at]) for at in range(len(sizes))], dtype=np.intp)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """A row for each text: the log likelihood of each code, 0 for the best label; the worst's where none is it."""
        scores = np.array([*self._scores_of([*map(self._identifier._encode, texts)])])
        for first, twin in self._twins:
            scores[:, first] = scores[:, twin] = np.maximum(scores[:, first], scores[:, twin])
        of_codes = np.repeat(scores.min(axis=1, keepdims=True).astype(np.float64), self._size, axis=1)
        of_codes[:, self._known] = np.maximum.reduceat(scores[:, self._columns], self._starts, axis=1)
        of_codes -= scores.max(axis=1, keepdims=True)
        return of_codes

    def _scores_of(self, texts: Sequence[bytes]) -> Iterable[NDArray[np.float32]]:
        """Log likelihoods of the labels; all alike for a text in which nothing is found."""
        if sum(map(len, texts)) > _FEW_BYTES:
            return map(self._scores, self._walk.visits(texts))
        return map(self._identifier._raw_score, texts)

    def _scores(self, visits: Mapping[int, int]) -> NDArray[np.float32]:
        """What py3langid's ``_sparse_score`` says, digit by digit."""
        model = self._identifier
        if not visits:
            return np.zeros(len(model.nb_classes), dtype=np.float32)
        features = np.fromiter(visits.keys(), np.intp, len(visits))
        counts = np.fromiter(visits.values(), np.float32, len(visits))
        chances = _AS_SINGLE.take(self._chances.take(features, axis=0))
        return np.asarray(np.log1p(counts) @ chances + model.nb_pc, dtype=np.float32)
