"""A page is opened: its bytes become a tree, unless what answered is no article page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from lxml.html import HtmlElement

from pipelines.decoding import decode
from pipelines.extraction import MAX_BYTES, MAX_NODES, node_count, parse_text
from pipelines.items import Page, Rejected
from pipelines.long_list import Entries, LongList, left_out, place_of
from pipelines.plain_text import markup_of_text

__all__ = ["open_page", "open_without_list"]

_TEXT_TYPES = ("", "text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain")
_TAG = re.compile(r"<[a-zA-Z!?/]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_HTML = re.compile(rb"<(?:!doctype|html|head|body|p|div|meta)\b", re.I)
_BINARY_MARKS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"ID3")
"""How files begin that servers send as HTML: PDF, images, archives, sound, programs."""


def open_page(page: Page) -> HtmlElement | Rejected:
    """The page's tree, or why it is not looked at.

    ``http-<status>`` for any answer but 200, ``too-large`` (bytes or elements), ``not-html`` (another type, binary
    data) or ``no-text`` (nothing in it). Plain text, declared or without a single tag, becomes mark-up first.
    """
    if refused := _refusal(page):
        return refused
    text = decode(page.body, page.header("content-type"))
    tree = parse_text(markup_of_text(text) if _is_plain_text(page, text) else text)
    if tree is None:
        return Rejected("no-text", "There is nothing to read in the page.")
    if (size := node_count(tree)) > MAX_NODES:
        return Rejected("too-large", f"The page has {size} elements; {MAX_NODES} are read at most.")
    return tree


def open_without_list(page: Page) -> tuple[HtmlElement, LongList | None] | Rejected:
    """:func:`open_page`, but a long list that was seen on another page may be left out of the tree."""
    if found := _without_list(page):
        return found
    tree = open_page(page)
    return tree if isinstance(tree, Rejected) else (tree, None)


def _without_list(page: Page) -> tuple[HtmlElement, LongList] | None:
    if _refusal(page) or _type_of(page) == "text/plain" or (parts := left_out(page.body)) is None:
        return None
    without, alone = parts
    if next(_sightings(hash(alone))) == 0 or (entries := _entries_of(alone)) is None:
        return None
    text = _utf8(without)
    tree = parse_text(text) if text else None
    if tree is None or node_count(tree) + entries.elements > MAX_NODES:
        return None
    place = place_of(tree, entries)
    return (tree, place) if place else None


@lru_cache(maxsize=1024)
def _sightings(_digest: int) -> Iterator[int]:
    return count()


@lru_cache(maxsize=32)  # a site has one for each of its editions; 100 KB each
def _entries_of(alone: bytes) -> Entries | None:
    text = _utf8(alone)
    tree = parse_text(text) if text else None
    return None if tree is None else Entries(next(tree.iter("ul")))


def _utf8(markup: bytes) -> str | None:
    """The text as :func:`decode` reads it where it is valid UTF-8, whatever is declared; None where it is not."""
    try:
        markup.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return decode(markup)


def _type_of(page: Page) -> str:
    return page.header("content-type").split(";")[0].strip().lower()


def _refusal(page: Page) -> Rejected | None:
    if page.status != 200:
        return Rejected(f"http-{page.status}", f"The server answered with status {page.status}.")
    if len(page.body) > MAX_BYTES:
        return Rejected("too-large", f"The page has {len(page.body)} bytes; {MAX_BYTES} are read at most.")
    if not page.body or page.body.isspace():
        return Rejected("no-text", "The page is empty.")
    if _type_of(page) not in _TEXT_TYPES:
        return Rejected("not-html", f"The page is {_type_of(page)}, not HTML.")
    if _is_binary(page.body[:4096]):
        return Rejected("not-html", "The page is binary data, not HTML.")
    return None


def _is_binary(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 text has a zero in every other byte
        return False
    if start.startswith(_BINARY_MARKS):
        return True
    share = (len(start) - len(start.translate(None, _CONTROLS))) / max(1, len(start))
    return share > (0.15 if _HTML.search(start) else 0.02)


def _is_plain_text(page: Page, text: str) -> bool:
    declared = _type_of(page)
    return declared == "text/plain" or (not declared and not _TAG.search(text))
