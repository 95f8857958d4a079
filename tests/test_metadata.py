"""What a page says of itself: every candidate of a field, and where it came from."""

from __future__ import annotations

import doctest
import importlib
import json
from pathlib import Path

import pytest
from lxml.html import HtmlElement

import pipelines
from pipelines.body.standfirst import standfirst
from pipelines.extraction import parse_text
from pipelines.fields.beside_title import date_lines, lines_beside, updated_part
from pipelines.fields.canonical import canonical_of, foreign_addresses
from pipelines.fields.choices import marked, values
from pipelines.fields.json_ld import article_node, claimed_body, json_ld_nodes
from pipelines.fields.metadata import page_candidates
from pipelines.fields.paywalls import paywall_origin
from pipelines.fields.publication_dates import DateReading, unstated_dates
from pipelines.fields.site_names import printed_section, printed_site_name
from pipelines.items import Candidate, Page
from pipelines.visible_text import VisibleLines
from tests.article_cases import SEEN

URL = "https://www.messager.example/a/1"


def tree_of(markup: str) -> HtmlElement:
    tree = parse_text(f"<html lang='fr'>{markup}</html>")
    assert tree is not None
    return tree


def ld(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects)


def candidates(markup: str, field: str) -> list[tuple[str, str]]:
    tree = tree_of(markup)
    return [
        (one.value, one.origin)
        for one in page_candidates(tree, json_ld_nodes(tree), URL, VisibleLines(tree))
        if one.field == field
    ]


ARTICLE = {"@type": "NewsArticle", "headline": "Le port &amp; la ville"}


@pytest.mark.parametrize(
    ("markup", "field", "found"),
    [
        (ld(ARTICLE) + "<title>Port - Messager</title><h1>Le <b>port</b></h1>", "title",
         [("Le port & la ville", "json-ld"), ("Le port", "visible"), ("Port - Messager", "meta")]),
        ("<meta property=og:title content='A'><meta name=twitter:title content='B'><h1>C</h1>", "title",
         [("A", "opengraph"), ("B", "meta"), ("C", "visible")]),
        (ld({**ARTICLE, "author": [{"name": "Leïla Amrani"}, "Jean Duval", {"url": "https://x.example"}]}), "authors",
         [("Leïla Amrani; Jean Duval", "json-ld")]),
        (ld({"@graph": [{**ARTICLE, "author": {"@id": "#p"}}, {"@id": "#p", "name": "Leïla Amrani"}]}), "authors",
         [("Leïla Amrani", "json-ld")]),
        ("<meta name=author content='Leïla Amrani'><meta name=author content='Jean Duval'>", "authors",
         [("Leïla Amrani; Jean Duval", "meta")]),
        (ld({**ARTICLE, "image": [{"@type": "ImageObject", "name": "quai", "url": "/i.jpg"}]}), "image_url",
         [("https://www.messager.example/i.jpg", "json-ld")]),
        (ld({**ARTICLE, "articleSection": ["Économie", "Mer"]}), "section", [("Économie", "json-ld")]),
        (ld(ARTICLE, {"@type": "BreadcrumbList",
                      "itemListElement": [{"name": "Accueil"}, {"name": "Mer"}, {"name": "Le port"}]}),
         "section", [("Mer", "json-ld")]),
        (ld({**ARTICLE, "datePublished": "2024-05-01T10:00:00Z"})
         + "<meta property=article:published_time content=2024-05-02>", "published",
         [("2024-05-01T10:00:00Z", "json-ld"), ("2024-05-02", "opengraph")]),
        ("<time itemprop=datePublished datetime='2024-05-01'>hier</time>", "published", [("2024-05-01", "visible")]),
        ("<meta name=news_keywords content='mer, quai'>"
         "<meta property=article:tag content='a'><meta property=article:tag content='b'>",
         "keywords", [("a, b", "opengraph"), ("mer, quai", "meta")]),
        ("<meta property=og:locale content=fr_MA>", "language", [("fr_MA", "opengraph"), ("fr", "visible")]),
        ("<meta property=og:description content='L&amp;#039;&amp;eacute;t&amp;eacute; &amp;amp; AT&T'>", "lead",
         [("L'été & AT&T", "opengraph")]),
        ("<meta property=og:image content='//img.messager.example/i.jpg?a=1&amp;copy=2'>", "image_url",
         [("https://img.messager.example/i.jpg?a=1&copy=2", "opengraph")]),
        ("<meta property=og:image content='https:////img.messager.example/i.jpg'>", "image_url",
         [("https://img.messager.example/i.jpg", "opengraph")]),
        ("<meta property=og:image content='data:image/gif;base64,R0lGOD'>", "image_url", []),
        ("<meta property=og:site_name content='English'>", "publisher", []),
        ("<link type='application/rss+xml' title='RSS 2.0'>", "publisher", []),
        ("<link rel='canonical' href='/a/1'>", "canonical_url", [("https://www.messager.example/a/1", "meta")]),
        (ld({**ARTICLE, "isAccessibleForFree": False}), "paywalled", [("true", "json-ld")]),
        (ld({**ARTICLE, "isAccessibleForFree": True}), "paywalled", []),
        ("<link type='application/rss+xml' title='Le Messager » Flux'>", "publisher", [("Le Messager", "visible")]),
    ],
)  # fmt: skip
def test_candidates(markup: str, field: str, found: list[tuple[str, str]]) -> None:
    assert candidates(markup, field) == found


