"""What quick steps give is what trafilatura's own steps give."""

from __future__ import annotations

import sys
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import Element, tostring
from lxml.html import HtmlElement, fromstring
from trafilatura import utils, xml
from trafilatura.settings import TAG_CATALOG, Extractor

from pipelines import quick_steps
from pipelines.extraction import body_lines, parse_text
from pipelines.visible_text import one_line
from tests.test_remembered_xpath import trees

TEXTS = st.sampled_from(
    [
        "",
        " ",
        "Un titre",
        "\n  Un\u00a0titre,\n puis  deux ",
        "a &amp; b",
        "\u2424",
        "doux\u00ad",
        "x\u2028y",
        "mot " * 40,
    ]
)
OPTIONS = {
    focus: Extractor(fast=True, comments=False, precision=focus == "precision", recall=focus == "recall")
    for focus in ("balanced", "recall", "precision")
}


def test_of_the_signs_that_can_be_printed_the_blank_alone_is_white_space() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    assert [sign for sign in signs if sign.isspace() and sign.isprintable()] == [" "]
    assert not any(sign.isprintable() for sign in "\u00ad\u200b\ufeff\u2028")


@given(TEXTS | st.text() | st.none())
def test_trim(text: str | None) -> None:
    assert quick_steps.trim(text) == utils.trim(text)  # type: ignore[arg-type]
    clean = (text or "").replace("\u00ad", "").replace("\u200b", " ").replace("\ufeff", " ")
    assert one_line(text or "") == " ".join(clean.split())


@st.composite
def results(draw: st.DrawFn) -> HtmlElement:
    """Bodies as trafilatura makes them, some with elements in elements."""
    body = Element("body")
    holders = [body]
    kinds = st.sampled_from(["p", "p", "p", "head", "quote", "lb", "list", "item", "hi", "ref", "table", "row", "cell"])
    for kind in draw(st.lists(kinds, max_size=12)):
        element = Element(kind)
        element.text, element.tail = draw(TEXTS), draw(TEXTS | st.none())
        holder = body if draw(st.booleans()) else draw(st.sampled_from(holders))
        holder.append(element)
        holders.append(element)
    body.text = draw(st.none() | TEXTS)
    return body


@given(results())
def test_lines_of_a_result(body: HtmlElement) -> None:
    expected = xml.xmltotxt(deepcopy(body), False)
    assert quick_steps.to_text(body, False) == expected
    for element in body.iter():
        assert quick_steps.element_text(element) == utils.trim("".join(element.itertext()))


@st.composite
def linked_trees(draw: st.DrawFn) -> HtmlElement:
    """Trees with texts, links and tables."""
    tree = draw(trees())
    elements = list(tree.iter())
    for tag in draw(st.lists(st.sampled_from(["ref", "ref", "p", "list", "div", "table", "cell"]), max_size=15)):
        element = tree.makeelement(tag)
        element.text, element.tail = draw(TEXTS), draw(TEXTS)
        draw(st.sampled_from(elements)).append(element)
        elements.append(element)
    return tree


@given(linked_trees(), st.sampled_from(sorted(OPTIONS)), st.booleans(), st.booleans())
def test_sections_are_pruned(tree: HtmlElement, focus: str, keep_teasers: bool, tables: bool) -> None:
    tags = {*TAG_CATALOG, *(["table", "td"] if tables else [])}
    expected = quick_steps.PRUNE_SECTIONS(deepcopy(tree), tags, OPTIONS[focus], keep_teasers)
    assert tostring(quick_steps.prune_sections(tree, tags, OPTIONS[focus], keep_teasers)) == tostring(expected)


@pytest.mark.parametrize("forum", [False, True])
@given(tree=trees())
def test_what_is_pruned_at_first(tree: HtmlElement, forum: bool) -> None:
    if forum:
        script = tree.makeelement("script", type="application/ld+json")
        script.text = '{"@type": "DiscussionForumPosting"}'
        tree.append(script)
    expected = quick_steps._RAW.asked(tree) + ([] if forum else quick_steps._COMMENTS.asked(tree))
    assert set(quick_steps.pruned_at_first(tree)) == set(expected)


@pytest.mark.parametrize("head", ["<head><title>Le port</title></head>\n", "<head><script>x</script></head>", ""])
def test_the_tree_stays_as_it_is(head: str) -> None:
    tree = parse_text(f"<html>\n{head}<body><p>{'Le port a rouvert lundi. ' * 30}</p>\n</body></html>")
    assert tree is not None
    before = tostring(tree)
    assert body_lines(tree) == [("Le port a rouvert lundi. " * 30).strip()]
    assert tostring(tree) == before
    assert body_lines(fromstring("<div></div>")) == []
