"""Which of a page's titles is the headline, without the site's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["best_title", "folded", "without_site_name"]

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/>]+\s+|\s*[|»•]\s*|\s*::\s*")
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """Words alone, in lower case, for comparing two spellings of one title.

    >>> folded("L’eau : « un bien »")
    "l eau un bien"
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def without_site_name(title: str, names: Sequence[str]) -> str:
    """The title without a leading or trailing part that is one of the site's names.

    >>> without_site_name("Le port rouvre - Le Quotidien", ["Le Quotidien"])
    'Le port rouvre'
    """
    known = {folded(name) for name in names if name}
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    gaps = list(_SEPARATOR.finditer(title))
    if folded(parts[-1]) in known:
        return without_site_name(title[: gaps[-1].start()].strip(), names)
    if folded(parts[0]) in known:
        return without_site_name(title[gaps[0].end() :].strip(), names)
    return title


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of two titles' words."""
    a, b = set(folded(one).split()), set(folded(other).split())
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def best_title(headings: Sequence[str], named: Sequence[str]) -> str:
    """The heading nearest to what the page's metadata names as its title, else the first of those.

    ``headings`` are the visible h1 texts in order, ``named`` the titles of the metadata, the most trusted first.
    """
    likes = [(max((_likeness(heading, name) for name in named), default=0.0), heading) for heading in headings]
    near = max(likes, key=lambda pair: pair[0], default=(0.0, ""))
    if near[0] >= 0.5:
        return near[1]
    return next(iter(named), "") or next(iter(headings), "")
