"""The standfirst: the paragraph under the title that sums the article up, which extractors tend to leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.titles import folded
from pipelines.visible_text import one_line

__all__ = ["standfirst"]

_TAGS = ("p", "h2", "h3", "h4", "div", "span", "strong", "li")
_SHORTEST, _LONGEST = 40, 800


def standfirst(tree: HtmlElement, descriptions: Sequence[str]) -> str:
    """The visible text that the page's metadata gives as its description, as it is printed; empty when it is not printed.

    A description that was cut off is found by its beginning.
    """
    wanted = [text for one in descriptions if (text := folded(re.sub(r"\s*(?:\.\.\.|…|\[…\])\s*$", "", one)))]
    wanted = [one for one in wanted if len(one) >= _SHORTEST]
    if not wanted:
        return ""
    starts = tuple(one[:30] for one in wanted)
    for element in tree.iter(*_TAGS):
        text = element.text_content() if _may_hold(element) else ""
        if not _SHORTEST <= len(text) <= _LONGEST:
            continue
        found = folded(text)
        if found.startswith(starts) and any(_same(found, one) for one in wanted):
            return one_line(text)
    return ""


def _may_hold(element: HtmlElement) -> bool:
    return len(element) <= 12


def _same(found: str, wanted: str) -> bool:
    shorter, longer = sorted((found, wanted), key=len)
    return longer.startswith(shorter[: max(30, len(shorter) - 12)]) and len(shorter) > len(longer) * 0.5
