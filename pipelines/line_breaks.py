"""Paragraphs that are only told apart by line breaks become paragraphs."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import P

__all__ = ["split_at_breaks"]

_INLINE = frozenset(("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "small", "span",
                     "strong", "sub", "sup", "time", "u"))  # fmt: skip
_LEAST = 80
"""Characters of a text between breaks that is a paragraph; addresses and poems have shorter lines."""


def split_at_breaks(tree: HtmlElement) -> None:
    """In each element that holds texts with ``<br>`` between them, make every such text a ``p``.

    Only where the texts are as long as paragraphs; a text keeps its links and emphasis.
    """
    for holder in dict.fromkeys(element.getparent() for element in tree.iter("br")):
        if holder is not None and holder.tag in ("div", "td", "span", "section", "article", "center", "font", "body"):
            sizes = [size for size in _sizes(holder) if size]
            long = sum(size > _LEAST for size in sizes)
            if long >= 2 and 2 * long >= len(sizes):
                _rebuild(holder)


def _sizes(holder: HtmlElement) -> list[int]:
    """The length of each run of text and inline elements between breaks and blocks."""
    runs = [len((holder.text or "").strip())]
    for child in holder:
        if child.tag in _INLINE:
            runs[-1] += len(child.text_content())
        else:
            runs.append(0)
        runs[-1] += len((child.tail or "").strip())
    return runs


def _rebuild(holder: HtmlElement) -> None:
    children, first = list(holder), holder.text
    for child in children:
        holder.remove(child)
    holder.text = None
    current = P(first or "")
    for child in [*children, None]:
        if child is not None and child.tag in _INLINE:
            current.append(child)
            continue
        if len(current) or (current.text or "").strip():
            holder.append(current)
        if child is None:
            break
        tail, child.tail = child.tail, None
        if child.tag != "br":
            holder.append(child)
        current = P(tail or "")
