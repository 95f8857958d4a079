"""Learned noise leaves a page: blocks that a site repeats over its articles, and its strips of headlines.

What a :class:`~pipelines.items.NoiseModel` says is a set of names, each a kind, a colon and a fingerprint:

=============  ==========================================================================================
``link``       a text that is noise where all of it is link text (a ticker's or a "most read" headline)
``text``       a text that is noise wherever it stands (a legal line, a dialog)
``aside``      a text that is noise outside the article (a label above a box); an author may write it too
``link*`` ...  the same three for texts on half of all pages and more; their numbers are folded
``at-link``    a place whose links are noise, also those never seen before
``at-line``    the same for short texts without a link
``at-prose``   the same for running sentences (the teasers of a carousel)
=============  ==========================================================================================

A name that is taken out of the model (undone) stops being noise; nothing else depends on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from lxml.html import HtmlElement

from pipelines.items import NoiseModel, Segment
from pipelines.left_out import WHOLE, Gaps
from pipelines.noise.blocks import Block, folded, is_prose, names_of, place_name, says_title, titles_of
from pipelines.noise.places import Region
from pipelines.noise.repeated import TreeBlocks

__all__ = ["RECURRING", "TICKER", "strip_noise"]

RECURRING = "learned-noise"
"""Reason of a segment whose text recurs on the site."""
TICKER = "learned-noise:ticker"
"""Reason of a segment that stood where the site prints lists of headlines."""

_LINE_WORDS = 25
"""A text of this many words is not removed for standing among short lines: it is no headline."""
_TITLE_LENGTH = 15
"""A text at least so long that is half of the page's title or more is the title (the rest names the site)."""

Mark = Literal["sure", "doubtful"] | None
"""Whether a block is noise. Doubtful marks are taken back where they would cost a page all of its running text."""


def strip_noise(
    tree: HtmlElement,
    model: NoiseModel,
    gaps: Gaps = WHOLE,
    noticed: Callable[[HtmlElement, bytes], None] | None = None,
) -> list[Segment]:
    """Remove from a parsed page, in place, what the model calls noise; what was removed, in document order.

    Neighbouring blocks of one reason are one segment, a line each. Never removed: an ``h1``, a block that is the page's
    title (but for its headline in the ticker), and the last running text of a page unless half of the site's pages
    print it. The answer depends on the page and the model alone. Read metadata before: date and author lines may go.

    ``gaps`` is what was left out of the tree; none is left open. ``noticed`` is told which parts that came again left
    the page whole, with what :func:`pipelines.noise.repeated.digest_of` said of them.
    """
    if not model.blocks:
        gaps.fill_all()
        return []
    gaps.reveal(says_title)
    page = TreeBlocks(tree, gaps=gaps)
    marks = _marks(page.blocks, model.blocks, titles_of(tree))
    noise = [block for block, mark in zip(page.blocks, marks, strict=True) if mark]
    page.remove(marks)
    if noticed:
        for element, digest in page.emptied:
            noticed(element, digest)
    return _segments(noise, model.blocks)


def _marks(blocks: Sequence[Block], known: frozenset[str], titles: Sequence[str]) -> list[Mark]:
    """Which blocks are noise: first by their texts, then by their places; then what the page may not lose."""
    joined = "\0".join(titles)
    own_titles = {number for number, block in enumerate(blocks) if _is_title(block, titles, joined)}
    marks = [_by_text(block.text, "link" if block.stream == "link" else "text", known) for block in blocks]
    marks = [None if number in own_titles else mark for number, mark in enumerate(marks)]
    kept = (block for block, mark in zip(blocks, marks, strict=True) if not mark)
    region = Region(block.place for block in kept if block.stream == "prose")
    for number, block in enumerate(blocks):
        if not marks[number] and block.stream == "line" and block.place not in region and number not in own_titles:
            marks[number] = _by_text(block.text, "aside", known)
    for number in _in_noisy_places(blocks, known, region):
        if number not in own_titles or len(own_titles) > 1:  # the ticker's copy of the title, but never the only one
            marks[number] = "doubtful" if place_name("prose", blocks[number].path) in known else "sure"
    _spare_main_text(blocks, marks)
    return marks


@lru_cache(maxsize=16_384)  # what is noise comes again on the next page
def _by_text(text: str, kind: str, known: frozenset[str]) -> Mark:
    names = names_of(text)
    if f"{kind}*:{names.counted}" in known:
        return "sure"
    return "doubtful" if f"{kind}:{names.exact}" in known else None


def _is_title(block: Block, titles: Sequence[str], joined: str) -> bool:
    """Whether a block is one of the page's titles; ``joined`` are all of them in one text, where most are not found."""
    if block.heading:
        return True
    text = folded(block.text)
    if len(text) < _TITLE_LENGTH:
        return text in titles
    return text in joined and any(text in title and 2 * len(text) >= len(title) for title in titles)


def _in_noisy_places(blocks: Sequence[Block], known: frozenset[str], region: Region) -> list[int]:
    """The numbers of the blocks that stand where noise stands, but for a lone linked sentence between the article's."""
    listed = [not block.heading and _stands_in_noise(block, known) for block in blocks]
    chosen = []
    for number, block in enumerate(blocks):
        beside = any(listed[max(number - 1, 0) : number]) or any(listed[number + 1 : number + 2])
        if listed[number] and (beside or block.place not in region.places or not is_prose(block.text)):
            chosen.append(number)
    return chosen


def _stands_in_noise(block: Block, known: frozenset[str]) -> bool:
    if place_name(block.stream, block.path) in known:
        return True
    # A headline may end like a sentence; a paragraph is longer.
    return block.stream == "prose" and block.text.count(" ") < _LINE_WORDS and place_name("line", block.path) in known


def _spare_main_text(blocks: Sequence[Block], marks: list[Mark]) -> None:
    """Take doubtful marks back where a page would lose all of its running text, in the place that has most of it."""
    prose = [(block, mark) for block, mark in zip(blocks, marks, strict=True) if block.stream == "prose"]
    if any(mark is None for _, mark in prose):
        return
    letters: Counter[str] = Counter()
    for block, mark in prose:
        letters[block.place] += len(block.text) * (mark == "doubtful")
    main = max(letters, key=lambda place: (letters[place], place), default=None)
    for number, block in enumerate(blocks):
        if block.place == main and block.stream != "link" and marks[number] == "doubtful":
            marks[number] = None


def _segments(noise: Sequence[Block], known: frozenset[str]) -> list[Segment]:
    reasons = ((TICKER if _stands_in_noise(block, known) else RECURRING, block.text) for block in noise)
    return [Segment(why, "\n".join(text for _, text in group)) for why, group in groupby(reasons, key=itemgetter(0))]
