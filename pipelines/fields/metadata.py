"""What a page says of itself: candidates of every field from JSON-LD, OpenGraph, meta tags and visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from pipelines.fields.authors import visible_authors
from pipelines.fields.json_ld import address_of, article_node, names_of, section_of, text_value, texts_of
from pipelines.fields.paywalls import paywall_origin
from pipelines.fields.site_names import is_publisher, printed_section, printed_site_name
from pipelines.fields.titles import printed_title
from pipelines.items import Candidate
from pipelines.left_out import WHOLE, Gaps
from pipelines.urls import is_web_url
from pipelines.visible_text import VisibleLines, absolute, elements_of, one_line, text_of

__all__ = ["page_candidates"]

_META_NAMES = {
    "title": "og:title twitter:title dc.title dcterms.title headline parsely-title sailthru.title",
    "lead": "og:description description twitter:description dc.description",
    "authors": "author article:author article:author_name parsely-author dc.creator sailthru.author byl "
    "cxenseparse:author",
    "publisher": "og:site_name application-name dc.publisher publisher article:publisher al:android:app_name",
    "section": "article:section parsely-section section sailthru.section",
    "keywords": "article:tag news_keywords keywords parsely-tags",
    "image_url": "og:image og:image:url twitter:image twitter:image:src",
    "published": "article:published_time datepublished og:published_time og:article:published_time publishdate "
    "publish_date pubdate date dc.date dc.date.issued dcterms.date dcterms.created parsely-pub-date sailthru.date "
    "article:published published_time publication_date article.published cxenseparse:publishtime",
    "modified": "article:modified_time og:updated_time og:article:modified_time datemodified lastmod last-modified "
    "dcterms.modified article:modified",
    "language": "og:locale content-language language dc.language",
    "canonical_url": "og:url",
    "tier": "article:content_tier cxenseparse:content_tier content_tier",
}
"""The names of meta tags (``property``, ``name``, ``itemprop`` or ``http-equiv``) for each field, most trusted first.

