"""Private addresses are not connected to, whatever name, redirect or notation leads to them.

The check is where a connection is opened: there the name has been resolved, so that a name that leads to a private
address, ``http://2130706433/``, ``http://[::ffff:127.0.0.1]/`` and a name that changes between check and use are all
the address that they are. It sits on the sockets of :mod:`newscrawl.fetching.http_client`, and on Twisted's reactor for
what connects through that: Scrapy's own handler, for hosts whose HTTP aiohttp does not read, and a user's extensions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals

from newscrawl.fetching.addresses import is_loopback

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

__all__ = ["AddressGuard", "PrivateAddressError", "is_private", "refuse_private"]

_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


class PrivateAddressError(Exception):
    """A connection to a private address was refused; the message is one sentence."""


def is_private(address: str) -> bool:
    """Whether an IP address is anything but a public one: loopback, private, link-local (metadata services), reserved.

    An IPv6 address that carries an IPv4 address is what that one is. What is no IP address counts as private: a
    connection is opened to addresses alone.

    >>> [is_private(one) for one in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "93.184.215.14")]
    [True, True, True, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(not one.is_global or one.is_multicast or one.is_unspecified for one in _carried(found))


def _carried(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address itself, or the IPv4 address that it stands for (RFC 4291 mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield from address.teredo
    elif address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address


class AddressGuard:
    """A part of Scrapy's downloader that refuses connections, unless ``ALLOW_PRIVATE_ADDRESSES`` is set.

    A loopback address that the operator gave by hand (a ``base_url``, the URL of an ``ingest``) implies leave for
    that host and port alone.
    """

    allowed: frozenset[tuple[str, int]] = frozenset()
    """Address (``localhost`` for any loopback one) and port; of all crawls of the process."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component."""
        return cls(crawler)

    def opened(self, spider: Spider) -> None:
        """Guard the reactor, which exists by now."""
        from twisted.internet import reactor

        if self.crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES"):
            return
        given: Iterable[str] = getattr(spider, "given_by_hand", list)()
        AddressGuard.allowed |= {_origin(url) for url in given if is_loopback(url)}
        if not hasattr(reactor, "newscrawl_guarded"):
            _guard(reactor)


def _origin(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return "localhost" if host.endswith("localhost") else host, parts.port or _PORTS.get(parts.scheme, 0)


def _guard(reactor: Any) -> None:
    connect = reactor.connectTCP

    def connect_tcp(host: str, port: int, *arguments: Any, **named: Any) -> Any:
        refuse_private(host, port)
        return connect(host, port, *arguments, **named)

    reactor.connectTCP, reactor.newscrawl_guarded = connect_tcp, True


def refuse_private(host: str, port: int) -> None:
    """Raise PrivateAddressError for an IP address that may not be connected to at this port."""
    if is_private(host) and not _is_allowed(host, port):
        raise PrivateAddressError(f"{host} is no public address: --allow-private allows it.")


def _is_allowed(host: str, port: int) -> bool:
    allowed = AddressGuard.allowed
    return (host, port) in allowed or (("localhost", port) in allowed and is_loopback(f"http://{_bracketed(host)}/"))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
