"""Which of a page's titles is the headline, without the site's and the section's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

__all__ = ["best_title", "first_words", "folded", "is_folded_to", "printed_title", "without_names"]

_SEPARATOR = re.compile(
    r"(?=[\s|•:»])(?:\s+[|\-–—•·»«/›>]+\s+|\s*[|•]\s*|\s*::\s*|(?<=\w)\s*»\s*|\s+:\s+)"  # the first for speed alone
)
_WORD = re.compile(r"\w+")
_TWO_WORDS = re.compile(r"\W*(\w+)\W+(\w+)")
_ALIKE_WORDS = 5
"""Words by which most lines of a text can be told apart."""
_SIGNS, _LETTERS = "[ ,;:.!?'’\"«»“”()/–—-]", "[0-9A-Za-zÀ-ÖØ-öø-ÿ]"
"""Signs and letters that NFKC leaves what they are."""
_COMMON_WORDS = re.compile(f"{_SIGNS}*{f'{_SIGNS}+'.join([f'({_LETTERS}+)'] * _ALIKE_WORDS)}(?:{_SIGNS}|$)")
"""The beginning of most texts."""
_TWO_COMMON = re.compile(f"{_SIGNS}*({_LETTERS}+){_SIGNS}+({_LETTERS}+)(?:{_SIGNS}|$)")
_LONGEST_NAME = 160
"""Characters of titles and names, which are folded again and again."""
_BEGINNING = 100
"""Characters that most often hold the first words of a text."""
_ALIKE = 0.5
"""Least likeness (Dice coefficient of words) of a heading and a title that speak of one article."""


def folded(text: str) -> str:
    """Words alone, in lower case, for comparing two spellings of one text.

    >>> folded("L’eau : « un bien »")
    'l eau un bien'
    """
    return " ".join(_WORD.findall(_plain(text))) if len(text) > _LONGEST_NAME else _folded_name(text)


@lru_cache(maxsize=4096)  # a title is asked for by many steps, a site's names on all of its pages
def _folded_name(text: str) -> str:
    return " ".join(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def is_folded_to(text: str, wanted: str) -> bool:
    """Whether a text is folded to what is wanted (not empty); most texts differ in their first word.

    >>> is_folded_to("« Un bien »", "un bien"), is_folded_to("Unis", "un bien"), is_folded_to("…", "un bien")
    (True, False, False)
    """
    if (common := _TWO_COMMON.match(text)) and not wanted.startswith(common[1].casefold()):
        return False
    plain = _plain(text)
    first = _WORD.search(plain)
    return first is not None and wanted.startswith(first[0]) and " ".join(_WORD.findall(plain)) == wanted


def first_words(text: str) -> str:
    """The first five words of a folded text.

    >>> first_words("« Un bien », dit-elle en 1973, « commun »")
    'un bien dit elle en'
    """
    if common := _COMMON_WORDS.match(text):
        return " ".join(common.groups()).casefold()
    words = _WORD.findall(_plain(text[:_BEGINNING]))
    if len(words) <= _ALIKE_WORDS:  # the last one may be cut
        words = _WORD.findall(_plain(text))
    return " ".join(words[:_ALIKE_WORDS])


def without_names(title: str, names: Iterable[str], domain: str = "") -> str:
    """The title without leading and trailing parts that are one of the names, or that spell the site's domain name.

    ``domain`` is the telling part of the host: ``lequotidien`` of ``www.lequotidien.example``.

    >>> without_names("Le port rouvre - Le Quotidien", ["Le Quotidien"])
    'Le port rouvre'
    >>> without_names("Le Quotidien", ["Le Quotidien"])
    'Le Quotidien'
    >>> without_names("Le port rouvre | Le Quotidien - Toute l'info", [], "lequotidien")
    'Le port rouvre'
    """
    gaps = list(_SEPARATOR.finditer(title))
    for number, gap in enumerate(gaps, start=1):
        part = title[gap.end() : gaps[number].start() if number < len(gaps) else len(title)]
        if len(domain) >= 3 and folded(part).replace(" ", "").startswith(domain):
            title = title[: gap.start()].strip()
            break
    known = {folded(name) for name in names} - {""}
    while gaps := list(_SEPARATOR.finditer(title)):
        before, after = title[: gaps[0].start()], title[gaps[-1].end() :]
        if folded(after) in known and title[: gaps[-1].start()].strip():
            title = title[: gaps[-1].start()].strip()
        elif (folded(before) in known or folded(before).replace(" ", "") == domain) and title[gaps[0].end() :].strip():
            title = title[gaps[0].end() :].strip()
        else:
            break
    return title


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of two titles' words, 0.0 to 1.0."""
    a, b = set(folded(one).split()), set(folded(other).split())
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def best_title(headings: Sequence[str], named: Sequence[str]) -> str:
    """The heading nearest to what the page's metadata names as its title, else the best of those.

    ``headings`` are the visible h1 texts in order, ``named`` the metadata's titles, the most trusted first, both
    without the site's name. A heading such as "Local News | Title" loses what the metadata does not have.
    """
    likes = [(max((_likeness(heading, name) for name in named), default=0.0), heading) for heading in headings]
    likeness, nearest = max(likes, key=lambda pair: pair[0], default=(0.0, ""))
    if likeness >= _ALIKE:
        return _without_kicker(nearest, named)
    if len(headings) == 1 and _is_own_title(headings[0], named):
        return headings[0]
    return _unbroken(named) or next(iter(headings), "")