They are OpenGraph's (https://ogp.me), Dublin Core's and those that publishing and measuring systems ask for.
"""
_RANKED = {field: names.split() for field, names in _META_NAMES.items()}
_FIELD_OF = {name: (field, rank) for field, names in _RANKED.items() for rank, name in enumerate(names)}
_TEXTS = frozenset(["title", "lead", "authors", "publisher", "section", "keywords"])
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SLASHES = re.compile(r"^(https?:)?/{2,}", re.I)
_JOINED = {"authors": "; ", "keywords": ", "}
_JSON_LD_KEYS = {
    "title": "headline", "subtitle": "alternativeHeadline", "lead": "description", "section": "articleSection",
    "published": "datePublished", "modified": "dateModified", "language": "inLanguage",
}  # fmt: skip
_DATED = etree.XPath("descendant::*/@itemprop[. = 'datePublished']/..")
_MOST = 20
"""Values of one name, and headings, that are looked at."""
_LONGEST = 2_000
"""Characters of a value that are kept."""


def page_candidates(
    tree: HtmlElement,
    nodes: Sequence[dict[str, Any]],
    page_url: str,
    visible: VisibleLines,
    gaps: Gaps = WHOLE,
) -> list[Candidate]:
    """Candidates in the order they are to be believed: JSON-LD, meta tags, visible text. Nothing is chosen yet.

    ``nodes`` are the page's JSON-LD objects, ``visible`` its lines. Author, publisher and section are looked for in
    the visible page where nothing else names them. ``gaps`` is what was left out of the tree.
    """
    node = article_node(nodes)
    gaps.reveal(_says_what_it_is)
    found = [*_from_json_ld(node, nodes), *_from_meta(tree), *_from_visible(tree, gaps)]
    found += _printed(tree, found, visible, gaps)
    if origin := paywall_origin(node, [one.value for one in found if one.field == "tier"]):
        found.append(Candidate("paywalled", "true", origin))
    settled = [_settled(one, page_url) for one in found if one.field != "tier"]
    fitting = {"image_url": is_web_url, "publisher": is_publisher}
    return [one for one in settled if one.field not in fitting or fitting[one.field](one.value)]


def _says_what_it_is(element: HtmlElement) -> bool:
    """Whether a field is read from an element of every page."""
    return element.tag in ("meta", "h1", "title", "link") or element.get("itemprop") == "datePublished"


def _printed(tree: HtmlElement, named: Sequence[Candidate], visible: VisibleLines, gaps: Gaps) -> Iterator[Candidate]:
    """Fields that nothing names, as the page prints them."""
    known = {one.field for one in named}
    titles = [one.value for one in named if one.field == "title"]
    if titles and next(tree.iter("h1"), None) is None and (line := printed_title(visible.lines, titles)):
        yield Candidate("title", line, "visible")
    readers = {"authors": visible_authors, "publisher": printed_site_name, "section": printed_section}
    for field, read in readers.items():
        if field not in known and (value := read(tree, gaps)):
            yield Candidate(field, value, "visible")


def _from_json_ld(node: dict[str, Any], nodes: Sequence[dict[str, Any]]) -> Iterator[Candidate]:
    found = {field: text_value(node.get(key)) for field, key in _JSON_LD_KEYS.items()}
    found["image_url"] = address_of(node.get("image"))
    found["section"] = found["section"] or section_of(nodes)
    found["authors"] = "; ".join(names_of(node.get("author"))[:_MOST])
    found["publisher"] = next(iter(names_of(node.get("publisher"))), "")
    found["keywords"] = ", ".join(texts_of(node.get("keywords")))
    return (Candidate(field, value, "json-ld") for field, value in found.items() if value)


def _from_meta(tree: HtmlElement) -> Iterator[Candidate]:
    found: dict[tuple[str, int], list[str]] = {}
    for meta in tree.iter("meta"):
        slot = _slot(meta)
        if slot and (value := one_line(meta.get("content") or "")) and len(found.setdefault(slot, [])) < _MOST:
            found[slot].append(value)
    for (field, rank), values in sorted(found.items()):
        if field in _TEXTS:  # some systems escape what is escaped already
            values = [one_line(_ENTITY.sub(lambda match: unescape(match[0]), value)) for value in values]
        origin = "opengraph" if _RANKED[field][rank].startswith(("og:", "article:")) else "meta"
        yield Candidate(field, _JOINED[field].join(values) if field in _JOINED else values[0], origin)


def _slot(meta: HtmlElement) -> tuple[str, int] | None:
    """The field that a meta tag is for, by the first of its names that is known, and how much that is trusted."""
    for key in ("property", "name", "itemprop", "http-equiv"):
        raw = meta.get(key)
        if raw and (slot := _FIELD_OF.get(raw) or _FIELD_OF.get(raw.strip().lower())):
            return slot
    return None


def _from_visible(tree: HtmlElement, gaps: Gaps) -> Iterator[Candidate]:
    for heading in islice(tree.iter("h1"), _MOST):
        if text := text_of(gaps.whole(heading)):
            yield Candidate("title", text, "visible")
    title = next(tree.iter("title"), None)
    if title is not None and (text := one_line(gaps.whole(title).text_content())):
        yield Candidate("title", text, "meta")
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            yield Candidate("canonical_url", href, "meta")
    if language := (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip():
        yield Candidate("language", language, "visible")
    for element in elements_of(_DATED(tree))[:1]:
        if stamp := one_line(element.get("datetime") or element.get("content") or gaps.whole(element).text_content()):
            yield Candidate("published", stamp, "visible")


def _settled(one: Candidate, page_url: str) -> Candidate:
    value = one.value
    if one.field in ("canonical_url", "image_url"):
        value = absolute(page_url, _SLASHES.sub(r"\1//", value.strip()))
    return one if value == one.value and len(value) <= _LONGEST else Candidate(one.field, value[:_LONGEST], one.origin)
