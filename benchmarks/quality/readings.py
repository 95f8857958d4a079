"""What a reader gives back, and what is done to pages on behalf of readers that cannot do it themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from benchmarks.quality.documents import Document

__all__ = ["Reading", "block_lines", "decoded"]

BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fig(ure|caption)|footer|h[1-6]|header|hr|li|ol|p|pre|section|table"
    r"|t[dhr]|ul"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found; empty where it found nothing or has no such field."""

    title: str = ""
    text: str = ""
    published: str = ""
    """ISO date or instant."""
    day: str = ""
    """The calendar day as written, where a reader tells it from the instant."""
    language: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    modified: str = ""
    paywalled: bool = False


def decoded(document: Document) -> str:
    """A page as text, for readers that take text: one rule for all, so that decoding is not what differs.

    Bytes that are valid UTF-8 are UTF-8 (stored pages were often re-encoded); else what the page declares, as Scrapy
    reads it, else Windows-1252.
    """
    from w3lib.encoding import html_to_unicode

    try:
        return document.html.decode("utf-8-sig")
    except UnicodeDecodeError:
        return html_to_unicode(document.content_type or None, document.html, auto_detect_fun=lambda _: "cp1252")[1]


def block_lines(markup: str) -> str:
    """The text of a piece of HTML with a line for each block, for readers that give HTML back."""
    import lxml.html

    parts: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element.tag, str):
            edge = "\n" if BLOCKS.fullmatch(element.tag) else ""
            parts.extend((edge, element.text or ""))
            for child in element:
                walk(child)
            parts.append(edge)
        parts.append(element.tail or "")

    if markup.strip():
        walk(lxml.html.fromstring(markup))
    return "\n".join(" ".join(line.split()) for line in "".join(parts).splitlines() if line.strip())
