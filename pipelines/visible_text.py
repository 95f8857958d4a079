"""The text of an element as a browser lays it out, and how to take an element out of a tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["absolute", "detach", "lines_of", "one_line", "text_of"]

_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead title tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split(" "))
"""Elements that begin and end a line: the block-level elements of HTML's rendering section, and ``<br>``."""

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "svg", "select", "option", "textarea", "button")
)
"""Elements whose text is not part of what a reader reads."""

_SPACES = re.compile(r"[\s\u200b\ufeff\u00ad]+")


def one_line(text: str) -> str:
    """The text on one line, white space (also U+00A0, zero-width space and soft hyphen) folded.

    >>> one_line("  Casablanca\\u00a0:\\n port ")
    'Casablanca : port'
    """
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def absolute(base: str, reference: str) -> str:
    """A link's address; empty when it is no address at all.

    >>> absolute("https://example.org/fr/a/1", "../b/2")
    'https://example.org/fr/b/2'
    >>> absolute("https://example.org/", "http://[bad")
    ''
    """
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def lines_of(element: HtmlElement) -> list[str]:
    """The element's visible lines, in order, without empty ones: each block and each ``<br>`` ends one.

    Written as a loop over events, because pages nest deeper than Python's stack.
    """
    parts: list[str] = []
    todo: list[tuple[HtmlElement, bool]] = [(element, True)]
    while todo:
        node, opening = todo.pop()
        tag = node.tag
        if opening:
            if isinstance(tag, str) and tag not in UNSEEN:
                if tag in BLOCKS:
                    parts.append("\n")
                if node.text:
                    parts.append(_flat(node.text))
                todo.append((node, False))
                todo.extend((child, True) for child in reversed(node))
            elif node is not element and node.tail:
                parts.append(_flat(node.tail))
        else:
            if tag in BLOCKS:
                parts.append("\n")
            if node is not element and node.tail:
                parts.append(_flat(node.tail))
    return [line for line in map(one_line, "".join(parts).split("\n")) if line]


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def text_of(element: HtmlElement) -> str:
    """The element's visible text on one line."""
    return " ".join(lines_of(element))


def detach(element: HtmlElement) -> None:
    """Take an element out of its tree; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)
