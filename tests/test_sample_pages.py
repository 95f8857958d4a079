"""The sample aggregator's pages and feeds: the real engine's mark-up, and links where the articles say they are."""

from __future__ import annotations

import doctest
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest

from newscrawl.sample import ExpectedArticle, SampleWeb, expected_articles, markup, noise_lines
from newscrawl.sample.articles import load_articles
from newscrawl.sample.editions import EDITIONS, SECTIONS

BASE = "http://sample.test:8000"
WEB = SampleWeb()
ALL_LANGUAGES = ("fr", "en", "es", "ar", "pt")


def html(path: str, web: SampleWeb = WEB) -> lxml.html.HtmlElement:
    answer = web.answer(path, BASE)
    assert answer.status == 200, path
    return lxml.html.fromstring(answer.body)


def texts(tree: lxml.html.HtmlElement, selector: str) -> list[str]:
    return [each.text_content() for each in tree.cssselect(selector)]


def feed_items(path: str, web: SampleWeb = WEB) -> list[lxml.etree._Element]:
    return lxml.etree.fromstring(web.answer(path, BASE).body).findall(".//item")


def test_article_page_has_the_engines_mark_up() -> None:
    answer = WEB.answer("/fr/lerivage/41207", BASE)
    assert answer.body.startswith(b"<?xml version='1.0' encoding='UTF-8' ?>\n<!DOCTYPE html>\n<html xmlns=")
    assert b"</a>&nbsp;&nbsp;&nbsp;&nbsp;<a" in answer.body
    tree = lxml.html.fromstring(answer.body)
    assert tree.findtext(".//title").strip() == f"Sample Press : {texts(tree, 'span.articletitle')[0]}"
    assert texts(tree, "span.articlesubtitle") == ["Les piétons d'abord, les camionnettes à l'automne"]
    assert texts(tree, "a.articleauthor") == ["Samia Louardi"]
    assert texts(tree, "span.articlenewspaper") == ["Publié dans Le Rivage le 01 - 07 - 2025"]
    assert texts(tree, "a.articlenewspaper") == ["Le Rivage"]
    assert tree.cssselect("a.link[target=_blank]")[0].get("href") == (
        "https://www.lerivage.example/2025/07/pont-mobile-essaouira.html"
    )
    assert tree.cssselect('meta[property="og:url"]')[0].get("content") == (
        "https://www.sample-press.example/fr/lerivage/41207"
    )
    assert "['_setCustomVar', 3, 'Category', 'Société']" in answer.body.decode()
    assert not tree.cssselect("p, h1, time, article")
    assert tree.cssselect("div#belowheader table table span.articlecontent, div#belowheader div#footer")


@pytest.mark.parametrize("article", expected_articles(ALL_LANGUAGES), ids=lambda each: each.path)
def test_article_pages_print_what_is_expected_of_them(article: ExpectedArticle) -> None:
    tree = html(article.path)
    assert texts(tree, "span.articletitle") == [article.title]
    assert len(texts(tree, "span.marquee a")) >= 20
    lines = [line for span in tree.cssselect("span.articlecontent") for line in span.itertext()]
    assert [line for line in lines if line in article.paragraphs] == list(article.paragraphs)
    assert set(lines) - set(article.paragraphs) <= set(noise_lines())
    dated = texts(tree, "span.articlenewspaper")
    assert dated == [] if article.published_day is None else dated[0].endswith(article.printed_date)
    for author in article.authors:
        assert author in [*texts(tree, "a.articleauthor"), lines[0].partition(" ")[2]]


def test_body_is_cut_into_spans_by_an_advertisement() -> None:
    spans = {
        path: len(html(path).cssselect("span.articlecontent")) for path in ("/fr/lerivage/41233", "/fr/courbe/63105")
    }
    assert spans == {"/fr/lerivage/41233": 3, "/fr/courbe/63105": 2}


def test_related_box_stands_before_the_title_on_some_pages() -> None:
    with_box = html("/fr/estacade/52060")
    box, title = with_box.cssselect("div.articlemargin div.tablesgroup, span.articletitle")
    assert box.cssselect("div.tableheader")[0].text == "Sur le même sujet"
    assert len(box.cssselect("div.teasercontainer > a.teasertitle")) == 3
    assert title.get("class") == "articletitle"
    assert not html("/fr/lerivage/41207").cssselect("div.tablesgroup")


def test_hidden_address_and_byline() -> None:
    hidden = html("/fr/estacade/52011")
    assert texts(hidden, "a.articleauthor") == ["[email\xa0protected]"]
    assert b"culture@" not in WEB.answer("/fr/estacade/52011", BASE).body
    assert texts(html("/fr/estacade/52088"), "span.articlecontent")[0].startswith("Par Mehdi Tazi Lahlou")
    authors = {each.path: each.authors for each in expected_articles()}
    assert authors["/fr/estacade/52011"] == ()
    assert authors["/fr/estacade/52088"] == ("Mehdi Tazi Lahlou",)


