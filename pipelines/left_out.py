"""Elements that pages have in common are parsed once: their insides are left out of the pages that follow.

The element itself stays, with its attributes. Nobody can tell that its inside is missing who asks its :class:`Gaps`:
they say what it prints, they fill it in where someone looks for an element that is inside, and all at the end.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipelines.visible_text import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from lxml.html import HtmlElement

__all__ = ["WHOLE", "Fragment", "Gap", "Gaps", "Inside", "gaps_of", "without"]

_MARK = "newscrawl-left-out"
_TOKEN = token_hex(8)
"""What no page can say."""
_SERIALS = count()
_DEEPEST = 200
"""Elements inside each other; libxml2 reads no page on that has 256."""


class Inside:
    """What is in an element, and what was asked of it before. Nobody changes it."""

    def __init__(self, parsed: HtmlElement) -> None:
        """``parsed``: an element that has it."""
        self._parsed = parsed
        within = list(parsed.iterdescendants())
        self.elements = len(within)
        self.tags = frozenset(one.tag for one in within)
        self.depth = _depth(parsed)
        self.text = laid_out(parsed)
        """With the element's own edges, as :func:`laid_out` gives it."""
        self._holds: dict[Hashable, bool] = {}
        self._values: dict[Hashable, Sequence[str | None]] = {}

    def holds(self, key: Hashable, test: Callable[[HtmlElement], bool]) -> bool:
        """Whether an element inside passes a test; ``key`` says all that decides it."""
        found = self._holds.get(key)
        if found is None:
            found = self._holds[key] = any(map(test, self._parsed.iterdescendants()))
        return found

    def values(self, key: Hashable, fits: Callable[[HtmlElement], bool], name: str) -> Sequence[str | None]:
        """What an attribute says at each element inside that fits, in order; ``key`` says all that decides it."""
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = [one.get(name) for one in self._parsed.iterdescendants() if fits(one)]
        return found

    def put_into(self, element: HtmlElement) -> None:
        """Once more, in an element of another tree."""
        element.text = self._parsed.text
        element.extend(list(deepcopy(self._parsed)))


def _depth(element: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class Fragment:
    """The mark-up of an element that pages have in common."""

    def __init__(self, markup: bytes, inside: Inside | None = None) -> None:
        """``markup`` is from the start of its first tag, whose attributes hold no ``>``, to the end of its last.

        Without ``inside`` it is not known yet what is in it.
        """
        self.markup = markup
        self.inside = inside
        self.mark = f"{_TOKEN}-{next(_SERIALS)}"
        start = markup[: markup.index(b">") + 1]
        name = len(start[:-1].split(None, 1)[0])
        self.tag = start[1:name].decode().lower()
        self.gap = b'%b %b="%b"%b</%b>' % (
            start[:name], _MARK.encode(), self.mark.encode(), start[name:], start[1:name],
        )  # fmt: skip
        """What stands in its place: its element with nothing inside, and a mark."""
        self.cuts = self.fills = 0
        """How often it was left out, and filled in for somebody who had to see it."""


Place = tuple[int, Fragment]
"""Where in a page's bytes a fragment begins."""


def without(markup: bytes, places: Sequence[Place]) -> bytes:
    """A page without the insides of fragments, which are in it one after the other."""
    pieces, end = [], 0
    for at, fragment in places:
        pieces += [markup[end:at], fragment.gap]
        end = at + len(fragment.markup)
    return b"".join([*pieces, markup[end:]])


class Gap(NamedTuple):
    """An element of a tree whose inside was left out."""

    element: HtmlElement
    fragment: Fragment
    inside: Inside
    """What was left out."""
    above: tuple[HtmlElement, ...]
    """The elements around it."""

    def close(self) -> None:
        """Take the mark away: nothing is left out any more."""
        self.element.attrib.pop(_MARK, None)

    def is_in(self, element: HtmlElement) -> bool:
        """Whether it is an element, or somewhere in it."""
        return self.element is element or element in self.above


def gaps_of(tree: HtmlElement, places: Sequence[Place]) -> Gaps | None:
    """The gaps of a tree that was parsed without fragments; None where the mark-up of one was no element (a comment).

    As an element's own tag is there, with all that it says, and nothing is in it, the parser was then as ready for the
    inside as it is for it alone.
    """
    marked = [one for one in tree.iter(*{fragment.tag for _, fragment in places}) if one.get(_MARK)]
    if len(marked) != len(places):
        return None
    gaps = []
    for element, (_, fragment) in zip(marked, places, strict=True):
        if element.get(_MARK) != fragment.mark or element.tag != fragment.tag or len(element) or element.text:
            return None
        above = tuple(element.iterancestors())
        if fragment.inside is None or len(above) + fragment.inside.depth > _DEEPEST:
            return None
        gaps.append(Gap(element, fragment, fragment.inside, above))
    return Gaps(gaps)


class Gaps:
    """What was left out of one tree and is not filled in again."""

    def __init__(self, gaps: Sequence[Gap] = ()) -> None:
        self._open = list(gaps)
        self._texts = {gap.fragment.mark: gap.inside.text for gap in gaps}
        for gap in gaps:
            gap.fragment.cuts += 1

    def __iter__(self) -> Iterator[Gap]:
        return iter(tuple(self._open))

    def __len__(self) -> int:
        return len(self._open)

    def text(self, element: HtmlElement) -> str | None:
        """What :func:`laid_out` gives of an element whose inside was left out, in the tree or in a copy of it."""
        mark = element.get(_MARK) if self._open else None
        return self._texts.get(mark) if mark else None

    def reveal(self, test: Callable[[HtmlElement], bool]) -> None:
        """Fill in what somebody looks for: where an element inside passes a test (always the same function)."""
        for gap in self:
            if gap.inside.holds(test, test):
                self.fill(gap)

    def whole(self, element: HtmlElement) -> HtmlElement:
        """An element of the tree with all that is in it."""
        for gap in self:
            if gap.is_in(element):
                self.fill(gap)
        return element

    def fill(self, gap: Gap) -> None:
        """Fill one in."""
        gap.fragment.fills += 1
        gap.close()
        gap.inside.put_into(gap.element)
        self._open.remove(gap)

    def fill_all(self) -> None:
        """Fill in what is left."""
        for gap in self:
            self.fill(gap)

    def forget(self, gap: Gap) -> None:
        """One has left the tree, or was emptied."""
        gap.close()
        self._open.remove(gap)

    def forget_in(self, elements: Sequence[HtmlElement]) -> None:
        """Elements leave the tree, and all that is in them."""
        for gap in self:
            if not {gap.element, *gap.above}.isdisjoint(elements):
                self.forget(gap)


WHOLE = Gaps()
"""Those of a tree that has everything in it."""
