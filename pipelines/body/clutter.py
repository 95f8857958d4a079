"""Elements that are no part of an article, by their names: comments, newsletter forms, promotions.

trafilatura knows such names too, but takes nothing away as soon as one of them would take most of the page; here
every element is judged alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from pipelines.items import Segment
from pipelines.visible_text import detach, lines_of, one_line

__all__ = ["take_clutter"]

_UNREAD = (
    "script", "style", "noscript", "svg", "iframe", "template", "link", "object", "embed", "canvas", "video", "audio",
    "select", "button", "input", "textarea", "source", "picture", "map", "applet", "nav", "footer", "aside", "menu",
)  # fmt: skip
"""Elements that trafilatura would take away as well: without them its copies of the tree are half as large."""

_NAMED = ("div", "section", "aside", "ul", "ol", "li", "p", "span", "details", "blockquote", "table")

_WORDS = {
    "comments": "comment comments commentlist comment-list comentario comentarios commentaire commentaires disqus "
    "livefyre viafoura fb-comments",
    "newsletter": "newsletter newsletters newsletterform infolettre infolettres boletin boletines mailing signup "
    "sign-up subscribe-box subscribe-form subscribe-widget subscribe-block subscribe-cta",
    "related": "related recirc recirculation recommend recommended recommendation recommendations read-more readmore "
    "read-next read-also more-on most-read most-popular most-viewed outbrain taboola trending relacionado relacionados "
    "relacionada relacionadas lire-aussi voir-aussi lee-tambien lea-tambien te-puede mas-leido mas-leidos mas-leida "
    "mas-leidas promo promobox crosslink inline-link inlinelink teaser-list next-article",
    "share": "share sharing sharebar sharebuttons sharetools social socialmedia social-share addthis addtoany "
    "sharedaddy compartir partage partager",
    "byline": "author-bio authorbio author-box author-info author-card author-description bio biography about-author "
    "byline",
    "advertising": "advert adverts advertisement advertising publicidad publicite ad-slot adslot ad-unit ad-container "
    "ad-wrapper ad-banner ad-block ad-placeholder sponsored dfp adsbygoogle",
    "caption": "caption captions legende leyenda epigrafe pie-foto piefoto pie-de figcaption photo-credit image-credit",
    "popup": "tooltip popover popup pop-up rollover modal cookie-banner cookie-notice cookie-consent cookie-policy "
    "onetrust gdpr sr-only visually-hidden visuallyhidden screen-reader",
}
"""A word of a class or id, or two neighbouring words, and why an element with that name is taken away."""
_REASON_OF = {name: reason for reason, names in _WORDS.items() for name in names.split()}
_BREAK = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])")
_ARTICLE_NAMES = re.compile("(?:entry|article|post|story|page)[-_]*(?:content|body|text)|hentry|type-post|single-post")
_MISREAD = "widget"
"""Names for which trafilatura takes an element away, whatever it holds: page builders call a text a widget."""
_LEAST_PROSE = 200
"""Characters in paragraphs of an element that is a text."""
_MOST = 0.25
"""Share of the page's text above which a named element is not believed to be clutter; readers may comment at length."""
_LONGEST_NAMES = 500
"""Characters of class and id together; longer ones are generated."""
_LEAST_ELSEWHERE = 400
"""Characters in paragraphs that long comments must leave for the article."""


def take_clutter(tree: HtmlElement) -> list[Segment]:
    """Take named clutter and paragraphs that are one link out of the tree; what stood in the text comes as segments.

    Elements that hold a title or the marked article body stay, and those with most of the page's text.
    """
    strip_elements(tree, *_UNREAD, with_tail=False)
    limit = int(len(tree.text_content()) * _MOST)
    taken: list[Segment] = []
    refused: set[str] = set()
    for element in list(tree.iter(*_NAMED)):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) > _LONGEST_NAMES:  # trafilatura's patterns take seconds for a megabyte of names
            _forget_names(element)
        if not 4 <= len(names) <= _LONGEST_NAMES:
            continue
        reason = _reason(names)
        if not reason or reason in refused or _holds_article(element):
            if reason or (_MISREAD in names and _prose(element) > _LEAST_PROSE):
                _forget_names(element)
        elif _expendable(element, limit, tree if reason == "comments" else None):
            taken += _taken(element, reason)
        elif reason == "comments":
            refused.add(reason)  # this site calls its own text so, a match report for example
            _forget_names(element)
    return taken + _link_paragraphs(tree)


def _forget_names(element: HtmlElement) -> None:
    """Take away the names by which trafilatura would take the element away."""
    element.attrib.pop("class", None)
    element.attrib.pop("id", None)


@lru_cache(maxsize=16_384)  # the pages of a site have the same names
def _reason(names: str) -> str:
    """The reason that the first telling word gives, or an empty string: "no-share" and "related-to" tell nothing."""
    words = _BREAK.split(names)
    before = ""
    for number, raw in enumerate(words):
        word = raw.lower()
        after = words[number + 1].lower() if number + 1 < len(words) else ""
        reason = _REASON_OF.get(f"{word}-{after}") or _REASON_OF.get(word)
        if reason and before != "no" and not (word == "related" and after == "to"):
            return "" if _ARTICLE_NAMES.search(names.lower()) else reason
        before = word
    return ""


def _holds_article(element: HtmlElement) -> bool:
    marked = element.find(".//*[@itemprop='articleBody']")
    return marked is not None or next(element.iter("h1", "main"), None) is not None


def _expendable(element: HtmlElement, limit: int, commented: HtmlElement | None) -> bool:
    if len(element.text_content()) <= limit:
        return True
    return commented is not None and _prose(commented) - _prose(element) >= _LEAST_ELSEWHERE


def _prose(element: HtmlElement) -> int:
    lengths = (len(paragraph.text_content()) for paragraph in element.iter("p"))
    return sum(length for length in lengths if length > 60)


def _taken(element: HtmlElement, reason: str) -> list[Segment]:
    """Detach; a segment only for what stood between paragraphs: the rest of a page is not the article's."""
    neighbours = (element.getprevious(), element.getnext())
    inside = any(one is not None and one.tag == "p" for one in neighbours)
    lines = lines_of(element) if inside else []
    detach(element)
    return [Segment(reason, "\n".join(lines))] if lines else []


def _link_paragraphs(tree: HtmlElement) -> list[Segment]:
    """Paragraphs that are nothing but a link to another page: promotions between the author's paragraphs."""
    taken = []
    for paragraph in list(tree.iter("p")):
        links = list(paragraph.iterdescendants("a"))
        if not links:
            continue
        text = one_line(paragraph.text_content())
        linked = sum(len(one_line(link.text_content())) for link in links)
        if _SHORTEST_LINK < len(text) < _LONGEST_LINK and linked >= 0.9 * len(text):
            detach(paragraph)
            taken.append(Segment("related", text))
    return taken


_SHORTEST_LINK, _LONGEST_LINK = 20, 250
"""Characters: shorter is a word the author linked, longer a paragraph that a careless editor linked whole."""