def _without_kicker(heading: str, named: Iterable[str]) -> str:
    wanted = {folded(name) for name in named}
    gaps = list(_SEPARATOR.finditer(heading))
    parts = [heading[gap.end() :].strip() for gap in gaps] + [heading[: gap.start()].strip() for gap in gaps]
    return next((part for part in parts if folded(part) in wanted and folded(part) != folded(heading)), heading)


def printed_title(lines: Iterable[str], titles: Sequence[str]) -> str:
    """The longest visible line that is one of the titles, or all of one but the site's or section's name.

    >>> printed_title(["Menu", "Le port rouvre lundi"], ["Le Quotidien - Le port rouvre lundi"])
    'Le port rouvre lundi'
    """
    wanted = [text for title in titles if (text := folded(title))]
    shortest, joined = min(map(len, wanted), default=0), "\0".join(wanted)
    found = ""
    for line in lines:
        common = _TWO_COMMON.match(line)
        if common and f"{common[1]} {common[2]}".casefold() not in joined:
            continue
        if not len(found) < len(line) <= 300 or 2 * len(plain := _plain(line)) <= shortest:
            continue
        start = _TWO_WORDS.match(plain)
        if not start or f"{start[1]} {start[2]}" not in joined:
            continue
        words = _WORD.findall(plain)
        text = " ".join(words)
        if len(words) >= 3 and text in joined and any(_is_most(text, title) for title in wanted):
            found = line
    return found


def _is_most(text: str, title: str) -> bool:
    return text == title or (
        2 * len(text) > len(title) and (title.startswith(f"{text} ") or title.endswith(f" {text}"))
    )


def _is_own_title(heading: str, named: Sequence[str]) -> bool:
    """Whether the page's only heading is a title other than the metadata's: several words, none of the site's names."""
    parts = {folded(part) for name in named for part in _SEPARATOR.split(name)}
    return len(heading.split()) >= 3 and folded(heading) not in parts


def _unbroken(named: Sequence[str]) -> str:
    """The first title, or the one that goes on where the first was cut off at a quotation mark or an ellipsis."""
    first = next(iter(named), "")
    stem = first.rstrip(" .…")
    longer = (name for name in named if len(name) > len(first) and name.startswith(stem))
    return next((name for name in longer if re.match(r"\s*[\"“«'’]|\w", name[len(stem) :])), first)
