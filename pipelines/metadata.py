"""What a page says of itself: candidates of every field from JSON-LD, OpenGraph, meta tags and visible text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typing import Any

from lxml.html import HtmlElement

from pipelines.authors import visible_authors
from pipelines.items import Candidate
from pipelines.json_ld import article_node, names_of, text_value, texts_of
from pipelines.paywalls import is_paywalled
from pipelines.visible_text import absolute, one_line, text_of

__all__ = ["page_candidates"]

_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title"),
    "lead": ("og:description", "description", "twitter:description", "dc.description"),
    "authors": ("author", "article:author", "article:author_name", "parsely-author", "dc.creator", "sailthru.author", "byl",
                "cxenseparse:author"),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher", "al:android:app_name"),
    "section": ("article:section", "parsely-section", "section", "sailthru.section"),
    "keywords": ("article:tag", "news_keywords", "keywords", "parsely-tags"),
    "image_url": ("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    "published": ("article:published_time", "datepublished", "og:published_time", "publishdate", "publish_date", "pubdate",
                  "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date",
                  "article:published", "published_time", "publication_date", "article.published", "cxenseparse:publishtime"),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
                 "article:modified"),
    "language": ("og:locale", "content-language", "language", "dc.language"),
    "canonical_url": ("og:url",),
    "tier": ("article:content_tier", "cxenseparse:content_tier", "content_tier"),
}  # fmt: skip
_FIELD_OF = {name: (field, rank) for field, names in _META.items() for rank, name in enumerate(names)}
_MANY = frozenset({"authors", "keywords"})


def page_candidates(tree: HtmlElement, nodes: Sequence[dict[str, Any]], page_url: str) -> list[Candidate]:
    """Candidates in the order they are to be believed: JSON-LD, meta tags, visible text. Nothing is chosen yet.

    ``nodes`` are the page's JSON-LD objects.
    """
    node = article_node(nodes)
    found = [*_from_json_ld(node), *_from_meta(tree), *_from_visible(tree)]
    if not any(one.field == "authors" for one in found) and (line := visible_authors(tree)):
        found.append(Candidate("authors", line, "visible"))
    tiers = [one.value for one in found if one.field == "tier"]
    if is_paywalled(node, tiers, tree):
        found.append(Candidate("paywalled", "true", "json-ld" if "isAccessibleForFree" in node else "meta"))
    return [_absolute(one, page_url) for one in found if one.field != "tier"]


def _from_json_ld(node: dict[str, object]) -> Iterator[Candidate]:
    single = {
        "title": "headline", "subtitle": "alternativeHeadline", "lead": "description", "section": "articleSection",
        "image_url": "image", "published": "datePublished", "modified": "dateModified", "language": "inLanguage",
    }  # fmt: skip
    for field, key in single.items():
        if text := text_value(node.get(key)):
            yield Candidate(field, text, "json-ld")
    if names := names_of(node.get("author")):
        yield Candidate("authors", "; ".join(names), "json-ld")
    if names := names_of(node.get("publisher")):
        yield Candidate("publisher", names[0], "json-ld")
    if words := texts_of(node.get("keywords")):
        yield Candidate("keywords", ", ".join(words), "json-ld")


def _from_meta(tree: HtmlElement) -> Iterator[Candidate]:
    found: dict[tuple[str, int], list[str]] = {}
    for meta in tree.iter("meta"):
        value = one_line(meta.get("content") or "")
        names = (meta.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        slot = next((_FIELD_OF[name] for raw in names if raw and (name := raw.strip().lower()) in _FIELD_OF), None)
        if slot and value:
            found.setdefault(slot, []).append(value)
    for (field, rank), values in sorted(found.items()):
        origin = "opengraph" if _META[field][rank].startswith(("og:", "article:")) else "meta"
        yield Candidate(
            field, ("; " if field == "authors" else ", ").join(values) if field in _MANY else values[0], origin
        )


def _from_visible(tree: HtmlElement) -> Iterator[Candidate]:
    for heading in tree.iter("h1"):
        if text := text_of(heading):
            yield Candidate("title", text, "visible")
    title = next(tree.iter("title"), None)
    if title is not None and (text := one_line(title.text_content())):
        yield Candidate("title", text, "meta")
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").strip():
            yield Candidate("canonical_url", (link.get("href") or "").strip(), "meta")
    if language := (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip():
        yield Candidate("language", language, "visible")
    for element in tree.xpath(".//*[@itemprop='datePublished']"):
        if stamp := one_line(element.get("datetime") or element.get("content") or element.text_content()):
            yield Candidate("published", stamp, "visible")
            break


def _absolute(one: Candidate, page_url: str) -> Candidate:
    if one.field not in ("canonical_url", "image_url"):
        return one
    return Candidate(one.field, absolute(page_url, one.value), one.origin)
