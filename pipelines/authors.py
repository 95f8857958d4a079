"""Who wrote it: names without "Par", "By", dates, credits or e-mail protection."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from pipelines.titles import folded
from pipelines.visible_text import one_line, text_of

__all__ = ["author_names", "visible_authors"]

_LABEL = re.compile(
    r"^\W*(?:(?:publi[ée]e?|[ée]crite?|r[ée]dig[ée]e?|propos recueillis|textes?|reportage|article|entretien|written|"
    r"posted|reported|words|escrito|publicado|redactado|textos?|autor(?:es)?|auteure?s?|authors?|view all posts)"
    r"\s*:?\s*)?(?:(?:par|by|por)\b\s*:?|de notre (?:envoy[ée]e? sp[ée]ciale?|correspondante?)\s*,?)\s*"
    r"|^\W*(?:autor(?:es)?|auteure?s?|authors?|texte|reportage)\s*:\s*",
    re.I,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN = re.compile(r"\s*(?:[,|•·;/&\n]|\s[-–—]\s|\b(?:et|and|y|with|avec|con)\b)\s*", re.I)
_AFTER_NAME = re.compile(
    r"\s*(?:\b(?:le|on|el|published|publi[ée]e?|updated|mis [àa] jour)\s+\d.*|\bfor\s+[A-Z].*|\d{1,2}[/.-]\d.*)$", re.I
)
_NO_NAME = re.compile(
    r"@|e-?mail|https?:|www\.|\d|^(?:la |the )?r[ée]daction$|^(?:la )?redacci[óo]n$|^staff\b|^editor(?:ial)?$|^admin"
    r"(?:istrator)?$|^(?:null|none|undefined|anonyme?|unknown|author|auteur|autor)$|\bread\b|\bfollow\b|:",
    re.I,
)
_DEGREES = frozenset(
    ("BA", "BSC", "DDS", "DO", "JD", "LD", "MA", "MBA", "MD", "MFA", "MPH", "MS", "PHD", "RD", "RDN", "RN")
)
_LONGEST = 60


def author_names(texts: Iterable[str], sites: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in what a page gives as its authors, in order, each once; an address and the site's name are none.

    >>> author_names(["Par Leïla Amrani et Jean Duval | 12/03/2024"])
    ('Leïla Amrani', 'Jean Duval')
    >>> author_names(["[email protected]"])
    ()
    """
    known = {folded(site) for site in sites}
    names: dict[str, str] = {}
    for text in texts:
        if "://" in text:
            continue
        for part in _BETWEEN.split(_LABEL.sub("", one_line(_BRACKETS.sub(" ", text)))):
            name = _AFTER_NAME.sub("", part).strip(" .,-–—:'\"")
            if _is_name(name) and folded(name) not in known:
                names.setdefault(folded(name), name)
    return tuple(names.values())


def _is_name(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST or len(text.split()) > 6 or _NO_NAME.search(text):
        return False
    return text.replace(".", "").upper() not in _DEGREES and not re.fullmatch(r"[a-z][a-z_\-]+", text)


def visible_authors(tree: HtmlElement) -> str:
    """The author line that the page marks as one (``itemprop``, ``rel``, the class of a byline); empty without."""
    for path, most in _MARKED:
        texts = (text_of(element) for element in tree.xpath(path)[:most])
        if found := list(dict.fromkeys(text for text in texts if 2 < len(text) <= 2 * _LONGEST)):
            return "; ".join(found)
    return ""


_BYLINE_CLASSES = ("author-name", "author_name", "authorName", "byline")
_MARKED = (
    (".//*[@itemprop='author']//*[@itemprop='name'] | .//*[@itemprop='author' and not(.//*[@itemprop='name'])]", 4),
    (".//*[@rel='author' and not(self::link)]", 1),
    (f".//*[@class='author' or {' or '.join(f'contains(@class, {name!r})' for name in _BYLINE_CLASSES)}]", 1),
)
"""XPath expressions, the most telling first, and how many of the elements they find speak of this article."""
