"""A page is opened: its bytes become a tree, unless what answered is no article page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from pipelines.decoding import decode, decode_utf8
from pipelines.extraction import MAX_BYTES, MAX_NODES, node_count, parse_alone, parse_text
from pipelines.items import NoiseModel, Page, Rejected
from pipelines.left_out import Gaps, Inside, Place, gaps_of, without
from pipelines.long_list import long_list_in
from pipelines.plain_text import markup_of_text
from pipelines.repeated_markup import repeated_on

__all__ = ["open_page", "open_with_gaps"]

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
    return _refusal(page) or _opened(page)


def _opened(page: Page) -> HtmlElement | Rejected:
    text = decode(page.body, page.header("content-type"))
    tree = parse_text(markup_of_text(text) if _is_plain_text(page, text) else text)
    if tree is None:
        return Rejected("no-text", "There is nothing to read in the page.")
    if (size := node_count(tree)) > MAX_NODES:
        return Rejected("too-large", f"The page has {size} elements; {MAX_NODES} are read at most.")
    return tree


def open_with_gaps(page: Page, noise: NoiseModel | None = None) -> tuple[HtmlElement, Gaps] | Rejected:
    """:func:`open_page`, but the insides of elements that were seen on other pages may be left out of the tree.

    They are a long list, or parts of the site that leave its pages whole by what the noise model says.
    """
    if refused := _refusal(page):
        return refused
    if found := _with_gaps(page, noise):
        return found
    tree = _opened(page)
    return tree if isinstance(tree, Rejected) else (tree, Gaps())


def _with_gaps(page: Page, noise: NoiseModel | None) -> tuple[HtmlElement, Gaps] | None:
    if _type_of(page) == "text/plain" or not _FULL_PAGE.match(page.body):
        return None
    places = list(_places(page.body, noise))
    text = decode_utf8(without(page.body, places)) if places else None
    tree = parse_text(text) if text else None
    gaps = gaps_of(tree, places) if tree is not None else None
    if tree is None or gaps is None or node_count(tree) + sum(gap.inside.elements for gap in gaps) > MAX_NODES:
        for _, fragment in places:
            fragment.fills += 1
        return None
    return tree, gaps


_FULL_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*?\?>\s*)?<(?:html|!doctype)", re.I)
"""Of a page that begins otherwise lxml returns the one element in it, or another in its place."""
_BYTES_BEFORE, _LINES_BEFORE, _HEAD = 200, 5, 16_384
"""Trafilatura looks at the first 50 characters, and repairs four lines of the first 4096: they stay as they are."""


def _places(markup: bytes, noise: NoiseModel | None) -> Iterator[Place]:
    """Where fragments are that may be left out."""
    long_list = long_list_in(markup)
    parts = repeated_on(noise).places(markup) if noise and noise.blocks and not long_list else []
    for at, fragment in chain([long_list] if long_list else [], parts):
        late = at >= _BYTES_BEFORE and (at >= _HEAD or markup.count(b"\n", 0, at) >= _LINES_BEFORE)
        if late and fragment.inside is None and (parsed := parse_alone(fragment.markup)) is not None:
            fragment.inside = Inside(parsed)
        if late and fragment.inside:
            yield at, fragment


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
