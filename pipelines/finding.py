"""Elements by CSS selector: a page is walked once for each tag that selectors name, and not once for each selector."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lxml.cssselect import CSSSelector

from pipelines.left_out import WHOLE
from pipelines.visible_text import detach_all, elements_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from pipelines.left_out import Gap, Gaps

__all__ = ["Finder"]

_TEST = r"""[#.][a-zA-Z_][\w-]*|\[[a-z-]+\*?="[^"\\]+"\]"""
_STEP = re.compile(rf"([a-z][a-z\d]*)((?:{_TEST})*)", re.ASCII)
_TESTS = re.compile(rf"{_TEST}", re.ASCII)
_OWNER = re.compile(r"(.+):has\(> (\S+)\)")
_WORDS = re.compile(r"[^ \t\r\n]+")


class _Test(NamedTuple):
    """What an attribute must say."""

    attribute: str
    operator: str
    """Those of CSS: ``=``, ``*=`` (holds), ``~=`` (is one of the words)."""
    value: str

    def fits(self, found: str | None) -> bool:
        if found is None or self.operator == "=":
            return found == self.value
        return self.value in (found if self.operator == "*=" else _words(found))


class _Step(NamedTuple):
    """A tag with what its attributes must say: ``span.marquee``, ``meta[property="og:url"]``."""

    tag: str
    tests: tuple[_Test, ...]

    def fits(self, element: HtmlElement) -> bool:
        return element.tag == self.tag and all(test.fits(element.get(test.attribute)) for test in self.tests)


class _Way(NamedTuple):
    """One selector of a list: each step is somewhere inside the one before."""

    steps: tuple[_Step, ...]
    child: _Step | None
    """What the last one must have a child of."""


class Finder:
    """Finds the elements of one tree. The tree may lose elements meanwhile (they are not found any more), and get those
    that were left out of it, no others.

    Tags with ids, classes and values of attributes, inside each other, and with a child of their own
    (``div:has(> a.link)``) are looked up; any other selector of CSS is a walk over the tree.
    """

    def __init__(self, tree: HtmlElement, gaps: Gaps = WHOLE) -> None:
        """``gaps``: what was left out of the tree. It is found as if it were there."""
        self._tree = tree
        self._gaps = gaps
        self._open = len(gaps)
        self._alike: dict[str, _Alike] = {}

    def find(self, selector: str) -> list[HtmlElement]:
        """What a list of selectors matches, in document order, each element once; nothing for an empty one.

        Read an element's text by :meth:`text_of`: some of what is in it may still be left out.
        """
        ways = _ways(selector)
        for gap in self._gaps:
            if ways is None or any(self._may_reach(way, gap) for way in ways):
                self._gaps.fill(gap)
        if ways is None:
            return elements_of(_compiled(selector)(self._tree))
        by_way = [some for way in ways if (some := self._along(way))]
        if len(by_way) < 2:
            return by_way[0] if by_way else []
        chosen = {element for some in by_way for element in some}
        return [one for one in self._tree.iter(*{way.steps[-1].tag for way in ways}) if one in chosen]

    def values(self, selector: str, attribute: str) -> Sequence[str | None]:
        """What an attribute says at each element that a list of selectors matches, in document order."""
        ways = _ways(selector)
        if self._gaps and ways and len(ways) == 1 and len(ways[0].steps) > 1 and not ways[0].child:
            *above, last = ways[0].steps
            around = self._along(_Way(tuple(above), None))
            gap = next((one for one in self._gaps if around == [one.element]), None)
            if gap and above[-1].tag not in gap.inside.tags:
                return gap.inside.values((last, attribute), last.fits, attribute)
        return [one.get(attribute) for one in self.find(selector)]

    def text_of(self, element: HtmlElement) -> str:
        """The element's visible text on one line."""
        return " ".join(self._lines_of(element))

    def take(self, elements: Sequence[HtmlElement]) -> list[str]:
        """Take elements out of the tree; their visible lines. The text that follows one stays."""
        lines = [line for element in elements for line in self._lines_of(element)]
        self._gaps.forget_in(elements)
        detach_all(elements)
        return lines

    def _lines_of(self, element: HtmlElement) -> list[str]:
        return lines_of(element, self._gaps.text if self._gaps else None)

    def _may_reach(self, way: _Way, gap: Gap) -> bool:
        """Whether a selector may match something that was left out."""
        *above, last = way.steps
        if way.child and last.fits(gap.element):
            return True
        if not _is_inside(last, gap):
            return False
        if not above or _is_inside(above[-1], gap):
            return True
        return any(map(gap.is_in, self._along(_Way(tuple(above), None))))

    @staticmethod
    def looks_up(selector: str) -> bool:
        """Whether a list of selectors is looked up."""
        return _ways(selector) is not None

    def _along(self, way: _Way) -> list[HtmlElement]:
        at = [one for one in self._tagged(way.steps[0]) if self._is_attached(one)]
        for step in way.steps[1:]:
            inside = (one for outer in at for one in outer.iter(step.tag) if one is not outer)
            at = list(dict.fromkeys(filter(step.fits, inside) if step.tests else inside))
        return at if way.child is None else [one for one in at if any(map(way.child.fits, one))]

    def _tagged(self, step: _Step) -> Sequence[HtmlElement]:
        if len(self._gaps) != self._open:  # somebody filled one in
            self._alike.clear()
            self._open = len(self._gaps)
        alike = self._alike.get(step.tag)
        if alike is None:
            alike = self._alike[step.tag] = _Alike(list(self._tree.iter(step.tag)))
        return alike.fitting(step.tests)

    def _is_attached(self, element: HtmlElement) -> bool:
        at: HtmlElement | None = element
        while at is not None and at is not self._tree:
            at = at.getparent()
        return at is not None


def _is_inside(step: _Step, gap: Gap) -> bool:
    return step.tag in gap.inside.tags and gap.inside.holds(step, step.fits)


class _Alike:
    """The elements of one tag, by what their attributes say."""

    def __init__(self, elements: Sequence[HtmlElement]) -> None:
        self._elements = elements
        self._numbers: dict[str, defaultdict[str | None, list[int]]] = {}

    def fitting(self, tests: Sequence[_Test]) -> Sequence[HtmlElement]:
        """Those that pass all tests, in order."""
        if not tests or not self._elements:
            return self._elements
        first, *others = tests
        groups = [numbers for value, numbers in self._by(first.attribute).items() if first.fits(value)]
        numbers = groups[0] if len(groups) == 1 else sorted(chain.from_iterable(groups))
        found = [self._elements[number] for number in numbers]
        return [one for one in found if all(test.fits(one.get(test.attribute)) for test in others)] if others else found

    def _by(self, attribute: str) -> Mapping[str | None, list[int]]:
        numbers = self._numbers.get(attribute)
        if numbers is None:
            numbers = self._numbers[attribute] = defaultdict(list)
            for number, element in enumerate(self._elements):
                numbers[element.get(attribute)].append(number)
        return numbers


@lru_cache(maxsize=4096)  # the pages of a site have the same classes
def _words(value: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(value))


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@cache
def _ways(selectors: str) -> tuple[_Way, ...] | None:
    """The selectors of a list as what is looked up; None where one of them is of another kind."""
    ways = [_way(one.strip()) for one in selectors.split(",")] if selectors else []
    known = tuple(way for way in ways if way)
    return known if len(known) == len(ways) else None


def _way(selector: str) -> _Way | None:
    owner = _OWNER.fullmatch(selector)
    child = _step(owner[2]) if owner else None
    steps = [_step(one) for one in (owner[1] if owner else selector).split()]
    known = tuple(step for step in steps if step)
    if not known or len(known) < len(steps) or (owner and child is None):
        return None
    return _Way(known, child)


def _step(text: str) -> _Step | None:
    match = _STEP.fullmatch(text)
    return _Step(match[1], tuple(map(_test, _TESTS.findall(match[2])))) if match else None


def _test(text: str) -> _Test:
    if text[0] == "#":
        return _Test("id", "=", text[1:])
    if text[0] == ".":
        return _Test("class", "~=", text[1:])
    attribute, _, value = text[1:-2].partition('="')
    return _Test(attribute.rstrip("*"), "*=" if attribute.endswith("*") else "=", value)
