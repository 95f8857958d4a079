"""A long list that all pages of a site print, word for word, is parsed once, and left out of the pages that follow.

A menu of two or three hundred newspapers is two thirds of a page's bytes and elements, and not a word of the article.
Only a list of plain entries is looked at (``<li><a><span>text``, every attribute quoted, everything closed), because
whatever stands around such entries has no part in how they are parsed. Its place in the tree stays, and it can be
filled in again: nobody can tell then that it was left out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from pipelines.visible_text import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

__all__ = ["TAGS_INSIDE", "Entries", "LongList", "left_out", "place_of"]

TAGS_INSIDE = ("li", "a", "span")
LEAST_ENTRIES = 50
"""A shorter list is parsed before it is looked for."""
_LINES_BEFORE, _BYTES_BEFORE = 5, 200
"""Trafilatura repairs a page's first four lines, and looks at its first 50 characters: they stay as they are."""
_ATTRIBUTES = r'(?:\s++[a-zA-Z-]++="[^"<>]*+")*+\s*+'
_ENTRY = rf"<li{_ATTRIBUTES}>\s*+<a{_ATTRIBUTES}>\s*+<span{_ATTRIBUTES}>[^<]*+</span>\s*+</a>\s*+</li>\s*+"
_LIST = re.compile(rf"(<ul{_ATTRIBUTES}>\s*+)((?:{_ENTRY}){{{LEAST_ENTRIES},}}+)</ul>".encode())
_NAME = "newscrawl-left-out"
_MARK = _NAME.encode()
_PLACE = b'<li id="' + _MARK + b'"></li>'


class Entries:
    """The entries of a list, and what was asked of them before. Nobody changes them."""

    def __init__(self, parsed: HtmlElement) -> None:
        """``parsed``: a ``ul`` that has them."""
        self._parsed = parsed
        self.elements = sum(1 for _ in parsed.iterdescendants())
        self.text = laid_out(parsed)
        self._answers: dict[tuple[object, ...], Sequence[str | None]] = {}

    def values(self, key: tuple[object, ...], fits: Callable[[HtmlElement], bool], name: str) -> Sequence[str | None]:
        """What an attribute says at each element inside that fits, in order; ``key`` says all that decides it."""
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = [one.get(name) for one in self._parsed.iterdescendants() if fits(one)]
        return found

    def copied(self) -> list[HtmlElement]:
        """The entries once more, for another tree."""
        return list(deepcopy(self._parsed))


class LongList:
    """The place in a tree where a list's entries were left out."""

    def __init__(self, element: HtmlElement, entries: Entries) -> None:
        self.element = element
        self.entries = entries

    def fill(self) -> None:
        """Put the entries where they belong."""
        self.element.extend(self.entries.copied())


def left_out(markup: bytes) -> tuple[bytes, bytes] | None:
    """A page without the entries of its first long list, and a page that has nothing but the list; None without one."""
    found = _seen_before(markup) or _searched(markup)
    if found is None:
        return None
    at, known = found
    before, after = markup[: at + known.entries_at], markup[at + known.entries_end :]
    if _MARK in before or _MARK in after:
        return None
    if at < _BYTES_BEFORE or before.count(b"\n", 0, at) < _LINES_BEFORE:
        return None
    return b"".join((before, _PLACE, after)), known.alone


class _KnownList(NamedTuple):
    """A list that was on a page, and where its entries begin and end in it."""

    text: bytes
    entries_at: int
    entries_end: int
    alone: bytes
    """A page that has nothing but the list."""


_known: dict[bytes, _KnownList] = {}
"""By their text. To search a page takes ten times as long as to see that a list is on it again."""
_MOST_KNOWN = 16


def _seen_before(markup: bytes) -> tuple[int, _KnownList] | None:
    """Where a list that is known is on a page, if no other long list is before it."""
    every = tuple(_known.values())
    at = markup.find(b"<ul") if every else -1
    while at >= 0:
        for known in every:
            if markup.startswith(known.text, at):
                # No list holds "<ul" a second time: what begins before this one ends before it.
                return None if _LIST.search(markup, 0, at) else (at, known)
        at = markup.find(b"<ul", at + 1)
    return None


def _searched(markup: bytes) -> tuple[int, _KnownList] | None:
    """Where a page's first long list is."""
    found = _LIST.search(markup)
    if found is None or _MARK in found[0]:
        return None
    at, text = found.start(), found[0]
    alone = b"<!DOCTYPE html>\n<html><body>" + text + b"</body></html>"
    known = _KnownList(text, found.start(2) - at, found.end(2) - at, alone)
    if len(_known) >= _MOST_KNOWN:
        _known.pop(next(iter(_known)), None)
    _known[text] = known
    return at, known


def place_of(tree: HtmlElement, entries: Entries) -> LongList | None:
    """Where the list is in a tree that was parsed without it; None where its mark-up was no element (a comment)."""
    for element in tree.iter("ul"):
        if len(element) == 1 and element[0].get("id") == _NAME:
            del element[0]
            return LongList(element, entries)
    return None
