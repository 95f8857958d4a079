"""What of a text is looked at when its language is asked for: pure steps on characters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from string import ascii_lowercase

__all__ = ["ONE_PIECE", "count_words", "pieces", "prepared"]

ONE_PIECE, PIECE, PIECES = 400, 200, 5
"""A text of more than 400 characters is judged by up to five pieces of 200, evenly spread from start to end: an odd
number, so that a quotation of two fifths of the text meets two of them at most."""

_LETTERS_LATIN = "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ"
_LATIN = re.compile(f"[{_LETTERS_LATIN}]")
_NOT_LATIN = re.compile(rf"[^\W\d_{_LETTERS_LATIN}]")
_WORD = re.compile(rf"[^\W\d_]{{2,}}|[^\W\d_{_LETTERS_LATIN}]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|(?<!\w)@\w+|\b[\w-]+\.(?:com|org|net|info)\b(?:/\S*)?", re.IGNORECASE
)
_MAYBE_ADDRESS = re.compile(r"[@.:]\S")
"""In every address; most texts have none of it, and are searched in no time."""
_APOSTROPHES = "’‘´`ʼ"
_SMALL = ascii_lowercase.encode()


def pieces(text: str) -> Iterator[str]:
    """The text itself, or pieces of it where it is long; the cost of a long text is bounded.

    >>> [len(piece) for piece in pieces("mot " * 3000)]
    [195, 195, 195, 195, 195]
    """
    if len(text) <= ONE_PIECE:
        yield text
        return
    number = min(PIECES, -(-len(text) // PIECE))
    for index in range(number):
        start = index * (len(text) - PIECE) // (number - 1)
        piece = text[start : start + PIECE]
        # Words cut at the ends would count as words; a text without blanks stays as it is.
        yield piece.partition(" ")[2].rpartition(" ")[0] or piece


def prepared(text: str) -> str:
    """Without addresses and without the minority script, in NFC; in lower case where capitals prevail.

    >>> prepared("ALERTE ORANGE www.example.org")
    'alerte orange  '
    """
    text = unicodedata.normalize("NFC", html.unescape(text))
    if _MAYBE_ADDRESS.search(text):
        text = _ADDRESS.sub(" ", text)
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    if others := "".join(_NOT_LATIN.findall(text)):
        # Counted in UTF-8 bytes: an Arabic letter (two) or an ideograph (three) says as much as so many Latin ones.
        minority = _LATIN if _size(others) >= _size("".join(_LATIN.findall(text))) else _NOT_LATIN
        text = minority.sub(" ", text)
    return text.lower() if _is_in_capitals(text) else text


def _is_in_capitals(text: str) -> bool:
    """Whether there are more capitals than small letters."""
    raw = text.encode("utf-8", "surrogatepass")
    if 2 * (len(raw) - len(raw.translate(None, _SMALL))) >= len(text):  # most texts, in a tenth of the time
        return False
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def count_words(text: str) -> int:
    """Words of two letters and more; outside the Latin script of one letter and more.

    >>> count_words("N° 1"), count_words("Météo du 3 août"), count_words("雨")
    (0, 3, 1)
    """
    return len(_WORD.findall(text))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
