"""Pages that are not even opened: what answered is no article page."""

from __future__ import annotations

import re

from pipelines.extraction import MAX_BYTES
from pipelines.items import Page, Rejected

__all__ = ["is_plain_text", "refusal"]

_MARKUP_TYPES = re.compile(
    r"^\s*(?:text/html|application/xhtml\+xml|text/xml|application/xml|text/plain|)\s*(?:;|$)", re.I
)
_TAG = re.compile(rb"<[a-zA-Z!?/]")
_BINARY_MARKS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"ID3")


def refusal(page: Page) -> Rejected | None:
    """Why the page is not looked at: ``http-<status>``, ``too-large``, ``no-text`` or ``not-html``; None to go on."""
    if page.status != 200:
        return Rejected(f"http-{page.status}", f"The server answered with status {page.status}.")
    if len(page.body) > MAX_BYTES:
        return Rejected("too-large", f"The page has {len(page.body)} bytes; {MAX_BYTES} are read at most.")
    if not page.body.strip():
        return Rejected("no-text", "The page is empty.")
    content_type = page.header("content-type")
    if not _MARKUP_TYPES.match(content_type):
        return Rejected("not-html", f"The page is {content_type.split(';')[0].strip()}, not HTML.")
    start = page.body[:2048]
    if start.startswith(_BINARY_MARKS) or (
        start.count(b"\x00") > len(start) // 8 and not start.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        return Rejected("not-html", "The page is binary data, not HTML.")
    return None


def is_plain_text(page: Page) -> bool:
    """True for a page without mark-up: declared as plain text, or undeclared and without a single tag."""
    declared = page.header("content-type").split(";")[0].strip().lower()
    return declared == "text/plain" or (not declared and not _TAG.search(page.body))
