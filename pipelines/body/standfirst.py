"""The standfirst: the paragraph under the title that sums the article up, which extractors tend to leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.fields.titles import folded
from pipelines.visible_text import one_line

__all__ = ["standfirst"]

_TAGS = ("p", "h2", "h3", "h4", "div", "span", "strong", "b", "em", "li")
_SHORTEST, _LONGEST = 40, 800
"""Characters of a standfirst."""
_START = 12
"""Folded characters by which an element's own text is taken for the beginning of a description."""
_CUT_OFF = re.compile(r"\s*(?:\.\.\.|…|\[…\])\s*$")


def standfirst(tree: HtmlElement, descriptions: Sequence[str]) -> str:
    """The visible text that the page's metadata gives as its description, as it is printed; empty when it is not.

    A description that was cut off is found by its beginning.
    """
    wanted = [text for one in descriptions if len(text := folded(_CUT_OFF.sub("", one))) >= _SHORTEST]
    starts = tuple({one[:_START] for one in wanted})
    if not starts:
        return ""
    for element in tree.iter(*_TAGS):
        own = element.text
        if not own or len(own) < _START or not folded(own[:80]).startswith(starts):
            continue
        text = one_line(element.text_content())
        if _SHORTEST <= len(text) <= _LONGEST and any(_same(folded(text), one) for one in wanted):
            return text
    return ""


def _same(found: str, wanted: str) -> bool:
    """Whether one text is the other, or its beginning and at least half of it."""
    shorter, longer = sorted((found, wanted), key=len)
    return longer.startswith(shorter[: max(30, len(shorter) - 12)]) and 2 * len(shorter) > len(longer)
