"""Steps of trafilatura that give what its own give in less time, and stand in their place (:func:`put_in_place`).

They are for the options that :mod:`pipelines.extraction` asks with: for others each asks trafilatura's own step, which
is kept beside it. Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from html import unescape
from importlib import import_module
from typing import Any

from lxml.etree import strip_tags
from lxml.html import HtmlElement
from trafilatura import htmlprocessing, main_extractor, utils, xml, xpaths
from trafilatura.settings import Extractor

from pipelines.remembered_xpath import RememberedXPath, SharedWalk

__all__ = [
    "element_text",
    "prepare_tree",
    "prune_sections",
    "pruned_at_first",
    "put_in_place",
    "to_text",
    "trim",
]

_CORE: Any = import_module("trafilatura.core")
_BASELINE: Any = import_module("trafilatura.baseline")  # the package has a function of this name
_PROCESSING: Any = htmlprocessing
_EXTRACTOR: Any = main_extractor
_XPATHS: Any = xpaths

PREPARE_TREE: Callable[[HtmlElement, Extractor, str | None], tuple[HtmlElement, HtmlElement]] = _CORE._prepare_tree
PRUNE_SECTIONS: Callable[[HtmlElement, set[str], Extractor, bool], HtmlElement] = _EXTRACTOR.prune_unwanted_sections

# trafilatura tests the names of a page's elements with eleven expressions, which take half of its time.
_RAW = RememberedXPath(*_XPATHS.RAW_TREE_PRUNE_XPATH, names_decide=False)
_COMMENTS = RememberedXPath(*_XPATHS.REMOVE_COMMENTS_AND_LISTS_XPATH)
_DISCARDED = RememberedXPath(*_XPATHS.OVERALL_DISCARD_XPATH)
_CAPTIONS = RememberedXPath(*_XPATHS.DISCARD_IMAGE_ELEMENTS)
_TEASERS = RememberedXPath(*_XPATHS.TEASER_DISCARD_XPATH)
_AT_FIRST = SharedWalk(_RAW, _COMMENTS)
_SECTIONS = SharedWalk(_DISCARDED, _CAPTIONS, _TEASERS)
_LINKED = ("div", "list", "p")
"""Elements that trafilatura takes away where they are mostly links, in its order."""
_LINES = frozenset(("p", "head", "quote"))
_LEAST_PARTS, _LEAST_LENGTH = 3, 100
"""A ``div`` of fewer elements or more characters stays where its links alone would not take it away."""


def put_in_place() -> None:
    """Make trafilatura use the steps of this module."""
    _XPATHS.RAW_TREE_PRUNE_XPATH[:], _XPATHS.REMOVE_COMMENTS_AND_LISTS_XPATH[:] = [pruned_at_first], []
    _XPATHS.OVERALL_DISCARD_XPATH[:] = [_DISCARDED]
    _XPATHS.DISCARD_IMAGE_ELEMENTS[:] = [_CAPTIONS]
    _XPATHS.TEASER_DISCARD_XPATH[:] = [_TEASERS]
    # Of those that look for the text it asks for the first element alone.
    _XPATHS.BODY_XPATH[:] = [
        RememberedXPath(one, first=True) if "re:test" in one.path else one for one in _XPATHS.BODY_XPATH
    ]
    _BASELINE.BASIC_CLEAN_XPATH = RememberedXPath(_BASELINE.BASIC_CLEAN_XPATH)
    _CORE._prepare_tree, _CORE.xmltotxt, _CORE._elem_text = prepare_tree, to_text, element_text
    _PROCESSING.trim = _EXTRACTOR.trim = trim
    _EXTRACTOR._elem_text, _EXTRACTOR.prune_unwanted_sections = element_text, prune_sections
    _EXTRACTOR._log_event = lambda *_: None  # what nobody reads


def pruned_at_first(tree: HtmlElement) -> list[HtmlElement]:
    """What trafilatura takes out of a page before anything else, and comments, which on a forum stay."""
    raw, comments = _AT_FIRST(tree)
    return raw if not comments or _CORE._forum_thread_page(tree) else [*raw, *comments]


def trim(text: str | None) -> str:
    """A text on one line: most are, and of the signs that can be printed the blank alone is white space."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text and text[0] != " " != text[-1]:
        return text
    return " ".join(text.split())


