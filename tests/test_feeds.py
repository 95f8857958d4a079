"""Feeds and sitemaps as they are found: several formats, wrong encodings, broken mark-up, bytes that are neither."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.lists.feeds import RawHeadline, parse_feed
from newscrawl.lists.sitemaps import parse_sitemap

RSS = (
    '<?xml version="1.0" encoding="{encoding}"?>\n'
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le site</title>'
    "<link>https://site.example/</link>{items}</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le site</title><entry>'
    '<title type="html">Un &lt;em&gt;port&lt;/em&gt; rouvre</title><id>tag:site.example,2025:1</id>'
    '<link rel="edit" href="/edit/1"/><link rel="alternate" href="/fr/a/1"/>'
    "<author><name>Lina Ziani</name></author><source><title>Le Quai</title></source>"
    "<updated>2025-03-02T10:00:00Z</updated><published>2025-03-01T10:00:00Z</published>"
    "<summary>Deux ans.</summary></entry></feed>"
)


def rss(items: str, encoding: str = "UTF-8", written: str | None = None) -> bytes:
    return RSS.format(encoding=encoding, items=items).encode(written or encoding)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            rss(
                "<item><title>Été</title><link>https://site.example/1</link><dc:creator>Le Quai</dc:creator>"
                "<pubDate>Tue, 01 Jul 2025 09:30:00 +0000</pubDate>"
                "<description>Il fait chaud (...)</description></item>"
            ),
            RawHeadline(
                "https://site.example/1", "Été", "Le Quai", "", "Tue, 01 Jul 2025 09:30:00 +0000", "Il fait chaud (...)"
            ),
        ),
        (
            ATOM.encode(),
            RawHeadline("/fr/a/1", "Un port rouvre", "Lina Ziani", "Le Quai", "2025-03-01T10:00:00Z", "Deux ans."),
        ),
        (
            rss('<item><title>T</title><source url="https://quai.example/">Le Quai</source><link>/1</link></item>'),
            RawHeadline("/1", "T", source="Le Quai"),
        ),
        (
            rss('<item><title>T</title><guid isPermaLink="true">https://site.example/1</guid></item>'),
            RawHeadline("https://site.example/1", "T"),
        ),
        (rss("<item><title>T</title><guid>fr-1</guid></item>"), RawHeadline("", "T")),
        (
            rss("<item><title><![CDATA[ Pain &amp; sel ]]></title><link><![CDATA[\n/1\n]]></link></item>"),
            RawHeadline("/1", "Pain & sel"),
        ),
        (
            rss("<item><title>L&amp;#039;eau &amp;amp; le feu</title><link>/1</link></item>"),
            RawHeadline("/1", "L'eau & le feu"),
        ),
        (
            rss(
                "<item><title>T</title><link>/1</link>"
                "<description>&lt;p&gt;Une&lt;br/&gt;image &lt;img src='x'&gt;"
                "&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</description></item>"
            ),
            RawHeadline("/1", "T", summary="Une image"),
        ),
        (rss("<item><title>3 &lt; 5</title><link>/1</link></item>"), RawHeadline("/1", "3 < 5")),
        (rss("<item><title>Bénin</title><link>/1</link></item>", "ISO-8859-1"), RawHeadline("/1", "Bénin")),
        (rss("<item><title>Bénin</title><link>/1</link></item>", "ISO-8859-1", "utf-8"), RawHeadline("/1", "Bénin")),
        (rss("<item><title>Bénin</title><link>/1</link></item>", "UTF-16"), RawHeadline("/1", "Bénin")),
        (rss("<item><title>Be\u0301nin</title><link>/1</link></item>"), RawHeadline("/1", "Bénin")),
        (b"\xef\xbb\xbf\n  " + rss("<item><title>T</title><link>/1</link></item>"), RawHeadline("/1", "T")),
    ],
    ids=[
        "rss", "atom", "source", "permalink", "no link", "cdata", "escaped twice", "html description", "less than",
        "latin-1", "wrongly declared", "utf-16", "decomposed", "byte order mark",
    ],
)  # fmt: skip
def test_one_item(body: bytes, expected: RawHeadline) -> None:
    assert parse_feed(body) == [expected]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (rss("<item><title>A&eacute;roport</title><link>/1?a=1&b=2</link></item>"), ["/1?a=1&b=2"]),
        (rss("<item><title>Un & deux</title><link>/1</link></item>"), ["/1"]),
        (rss("<item><title>T<b>gras</title><link>/1</link></item><item><link>/2</link></item>"), ["", "/2"]),
        (rss("<item><link>/1</link></item><item><link>/2</li")[: -len("</channel></rss>")], ["/1", "/2"]),
        (rss("<item><title>\x0b\x08T</title><link>/1</link></item>"), ["/1"]),
        (b"<rss><channel></channel></rss>", []),
    ],
    ids=["html entities", "bare ampersand", "open tag", "broken off", "control characters", "empty"],
)
def test_broken_feeds_give_what_they_have(body: bytes, links: list[str]) -> None:
    assert [one.link for one in parse_feed(body) or []] == links
    assert parse_feed(body) is not None


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"no feed", b"<html><body><item>x</item></body></html>", b'{"items": []}', b"\xff\xfe", b"<"]
)
def test_what_is_no_feed_is_none(body: bytes) -> None:
    assert parse_feed(body) is None
    assert parse_sitemap(body) is None


def test_entities_of_the_feed_itself_are_not_expanded() -> None:
    lies = b'<!DOCTYPE rss [<!ENTITY a "&#120;&#120;"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = parse_feed(lies + b"<rss><channel><item><title>&a;&b;</title><link>/1</link></item></channel></rss>")
    assert found is not None
    assert "root:" not in found[0].title
    assert "xx" not in found[0].title


NEWS_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://site.example/1</loc><lastmod>2025-07-02</lastmod><news:news>"
    b"<news:publication><news:name>Le Quai</news:name><news:language>fr</news:language></news:publication>"
    b"<news:publication_date>2025-07-01T08:00:00+01:00</news:publication_date>"
    b"<news:title>Un port rouvre</news:title></news:news></url>"
    b"<url><loc> https://site.example/2 </loc></url></urlset>"
)


@pytest.mark.parametrize("body", [NEWS_SITEMAP, gzip.compress(NEWS_SITEMAP)], ids=["plain", "gzip"])
def test_sitemap(body: bytes) -> None:
    found = parse_sitemap(body)
    assert found is not None
    assert found.items == (
        RawHeadline(
            "https://site.example/1", "Un port rouvre", source="Le Quai", published="2025-07-01T08:00:00+01:00"
        ),
        RawHeadline("https://site.example/2"),
    )
    assert found.children == ()


def test_sitemap_index() -> None:
    found = parse_sitemap(b"<sitemapindex><sitemap><loc>https://site.example/a.xml</loc></sitemap></sitemapindex>")
    assert found is not None
    assert found.children == ("https://site.example/a.xml",)


def test_a_broken_archive_is_no_sitemap() -> None:
    assert parse_sitemap(gzip.compress(NEWS_SITEMAP)[:40]) is None
    assert parse_sitemap(b"\x1f\x8b" + zlib.compress(NEWS_SITEMAP)) is None


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_raise(body: bytes) -> None:
    for one in (body, b"<rss><channel><item>" + body, b"<feed>" + body + b"</feed>", b"<urlset><url>" + body):
        parse_feed(one)
        parse_sitemap(one)
