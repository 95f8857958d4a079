"""Generated articles: words as frequent as in news (Zipf), stock phrases strangers share, prints of earlier texts."""

from __future__ import annotations

import itertools
import random

from pipelines.duplicates import PRINT_WORDS, Text

__all__ = ["origin_of", "prepared", "stranger", "text_of"]

WORDS = 30_000
PHRASES = 2_000
PHRASES_EACH = 3
PRINTED_AGAIN = 0.3
"""Share of articles that are another paper's print of an earlier one."""

_SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "on")]
_VOCABULARY = [
    "".join(random.Random(n).choices(_SYLLABLES, k=2 + n % 3)) + str(n % 7) * (n > 9000) for n in range(WORDS)
]
_WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))
_STOCK = [random.Random(-n).choices(_VOCABULARY, cum_weights=_WEIGHTS, k=8) for n in range(1, PHRASES + 1)]

_STOCK_PRINTS = sorted({one for phrase in _STOCK for one in Text(" ".join(phrase))._runs(PRINT_WORDS).tolist()})
STOCK_SHARE = 0.06
"""Share of a text's prints that are of its stock phrases; measured on :func:`text_of`'s."""


def text_of(number: int) -> str:
    """The body of the article of that number: the same at every call."""
    chance = random.Random(number * 2 + 1)
    if number > 50 and chance.random() < PRINTED_AGAIN:
        words = _fresh(_origin(chance.randrange(number)))
        cut = chance.choice((len(words), len(words), len(words) // 2, len(words) // 4))
        return " ".join(word if chance.random() > 0.04 else "rather" for word in words[:cut])
    return " ".join(_fresh(number))


def prepared(number: int) -> tuple[int, str, tuple[int, ...]]:
    """The article's number, body and prints: in a file of its own, so that worker processes can import it."""
    body = text_of(number)
    return number, body, Text(body).prints


def origin_of(number: int) -> int:
    """The number of the article whose text this one prints; its own when it prints nobody's."""
    chance = random.Random(number * 2 + 1)
    if number > 50 and chance.random() < PRINTED_AGAIN:
        return _origin(chance.randrange(number))
    return number


def stranger(number: int) -> tuple[int, str, tuple[int, ...]]:
    """As :func:`prepared`, made a hundred times faster, for an article that nothing else is a print of.

    As long as a text, and with as many prints, drawn by chance as hashes are; as many of them belong to stock phrases.
    """
    chance = random.Random(number * 2)
    words = chance.randint(104, 384)
    smallest = {chance.randrange((1 << 32) * 8 // words) for _ in range(8)}
    smallest |= {chance.randrange((1 << 32) * 4 // 57) for _ in range(2)}
    prints = {chance.choice(_STOCK_PRINTS) if chance.random() < STOCK_SHARE else one for one in sorted(smallest)}
    return number, chance.randbytes(words * 4).hex(), tuple(sorted(prints))


def _origin(number: int) -> int:
    """The number itself, or of what it is a print of."""
    chance = random.Random(number * 2 + 1)
    while number > 50 and chance.random() < PRINTED_AGAIN:
        number = chance.randrange(number)
        chance = random.Random(number * 2 + 1)
    return number


def _fresh(number: int) -> list[str]:
    chance = random.Random(number * 2)
    words = chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=chance.randint(80, 360))
    for _ in range(PHRASES_EACH):
        at = chance.randrange(len(words))
        words[at:at] = chance.choice(_STOCK)
    return words
