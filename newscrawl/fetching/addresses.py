"""Where a site is served: at its own hosts, or at a mirror that stands in for them."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from newscrawl.spider_arguments import SpiderArgumentError
from pipelines.urls import canonical_url, host_of, is_web_url

__all__ = ["SiteAddress", "is_loopback", "read_base_url"]


@dataclass(frozen=True)
class SiteAddress:
    """A site's hosts (without ``www.``) and the mirror that answers in their place, if any."""

    hosts: tuple[str, ...]
    base_url: str = ""
    """``http://127.0.0.1:8000``: scheme, host and port, nothing more; empty for the live site."""

    def on_the_wire(self, url: str) -> str:
        """The address to ask for: a link to one of the site's own hosts goes to the mirror where there is one.

        >>> SiteAddress(("maghress.com",), "http://127.0.0.1:8000").on_the_wire("https://www.maghress.com/fr/a/1?b=2")
        'http://127.0.0.1:8000/fr/a/1?b=2'
        """
        if not self.base_url or host_of(url) not in self.hosts:
            return url
        mirror, parts = urlsplit(self.base_url), urlsplit(canonical_url(url))
        return urlunsplit((mirror.scheme, mirror.netloc, parts.path, parts.query, ""))

    def serves(self, url: str) -> bool:
        """Whether the address, as asked on the wire, belongs to the site; a mirror is one host and one port."""
        if self.base_url:
            return is_web_url(url) and _origin(url) == self.base_url
        return host_of(url) in self.hosts


def read_base_url(text: str) -> str:
    """``http://host:port`` from what a user wrote; raises SpiderArgumentError when it is no such address."""
    if not is_web_url(text):
        raise SpiderArgumentError(f"base_url {text!r} is no web address: write it as http://127.0.0.1:8000.")
    parts = urlsplit(text.strip())
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SpiderArgumentError(f"base_url {text!r} has a path; a mirror stands for whole hosts: {_origin(text)}.")
    return _origin(text)


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine: 127.0.0.0/8, ::1, ``localhost``.

    >>> is_loopback("http://127.0.0.1:8000/"), is_loopback("http://localhost/"), is_loopback("https://example.org/")
    (True, True, False)
    """
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: str) -> str:
    parts = urlsplit(canonical_url(url))
    return f"{parts.scheme}://{parts.netloc}"
