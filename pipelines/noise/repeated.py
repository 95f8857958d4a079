"""Parts of pages that come again byte for byte (a header, a menu, a ticker, a footer): their blocks are found once.

What is found does not depend on it: an element's blocks are decided by its mark-up and by the names around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import blake2b

from lxml.etree import tostring
from lxml.html import HtmlElement

from pipelines.noise.blocks import Block, blocks_of_run
from pipelines.noise.removal import Removal
from pipelines.noise.runs import Around, runs_of

__all__ = ["KnownParts", "TreeBlocks"]

_LETTER = re.compile(r"[^\W\d_]")
_MOST = 8192
"""Parts that are remembered, and places."""
_TRIES = 8
"""Elements of one place that are looked up and were never seen before, until the place is given up."""
_REST = 100
"""Elements of a place that was given up, until one is looked up again."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of an element that came again."""

    blocks: tuple[Block, ...]
    """Without text nodes."""
    nodes: tuple[list[tuple[int, bool]], ...]
    """The text nodes of each block: the number of the element in the part, and whether it is the element's tail."""
    empties: tuple[int, int] | None
    """How many elements around its texts are dropped before it where all its blocks are noise, and from which block on;
    None where it keeps some letters."""

    def remove(self, element: HtmlElement, marked: Sequence[bool], start: int, removal: Removal) -> None:
        """The marked blocks leave a copy, whose first block is the page's number ``start``."""
        inside = list(element.iter())
        for number, mark in enumerate(marked):
            if mark:
                nodes = [(inside[holder], is_tail) for holder, is_tail in self.nodes[number]]
                removal.add(nodes, self.blocks[number].span, start + number)


class TreeBlocks:
    """The blocks of a page, as :func:`pipelines.noise.blocks.blocks_of` gives them, and how they leave it.

    Blocks of parts that came again know no text nodes.
    """

    def __init__(self, tree: HtmlElement, known: KnownParts | None = None) -> None:
        self.blocks: list[Block] = []
        self._known = _KNOWN if known is None else known
        self._parts: list[tuple[int, HtmlElement, _Part]] = []
        for run in runs_of(next(tree.iter("body"), tree), take=self._take):
            self.blocks += blocks_of_run(run)

    def _take(self, element: HtmlElement, around: Around) -> bool:
        part = self._known.part(element, around)
        if part is None:
            return False
        if part.blocks:
            self._parts.append((len(self.blocks), element, part))
            self.blocks += part.blocks
        return True

    def remove(self, marked: Sequence[object]) -> None:
        """Take out of the tree the blocks that are marked (a true value at their place)."""
        removal = Removal()
        before = 0
        for start, element, part in self._parts:
            self._add(removal, marked, before, start)
            before = start + len(part.blocks)
            marks = list(map(bool, marked[start:before]))
            if part.empties is not None and all(marks):
                removal.empty(element, start + part.empties[1], part.empties[0])
            elif any(marks):
                part.remove(element, marks, start, removal)
        self._add(removal, marked, before, len(self.blocks))
        removal.finish()

    def _add(self, removal: Removal, marked: Sequence[object], start: int, end: int) -> None:
        for number in range(start, end):
            if marked[number]:
                removal.add(self.blocks[number].nodes, self.blocks[number].span, number)


class KnownParts:
    """The parts that came again."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Around, bytes], _Part | None] = {}
        self._tries: dict[Around, int] = {}

    def part(self, element: HtmlElement, around: Around) -> _Part | None:
        """What is known of the element, the second time and later; where nothing comes again it is not looked up."""
        tries = self._tries.get(around, _TRIES)
        if tries <= 0:
            self._tries[around] = tries + 1
            return None
        key = around, blake2b(tostring(element, with_tail=False), digest_size=16).digest()
        if key not in self._parts:
            self._remember(key, around, tries - 1 if tries > 1 else -_REST)
            return None
        part = self._parts[key]
        if part is None:
            part = self._parts[key] = _part_of(element, around)
        self._tries[around] = _TRIES
        return part

    def _remember(self, key: tuple[Around, bytes], around: Around, tries: int) -> None:
        for full in (self._parts, self._tries):
            if len(full) >= _MOST:
                full.clear()
        self._parts[key], self._tries[around] = None, tries


_KNOWN = KnownParts()
"""Those of this process."""


def _part_of(element: HtmlElement, around: Around) -> _Part:
    found = [block for run in runs_of(element, outermost=around) for block in blocks_of_run(run)]
    numbers = {one: number for number, one in enumerate(element.iter())}
    nodes = tuple([(numbers[holder], is_tail) for holder, is_tail in block.nodes] for block in found)
    blocks = tuple(replace(block, nodes=[]) for block in found)
    part = _Part(blocks, nodes, None)
    return replace(part, empties=_empties(part, deepcopy(element)))


def _empties(part: _Part, copied: HtmlElement) -> tuple[int, int] | None:
    if next(copied.iter("body", "html", "head", "h1"), None) is not None:
        return None
    removal = Removal()
    part.remove(copied, [True] * len(part.blocks), 0, removal)
    removal.empty_texts()
    if not part.blocks or _LETTER.search(copied.text_content()):
        return None
    depth = {one: sum(above is not copied.getparent() for above in one.iterancestors()) for one in removal.emptied}
    least = min(depth.values())
    return least, min(number for one, number in removal.emptied.items() if depth[one] == least)
