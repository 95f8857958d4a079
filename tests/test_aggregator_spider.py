"""What a declared site's spider makes of a response, without a network: sitemaps, and answers that list nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Request, Response
from scrapy.settings import Settings

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.fetching.identity import CHAIN, KIND
from newscrawl.lists.listings import Teaser
from pipelines.items import Headline, Outcome, SiteRules


class Declared(AggregatorSpider):
    """A site as another developer would declare it."""

    name = "declared"
    hosts = ("site.example",)
    home = "https://site.example"
    editions = {"es": "", "fr": "https://fr.site.example"}  # noqa: RUF012
    feeds = ("/rss",)
    listings = ("/", "/economia")
    sitemaps = ("/sitemap.xml",)
    article_path = r"/noticia/[^/]+"
    teaser = Teaser(row="article", title="h2", published="time", publisher=".medio")
    rules = SiteRules(engine="declared", recognised_by="article.noticia", ticker=".ultimas a")


@pytest.fixture
def spider() -> Declared:
    made = Declared()
    made.settings = Settings()
    return made


def answer(url: str, body: bytes, status: int = 200, kind: type[Response] = HtmlResponse) -> Response:
    return kind(url, body=body, status=status, request=Request(url, meta={CHAIN: []}))


def requests(found: list[Any]) -> list[tuple[str, str]]:
    return [(one.meta[KIND], one.url) for one in found if isinstance(one, Request)]


def outcomes(found: list[Any]) -> list[tuple[str, str]]:
    return [(one.url, one.outcome) for one in found if isinstance(one, Outcome)]


def test_a_crawl_begins_with_what_every_edition_declares(spider: Declared) -> None:
    assert list(spider.start_addresses()) == [
        "https://site.example/rss",
        "https://site.example/",
        "https://site.example/economia",
        "https://site.example/sitemap.xml",
        "https://fr.site.example/rss",
        "https://fr.site.example/",
        "https://fr.site.example/economia",
        "https://fr.site.example/sitemap.xml",
    ]


def test_a_listing_is_read_by_its_selectors(spider: Declared) -> None:
    row = (
        '<article><a href="/noticia/uno"><img></a><h2>Abre un <em>puerto</em></h2>'
        '<time>1 de julio</time><span class="medio">El Muelle</span></article>'
    )
    page = f'<div class="ultimas"><a href="/noticia/dos">Dos</a></div>{row}<article><a href="/tema/x">X</a></article>'
    found = list(spider.read_listing(answer("https://site.example/", page.encode())))
    headlines = [one for one in found if isinstance(one, Headline)]
    assert [(one.seen_in, one.title, one.publisher, one.published_raw) for one in headlines] == [
        ("listing", "Abre un puerto", "El Muelle", "1 de julio"),
        ("ticker", "Dos", "", ""),
    ]
    assert requests(found) == [
        ("article", "https://site.example/noticia/uno"),
        ("article", "https://site.example/noticia/dos"),
    ]


def test_an_index_leads_to_its_sitemaps_and_no_further(spider: Declared) -> None:
    index = b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    found = list(spider.read_sitemap(answer("https://site.example/sitemap.xml", index)))
    children = [("child_sitemap", "https://site.example/a.xml"), ("child_sitemap", "https://site.example/b.xml")]
    assert requests(found) == children
    again = list(spider.read_child_sitemap(answer("https://site.example/a.xml", index)))
    assert requests(again) == []


def test_a_sitemap_names_articles_and_other_pages(spider: Declared) -> None:
    body = b"<urlset><url><loc>https://site.example/noticia/uno</loc></url></urlset>"
    found = list(spider.read_sitemap(answer("https://site.example/sitemap.xml", body)))
    assert [(one.seen_in, one.url) for one in found if isinstance(one, Headline)] == [
        ("sitemap", "https://site.example/noticia/uno")
    ]
    assert requests(found) == [("article", "https://site.example/noticia/uno")]
    assert outcomes(found) == [("https://site.example/sitemap.xml", "listed")]


@pytest.mark.parametrize(
    ("method", "body", "status", "kind", "word"),
    [
        ("read_feed", b"", 200, Response, "not-feed"),
        ("read_feed", b"<html></html>", 200, HtmlResponse, "not-feed"),
        ("read_feed", b"<rss/>", 503, HtmlResponse, "http-503"),
        ("read_listing", b"%PDF", 200, Response, "not-listing"),
        ("read_listing", b"<p>gone</p>", 410, HtmlResponse, "http-410"),
        ("read_listing", b"", 200, HtmlResponse, "listed"),
        ("read_sitemap", b"<html></html>", 200, HtmlResponse, "not-sitemap"),
        ("read_sitemap", b"", 404, Response, "http-404"),
    ],
)
def test_every_list_has_an_outcome(
    spider: Declared, method: str, body: bytes, status: int, kind: type[Response], word: str
) -> None:
    found = list(getattr(spider, method)(answer("https://site.example/x", body, status, kind)))
    assert outcomes(found) == [("https://site.example/x", word)]
    assert requests(found) == []


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_page_raises(piece: bytes) -> None:
    spider = Declared()
    spider.settings = Settings()
    shapes = (b"%b", b'<div class="ultimas"><a href="%b">x</a></div>', b'<article><a href="%b">x</a></article>')
    for method in ("read_article", "read_listing", "read_feed", "read_sitemap"):
        for shape in shapes:
            list(getattr(spider, method)(answer("https://site.example/noticia/x", shape % piece)))
    location = {"Location": piece.replace(b"\n", b"").replace(b"\r", b"") or b"/"}
    moved = answer("https://site.example/noticia/y", b"", 301).replace(headers=location)
    list(spider.answered(moved.replace(request=Request(moved.url, meta={CHAIN: [], KIND: "article"}))))


def test_since_passes_over_what_a_feed_dates_before(spider: Declared) -> None:
    chosen = Declared(since="2026-01")
    chosen.settings = Settings({"NEWSCRAWL_DB": "none.db"})
    dates = {"old": "Wed, 31 Dec 2025 10:00:00 GMT", "new": "Thu, 01 Jan 2026 10:00:00 GMT", "undated": ""}
    items = "".join(
        f"<item><title>T</title><link>/noticia/{name}</link><pubDate>{date}</pubDate></item>"
        for name, date in dates.items()
    )
    found = list(
        chosen.read_feed(answer("https://site.example/rss", f"<rss><channel>{items}</channel></rss>".encode()))
    )
    assert [url.rpartition("/")[2] for _, url in requests(found)] == ["new", "undated"]
    assert ("https://site.example/noticia/old", "not-selected") in outcomes(found)
