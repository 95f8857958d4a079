"""The element that holds an article's paragraphs, marked for pages whose mark-up does not say which it is."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

__all__ = ["mark_article"]

_PROSE = 80
"""Characters that make a paragraph, or a text between line breaks, one of the article's."""
_SHARE = 0.85
"""Share of the page's prose that the article's element holds."""


def mark_article(tree: HtmlElement) -> None:
    """Make the smallest element with most of the page's prose an ``article``, unless the page has one (or a ``main``).

    Without it trafilatura gathers paragraphs from the whole page, and loses the subheads between them.
    """
    if tree.find(".//article") is not None or tree.find(".//main") is not None:
        return
    held: dict[HtmlElement, int] = {}
    total = 0
    for holder, size in _prose(tree):
        total += size
        while holder is not None:
            held[holder] = held.get(holder, 0) + size
            holder = holder.getparent()
    found = [element for element, size in held.items() if size >= _SHARE * total and element.tag in _HOLDERS]
    if found:
        max(found, key=_depth).tag = "article"


_HOLDERS = frozenset(("div", "section", "td", "center", "font", "form"))


def _prose(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Every text that is long enough, with the element it stands in: a paragraph's, or one between line breaks."""
    for element in tree.iter():
        text, tail = element.text_content() if element.tag == "p" else element.text, element.tail
        if text and len(text) > _PROSE and (size := len(text if element.tag == "p" else text.strip())) > _PROSE:
            yield element, size
        if tail and len(tail) > _PROSE and len(tail.strip()) > _PROSE:
            parent = element.getparent()
            if parent is not None and parent.tag != "p":
                yield parent, len(tail)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
