"""Taking blocks out of a tree without moving anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from lxml.html import HtmlElement

from pipelines.noise.runs import Node

__all__ = ["Removal"]

_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")


class Removal:
    """Empties the text nodes of blocks and drops the elements that this leaves without any letter, in place.

    Signs and clocks that only parted or counted the removed texts go with them; all other text and every ``h1`` stay.
    Blocks have numbers that rise in the page: elements are dropped in that order, those inside before those around.
    """

    def __init__(self) -> None:
        self.emptied: dict[HtmlElement, int] = {}
        """The elements that lost a text, with the number of the first block that took one."""
        self._shared: dict[HtmlElement, list[tuple[bool, tuple[int, int]]]] = {}
        self._later: dict[int, dict[HtmlElement, int]] = {}

    def add(self, nodes: Iterable[Node], span: tuple[int, int] | None, number: int) -> None:
        """A block leaves: its text nodes, or its part of the only one."""
        for holder, is_tail in nodes:
            if span:
                self._shared.setdefault(holder, []).append((is_tail, span))
            elif is_tail:
                holder.tail = " "
            else:
                holder.text = None
            owner = holder.getparent() if is_tail else holder
            if owner is not None:
                self.emptied.setdefault(owner, number)

    def empty(self, element: HtmlElement, number: int, inside: int) -> None:
        """All letters of an element leave at once, as if so many elements around one of its texts were dropped."""
        del element[:]
        element.text = None
        self._later.setdefault(inside, {})[element] = number

    def empty_texts(self) -> None:
        """Cut the blocks that share a text node out of it: now no text of a block is left."""
        for holder, parts in self._shared.items():
            _cut_parts(holder, parts)

    def finish(self) -> None:
        """The texts of the blocks, and what is empty without them, are gone."""
        self.empty_texts()
        self._later.setdefault(0, {}).update(self.emptied)
        _drop_empty(self._later)


def _cut_parts(holder: HtmlElement, parts: list[tuple[bool, tuple[int, int]]]) -> None:
    """Cut blocks that share one text node out of it, each with the sign or gap after it."""
    for is_tail in (False, True):
        text = (holder.tail if is_tail else holder.text) or ""
        spans = sorted(span for of_tail, span in parts if of_tail == is_tail)
        for start, end in reversed(spans):
            after = _WORD.search(text, end)
            text = f"{text[:start]} {text[after.start() :] if after else ''}"
        if spans and is_tail:
            holder.tail = text
        elif spans:
            holder.text = text


def _drop_empty(rounds: dict[int, dict[HtmlElement, int]]) -> None:
    """Drop elements without letters, then those around them that are empty through it; some come in a later round."""
    root = next((element.getroottree().getroot() for some in rounds.values() for element in some), None)
    headings = root.iter("h1") if root is not None else ()
    headed = {above for heading in headings for above in heading.iterancestors()}
    above: dict[HtmlElement, int] = {}
    for number in count():
        candidates = {**above, **rounds.pop(number, {})}
        above = {}
        for element in sorted(candidates, key=candidates.__getitem__):
            parent = element.getparent()
            if parent is not None and element not in headed and not _keeps(element):
                _drop(element, parent)
                above.setdefault(parent, candidates[element])
        if not above and not rounds:
            return


def _keeps(element: HtmlElement) -> bool:
    if element.tag in ("body", "html", "head", "h1") or ((text := element.text) and _LETTER.search(text)):
        return True
    return len(element) > 0 and _LETTER.search(element.text_content()) is not None


def _drop(element: HtmlElement, parent: HtmlElement) -> None:
    tail = element.tail
    if tail and _LETTER.search(tail):
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
