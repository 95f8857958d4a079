"""Bytes become one parsed tree, and the tree's body text is read: the only user of trafilatura.

trafilatura gets the tree of its own ``load_html`` (a tree of another parser changes one text in nine), never removes
"duplicates" (that depends on the order of pages) and never looks for metadata (half of its time).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from htmldate import find_date
from lxml.etree import ElementDefaultClassLookup, LxmlError, tostring
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction, fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Extractor
from trafilatura.utils import HTML_PARSER, load_html, repair_faulty_html

from pipelines.decoding import decode, decode_utf8
from pipelines.quick_steps import put_in_place
from pipelines.visible_text import one_line

__all__ = [
    "MAX_BYTES",
    "MAX_NODES",
    "body_lines",
    "last_resort_date",
    "node_count",
    "parse",
    "parse_alone",
    "parse_text",
]

MAX_BYTES = 10 * 1024 * 1024
"""A page's largest body; equal to the crawler's download limit."""

MAX_NODES = 40_000
"""Elements in a tree that are handed to trafilatura, whose time grows faster than the page."""

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*?\?>", re.I)


class _Element(HtmlElement):  # type: ignore[misc]  # lxml.html has no types
    """An element whose text is read without XPath, in a quarter of the time."""

    def text_content(self) -> str:
        """The text of the element and of all in it."""
        return tostring(self, method="text", encoding="unicode", with_tail=False)


# lxml.html asks a Python function for the class of every element that is looked at, to give forms' fields methods of
# their own, which nobody calls here: the same classes are chosen in C, a twentieth of a page's time.
HTML_PARSER.set_element_class_lookup(
    ElementDefaultClassLookup(_Element, HtmlComment, HtmlProcessingInstruction, HtmlEntity)
)

put_in_place()

# One line for each discarded page is the outcome's business, not the log's.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def parse(body: bytes, content_type: str = "") -> HtmlElement | None:
    """The page as one tree that everything after shares; None when there is nothing in it."""
    return parse_text(decode(body, content_type))


def parse_text(text: str) -> HtmlElement | None:
    """Decoded mark-up as one tree; None when there is nothing in it."""
    if declaration := _XML_DECLARATION.match(text):
        text = text[declaration.end() :]
    if not text or text.isspace():
        return None
    if "<html" not in text[:50].lower():
        text = "<!DOCTYPE html>" + text  # load_html takes a short document for data unless it starts like a page
    tree = _load_clean(text)
    return load_html(text) if tree is None else tree


def parse_alone(markup: bytes) -> HtmlElement | None:
    """The element that UTF-8 mark-up is, parsed by itself; None where that is not exactly one."""
    text = decode_utf8(markup)
    tree = parse_text(f"<!DOCTYPE html>\n<html><body>{text}</body></html>") if text else None
    body = tree.find("body") if tree is not None else None
    if tree is None or body is None or len(tree) != 1 or len(body) != 1 or body.text or body[0].tail:
        return None
    return body[0]


_HEAD = 8192
"""Characters: trafilatura repairs the first line and the first 4096 characters."""
_FORBIDDEN = bytes({*range(0x20)} - {*b"\t\n\r"})


def _load_clean(text: str) -> HtmlElement | None:
    """What ``load_html`` makes of a page from which its repair would take no character away; None for any other.

    Its pattern takes as long as half of the parsing: here the page's head alone is repaired. The parser gets UTF-8,
    which it reads as it is; ``load_html`` tries that second, after the text itself.
    """
    head, rest = text[:_HEAD], text[_HEAD:]
    if "\n" not in head or not head[:50].lstrip(" \t\r\n").startswith("<") or "\ufffe" in text or "\uffff" in text:
        return None
    try:
        parts = head.encode(), rest.encode()
    except UnicodeEncodeError:  # a surrogate
        return None
    if any(len(part.translate(None, _FORBIDDEN)) < len(part) for part in parts):
        return None
    try:
        tree = fromstring(repair_faulty_html(head, head[:50].lower()).encode() + parts[1], parser=HTML_PARSER)
    except LxmlError:
        return None
    return tree if len(tree) else None


def node_count(tree: HtmlElement) -> int:
    """How many elements the tree has below its root."""
    return int(tree.xpath("count(.//*)"))


def body_lines(tree: HtmlElement) -> list[str]:
    """The article's paragraphs as trafilatura finds them; the tree is not changed. Empty when there is no text.

    ``fast`` leaves out trafilatura's own comparison with two more extractors: on news pages that costs a quarter of the
    time and makes texts worse, but where it finds next to nothing alone they are asked.
    """
    with _without_head(tree):
        lines = _lines(tree, fast=True)
    if sum(map(len, lines)) < _SHORT:
        second = _lines(tree, fast=False)
        return max(lines, second, key=lambda found: sum(map(len, found)))
    return lines


_SHORT = 300
"""Characters."""
_FAST, _THOROUGH = (
    Extractor(output_format="python", fast=fast, comments=False, dedup=False, with_metadata=False)
    for fast in (True, False)
)
"""trafilatura's options, which it would read anew from its configuration for each page."""


def _lines(tree: HtmlElement, *, fast: bool) -> list[str]:
    document = bare_extraction(tree, options=_FAST if fast else _THOROUGH)
    text = getattr(document, "text", None) or ""
    return [line for line in map(one_line, text.split("\n")) if line]


@contextmanager
def _without_head(tree: HtmlElement) -> Iterator[None]:
    """A tree without its head, which trafilatura would copy twice and take away, and with it again."""
    head = next(tree.iterchildren(), None)
    if head is None or head.tag != "head" or next(head.iter("script"), None) is not None:
        yield
        return
    text, tail = tree.text, head.tail
    tree.remove(head)
    tree.text = (text or "") + (tail or "") or None
    try:
        yield
    finally:
        tree.text = text
        tree.insert(0, head)


def last_resort_date(tree: HtmlElement, url: str, latest: datetime) -> str:
    """The day (ISO) that htmldate finds on a page whose metadata names none; empty when it finds none.

    ``latest`` (when the page was seen) bounds it, so that the answer does not depend on today.
    """
    try:
        return find_date(tree, original_date=True, extensive_search=False, url=url, min_date="1990-01-01",
                         max_date=(latest + timedelta(days=1)).strftime("%Y-%m-%d")) or ""  # fmt: skip
    except (ValueError, TypeError, AttributeError):
        return ""
