"""A date string made comparable: one space, one apostrophe, one dash, ASCII digits, no accents.

Two texts of the same length come out: ``shown`` keeps its capitals (a name is told from a word by them), ``low`` is
what patterns are matched on.
"""

from __future__ import annotations

import html
import unicodedata

__all__ = ["fold", "one_line", "variants"]

_APOSTROPHES = "’‘‛ʼʹ′´`＇ʻ"
_DASHES = "‐‑‒–—―−﹣－"
# Zero-width and direction marks, soft hyphen, Arabic tatweel: they are invisible and break every pattern.
_INVISIBLE = "\u00ad\u061c\u0640\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff"
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_BEFORE = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_INVISIBLE + _DIRECTIONS)})
_AFTER = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE),
        **dict.fromkeys(_DASHES, "-"),
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
        "،": ",",
        "؛": ";",
        "⁄": "/",
        # Arabic spellings that writers swap freely.
        "ى": "ي",
        "ة": "ه",
    }
)


def one_line(raw: str) -> str:
    """The text as one line with ASCII digits, plain apostrophes and dashes; capitals and accents are kept.

    >>> one_line("  01\\u00a0–\\u00a007 - ٢٠٢٥ ")
    '01 - 07 - 2025'
    """
    text = html.unescape(raw) if "&" in raw else raw
    if "Ã" in text or "Â" in text:
        text = _without_mojibake(text)
    if not text.isascii():
        # The acute accent used as an apostrophe goes first: NFKC would turn it into a space.
        text = unicodedata.normalize("NFKC", text.translate(_BEFORE)).translate(_AFTER)
    return " ".join(text.split())


def _without_mojibake(text: str) -> str:
    """ "PubliÃ©" is "Publié": UTF-8 that somebody took for Latin-1 and stored again."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def fold(text: str) -> str:
    """The text without accents, vowel marks and hamzas, capitals kept.

    >>> fold("Février"), fold("أكتوبر")
    ('Fevrier', 'اكتوبر')
    """
    if text.isascii():
        return text
    return "".join(
        char for char in unicodedata.normalize("NFKD", text.translate(_AFTER)) if not unicodedata.combining(char)
    )


def variants(word: str) -> set[str]:
    """The folded spellings of a word to look for, among them the one with U+FFFD where an accent was lost.

    >>> sorted(variants("août")) == ["aout", "ao\\ufffdt"]
    True
    """
    broken = "".join("\ufffd" if fold(char) != char and ord(char) < 0x250 else char for char in word)
    return {fold(word).lower(), fold(broken).lower()}
