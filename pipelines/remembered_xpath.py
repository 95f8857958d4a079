"""XPath expressions that judge elements by their names, with the judgements remembered.

An expression that tests names with regular expressions calls Python for every element that it looks at, on every page
again; yet all pages of a site have the same tags and classes.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import Element, XPath
from lxml.html import HtmlElement

from pipelines.visible_text import elements_of

__all__ = ["RememberedXPath"]

_TAG = re.compile(r"self::([\w-]+)")
_ATTRIBUTE = re.compile(r"@([\w-]+)")
_MOST = 16_384
"""Names whose judgement is kept."""


class RememberedXPath:
    """Finds below an element what an expression finds there, asking it once for each combination of names.

    The expression tests descendants (``.//*[...]``) by their tag and attributes. Where it wants more of those whose
    names it accepts (``names_decide`` is false), it is asked for the page as soon as there is one. Where it wants the
    first of them alone (``first``), only that is found.
    """

    def __init__(self, expression: XPath, *, names_decide: bool = True, first: bool = False) -> None:
        self.expression = expression
        path = str(expression.path)
        self._tags = tuple(dict.fromkeys(_TAG.findall(path)))
        self._attributes = tuple(dict.fromkeys(_ATTRIBUTE.findall(path)))
        self._names_decide = names_decide
        self._first = first
        self._known: dict[object, bool] = {}

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """The elements, in document order."""
        fitting = (one for one in tree.iterdescendants(*(self._tags or "*")) if self._fits(one))
        try:
            found = list(islice(fitting, 1 if self._first else None))
        except ValueError:  # a name that lxml reads and does not write
            return elements_of(self.expression(tree))
        return found if self._names_decide or not found else elements_of(self.expression(tree))

    def _fits(self, element: HtmlElement) -> bool:
        tag = element.tag if self._tags else "div"
        values = tuple(map(element.get, self._attributes))
        # Of several attributes an expression may take the one that is written first.
        several = values.count(None) < len(values) - 1
        key = (tag, values, tuple(element.keys()) if several else ())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[key] = self._judged(tag, element)
        return known

    def _judged(self, tag: str, element: HtmlElement) -> bool:
        holder, alone = Element("html"), Element(tag)
        holder.append(alone)
        for name, value in element.items():
            if name in self._attributes:
                alone.set(name, value)
        return bool(self.expression(holder))
