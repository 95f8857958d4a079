"""What remembered expressions find is what the expressions find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import XPath
from lxml.html import HtmlElement, fromstring
from trafilatura import xpaths

from pipelines import extraction, quick_steps
from pipelines.remembered_xpath import RememberedXPath, SharedWalk

EXPRESSIONS = {
    "raw": quick_steps._RAW,
    "comments": quick_steps._COMMENTS,
    "discarded": quick_steps._DISCARDED,
    "captions": quick_steps._CAPTIONS,
    "teasers": quick_steps._TEASERS,
    "basic": quick_steps._BASELINE.BASIC_CLEAN_XPATH,
    **{f"body-{at}": one for at, one in enumerate(xpaths.BODY_XPATH) if isinstance(one, RememberedXPath)},
}
"""Those of trafilatura that :mod:`pipelines.quick_steps` replaces."""

VALUES = (
    "infinite-scroll", "mvp-post-add-wrap x", "elementor-share-buttons", "comments", "Comment-list", "disqus_thread",
    "cookie-law", "sharing", "tags", "widget a", "nav", "footer", "-icon", "caption", "teaser", "Teaser", "reply-1",
    "hidden", "display:none", "akismet", "post", "post-text", "articleBody", "text", "story-body", "fulltext",
    "main-content", "content", "true", "", "plain", "a\u00a0b", "commentary", "x-footer", "onetrust", "Cookie-banner",
)  # fmt: skip
TAGS = ("div", "section", "aside", "article", "main", "p", "span", "ul", "list", "item", "h1", "a", "footer", "style")
NAMES = ("id", "class", "style", "role", "aria-hidden", "itemprop", "data-component", "data-lp-replacement-content")


@st.composite
def trees(draw: st.DrawFn) -> HtmlElement:
    root = fromstring("<div></div>")
    elements = [root]
    tags = st.sampled_from(TAGS)
    for tag in draw(st.lists(tags, max_size=25)):
        element = root.makeelement(tag)
        for name in draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)):
            element.set(name, draw(st.sampled_from(VALUES)))
        draw(st.sampled_from(elements)).append(element)
        elements.append(element)
    return root


def test_replaced_expressions() -> None:
    assert extraction.body_lines  # whose module replaces them
    assert len(EXPRESSIONS) == 9
    assert all(isinstance(one, RememberedXPath) for one in EXPRESSIONS.values())


@given(tree=trees())
def test_a_shared_walk_finds_what_each_finds(tree: HtmlElement) -> None:
    parts = [one for name, one in EXPRESSIONS.items() if not name.startswith("body")]
    assert SharedWalk(*parts)(tree) == [part(tree) for part in parts]


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
@given(tree=trees())
def test_finds_what_the_expression_finds(name: str, tree: HtmlElement) -> None:
    remembered = EXPRESSIONS[name]
    asked = set(remembered.asked(tree))
    found = [element for element in tree.iter() if element in asked]
    assert remembered(tree) == (found[:1] if name.startswith("body") else found)


def test_order_of_attributes_counts() -> None:
    tree = fromstring('<div><p class="reply-1" id="a"></p><p id="a" class="reply-1"></p></div>')
    remembered = RememberedXPath(XPath(".//*[starts-with(@id|@class, 'reply-')]"))
    assert remembered(tree) == [tree[0]]


def test_value_that_cannot_be_written() -> None:
    tree = fromstring(b'<div><p class="caption \x01"></p></div>')
    remembered = RememberedXPath(XPath(".//*[self::p][contains(@class, 'caption')]"))
    assert remembered(tree) == remembered.asked(tree)
    assert SharedWalk(remembered, remembered)(tree) == [remembered.asked(tree)] * 2
