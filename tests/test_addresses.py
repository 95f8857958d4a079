"""A site at its own hosts and at a mirror."""

from __future__ import annotations

import pytest

from newscrawl.fetching.addresses import SiteAddress, is_loopback, read_base_url

LIVE = SiteAddress(("site.example", "fr.site.example"))
MIRROR = SiteAddress(("site.example", "fr.site.example"), "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("url", "asked", "live", "mirrored"),
    [
        ("https://www.site.example/a?b=1", "http://127.0.0.1:8000/a?b=1", True, True),
        ("http://site.example", "http://127.0.0.1:8000/", True, True),
        ("https://fr.site.example/a", "http://127.0.0.1:8000/a", True, True),
        ("https://images.site.example/a", "https://images.site.example/a", False, False),
        ("https://site.example.evil.example/a", "https://site.example.evil.example/a", False, False),
        ("https://site.example@evil.example/", "https://site.example@evil.example/", False, False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a", False, True),
        ("http://127.0.0.1:9000/a", "http://127.0.0.1:9000/a", False, False),
        ("https://127.0.0.1:8000/a", "https://127.0.0.1:8000/a", False, False),
    ],
)
def test_links(url: str, asked: str, live: bool, mirrored: bool) -> None:
    assert LIVE.on_the_wire(url) == url
    assert LIVE.serves(url) is live
    assert MIRROR.on_the_wire(url) == asked
    assert MIRROR.serves(asked) is mirrored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        (" HTTP://LocalHost:8000/ ", "http://localhost:8000"),
        ("https://mirror.example:443", "https://mirror.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_base_url(text: str, expected: str) -> None:
    assert read_base_url(text) == expected


@pytest.mark.parametrize("text", ["", "127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://a/b", "http://a/?q=1"])
def test_no_base_url(text: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        read_base_url(text)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1/", True),
        ("http://127.9.9.9:81/", True),
        ("http://[::1]/", True),
        ("http://site.localhost/", True),
        ("http://0.0.0.0/", False),
        ("http://10.0.0.1/", False),
        ("http://localhost.example.org/", False),
        ("no address", False),
    ],
)
def test_loopback(url: str, local: bool) -> None:
    assert is_loopback(url) is local