@pytest.mark.parametrize(
    "script",
    [
        "<!-- {json} -->",
        "//<![CDATA[\n{json}\n//]]>",
        "{json},",
        '{{"@graph": [{json}, ]}}',
        '{{"@type": "WebPage", "mainEntity": {json}}}',
        '[null, 1, [], "x", {json}]',
    ],
)
def test_json_ld_as_it_is_found(script: str) -> None:
    text = script.format(json=json.dumps({**ARTICLE, "description": "a\tb"}))
    tree = tree_of(f'<script type="application/ld+json">{text}</script>')
    found = article_node(json_ld_nodes(tree)).get("headline", "")
    assert found == ("" if script == "{json}," else ARTICLE["headline"])


def test_the_claimed_body_is_plain_text() -> None:
    tree = tree_of(ld({**ARTICLE, "articleBody": "&lt;p&gt;Un.&lt;/p&gt;&lt;p&gt;Deux &amp;amp; trois.&lt;/p&gt;"}))
    assert [line.strip() for line in claimed_body(json_ld_nodes(tree)).split("\n")] == ["Un.", "Deux & trois.", ""]


@pytest.mark.parametrize(
    ("final", "named", "crawled", "expected"),
    [
        (URL + "?utm_source=x", [], False, URL),
        (URL, ["https://messager.example/b/2"], False, "https://messager.example/b/2"),
        (URL, ["https://www.messager.example/"], False, URL),
        (URL, ["https://other.example/a/1"], False, URL),
        ("http://127.0.0.1:8000/fr/x/1", ["https://www.ress.example/fr/x/1"], True, "https://www.ress.example/fr/x/1"),
        ("http://127.0.0.1:8000/fr/x/1", ["https://www.ress.example/fr/x/2"], True, "http://127.0.0.1:8000/fr/x/1"),
        ("http://127.0.0.1:8000/fr/x/1", ["https://www.ress.example/fr/x/1"], False, "http://127.0.0.1:8000/fr/x/1"),
        (URL, ["not an address", "http://[bad"], False, URL),
        ("file:///page.html", [], False, "file:///page.html"),
    ],
)
def test_canonical(final: str, named: list[str], crawled: bool, expected: str) -> None:
    assert canonical_of(final, named, crawled=crawled) == expected


def test_a_canonical_of_another_host_is_the_publishers_page() -> None:
    named = ["https://lecourrier.example/a?utm_medium=x", "https://lecourrier.example/", URL]
    assert foreign_addresses(URL, URL, named) == ["https://lecourrier.example/a"]


