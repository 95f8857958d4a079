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

from pipelines.left_out import WHOLE, Gap, Gaps
from pipelines.noise.blocks import Block, blocks_of_run
from pipelines.noise.removal import Removal
from pipelines.noise.runs import Around, runs_of

__all__ = ["KnownParts", "TreeBlocks", "digest_of"]

_LETTER = re.compile(r"[^\W\d_]")
_MOST = 8192
"""Parts that are remembered, and places."""
_TRIES = 8
"""Elements of one place that are looked up and were never seen before, until the place is given up."""
_REST = 200
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
    digest: bytes

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

    def __init__(self, tree: HtmlElement, known: KnownParts | None = None, gaps: Gaps = WHOLE) -> None:
        """``gaps``: what was left out of the tree. Its blocks are found as if it were there."""
        self.blocks: list[Block] = []
        self.emptied: list[tuple[HtmlElement, bytes]] = []
        """Elements that were removed whole, though all was in them, with what :func:`digest_of` said of them before."""
        self._known = _KNOWN if known is None else known
        self._gaps = gaps
        self._parts: list[tuple[int, HtmlElement, _Part]] = []
        self._around = {above for gap in self._gaps for above in gap.above}
        if any(above.tag == "a" for above in self._around):  # no part is taken in a link
            self._gaps.fill_all()
        self._at = {gap.element: gap for gap in self._gaps}
        for run in runs_of(next(tree.iter("body"), tree), take=self._take, gaps=self._at):
            self.blocks += blocks_of_run(run)

    def _take(self, element: HtmlElement, around: Around) -> bool:
        part = self._part_of_gap(gap, around) if (gap := self._at.get(element)) else None
        if part is None and len(element) > 1 and element not in self._around:  # small ones are as soon read
            part = self._known.part(element, around)
            if part and gap:
                self._known.remember_gap(gap, around, part)
        if part is None:
            return False
        if part.blocks:
            self._parts.append((len(self.blocks), element, part))
            self.blocks += part.blocks
        return True

    def _part_of_gap(self, gap: Gap, around: Around) -> _Part | None:
        """What is known of an element with nothing in it; it is filled where that is not much."""
        part = self._known.part_of_gap(gap, around)
        if part is None or not part.blocks:
            self._gaps.fill(gap)
        return part

    def remove(self, marked: Sequence[object]) -> None:
        """Take out of the tree the blocks that are marked (a true value at their place)."""
        removal = Removal()
        before = 0
        for start, element, part in self._parts:
            self._add(removal, marked, before, start)
            before = start + len(part.blocks)
            self._remove_part(removal, element, part, list(map(bool, marked[start:before])), start)
        self._add(removal, marked, before, len(self.blocks))
        self._gaps.fill_all()  # those in elements that are not seen
        removal.finish()

    def _remove_part(
        self, removal: Removal, element: HtmlElement, part: _Part, marks: Sequence[bool], start: int
    ) -> None:
        gap = self._at.get(element)
        is_left_out = gap is not None and gap in self._gaps
        if part.empties is not None and all(marks):
            if gap and is_left_out:
                self._gaps.forget(gap)
            else:
                self.emptied.append((element, part.digest))
            removal.empty(element, start + part.empties[1], part.empties[0])
            return
        if gap and is_left_out:
            self._gaps.fill(gap)
        if any(marks):
            part.remove(element, marks, start, removal)

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
        key = around, digest_of(element)
        if key not in self._parts:
            self._remember(key, around, tries - 1 if tries > 1 else -_REST)
            return None
        part = self._parts[key]
        if part is None:
            part = self._parts[key] = _part_of(element, *key)
        self._tries[around] = min(tries + 1, _TRIES)
        return part

    def part_of_gap(self, gap: Gap, around: Around) -> _Part | None:
        """What is known of an element whose inside was left out."""
        return self._parts.get((around, gap.fragment.mark.encode()))

    def remember_gap(self, gap: Gap, around: Around, part: _Part) -> None:
        """What is known of an element holds when its inside is left out again."""
        self._parts[around, gap.fragment.mark.encode()] = part

    def _remember(self, key: tuple[Around, bytes], around: Around, tries: int) -> None:
        for full in (self._parts, self._tries):
            if len(full) >= _MOST:
                full.clear()
        self._parts[key], self._tries[around] = None, tries


_KNOWN = KnownParts()
"""Those of this process."""


def digest_of(element: HtmlElement) -> bytes:
    """What an element and all in it are known by."""
    return blake2b(tostring(element, with_tail=False), digest_size=16).digest()


def _part_of(element: HtmlElement, around: Around, digest: bytes) -> _Part:
    found = [block for run in runs_of(element, outermost=around) for block in blocks_of_run(run)]
    numbers = {one: number for number, one in enumerate(element.iter())}
    nodes = tuple([(numbers[holder], is_tail) for holder, is_tail in block.nodes] for block in found)
    blocks = tuple(replace(block, nodes=[]) for block in found)
    part = _Part(blocks, nodes, None, digest)
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
