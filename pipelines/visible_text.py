"""The text of an element as a browser lays it out, and how to take an element out of a tree."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "VisibleLines",
    "absolute",
    "detach",
    "detach_all",
    "elements_of",
    "laid_out",
    "lines_of",
    "one_line",
    "text_of",
]

_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead title tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split(" "))
"""Elements that begin and end a line: the block-level elements of HTML's rendering section, and ``<br>``."""

MAY_BE_KNOWN = BLOCKS | {"center", "details", "dialog", "marquee", "menu"}
"""Elements whose laid-out text somebody may know without looking at it."""

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "svg", "select", "option", "textarea", "button")
)
"""Elements whose text is not part of what a reader reads."""


def one_line(text: str) -> str:
    """The text on one line, white space (also U+00A0, zero-width space and soft hyphen) folded.

    >>> one_line("  Casablanca\\u00a0:\\n port ")
    'Casablanca : port'
    """
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # of the signs that can be printed the blank alone is white space
    if not text.isascii():
        if "\u00ad" in text:
            text = text.replace("\u00ad", "")
        if "\u200b" in text or "\ufeff" in text:
            text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


def absolute(base: str, reference: str) -> str:
    """A link's address; empty when it is no address at all.

    >>> absolute("https://example.org/fr/a/1", "../b/2")
    'https://example.org/fr/b/2'
    >>> absolute("https://example.org/", "http://[bad")
    ''
    """
    reference = reference.strip()
    try:
        if reference[:1] == "/" != reference[1:2] and (origin := _ORIGIN.match(base)):
            return _joined(origin[0], reference)
        return urljoin(base, reference)
    except ValueError:
        return ""


_ORIGIN = re.compile(r"https?://[^/?#]*")


@lru_cache(maxsize=4096)  # all pages of one moment have the same ticker, and a path leads to one place from all of them
def _joined(origin: str, path: str) -> str:
    return urljoin(f"{origin}/", path)


def lines_of(element: HtmlElement, known: Callable[[HtmlElement], str | None] | None = None) -> list[str]:
    """The element's visible lines, in order, without empty ones: each block and each ``<br>`` ends one.

    ``known`` may know what :func:`laid_out` gives for it, if it is empty, or for some elements inside
    (``MAY_BE_KNOWN``). Written as a loop over events, because pages nest deeper than Python's stack.
    """
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return []
    if not len(element):  # most are links or short lines, of which a page has hundreds
        if known and not element.text and (text := known(element)) is not None:
            return list(_lines_of_menu(text))
        line = one_line(element.text or "")
        return [line] if line else []
    text = "".join(_parts(element, known))
    is_menu = known is not None and _LEAST_MENU < len(text) < _MOST_MENU
    return list(_lines_of_menu(text)) if is_menu else _lines_in(text)


def _lines_in(text: str) -> list[str]:
    return [line for raw in text.split(_BREAK) if raw and (line := one_line(raw))]


_LEAST_MENU, _MOST_MENU = 2_000, 50_000
"""Characters of what all pages of a site may have in common."""
_lines_of_menu = lru_cache(maxsize=32)(_lines_in)


class VisibleLines:
    """The visible lines of a tree that nobody changes meanwhile: several ask for them, and most pages need none."""

    def __init__(self, tree: HtmlElement, known: Callable[[HtmlElement], str | None] | None = None) -> None:
        self._tree = tree
        self._known = known

    @cached_property
    def lines(self) -> list[str]:
        """As :func:`lines_of` gives them."""
        return lines_of(self._tree, self._known)


def laid_out(element: HtmlElement) -> str:
    """The text of an element that is seen, with U+0000 wherever a line begins or ends."""
    return "".join(_parts(element, None))


_BREAK = "\0"
"""No text of a tree holds it."""


def _parts(element: HtmlElement, known: Callable[[HtmlElement], str | None] | None) -> Iterator[str]:
    """The texts in an element, with a break wherever a line begins or ends."""
    walker: Any = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        tag = node.tag
        if event == "start":
            if tag in UNSEEN:
                walker.skip_subtree()
                continue
            if tag in BLOCKS:
                yield _BREAK
            if known and tag in MAY_BE_KNOWN and (text := known(node)) is not None:
                yield text
                walker.skip_subtree()
            elif text := node.text:
                yield text
        else:
            if tag in BLOCKS:
                yield _BREAK
            if (tail := node.tail) and node is not element:
                yield tail


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


def detach_all(elements: Sequence[HtmlElement]) -> None:
    """:func:`detach` for each; at once where they are all that is in an element, as a ticker's links are."""
    parent = elements[0].getparent() if elements else None
    if parent is None or list(parent) != elements:
        for element in elements:
            detach(element)
        return
    text = "".join(filter(None, [parent.text, *(element.tail for element in elements)]))
    del parent[:]
    parent.text = text or None


def elements_of(found: Any) -> list[HtmlElement]:
    """The elements among what an XPath expression found."""
    return [one for one in found if isinstance(one, HtmlElement)] if isinstance(found, list) else []
