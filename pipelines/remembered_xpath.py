"""XPath expressions that judge elements by their names, with the judgements remembered.

An expression that tests names with regular expressions calls Python for every element that it looks at, on every page
again; yet all pages of a site have the same tags and classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import Element, XPath
from lxml.html import HtmlElement

from pipelines.visible_text import elements_of

__all__ = ["RememberedXPath", "SharedWalk"]

_TAG = re.compile(r"(?:self::|//)([\w-]+)")
_ATTRIBUTE = re.compile(r"@([\w-]+)")
_OTHER = "other"
"""Any element that no expression names."""
_MOST = 16_384
"""Names whose judgement is kept."""


class RememberedXPath:
    """Finds below an element what expressions find there, asking them once for each combination of names.

    The expressions test descendants (``.//aside | .//*[...]``) by their tag and attributes. Where they want more of
    those whose names they accept (``names_decide`` is false), they are asked for the page as soon as there is one.
    Where the first of them alone is wanted (``first``), only that is found.
    """

    def __init__(self, *expressions: XPath, names_decide: bool = True, first: bool = False) -> None:
        self.expressions = expressions
        self._names_decide = names_decide
        self._first = first
        self._walk = _Walk(self)

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """The elements, in document order."""
        try:
            found = [element for element, _fitting in islice(self._walk(tree), 1 if self._first else None)]
        except ValueError:  # a name that lxml reads and does not write
            return self.asked(tree)
        return self.settled(tree, found)

    def settled(self, tree: HtmlElement, found: list[HtmlElement]) -> list[HtmlElement]:
        """Of the elements whose names are accepted those that the expressions find."""
        return found if self._names_decide or not found else self.asked(tree)

    def asked(self, tree: HtmlElement) -> list[HtmlElement]:
        """What the expressions themselves find, one after the other."""
        return list(dict.fromkeys(element for one in self.expressions for element in elements_of(one(tree))))


class SharedWalk:
    """What several remembered expressions find below one element, in one walk for all."""

    def __init__(self, *parts: RememberedXPath) -> None:
        self._parts = parts
        self._walk = _Walk(*parts)

    def __call__(self, tree: HtmlElement) -> list[list[HtmlElement]]:
        """The elements that each finds, in document order."""
        found: list[list[HtmlElement]] = [[] for _ in self._parts]
        try:
            for element, fitting in self._walk(tree):
                for number in fitting:
                    found[number].append(element)
        except ValueError:  # a name that lxml reads and does not write
            return [part.asked(tree) for part in self._parts]
        return [part.settled(tree, one) for part, one in zip(self._parts, found, strict=True)]


class _Walk:
    """The elements below one that some of several groups of expressions accept, each with the numbers of those."""

    def __init__(self, *parts: RememberedXPath) -> None:
        self._groups = [part.expressions for part in parts]
        paths = [str(one.path) for group in self._groups for one in group]
        self._tags = frozenset(tag for path in paths for tag in _TAG.findall(path))
        self._looked_at = self._tags if all("self::" in path for path in paths) else ("*",)
        self._attributes = frozenset(name for path in paths for name in _ATTRIBUTE.findall(path))
        self._telling: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._known: dict[object, tuple[int, ...]] = {}

    def __call__(self, tree: HtmlElement) -> Iterator[tuple[HtmlElement, tuple[int, ...]]]:
        known, telling, tags = self._known, self._telling, self._tags
        for element in tree.iterdescendants(*self._looked_at):
            written = tuple(element.keys())
            names = telling.get(written)
            if names is None:
                names = self._telling_of(written)
            # Of the attributes in a union an expression takes the one that the element writes first.
            tag = element.tag if element.tag in tags else _OTHER
            key = (tag, names, *map(element.get, names))
            fitting = known.get(key)
            if fitting is None:
                if len(known) >= _MOST:
                    known.clear()
                fitting = known[key] = self._judged(tag, element, names)
            if fitting:
                yield element, fitting

    def _telling_of(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """Those of an element's attributes that the expressions look at."""
        if len(self._telling) >= _MOST:
            self._telling.clear()
        names = self._telling[written] = tuple(name for name in written if name in self._attributes)
        return names

    def _judged(self, tag: str, element: HtmlElement, names: tuple[str, ...]) -> tuple[int, ...]:
        holder, alone = Element("html"), Element(tag)
        holder.append(alone)
        for name in names:
            alone.set(name, element.get(name))
        return tuple(number for number, group in enumerate(self._groups) if any(one(holder) for one in group))
