"""A name server of our own: a name that leads to a private address, as an attacker would set one up."""

from __future__ import annotations

from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer


class PrivateNames(CachingThreadedResolver):
    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802 - Twisted's name
        if name.endswith(".example"):
            return defer.succeed("127.0.0.1")
        return super().getHostByName(name, timeout)
