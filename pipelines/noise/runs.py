"""The lines of a page: texts that stand side by side, and what is around each."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

__all__ = ["Around", "Atom", "Node", "Run", "runs_of"]

_INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
])  # fmt: skip
_HIDDEN = frozenset([
    "canvas", "head", "iframe", "math", "noscript", "object", "option", "script", "select", "style", "svg", "template",
    "textarea",
])  # fmt: skip
_NAME_DIGITS = re.compile(r"[^\W_]*\d[^\W_]*")
_PAGE_OWN_NAME = 28
"""An id or class longer than this names one page (a slug), not a part of the layout."""
_STEPS = 16

Node = tuple[HtmlElement, bool]
"""A text node: its element, and whether it is the element's tail (else its text)."""


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What is around the texts of one element: one object for all elements that the layout names alike."""

    path: str
    """Names of the elements down to it, parted by ``>``."""
    place: str
    """The path of the nearest block-level element."""
    link_path: str
    """The link's path, or that of the block-level element inside the link."""
    heading: bool
    """Inside an ``h1``."""


class Atom(NamedTuple):
    """One text node on a line."""

    text: str
    node: Node
    around: Around
    link: HtmlElement | None
    """The nearest link around it."""
    block: HtmlElement
    """The nearest block-level element."""


Run = list[Atom]


def _extended(path: str, tag: str, name: str, classes: str) -> str:
    """The path of an element: its parent's, and its own tag with id and first class.

    Numbers and hashes are folded (``post-1234``, ``box_8f3a``), of several classes the first counts (the others say
    state or subject), and names as long as a slug are left out: what remains is the same on every page of a layout.
    A path starts at the nearest element with an id, for no page has two, and is at most sixteen steps long.
    """
    if tag == "body":
        return tag
    own_id = _NAME_DIGITS.sub("0", name.strip()) if len(name) <= _PAGE_OWN_NAME else ""
    first = next(iter(classes.split()), "")
    first = _NAME_DIGITS.sub("0", first) if len(first) <= _PAGE_OWN_NAME else ""
    step = tag + (f"#{own_id}" if own_id else "") + (f".{first}" if first else "")
    if own_id or not path:
        return step
    return f"{path.partition('>')[2] if path.count('>') >= _STEPS - 1 else path}>{step}"


def runs_of(
    root: HtmlElement,
    *,
    outermost: Around | None = None,
    take: Callable[[HtmlElement, Around], bool] | None = None,
    gaps: Container[HtmlElement] = (),
) -> Iterator[Run]:
    """The lines of an element in document order: runs of text without a block-level edge or a line break in between.

    ``outermost`` is what is around its own texts, where it is no page's body. ``take`` is asked for each block-level
    element with others in it that stands in no link, and says whether its lines are left out; for ``gaps``, which have
    nothing in them yet, too: it may fill them.
    """
    inside: list[HtmlElement] = []
    known: list[_Inside] = [(outermost, None, root)] if outermost else []
    run: Run = []
    gap = ""
    walker: Any = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            inside.append(element)
            if (tag := element.tag) not in _INLINE:
                if run:
                    yield run
                    run = []
                if tag in _HIDDEN:
                    walker.skip_subtree()
                    continue
                if take and (len(element) or element in gaps):
                    _follow(known, inside)
                    around, link, _ = known[-1]
                    if link is None and take(element, around):
                        walker.skip_subtree()
                        continue
            text, is_tail = element.text, False
        else:
            if event == "end":
                inside.pop()
                del known[len(inside) :]
                if run and element.tag not in _INLINE:
                    yield run
                    run = []
            text, is_tail = element.tail if inside else None, True
        if not text:
            continue
        if text.isspace() and "\u00a0" not in text:  # non-breaking spaces part headlines
            gap = " "
            continue
        if len(known) < len(inside):
            _follow(known, inside)
        run.append(Atom(gap + text if run else text, (element, is_tail), *known[-1]))
        gap = ""
    if run:
        yield run


_Inside = tuple[Around, HtmlElement | None, HtmlElement]
"""What is around the texts of an element, with the link and the block-level element that they stand in."""


def _follow(known: list[_Inside], inside: Sequence[HtmlElement]) -> None:
    """Complete what is known of the elements that are inside each other."""
    for outer in inside[len(known) :]:
        above, link, block = known[-1] if known else (None, None, outer)
        tag = outer.tag
        around = _inside(above, tag, outer.get("id"), outer.get("class"))
        known.append((around, outer if tag == "a" else link, block if tag in _INLINE else outer))


@lru_cache(maxsize=16_384)  # the pages of a site have the same elements inside each other
def _inside(above: Around | None, tag: str, name: str | None, classes: str | None) -> Around:
    path = _extended(above.path if above else "", tag, name or "", classes or "")
    if above is None:
        return _around(path, path, path, tag == "h1")
    heading = above.heading or tag == "h1"
    if tag not in _INLINE:
        return _around(path, path, path, heading)
    return _around(path, above.place, path if tag == "a" else above.link_path, heading)


@lru_cache(maxsize=16_384)  # ids of one page alone lead to the places of all pages
def _around(path: str, place: str, link_path: str, heading: bool) -> Around:
    return Around(path, place, link_path, heading)
