"""Addresses: what they become, when two are one, and that no text breaks them."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines import urls
from pipelines.urls import canonical_url, host_of, is_web_url, url_key

CANONICAL = [
    # (as found, as fetched)
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.com/Fr/A", "http://example.com/Fr/A"),
    ("  https://example.com/a \n", "https://example.com/a"),
    ("https://example.com/a\n\tb", "https://example.com/ab"),
    ("https://example.com/a#comments", "https://example.com/a"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https:\\\\example.com\\fr\\1", "https://example.com/fr/1"),
    # host and port
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("http://example.com:443/a", "http://example.com:443/a"),
    ("http://127.0.0.1:08000/fr/rss", "http://127.0.0.1:8000/fr/rss"),
    ("https://example.com:/a", "https://example.com/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://reader:secret@example.com/a", "https://example.com/a"),
    ("https://example.com@other.example/a", "https://other.example/a"),
    ("https://élysée.example/à", "https://xn--lyse-9oad.example/%C3%A0"),
    ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ("https://XN--LYSE-9OAD.example/", "https://xn--lyse-9oad.example/"),
    ("https://ex%61mple.com/", "https://example.com/"),
    ("http://[2001:DB8:0::1]:8000/a", "http://[2001:db8::1]:8000/a"),
    # path
    ("https://example.com/a/./b/../c", "https://example.com/a/c"),
    ("https://example.com/../../a/..", "https://example.com/"),
    ("https://example.com/a/%2e%2e/b", "https://example.com/b"),
    ("https://example.com/%7Eme/%e9t%C3%a9", "https://example.com/~me/%E9t%C3%A9"),
    ("https://example.com/100% sûr", "https://example.com/100%25%20s%C3%BBr"),
    ("https://example.com/%%341", "https://example.com/%2541"),
    ("https://example.com/author/Jean+Dupont", "https://example.com/author/Jean+Dupont"),
    ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ("https://example.com/a;jsessionid=0A1B2C?id=1", "https://example.com/a?id=1"),
    ("https://example.com/a;JSESSIONID=0A1B2C/b;v=2", "https://example.com/a/b;v=2"),
    ("https://example.com/(S(abcdefghij0123456789abcd))/a.aspx", "https://example.com/a.aspx"),
    # query: what names the page stays, in its order
    ("https://example.com/p.php?sid=123&name=News", "https://example.com/p.php?sid=123&name=News"),
    ("https://example.com/?cid=9&source=map&keyword=eau", "https://example.com/?cid=9&source=map&keyword=eau"),
    ("https://example.com/?b=2&a=1&b=1&c=", "https://example.com/?b=2&a=1&b=1&c="),
    ("https://example.com/?q=r%C3%A9forme+agraire", "https://example.com/?q=r%C3%A9forme+agraire"),
    ("https://example.com/?q=%e9 t", "https://example.com/?q=%E9%20t"),
    ("https://example.com/?id=1&amp;page=2", "https://example.com/?id=1&page=2"),
    ("https://example.com/?ref=20417", "https://example.com/?ref=20417"),
    # query: what only says how the reader came goes
    ("https://example.com/a?utm_source=rss&UTM_Medium=x&id=7", "https://example.com/a?id=7"),
    ("https://example.com/a?fbclid=Iw&gclid=1&msclkid=2&mc_cid=3&igshid=4", "https://example.com/a"),
    ("https://example.com/a?xtor=RSS-16&at_medium=RSS&ns_source=x", "https://example.com/a"),
    ("https://example.com/a?%75tm_source=rss", "https://example.com/a"),
    ("https://example.com/a?ref=rss&share=facebook", "https://example.com/a"),
    ("https://example.com/a?PHPSESSID=0f&ASPSESSIONIDQQ=1", "https://example.com/a"),
    ("https://example.com/a?sid=0123456789abcdef0123456789abcdef", "https://example.com/a"),
]

SAME_PAGE = [
    ("http://www.example.com/fr/challenge/1", "https://example.com/fr/challenge/1/"),
    ("https://example.com", "http://www.example.com/?utm_source=x"),
    ("https://example.com/a?a=1&b=2", "https://example.com/a?b=2&a=1"),
    ("https://example.com//fr//1", "https://example.com/fr/1"),
    ("https://example.com/%C3%A9", "https://example.com/é"),
]

OTHER_PAGE = [
    ("https://example.com/fr/1", "https://example.com/en/1"),
    ("https://example.com/a?id=1", "https://example.com/a?id=2"),
    ("https://example.com/a?x=1&x=2", "https://example.com/a?x=2&x=1"),
    ("https://example.com/A", "https://example.com/a"),
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/a"),
    ("https://fr.example.com/a", "https://example.com/a"),
    ("https://www.com/a", "https://com/a"),
]

NO_ADDRESS = [
    "",
    "hello world",
    "example.com/a",
    "//example.com/a",
    "/fr/challenge/1",
    "ftp://example.com/a",
    "javascript:void(0)",
    "mailto:desk@example.com",
    "file:///etc/passwd",
    "https://",
    "https:///",
    "https://?a=1",
    "https://a b.example/",
    "https://exa mple.com",
    "https://..example/",
    "https://example..com/",
    "https://example.com:port/",
    "https://example.com:0/",
    "https://example.com:65536/",
    "https://[::1",
    "https://[1::2::3]/",
    "https://[fe80::1%25eth0]/",
    "https://\u200b.example/",
    "https://" + "a" * 64 + ".example/",
    "https://example.com/" + "a" * 9000,
    "https://example.com/" + "é" * 2000,
]


@pytest.mark.parametrize(("found", "fetched"), CANONICAL)
def test_canonical(found: str, fetched: str) -> None:
    assert canonical_url(found) == fetched
    assert canonical_url(fetched) == fetched


@pytest.mark.parametrize(("one", "other"), SAME_PAGE)
def test_same_page(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PAGE)
def test_other_page(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_no_address(text: str) -> None:
    assert not is_web_url(text)
    assert host_of(text) == ""
    for function in (canonical_url, url_key):
        with pytest.raises(ValueError, match=r"^.{5,300}\.$"):
            function(text)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.com:8000/a", "example.com"),
        ("http://[::1]:8000/", "::1"),
        ("http://LOCALHOST/", "localhost"),
        ("https://www.www.example.com/", "example.com"),
    ],
)
def test_host(url: str, host: str) -> None:
    assert host_of(url) == host


PIECES = st.sampled_from(
    ["http", "https", "://", "/", "\\", "@", ":", "[", "]", "::1", "www.", "example.com", ".", "..", "%", "%2e",
     "%25", "41", "%3B", ";", "jsessionid=1", "?", "&", "amp;", "=", "utm_source", "ref", "a", "é", "ß", "\u3002",
     "\ud800", " ", "\n", "#", "(S(abcdefghij0123456789abcd))", "xn--", "80", "443", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join), st.text().map("https://example.com/".__add__),
                 st.lists(PIECES, max_size=14).map(lambda parts: "https://example.com/" + "".join(parts))))  # fmt: skip
@example("https://example.com/?%61mp;amp;a")
@example("http://example.com:443/")
@example("https://example.com/..;jsessionid=1/a")
def test_any_text(text: str) -> None:
    if not is_web_url(text):
        with pytest.raises(ValueError, match=r"\.$"):
            canonical_url(text)
        return
    fetched = canonical_url(text)
    key = url_key(text)
    assert fetched.isascii()
    assert canonical_url(fetched) == fetched
    assert url_key(fetched) == key
    assert url_key(f"https://{key}") == url_key(f"http://{key}") == key
    assert host_of(text) == host_of(fetched) != ""


def test_examples_run() -> None:
    assert doctest.testmod(urls).failed == 0
