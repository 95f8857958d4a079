"""A page whose long list was left out says what the whole page says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector
from lxml.etree import tostring
from lxml.html import HtmlElement

from newscrawl.sites import all_rules
from pipelines.article import to_article
from pipelines.finding import Finder
from pipelines.items import Rejected
from pipelines.left_out import Gaps
from pipelines.long_list import LEAST_ENTRIES, _known, long_list_in
from pipelines.opening import open_page, open_with_gaps
from pipelines.visible_text import detach, elements_of, lines_of
from tests.article_cases import page_of

URL = "https://www.sample-press.example/fr/x/1"
SELECTORS = (
    "a", "ul", "li.e a", "ul.menu a", "div ul.menu a", "div#m ul.menu a", "div#m a", "span.n", "span", "p",
    "ul li span", "ul:has(> li)", "div:has(> a.x)", "div:has(> ul.menu)", "marquee a", "a.x, li", "li + li", "",
)  # fmt: skip


def entries(label: str, least: int = LEAST_ENTRIES) -> str:
    return "".join(
        f'<li class="e"><a class="x y" href="/{label}/{n}"><span class="n">{label} &amp; {n}</span></a> </li>\n'
        for n in range(least)
    )


LISTS = {label: f'<ul class="menu"> {entries(label)}</ul>' for label in ("Été", "B")}
AROUND = (
    "", "<div id='m'>", "</div>", "<p>Un texte.", "<a href='/o'>", "<marquee>", "<!--", "-->", "<table><tr><td>",
    "<select>", "<ul><li>", "<form>", "</ul>", "<script>", "</script>", "<noscript>", "<li>", "<b>", "\n", "<textarea>",
    '<ul class="menu"></ul>', "e\u0301", "<span>", "<title>",
)  # fmt: skip
HEAD = "<!DOCTYPE html>\n<html>\n<head>\n<title>Le port rouvre</title>\n" + "<meta name='a' content='b'>\n" * 8


def parted(markup: str) -> tuple[HtmlElement, Gaps]:
    """The tree of a page whose list was seen before."""
    page = page_of(markup.encode(), URL)
    found = [open_with_gaps(page) for _ in range(2)][-1]
    assert not isinstance(found, Rejected)
    return found


def whole(markup: str) -> HtmlElement:
    tree = open_page(page_of(markup.encode(), URL))
    assert not isinstance(tree, Rejected)
    return tree


def walked(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    return elements_of(CSSSelector(selector, translator="html")(tree)) if selector else []


around = st.lists(st.sampled_from(AROUND), max_size=6).map("".join)
pages = st.tuples(around, st.sampled_from(list(LISTS.values())), around).map(
    lambda parts: f"{HEAD}</head><body>{parts[0]}{parts[1]}{parts[2]}"
)


@given(pages)
@settings(deadline=None)
def test_the_list_filled_in_again_is_the_whole_page(markup: str) -> None:
    tree, gaps = parted(markup)
    gaps.fill_all()
    assert tostring(tree) == tostring(whole(markup))


@given(pages, st.lists(st.sampled_from(SELECTORS), max_size=4))
@settings(deadline=None)
def test_what_is_found_and_taken_is_what_the_whole_page_has(markup: str, selectors: list[str]) -> None:
    tree, expected = Finder(*parted(markup)), whole(markup)
    for selector in selectors:
        same = walked(expected, selector)
        assert list(tree.values(selector, "href")) == [one.get("href") for one in same]
    for selector in ("div#m", *selectors):
        same = walked(expected, selector)
        found = tree.find(selector)
        assert [one.tag for one in found] == [one.tag for one in same]
        assert [tree.take([one]) for one in found[:1]] == [lines_of(one) for one in same[:1]]
        for one in same[:1]:
            detach(one)


def test_what_others_fill_in_is_found() -> None:
    tree, gaps = parted(f"{HEAD}</head><body><div id='m'>{LISTS['B']}</div>")
    finder = Finder(tree, gaps)
    assert not finder.find("li.none, a.none")
    gaps.fill_all()
    assert len(finder.find("li.e")) == len(finder.find("div#m a.x")) == LEAST_ENTRIES


def test_a_list_is_left_out_from_the_second_page_on() -> None:
    markup = f"{HEAD}</head><body><div id='m'>{LISTS['B'].replace('B', 'C')}</div><p>Un texte."
    found = [open_with_gaps(page_of(markup.encode(), URL)) for _ in range(2)]
    assert [isinstance(one, tuple) and len(one[1]) for one in found] == [0, 1]


@pytest.mark.parametrize(
    "markup",
    [
        entries("few", LEAST_ENTRIES - 1),
        entries("odd") + "<li>odd</li>",
        entries("open").replace("</a>", "", 1),
        entries("bare").replace('"/bare/7"', "/bare/7"),
        entries("inside").replace("</span>", "<b>!</b></span>", 1),
    ],
)
def test_lists_that_are_parsed_with_their_page(markup: str) -> None:
    page = f"{HEAD}<body><ul>{markup}</ul>".encode()
    assert [long_list_in(page) for _ in range(2)] == [None, None]


def test_an_article_is_the_same_whether_its_menu_was_seen_before() -> None:
    menu = f'<div id="centeredmenu"><ul class="ui-menu-child">{entries("Z")}</ul></div>'
    markup = (
        f"{HEAD}<meta property='og:url' content='https://www.sample-press.example/fr/x/1'></head><body>{menu}"
        "<span class='articletitle'>Le port rouvre</span><span class='articlecontent'>Le port a rouvert lundi.</span>"
    )
    page = page_of(markup.encode(), URL, site="sample")
    first, second = (to_article(page, rules=all_rules()) for _ in range(2))
    assert first == second
    assert len(first.names) == LEAST_ENTRIES
    assert [one.reason for one in first.segments] == ["menu"]


def test_a_list_that_is_the_article_is_read_where_it_was_seen_before() -> None:
    items = "".join(
        f'<li class="e"><a class="x" href="/bac/{n}"><span class="n">Salle {n} : les candidats {n} y sont attendus '
        "à huit heures.</span></a></li>\n"
        for n in range(LEAST_ENTRIES)
    )
    dated = "<meta property='article:published_time' content='2024-05-03'>"  # or the date is looked for in all of it
    markup = f"{HEAD}{dated}</head><body><h1>Le port rouvre</h1><article><ul>{items}</ul></article>"
    page = page_of(markup.encode(), URL)
    first, second = (to_article(page) for _ in range(2))
    found = open_with_gaps(page)
    assert not isinstance(found, Rejected)
    assert len(found[1]) == 1
    assert first == second
    assert first.article is not None
    assert "Salle 7 : les candidats 7" in first.article.body


@given(st.lists(st.lists(pages, min_size=1, max_size=2).map("".join), min_size=1, max_size=5))
@settings(deadline=None)
def test_a_list_that_was_seen_is_found_where_it_is_searched(markups: list[str]) -> None:
    pages = [markup.encode() for markup in markups]
    searched = []
    for page in pages:
        _known.clear()
        searched.append([long_list_in(page) for _ in range(2)][-1])
    for page in pages:
        long_list_in(page)
    found = [long_list_in(page) for _ in range(2) for page in pages]
    assert [one and (one[0], one[1].markup) for one in found] == 2 * [
        one and (one[0], one[1].markup) for one in searched
    ]