def test_chosen_candidates_are_marked_once() -> None:
    named = [Candidate("title", "A", "meta"), Candidate("title", "A", "meta"), Candidate("title", "A", "visible")]
    assert [one.chosen for one in marked(named, {"title": "A"})] == [True, False]
    assert values(named, "title", "visible") == ["A"]


@pytest.mark.parametrize(
    ("tiers", "origin"), [(["free"], ""), (["locked"], "meta"), (["Metered"], "meta"), ([], ""), (["abonnés"], "meta")]
)
def test_paywall_tiers(tiers: list[str], origin: str) -> None:
    assert paywall_origin({}, tiers) == origin


def test_lines_beside_the_title() -> None:
    markup = (
        "<body><div>8 mai 2025</div><div>Mer</div><h1>Le port rouvre</h1><div>Mis à jour le 3 mars 2024 à 10h</div>"
        "<div>Publié le 2 mars 2024</div><time datetime='2024-03-02T08:00:00Z'>hier</time><p>"
        + "Long texte. " * 20
        + "</p></body>"
    )
    tree = tree_of(markup)
    lines = lines_beside(tree, "Le port rouvre", VisibleLines(tree))
    assert lines[0] == "Mis à jour le 3 mars 2024 à 10h"
    assert "2024-03-02T08:00:00Z" in lines
    assert date_lines(lines)[0] == "Publié le 2 mars 2024"
    assert updated_part(lines) == "Mis à jour le 3 mars 2024 à 10h"
    assert lines_beside(tree, "Autre chose", VisibleLines(tree)) == []


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Le Messager 24 - Mer - 14 mai 2024", "2024-05-14"),
        ("Port | 14 mai 2024 | 6 min", "2024-05-14"),
        ("Le Messager 24 - La mer en 14 tableaux", ""),
        ("Le Messager 24 - Mer - 34 mai 2024", ""),
    ],
)
def test_a_date_among_the_parts_of_a_line_is_read(line: str, read: str) -> None:
    tree = tree_of(f"<body><h1>Le port rouvre</h1><div>{line}</div><p>Un texte.</p></body>")
    page = Page(URL, URL, 200, (), b"", SEEN)
    reading = DateReading(page, "fr", "")
    found = unstated_dates(tree, lines_beside(tree, "Le port rouvre", VisibleLines(tree)), reading)
    assert (reading.first([one.value for one in found]).at or "") == read


@pytest.mark.parametrize(
    ("markup", "name", "section"),
    [
        ("<a href='/'><img alt='Logo Le Messager'></a><div class=r>Mer</div><h1>Titre</h1>", "Le Messager", "Mer"),
        ("<ul><li>Accueil</li><li>Mer</li></ul><div><h1>Titre</h1></div>", "", "Mer"),
        ("<a rel='category tag' href=/mer>Mer</a><p>Un texte.</p><h1>Titre</h1>", "", "Mer"),
        ("<p>Un texte, une phrase.</p><h1>Titre</h1>", "", ""),
        ("<title>Titre | Mer | Le Messager</title>", "", "Mer"),
        ("<h1>Titre</h1>", "", ""),
    ],
)
def test_printed_names(markup: str, name: str, section: str) -> None:
    assert (printed_site_name(tree_of(markup)), printed_section(tree_of(markup))) == (name, section)


def test_the_standfirst_is_what_the_description_says() -> None:
    text = "Trois semaines de travaux ont suffi pour rendre le quai aux pêcheurs de la ville."
    tree = tree_of(
        f"<body><div class=x><span>{text}</span></div><p>{text[:30]} autre chose, tout autre chose encore.</p></body>"
    )
    assert standfirst(tree, [text[:60] + "..."]) == text
    assert standfirst(tree, ["Une autre description, assez longue pour compter ici."]) == ""
    assert standfirst(tree, ["court"]) == ""


PACKAGE = Path(pipelines.__file__).parent
MODULES = [
    *("article", "extraction", "opening", "plain_text", "site_rules", "visible_text"),
    *(
        f"{folder}.{file.stem}"
        for folder in ("body", "fields")
        for file in sorted((PACKAGE / folder).glob("[a-z]*.py"))
    ),
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"pipelines.{module}")).failed == 0