def element_text(element: HtmlElement) -> str:
    """The text of an element on one line; most have no elements inside."""
    return trim("".join(element.itertext()) if len(element) else element.text)


def to_text(body: HtmlElement | None, include_formatting: bool) -> str:
    """The lines of a result: most are paragraphs and heads without elements inside, and each is a line as it is."""
    if include_formatting or body is None or body.tag != "body" or body.text:
        return xml.xmltotxt(body, include_formatting)
    parts: list[str] = []
    for child in body:
        text = child.text
        if not text or len(child) or child.tag not in _LINES:
            xml.process_element(child, parts, False)
            continue
        if parts and parts[-1][-1:] not in xml.SEPARATORS:
            parts.append("\n")
        parts += (text, "\n")
        if tail := child.tail:
            parts.append(tail.lstrip())
    text = "".join(parts)
    if "&" in text or "\u2424" in text or not text.replace("\n", "").isprintable():
        return unescape(utils.sanitize(text, True) or "")
    return "\n".join(filter(None, text.split("\n")))


def prepare_tree(tree: HtmlElement, options: Extractor, url: str | None) -> tuple[HtmlElement, HtmlElement]:
    """A cleaned tree, without the copy for a comparison and for comments where neither is wanted."""
    if options.comments or not options.fast:
        return PREPARE_TREE(tree, options, url)
    cleaned = _CORE.convert_tags(_CORE.tree_cleaning(copy(tree), options), options, url)
    return cleaned, cleaned


def prune_sections(
    tree: HtmlElement, potential_tags: set[str], options: Extractor, keep_teasers: bool = False
) -> HtmlElement:
    """Take away what its names tell to be no text, found in one walk, and what is mostly links."""
    if options.focus == "precision" or "graphic" in potential_tags or "ref" in potential_tags:
        return PRUNE_SECTIONS(tree, potential_tags, options, keep_teasers)
    discarded, captions, teasers = _SECTIONS(tree)
    if discarded:
        _PROCESSING.prune_unwanted_nodes(tree, [lambda _: discarded], with_backup=True)
    for element in captions if keep_teasers or options.focus == "recall" else [*captions, *teasers]:
        xml.delete_element(element)
    _delete_links(tree)
    if "table" in potential_tags:
        for table in [one for one in tree.iter("table") if _PROCESSING.link_density_test_tables(one)]:
            xml.delete_element(table, keep_tail=False)
    strip_tags(tree, "span", "ref")
    return tree


def _delete_links(tree: HtmlElement) -> None:
    """Take away what is mostly links, twice; the second time only what the first has changed can be told otherwise."""
    linked: set[HtmlElement] = set()
    for link in tree.iterdescendants("ref"):
        for above in link.iterancestors(_LINKED):
            if above in linked:
                break
            linked.add(above)
    asked, changed = linked, set[HtmlElement]()
    for _ in range(2 if linked else 0):
        for tag in _LINKED:
            for element in [one for one in tree.iter(tag) if one in asked and _is_farm(one)]:
                before = element.getprevious()  # the last one of some is judged by itself
                changed.update(element.iterancestors(), () if before is None else (before,))
                xml.delete_element(element)
        asked = changed


def _is_farm(element: HtmlElement) -> bool:
    """Whether an element is mostly links; a paragraph that is all of a cell or an item is not looked at alone."""
    farm, short = _PROCESSING.link_density_test(element)
    if not farm and short and element.tag == "div" and len(element) >= _LEAST_PARTS:
        farm = len(trim(element.text_content())) < _LEAST_LENGTH
    parent = element.getparent() if farm and element.tag == "p" else None
    return farm and (parent is None or parent.tag not in ("item", "td", "th"))
