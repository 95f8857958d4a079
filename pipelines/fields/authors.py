"""Who wrote it: names without "Par", "By", dates, credits or e-mail protection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from pipelines.fields.titles import folded
from pipelines.left_out import WHOLE, Gaps
from pipelines.visible_text import elements_of, one_line, text_of

__all__ = ["author_names", "visible_authors"]

_WROTE = (
    "publi[ée]e?|[ée]crite?|r[ée]dig[ée]e?|propos recueillis|textes?|reportage|article|entretien|interview|entrevista|"
    "written|posted|reported|words|escrito|publicado|redactado|textos?|autor(?:es)?|auteure?s?|authors?|view all posts"
)
_FROM = r"(?:par|by|por)\b\s*:?|de notre (?:envoy[ée]e? sp[ée]ciale?|correspondante?)\s*,?"
_LABEL = re.compile(
    rf"^\W*(?:{_WROTE})\s+de\s+|^\W*(?:(?:{_WROTE})\s*:?\s*)?(?:{_FROM})\s*(?=\S)"
    rf"|^\W*(?:{_WROTE}|photos?|fotos?)\s*:\s*"
    r"|^(?:photos?|fotos?|pictures|photographs|images)\s+(?:by|par|por|de)\s+",
    re.I,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN = re.compile(r"\s*(?:[,|•·;/&\n]|\s[-–—]\s|\b(?:et|and|y|with|avec|con)\b)\s*", re.I)
_AFTER_NAME = re.compile(
    r"\s*(?:\b(?:le|on|el|published|publi[ée]e?|updated|mis [àa] jour)\s+\d.*|\bfor\s+[A-Z].*|\d{1,2}[/.-]\d.*)$", re.I
)
_NO_NAME = re.compile(
    r"@|e-?mail|https?:|www\.|\d|^(?:la |the )?r[ée]daction$|^(?:la )?redacci[óo]n$|^staff\b|^editor(?:ial)?$|^admin"
    r"(?:istrator)?$|^(?:null|none|undefined|anonyme?|unknown|author|auteur|autor)$|\bread\b|\bfollow\b|:"
    # what links and buttons beside a byline say
    r"|\b(?:comments?|commentaires?|comentarios?|share|partager|compartir|subscribe|abonn\w+|suscr\w+|newsletter)\b"
    r"|^(?:view|see|show|hide|voir|afficher|sign in|log in)\b",
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
        for part in _BETWEEN.split(one_line(_BRACKETS.sub(" ", text))):
            name = _AFTER_NAME.sub("", _LABEL.sub("", part)).strip(" .,-–—:'\"")
            if _is_name(name) and folded(name) not in known:
                names.setdefault(folded(name), name)
    return tuple(names.values())


def _is_name(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST or len(text.split()) > 6 or _NO_NAME.search(text):
        return False
    return text.replace(".", "").upper() not in _DEGREES and not re.fullmatch(r"[a-z][a-z_\-]+", text)


def visible_authors(tree: HtmlElement, gaps: Gaps = WHOLE) -> str:
    """The author line that the page marks as one (``itemprop``, ``rel``, the class of a byline); empty without.

    Readers who comment are authors too in some mark-up: what stands among comments is not looked at. ``gaps`` is what
    was left out of the tree.
    """
    gaps.reveal(_tells_author)
    for marked in (_as_property, _as_relation, _as_address, _by_class):
        elements = [one for one in islice(marked(tree), _MOST) if not _is_comment(one)]
        texts = [((one.getparent(), one.get("class")), text_of(gaps.whole(one))) for one in elements]
        found = [(kin, text) for kin, text in texts if 2 < len(text) <= 2 * _LONGEST and author_names([text])]
        if found:
            return "; ".join(dict.fromkeys(text for kin, text in found if kin == found[0][0]))
    return ""


def _tells_author(element: HtmlElement) -> bool:
    """Whether an element inside a page may say who wrote it, to one of the ways of looking."""
    if element.tag == "address" or element.get("itemprop") in ("author", "name") or element.get("rel") == "author":
        return True
    return _tells(element.get("class") or "")


def _is_comment(element: HtmlElement) -> bool:
    names = (f"{above.get('class') or ''} {above.get('id') or ''}" for above in element.iterancestors())
    return any(re.search(r"\bcomment|comentario|respuesta|\breply", name, re.I) for name in names)


_MOST = 12
"""Marked elements that are looked at."""
_CLASSES = ("author", "Author", "byline", "Byline", "autor", "auteur", "firma", "signature")
_OF_PROPERTY = etree.XPath("descendant::*/@itemprop[. = 'author']/..")
_NAMES = etree.XPath(
    ".//*[@itemprop='author']//*[@itemprop='name'] | .//*[@itemprop='author' and not(.//*[@itemprop='name'])]"
)
_OF_RELATION = etree.XPath("descendant::*/@rel[. = 'author']/..")


def _as_property(tree: HtmlElement) -> Iterable[HtmlElement]:
    return elements_of(_NAMES(tree)) if _OF_PROPERTY(tree) else ()  # the second takes three times as long


def _as_relation(tree: HtmlElement) -> Iterable[HtmlElement]:
    return (one for one in elements_of(_OF_RELATION(tree)) if one.tag != "link")


def _as_address(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield from tree.iter("address")


def _by_class(tree: HtmlElement) -> Iterable[HtmlElement]:
    return (one for one in tree.iter("*") if _tells(one.get("class") or "") and one is not tree)


# The pages of a site have the same classes; XPath's contains() eight times is ten times slower.
@lru_cache(maxsize=4096)
def _tells(classes: str) -> bool:
    return any(name in classes for name in _CLASSES)
