"""What a site's declared rules find on its pages, and what pages saved as text become."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml.html import HtmlElement

from pipelines.extraction import parse_text
from pipelines.finding import Finder
from pipelines.items import SiteRules
from pipelines.plain_text import markup_of_text
from pipelines.site_rules import (
    body_paragraphs,
    matching_rules,
    named_values,
    rule_candidates,
    take_segments,
    ticker_headlines,
)
from pipelines.visible_text import absolute, detach, lines_of
from tests.article_cases import RULES, page_of

URL = "https://www.ressdemo.example/fr/lagazette/1"


def tree_of(markup: str) -> HtmlElement:
    tree = parse_text(f"<html><body>{markup}</body></html>")
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<span class=articlecontent>Un.<br>Deux.<br/><br/>Trois.</span>", ["Un.", "Deux.", "Trois."]),
        ("<span class=articlecontent>Un </span><div>pub</div><span class=articlecontent>deux.</span>", ["Un", "deux."]),
        ("<span class=articlecontent>Un <b>gras</b> et <a href=/x>un lien</a>.</span>", ["Un gras et un lien."]),
        ("<span class=articlecontent>Un<span class=articlecontent> dedans</span>.</span>", ["Un dedans."]),
        ("<span class=articlecontent>Un.<script>x()</script><p>Deux.</p></span>", ["Un.", "Deux."]),
        ("<span class=articlecontent> <br> </span>", []),
        ("<p>Autre page</p>", None),
    ],
)
def test_body(markup: str, lines: list[str] | None) -> None:
    assert body_paragraphs(Finder(tree_of(markup)), RULES) == lines


def test_the_first_rules_that_recognise_the_page_apply() -> None:
    other = replace(RULES, engine="other", recognised_by="div.other")
    tree = tree_of("<div class=other></div><span class=articletitle>T</span>")
    assert matching_rules(Finder(tree), [other, RULES]) is other
    assert matching_rules(Finder(tree), [RULES, other]) is RULES
    assert matching_rules(Finder(tree_of("<p>x</p>")), [RULES, other]) is None


def test_candidates_of_every_selector() -> None:
    markup = (
        "<script>_gaq.push(['_setCustomVar', 3, 'Category', 'Mer']);</script>"
        "<span class=articletitle>Le <b>port</b></span><span class=articlesubtitle></span>"
        "<span class=articlenewspaper>Publié dans "
        "<a class='articlenewspaper link'>La Gazette</a> le 01 - 07 - 2025</span>"
        "<a class=link href='https://lagazette.example/a'>ici</a><a class=link href='/fr/lagazette/2'>là</a>"
    )
    found = [(one.field, one.value) for one in rule_candidates(Finder(tree_of(markup)), RULES, URL)]
    assert found == [
        ("title", "Le port"),
        ("publisher", "La Gazette"),
        ("published", "Publié dans La Gazette le 01 - 07 - 2025"),
        ("section", "Mer"),
        ("source_url", "https://lagazette.example/a"),
    ]


def test_the_ticker_is_one_segment_and_its_headlines_are_kept_once() -> None:
    link = "<a href='/fr/x/{0}'>{1}</a>&nbsp;&nbsp;&nbsp;&nbsp;"
    links = [
        (1, "Le port de pêche rouvre lundi matin"),
        (2, "The harbour reopens on Monday"),
        (1, "Le port de pêche rouvre"),
    ]
    markup = "".join(link.format(*one) for one in links)
    tree = tree_of(
        f"<marquee id=marquee><span class=marquee>{markup}<a href='http://[bad'>x</a></span></marquee><p>Texte</p>"
    )
    headlines = ticker_headlines(Finder(tree), RULES, page_of(b"", URL, site="ressdemo"))
    assert [(one.url, one.language, one.seen_in, one.aggregator, one.seen_on) for one in headlines] == [
        ("https://www.ressdemo.example/fr/x/1", "fr", "ticker", "ressdemo", URL),
        ("https://www.ressdemo.example/fr/x/2", "en", "ticker", "ressdemo", URL),
    ]
    assert [one.reason for one in take_segments(Finder(tree), RULES)] == ["ticker"]
    assert lines_of(tree) == ["Texte"]


def test_what_is_removed_comes_back_with_its_reason_and_leaves_the_text_around_it() -> None:
    tree = tree_of("<p>Avant <span class=x>pub</span> après</p><span class=x></span>")
    rules = SiteRules(engine="x", recognised_by="p", remove=(("span.x", "advertising"), ("div.none", "share")))
    assert [(one.reason, one.text) for one in take_segments(Finder(tree), rules)] == [("advertising", "pub")]
    assert lines_of(tree) == ["Avant après"]


TICKER = "Un titre du bandeau    Un deuxième titre    Un troisième titre\u00a0\u00a0\u00a0\u00a0Un quatrième titre"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (f"{TICKER}\n\nMerci d'avoir signalé!\nBon.\n\nLe titre\nSuite\nPublié dans X le 1-7-2025\n\nUn.\nDeux.",
         "Le titre", ["Un.", "Deux."]),
        (f"{TICKER}\n\nLe titre\n\nUn.\n\nDeux.", "Le titre", ["Un.", "Deux."]),
        ("Le titre\nAmal Naciri Published in X on 01 - 07 - 2025\nOne.", "Le titre", ["One."]),
        ("Publicado en X el 1-7-2025\nUno.\nDos.", "", ["Uno.", "Dos."]),
    ],
)  # fmt: skip
def test_a_page_saved_as_text_is_read_by_the_rules(text: str, title: str, body: list[str]) -> None:
    tree = parse_text(markup_of_text(text))
    assert tree is not None
    titles = [one.value for one in rule_candidates(Finder(tree), RULES, URL) if one.field == "title"]
    assert titles == ([title] if title else [])
    assert body_paragraphs(Finder(tree), RULES) == body


def test_other_text_is_a_title_and_paragraphs() -> None:
    tree = parse_text(markup_of_text("Un <titre>\n\nUne ligne.\n\n\nUne autre."))
    assert tree is not None
    assert matching_rules(Finder(tree), [RULES]) is None
    assert [one.tag for one in tree.iter("h1", "p")] == ["h1", "p", "p"]
    assert lines_of(tree)[0] == "Un <titre>"
    assert "<h1>" not in markup_of_text("Une seule ligne.")


def test_lines_are_those_of_a_browser() -> None:
    tree = tree_of("<div>a<b>b</b><br>c<!-- x --><table><tr><td>d<td>e</table></div>f <style>s</style> g&shy;h\u200b")
    assert lines_of(tree) == ["ab", "c", "d", "e", "f gh"]


def test_links_are_resolved_and_detached_elements_leave_their_tail() -> None:
    assert absolute(URL, " ../x/2 ") == "https://www.ressdemo.example/fr/x/2"
    assert absolute(URL, "http://[bad") == ""
    tree = tree_of("<p>a<i>b</i>c<u>d</u>e</p>")
    for element in list(tree.iter("i", "u")):
        detach(element)
    assert lines_of(tree) == ["ace"]
    detach(tree)


def test_the_values_that_name_other_lists() -> None:
    site = replace(RULES, names=(("ul.papers a", "href"), ("select option", "value")))
    tree = tree_of(
        "<ul class=papers><li><a href='/a'>A</a><li><a href=' /b '>B</a><li><a href='/a'>A</a><li><a>C</a></ul>"
        "<select><option value='le-soir'>Le Soir<option value=''>-</select>"
    )
    assert named_values(Finder(tree), site.names) == ["/a", "/b", "le-soir"]
