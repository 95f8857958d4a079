"""Taking blocks out of a tree without moving anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from pipelines.noise.blocks import Block

__all__ = ["remove_blocks"]

_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")


def remove_blocks(blocks: Iterable[Block]) -> None:
    """Empty the text nodes of the blocks and drop the elements that this leaves without any letter, in place.

    Signs and clocks that only parted or counted the removed texts go with them; all other text and every ``h1`` stay.
    """
    emptied: dict[HtmlElement, None] = {}
    shared: dict[HtmlElement, list[Block]] = {}
    for block in blocks:
        for holder, is_tail in block.nodes:
            if block.span:
                shared.setdefault(holder, []).append(block)
            elif is_tail:
                holder.tail = " "
            else:
                holder.text = None
            owner = holder.getparent() if is_tail else holder
            if owner is not None:
                emptied[owner] = None
    for holder, parts in shared.items():
        _cut_parts(holder, parts)
    _drop_empty(emptied)


def _cut_parts(holder: HtmlElement, parts: list[Block]) -> None:
    """Cut blocks that share one text node out of it, each with the sign or gap after it."""
    for is_tail in (False, True):
        text = (holder.tail if is_tail else holder.text) or ""
        spans = sorted(part.span for part in parts if part.span and part.nodes[0][1] == is_tail)
        for start, end in reversed(spans):
            after = _WORD.search(text, end)
            text = f"{text[:start]} {text[after.start() :] if after else ''}"
        if spans and is_tail:
            holder.tail = text
        elif spans:
            holder.text = text


def _drop_empty(candidates: dict[HtmlElement, None]) -> None:
    """Drop elements without letters, then those around them that are empty through it."""
    root = next((element.getroottree().getroot() for element in candidates), None)
    headings = root.iter("h1") if root is not None else ()
    headed = {above for heading in headings for above in heading.iterancestors()}
    while candidates:
        above: dict[HtmlElement, None] = {}
        for element in candidates:
            parent = element.getparent()
            if parent is not None and element not in headed and not _keeps(element):
                _drop(element, parent)
                above[parent] = None
        candidates = above


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
