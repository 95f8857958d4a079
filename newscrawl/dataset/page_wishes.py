"""What a page asks of robots that keep its text: robots meta elements and headers, and the reservation of text mining.

https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag (noarchive, nosnippet, max-snippet)
https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/ (tdm-reservation)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.dataset.rights import Kept

__all__ = ["allowed_text"]

_META = re.compile(rb"<meta\b[^>]{0,500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HEAD_BYTES = 200_000
"""Where a head's elements can be expected; a page may have megabytes of body."""
_NONE = frozenset(["none", "nosnippet", "max-snippet:0", "noai"])
_SNIPPET = frozenset(["noarchive", "nocache"])


def allowed_text(headers: Sequence[tuple[str, str]], body: bytes) -> Kept:
    """How much of its text a page lets robots keep: ``full`` when it asks for nothing. Header names in lower case.

    >>> allowed_text([], b'<meta name="robots" content="index, NOARCHIVE">')
    'snippet'
    >>> allowed_text([("x-robots-tag", "nosnippet")], b""), allowed_text([("tdm-reservation", "1")], b"")
    ('none', 'none')
    """
    words = {word for name, value in headers if name == "x-robots-tag" for word in _words(value)}
    reserved = any(name == "tdm-reservation" and value.strip() == "1" for name, value in headers)
    for element in _META.findall(body[:_HEAD_BYTES]):
        found = {key.lower(): b"".join(values) for key, *values in _ATTRIBUTE.findall(element)}
        name, content = found.get(b"name", b"").strip().lower(), found.get(b"content", b"")
        if name == b"robots":
            words |= _words(content.decode("ascii", "replace"))
        reserved = reserved or (name == b"tdm-reservation" and content.strip() == b"1")
    if reserved or words & _NONE:
        return "none"
    return "snippet" if words & _SNIPPET else "full"


def _words(value: str) -> set[str]:
    """The directives of a header or an element; ``googlebot: noarchive`` is for another robot."""
    named = re.match(r"\s*([\w-]+)\s*:(?!\s*[\d-])", value)
    if named and named[1].lower() not in ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"):
        return set()
    return {re.sub(r"\s*:\s*", ":", word.strip().lower()) for word in value.split(",")}
