"""A name server of our own: names that lead to private addresses, as an attacker would set them up."""

from __future__ import annotations

import socket
from typing import Any

from newscrawl.fetching.http_client import HttpClient

_ask = socket.getaddrinfo
ADDRESSES = {
    "innocent.example": ["127.0.0.1"],
    "two.example": ["127.0.0.1", "127.0.0.2"],
    "mixed.example": ["127.0.0.1", "93.184.215.14"],
}


def getaddrinfo(host: Any, port: Any, *arguments: Any, **named: Any) -> Any:
    """As Python's, which both aiohttp and Twisted ask."""
    if host not in ADDRESSES:
        return _ask(host, port, *arguments, **named)
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ADDRESSES[host]]


class PrivateNames(HttpClient):
    """For a process in which these names are known: the setting DOWNLOAD_HANDLERS names it."""

    def __init__(self, crawler: Any) -> None:
        socket.getaddrinfo = getaddrinfo
        super().__init__(crawler)