def test_ticker_mixes_languages_and_depends_on_page_and_moment_alone() -> None:
    language = {each.title: each.language for each in load_articles()}
    first = texts(html("/fr/courbe/63105"), "span.marquee a")
    assert {"fr", "en", "es"} <= {language[title] for title in first}
    assert texts(html("/fr/courbe/63105"), "span.marquee a") == first
    assert len({tuple(texts(html(each.path), "span.marquee a")) for each in load_articles()}) > 10
    later = SampleWeb(moment=1)
    assert texts(html("/fr/courbe/63105", later), "span.marquee a") != first
    assert texts(html("/fr/courbe/63105", later), "span.articlecontent") == texts(
        html("/fr/courbe/63105"), "span.articlecontent"
    )


def listing_paths(edition: str) -> list[str]:
    prefix = EDITIONS[edition].prefix
    return [prefix or "/", *(f"{prefix}/{section}" for section in SECTIONS)]


def test_listing_page_has_the_engines_mark_up() -> None:
    teaser = html("/fr/sports").cssselect("span#table0 > div.tablesgroup > div.teasercontainer")[0]
    assert teaser.cssselect("div.teasertitlewrapper > a.teasertitle")[0].get("href") == "/fr/lerivage/41290"
    assert texts(teaser, "a.teaserauthor") == ["Yassir Benkirat"]
    assert teaser.cssselect("a.teasernewspaper")[0].get("href") == "/fr/lerivage"
    paper = html("/miratsahel")
    assert paper.cssselect('a[href="/miratsahel/rss"] > img.rssimage')
    assert texts(paper, "div.pagetitlewraper option[selected]") == ["مرآة الساحل"]


def seen_in(place: str) -> set[str]:
    """Paths of articles that a kind of place links to, over all editions."""
    papers = {each.newspaper.path for each in load_articles()}
    if place == "feed":
        return {
            urlsplit(item.findtext("link") or "").path
            for edition in EDITIONS.values()
            for item in feed_items(f"{edition.prefix}/rss")
        }
    selector = "span.marquee a" if place == "ticker" else "a.teasertitle"
    sections = [path for edition in EDITIONS for path in listing_paths(edition)]
    paths = {"section": sections, "newspaper": papers, "ticker": [*sections, *papers]}[place]
    return {link.get("href") for path in paths for link in html(path).cssselect(selector)}


@pytest.mark.parametrize("place", ["section", "newspaper", "feed", "ticker"])
def test_articles_are_linked_where_they_say(place: str) -> None:
    expected = {each.path for each in load_articles() if place in each.places}
    strays = {"/fr/lerivage/40999", "/fr/lerivage/40207", "/en/atlasledger/80999"} if place == "section" else set()
    assert seen_in(place) == expected | strays


@pytest.mark.parametrize("place", ["newspaper", "feed", "ticker"])
def test_some_articles_are_reachable_by_one_kind_of_place_alone(place: str) -> None:
    assert {each.language for each in expected_articles() if each.reached_by == {place}} >= {"fr", "en"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_ticker_headline_is_on_some_listing_of_each_edition(edition: str) -> None:
    shown = {link for path in listing_paths(edition) for link in texts(html(path), "span.marquee a")}
    assert shown == {each.title for each in load_articles() if "ticker" in each.places}


def test_feed_items_name_the_paper_the_second_and_the_host_that_was_asked() -> None:
    items = feed_items("/fr/rss")
    first = items[0]
    assert (first.findtext("link") or "").startswith(f"{BASE}/fr/")
    assert first.findtext("guid") == first.findtext("link")
    names = {each.path: each for each in expected_articles(ALL_LANGUAGES)}
    for item in items:
        article = names[urlsplit(item.findtext("link") or "").path]
        assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == article.publisher
        assert parsedate_to_datetime(item.findtext("pubDate") or "").date() == article.published_day
        assert len(article.paragraphs) == 1 or (item.findtext("description") or "").endswith("(...)")
    times = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    assert times == sorted(times, reverse=True)
    assert len({time.second for time in times}) > 5


def test_newspapers_have_feeds_of_their_own() -> None:
    creators = {item.findtext("{http://purl.org/dc/elements/1.1/}creator") for item in feed_items("/fr/estacade/rss")}
    assert creators == {"L'Estacade"}
    assert len(feed_items("/rss")) == 2
    assert len(feed_items("/en/rss")) > 8


def test_docstring_examples() -> None:
    assert doctest.testmod(markup).failed == 0
