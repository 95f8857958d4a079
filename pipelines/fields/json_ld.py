"""The page's own schema.org description: the JSON-LD node that speaks of this article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from pipelines.fields.json_ld_body import plain_body
from pipelines.left_out import WHOLE, Gaps
from pipelines.visible_text import one_line

__all__ = [
    "address_of",
    "article_node",
    "claimed_body",
    "json_ld_nodes",
    "names_of",
    "section_of",
    "text_value",
    "texts_of",
]

ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|SocialMediaPosting|Report|Review|WebPage|VideoObject)$")
_BETTER = re.compile(r"(Article|Posting|Report)$")
_MAX_NODES = 2_000
_COMMENT = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")
_COMMENT_SIGNS = ("<!", "]]>", "-->")
"""The pattern tries every place of a text, and most hold none of these."""
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def article_node(nodes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The first JSON-LD node of an article type, else of a web page or video; empty when the page has none.

    A script that is not JSON is skipped. Of several articles the first with a headline wins: lists of other articles
    follow the page's own description.
    """
    second: dict[str, Any] = {}
    for node in nodes:
        types = " ".join(texts_of(node.get("@type")))
        if _BETTER.search(types) and (node.get("headline") or node.get("articleBody") or node.get("datePublished")):
            return node
        if not second and ARTICLE_TYPES.search(types):
            second = node
    return second


def json_ld_nodes(tree: HtmlElement, gaps: Gaps = WHOLE) -> list[dict[str, Any]]:
    """Every JSON-LD object of the page at the top level, in a graph or as main entity, in order.

    A reference (``{"@id": ...}``) to another of them in ``author``, ``publisher`` or ``image`` is replaced by it.
    ``gaps`` is what was left out of the tree.
    """
    gaps.reveal(_is_json_ld)
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        for key in ("author", "publisher", "image"):
            if key in node:
                node[key] = _resolved(node[key], known)
    return nodes


def _resolved(value: Any, known: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(one, known) for one in value if not isinstance(one, list)]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    seen = 0
    for script in filter(_is_json_ld, tree.iter("script")):
        todo: list[Any] = [_loaded(script.text or "")]
        while todo and seen < _MAX_NODES:
            value = todo.pop(0)
            seen += 1
            if isinstance(value, list):
                todo[:0] = value
            elif isinstance(value, dict):
                yield value
                todo[:0] = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _is_json_ld(element: HtmlElement) -> bool:
    return element.tag == "script" and "ld+json" in (element.get("type") or "").lower() and bool(element.text)


def _loaded(text: str) -> Any:
    text = text.strip()
    if any(sign in text for sign in _COMMENT_SIGNS):
        text = _COMMENT.sub("", text)
    for mended in (False, True):
        try:
            return json.loads(_TRAILING_COMMA.sub(r"\1", text) if mended else text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def claimed_body(nodes: Iterable[dict[str, Any]]) -> str:
    """The longest ``articleBody`` of the page as plain text; empty when it claims none."""
    return max((plain_body(node.get("articleBody")) for node in nodes), key=len, default="")


def text_value(value: Any) -> str:
    """One text from a JSON-LD value: a text, a list's first, or an object's ``@value``, ``name`` or address."""
    return next(iter(texts_of(value)), "")


def texts_of(value: Any) -> list[str]:
    """All texts of a JSON-LD value, entities resolved, in order."""
    if isinstance(value, str):
        text = one_line(html.unescape(html.unescape(value)))
        return [text] if text else []
    if isinstance(value, list):
        return [text for item in value[:100] if not isinstance(item, list) for text in texts_of(item)]
    if isinstance(value, dict):
        keys = ("@value", "name", "url", "contentUrl")
        return next(
            (texts for key in keys if not isinstance(value.get(key), dict) and (texts := texts_of(value.get(key)))), []
        )
    return []


def address_of(value: Any) -> str:
    """The address in a JSON-LD value: a text, or the ``url`` or ``contentUrl`` of the first object."""
    if isinstance(value, list):
        return next((found for one in value[:10] if not isinstance(one, list) and (found := address_of(one))), "")
    if isinstance(value, dict):
        return next((text for key in ("url", "contentUrl", "@id") if (text := text_value(value.get(key)))), "")
    return text_value(value)


def section_of(nodes: Iterable[dict[str, Any]]) -> str:
    """The deepest section that a ``BreadcrumbList`` names above the article itself; empty without one."""
    for node in nodes:
        items = node.get("itemListElement")
        if "BreadcrumbList" in texts_of(node.get("@type")) and isinstance(items, list):
            names = [text_value(one.get("name") or one.get("item")) for one in items if isinstance(one, dict)]
            inner = [name for name in names[1:] if name and "://" not in name]
            return inner[-2] if len(inner) > 1 else (inner[0] if inner and len(inner[0]) <= 30 else "")
    return ""


def names_of(value: Any) -> list[str]:
    """The names in a JSON-LD ``author`` or ``publisher``; an address is no name."""
    return [text for text in texts_of(value) if not text.startswith(("http://", "https://", "/"))]
