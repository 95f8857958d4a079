"""A long list that all pages of a site print, word for word, is parsed once, and left out of the pages that follow.

A menu of two or three hundred newspapers is two thirds of a page's bytes and elements, and not a word of the article.
Only a list of plain entries is looked at (``<li><a><span>text``, every attribute quoted, everything closed), because
whatever stands around such entries has no part in how they are parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.left_out import Fragment

if TYPE_CHECKING:
    from pipelines.left_out import Place

__all__ = ["long_list_in"]

LEAST_ENTRIES = 50
"""A shorter list is parsed before it is looked for."""
_ATTRIBUTES = r'(?:\s++[a-zA-Z-]++="[^"<>]*+")*+\s*+'
_ENTRY = rf"<li{_ATTRIBUTES}>\s*+<a{_ATTRIBUTES}>\s*+<span{_ATTRIBUTES}>[^<]*+</span>\s*+</a>\s*+</li>\s*+"
_LIST = re.compile(rf"<ul{_ATTRIBUTES}>\s*+(?:{_ENTRY}){{{LEAST_ENTRIES},}}+</ul>".encode())
_MOST_KNOWN = 16
_known: dict[bytes, Fragment] = {}
"""By their text. To search a page takes ten times as long as to see that a list is on it again."""


def long_list_in(markup: bytes) -> Place | None:
    """Where a page's first long list begins, and the list; None without one that was on a page before."""
    return _seen_before(markup) or _searched(markup)


def _seen_before(markup: bytes) -> Place | None:
    """Where a list that is known is on a page, if no other long list is before it."""
    every = tuple(_known.values())
    at = markup.find(b"<ul") if every else -1
    while at >= 0:
        for known in every:
            if markup.startswith(known.markup, at):
                # No list holds "<ul" a second time: what begins before this one ends before it.
                return None if _LIST.search(markup, 0, at) else (at, known)
        at = markup.find(b"<ul", at + 1)
    return None


def _searched(markup: bytes) -> Place | None:
    found = _LIST.search(markup)
    if found is None:
        return None
    if known := _known.get(found[0]):
        return found.start(), known
    if len(_known) >= _MOST_KNOWN:
        _known.pop(next(iter(_known)), None)
    _known[found[0]] = Fragment(found[0])
    return None
