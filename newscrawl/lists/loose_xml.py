"""Read XML as it is found on the web: wrongly declared, with HTML's entities, broken off in the middle."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from lxml import etree
from lxml import html as lxml_html

from pipelines.visible_text import lines_of, one_line

__all__ = ["child_text", "content", "local_name", "loose_tree", "plain_text"]

_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_REFERENCE = re.compile(rb"&(?:(#[0-9]+|#[xX][0-9a-fA-F]+)|([A-Za-z][A-Za-z0-9]*))?(;?)")
_TAG = re.compile(r"<[A-Za-z/!]")


def loose_tree(body: bytes) -> etree._Element | None:
    """The root element of the bytes: read strictly, else repaired and as far as it goes; None when there is nothing."""
    start = body.find(b"<")
    if start < 0 or (body.startswith((b"\xff\xfe", b"\xfe\xff"))):
        start = 0
    body = body[start:]
    encoding = "utf-8" if _is_utf8(body) else None  # a declared encoding is wrong more often than valid UTF-8
    for attempt, recover in ((body, False), (_REFERENCE.sub(_repaired, body), True)):
        parser = etree.XMLParser(
            recover=recover, encoding=encoding, resolve_entities=False, no_network=True, remove_comments=True
        )
        try:
            return etree.parse(io.BytesIO(attempt), parser).getroot()
        except (etree.LxmlError, ValueError, LookupError, AssertionError):
            continue
    return None


def _repaired(match: re.Match[bytes]) -> bytes:
    """HTML's named characters as numbers, and ``&amp;`` for an ampersand that begins no reference."""
    number, name, end = match[1], match[2], match[3]
    if end and (number or (name and name.decode() in _XML_ENTITIES)):
        return match[0]
    if end and name and (character := html5.get(f"{name.decode()};")):
        return "".join(f"&#{ord(one)};" for one in character).encode()
    return b"&amp;" + match[0][1:]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def child_text(node: etree._Element, *names: str) -> str:
    """The text of the first child, by the order of the names, that has any."""
    for name in names:
        for child in node:
            if local_name(child) == name and (text := content(child)):
                return text
    return ""


def content(node: etree._Element) -> str:
    """All text in an element, on one line."""
    return one_line("".join(str(piece) for piece in node.itertext()))


def local_name(node: etree._Element) -> str:
    """The tag without its namespace; ``rdf`` for ``RDF``; empty for comments."""
    if not isinstance(node.tag, str):
        return ""
    name = node.tag.rpartition("}")[2].rpartition(":")[2]
    return "rdf" if name == "RDF" else name


def plain_text(text: str) -> str:
    """Text without mark-up, in NFC: titles and descriptions are HTML, often escaped once more than needed."""
    if "<" not in text:
        text = html.unescape(text)
    if _TAG.search(text):
        text = " ".join(_visible_lines(text))
    return unicodedata.normalize("NFC", one_line(html.unescape(text)))


def _visible_lines(text: str) -> Iterator[str]:
    try:
        yield from lines_of(lxml_html.fragment_fromstring(text, create_parent="div"))
    except (etree.LxmlError, ValueError):
        yield re.sub(r"<[^>]*>", " ", text)
