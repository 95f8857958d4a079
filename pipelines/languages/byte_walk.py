"""py3langid's scores, walked and summed without a Python loop over bytes: its model, its numbers, a fifth of its time.

Its automaton reads a text byte by byte. Here the states that texts have led to are dictionaries of the states that
follow, so that ``itertools.accumulate`` walks from one to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from operator import attrgetter, getitem
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LetterScores"]

MOST_STEPS = 400_000
"""Steps that are remembered, some 40 MB; the model knows 27 million, of which news in one language take some 30,000."""
_NO_FEATURE = -1


class _State(dict[int, "_State"]):
    """A state of the automaton: the byte that is read next leads to the next one."""

    __slots__ = ("feature", "number", "walk")

    def __init__(self, walk: _Walk, number: int) -> None:
        self.walk = walk
        self.number = number
        self.feature: int = walk.features[number]

    def __missing__(self, byte: int) -> _State:
        return self.walk.step(self, byte)


class _Walk:
    """The automaton of an identifier, of which only those states are built that some text has led to."""

    def __init__(self, identifier: Any) -> None:
        self.features: Sequence[int] = identifier.tk_output
        self._next: Sequence[int] = identifier.tk_nextmove
        self._rows: Sequence[int] = identifier.tk_row
        self._states: dict[int, _State] = {}
        self._remembered = 0
        self.start = self._state(0)

    def _state(self, number: int) -> _State:
        found = self._states.get(number)
        if found is None:
            found = self._states[number] = _State(self, number)
        return found

    def step(self, state: _State, byte: int) -> _State:
        """The state that a byte leads to."""
        following = self._state(self._next[(self._rows[state.number] << 8) + byte])
        if self._remembered < MOST_STEPS:
            state[byte] = following
            self._remembered += 1
        return following

    def features_of(self, text: bytes) -> Iterable[int]:
        """What the model finds in a text, in order, ``-1`` for a byte with which nothing ends."""
        return map(attrgetter("feature"), islice(accumulate(text, getitem, initial=self.start), 1, None))


class LetterScores:
    """Log likelihoods of an identifier's languages under our codes."""

    def __init__(self, identifier: Any, codes: Sequence[str], same: Mapping[str, str]) -> None:
        """``same``: our code of a label that has another one; of several labels of one code the best counts."""
        self._identifier = identifier
        self._walk = _Walk(identifier)
        labels: list[str] = identifier.nb_classes
        self._twins = [(labels.index(label), at) for at, label in enumerate(labels) if labels.index(label) != at]
        self._size = len(codes)
        columns = [[at for at, label in enumerate(labels) if same.get(label, label) == code] for code in codes]
        self._known = np.array([at for at, own in enumerate(columns) if own], dtype=np.intp)
        self._columns = np.array([at for own in columns for at in own], dtype=np.intp)
        sizes = [len(own) for own in columns if own]
        self._starts = np.array([sum(sizes[:at]) for at in range(len(sizes))], dtype=np.intp)

    def __call__(self, text: str) -> NDArray[np.float64]:
        """The log likelihood of each code, 0 for the best label; codes that are no label's get the worst."""
        scores = self._scores(text)
        for first, twin in self._twins:
            scores[first] = scores[twin] = max(scores[first], scores[twin])
        of_codes = np.full(self._size, scores.min(), dtype=np.float64)
        of_codes[self._known] = np.maximum.reduceat(scores[self._columns], self._starts)
        of_codes -= scores.max()
        return of_codes

    def _scores(self, text: str) -> NDArray[np.float32]:
        model = self._identifier
        found = Counter(self._walk.features_of(model._encode(text)))
        found.pop(_NO_FEATURE, None)
        if not found:
            return np.zeros(len(model.nb_classes), dtype=np.float32)
        return np.asarray(model._sparse_score(found, model.nb_ptc))
