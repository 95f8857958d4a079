"""What is looked up by selector is what a walk over the tree finds."""

from __future__ import annotations

from copy import deepcopy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector
from lxml.etree import tostring
from lxml.html import HtmlElement, fromstring

from newscrawl.sites import all_rules
from pipelines.finding import Finder
from pipelines.items import SiteRules
from pipelines.visible_text import detach, lines_of

SELECTORS = (
    "div",
    "div.a",
    "div#a",
    "span.a, div.b",
    "div.b, div.a",
    "div.a.b",
    'div[class="a"]',
    'a[class="a b"][id="b"]',
    'a[class*="a"], span#a.b',
    "div a",
    "div div.a span",
    "div#a div.b a, span",
    "div:has(> a)",
    'div.a span:has(> a[class="b"])',
    "div > a",  # from here on walks
    "span + a",
    ".a",
    "*",
    "div:not(.a)",
    'div[title="x, y"]',
    "",
)


@st.composite
def trees(draw: st.DrawFn) -> HtmlElement:
    root = fromstring("<div></div>")
    elements = [root]
    classes = st.sampled_from(["", "a", "b", "a b", "b\ta", " a", "a\u00a0b", "ab", "A"])
    for tag in draw(st.lists(st.sampled_from(["div", "span", "a"]), max_size=25)):
        element = root.makeelement(tag)
        if names := draw(classes):
            element.set("class", names)
        if name := draw(st.sampled_from(["", "a", "b"])):
            element.set("id", name)
        draw(st.sampled_from(elements)).append(element)
        elements.append(element)
    return root


def walked(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    found = CSSSelector(selector, translator="html")(tree) if selector else []
    assert isinstance(found, list)
    return found


@given(trees(), st.lists(st.sampled_from(SELECTORS), min_size=1), st.randoms(use_true_random=False))
def test_what_is_found_is_what_a_walk_finds(tree: HtmlElement, selectors: list[str], random: Random) -> None:
    """Also after elements have left the tree."""
    finder = Finder(tree)
    for selector in (*selectors, *SELECTORS):
        assert finder.find(selector) == walked(tree, selector), selector
        elements = list(tree.iter("div", "span", "a"))
        if elements and random.random() < 0.3:
            detach(random.choice(elements))


@given(trees(), st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_values_and_lines_that_are_remembered_are_those_of_the_elements(
    tree: HtmlElement, selectors: list[str], random: Random
) -> None:
    """Also after an element that was remembered has lost some of what is in it."""
    for number, element in enumerate(tree.iter("div", "span", "a")):
        element.text, element.tail = f"text {number}", random.choice([None, f"tail {number}"]) if number else None
    plain = deepcopy(tree)
    finder = Finder(tree)
    for selector in (*selectors, *SELECTORS):
        assert list(finder.values(selector, "class")) == [one.get("class") for one in walked(tree, selector)]
        if random.random() < 0.5 and (elements := walked(tree, chosen := random.choice(SELECTORS))):
            same = walked(plain, chosen)
            expected = [line for one in same for line in lines_of(one)]
            for one in same:
                detach(one)
            assert finder.take(elements) == expected
            assert tostring(tree) == tostring(plain)


@pytest.mark.parametrize("site", all_rules(), ids=lambda site: site.recognised_by)
def test_no_selector_of_a_declared_site_is_a_walk(site: SiteRules) -> None:
    fields = (site.title, site.subtitle, site.authors, site.publisher, site.published, site.section)
    others = (site.recognised_by, site.source_link, site.body, site.ticker, *dict(site.remove), *dict(site.names))
    assert [one for one in (*fields, *others) if not Finder.looks_up(one)] == []
