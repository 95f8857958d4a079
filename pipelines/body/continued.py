"""Texts that a page cuts into several containers of one kind (around advertisements): one container again."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

__all__ = ["join_continued"]

_BODY_NAMES = re.compile(
    r"(?:article|entry|post|story|content|text|main)[-_]{0,2}(?:body|content|text|copy|chunk)|body[-_]?(?:copy|text|content)|"
    r"(?:articleBody|bodyText|articleText|paragraphs?)\b",
    re.I,
)
_LEAST_PROSE = 120
"""Characters in paragraphs that make a container one of the text."""


def join_continued(tree: HtmlElement) -> None:
    """Move the children of every later container of the same tag and class into the first.

    Only containers whose class says that they hold a text, that hold paragraphs themselves, and that belong to no
    ``article`` element of their own: those are other articles.
    """
    kinds: dict[tuple[str, str], list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        names = element.get("class") or ""
        if names and _holds_text(names) and _prose(element) >= _LEAST_PROSE:
            kinds.setdefault((str(element.tag), " ".join(names.split())), []).append(element)
    for first, *others in kinds.values():
        article = _article(first)
        for other in others:
            if _article(other) is article and first not in other.iterancestors():
                first.extend(list(other))


@lru_cache(maxsize=16_384)  # the pages of a site have the same classes
def _holds_text(names: str) -> bool:
    return _BODY_NAMES.search(names) is not None


def _prose(element: HtmlElement) -> int:
    return sum(len(child.text_content()) for child in element.iterchildren("p"))


def _article(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article"), None)
