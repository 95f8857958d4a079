"""Pages are fetched with aiohttp; a host whose HTTP it does not read is asked through Scrapy's own way, by Twisted.

aiohttp takes less of the processor for a page than Twisted's client (docs/profile.md). It is stricter: what it refuses
to read or to ask for (a header line without a colon, a status line without a version) Twisted passes over, and so do
browsers.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import aiohttp
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Headers
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.ssl import _make_ssl_context
from yarl import URL

from newscrawl.fetching.address_guard import PrivateAddressError, refuse_private

if TYPE_CHECKING:
    from aiohttp.connector import Connection
    from scrapy import Request
    from scrapy.core.downloader.handlers import DownloadHandlerProtocol
    from scrapy.crawler import Crawler
    from scrapy.http import Response

__all__ = ["HttpClient"]

logger = logging.getLogger(__name__)

LENIENT = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
"""Scrapy's handler on Twisted."""
LONGEST_HEADER = 32 * 1024
"""Bytes of a header or a status line; Twisted's limit is 16 KB a line, aiohttp's own 8 KB."""
MOST_HEADERS = 500
"""Headers of an answer: with LONGEST_HEADER the bound of what one that never ends may take, 16 MB."""
READ_AHEAD = 256 * 1024
"""Bytes of a body that wait to be taken; what one read of the event loop gives."""
KEPT_SECONDS = 240
"""How long a connection waits for its next request, as Twisted's pool keeps it: a polite crawl asks seldom."""
NAME_SECONDS = 600
"""How long a name's address is remembered."""


_OF_THE_CONNECTION = frozenset(b"connection keep-alive proxy-connection te trailers transfer-encoding upgrade".split())
"""Headers that are of no page (RFC 9110, 7.6.1); a body is kept as it is without them."""


class _UnreadableError(Exception):
    """aiohttp does not read this answer, or does not ask for this address; the cause says why."""


class HttpClient(AiohttpDownloadHandler):
    """Scrapy's handler on aiohttp with this project's guarantees; for ``DOWNLOAD_HANDLERS``."""

    experimental = False
    lazy = False
    """Made with the crawl: the first request, whose moment counts for the delay to the second, does not wait for it."""

    def __init__(self, crawler: Crawler) -> None:
        BaseStreamingDownloadHandler.__init__(self, crawler)  # Scrapy's own makes a session without a guard
        self.crawler = crawler
        self._lenient: DownloadHandlerProtocol | None = None
        self._unreadable: set[str] = set()
        guarded = not crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=_Resolver() if guarded else aiohttp.ThreadedResolver(),
                socket_factory=_guarded_socket if guarded else None,
                ssl=_make_ssl_context(crawler.settings),
                local_addr=self._bind_address,
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                keepalive_timeout=KEPT_SECONDS,
                ttl_dns_cache=NAME_SECONDS,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            request_class=_Request,
            response_class=_ClientResponse,
            middlewares=(_once_more_on_a_new_connection,),
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            read_bufsize=READ_AHEAD,
        )

    async def download_request(self, request: Request) -> Response:
        """The response; raises one of Scrapy's exceptions or PrivateAddressError."""
        host = urlparse_cached(request).netloc
        if host not in self._unreadable:
            try:
                return await super().download_request(request)
            except _UnreadableError as error:
                logger.debug("%s is asked in the lenient way: %s", host, error.__cause__)
                self._unreadable.add(host)
        if self._lenient is None:
            self._lenient = build_from_crawler(load_object(LENIENT), self.crawler)
        return await self._lenient.download_request(request)

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator[_ClientResponse]:
        try:
            async with self._session.request(
                request.method,
                URL(request.url, encoded=True),
                data=request.body or None,
                headers=_told(request),
                timeout=_total(timeout),
                allow_redirects=False,
                proxy=self._extract_proxy_url_with_creds(request),
            ) as response:
                yield cast("_ClientResponse", response)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"Getting {request.url} took longer than {timeout} seconds.") from error
        except aiohttp.ClientHttpProxyError as error:
            raise DownloadFailedError(str(error)) from error
        except aiohttp.ClientConnectorCertificateError as error:  # it is a ValueError, too
            raise DownloadConnectionRefusedError(str(error)) from error
        except (aiohttp.InvalidURL, aiohttp.ClientResponseError, aiohttp.ClientConnectorSSLError, ValueError) as error:
            raise _UnreadableError from error
        except aiohttp.ClientConnectorDNSError as error:
            raise CannotResolveHostError(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise DownloadConnectionRefusedError(str(error)) from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError(str(error)) from error

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        """As they came, in bytes: they may be no UTF-8. What speaks of the connection alone stays out, as ever."""
        return Headers([one for one in response.raw_headers if one[0].lower() not in _OF_THE_CONNECTION])

    async def close(self) -> None:
        """Close what is open; Scrapy calls it when the crawl has ended."""
        await super().close()
        if self._lenient is not None:
            await self._lenient.close()


@lru_cache(maxsize=8)
def _total(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds)


def _told(request: Request) -> list[tuple[str, str]]:
    """A request's headers; Proxy-Authorization is for the proxy alone, which has it in its address."""
    return [
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
        for name, values in dict.items(request.headers)
        if name != b"Proxy-Authorization"
        for value in values
    ]


class _Resolver(aiohttp.ThreadedResolver):
    """Names without the private ones of their addresses: others may be tried."""

    async def resolve(self, *arguments: Any, **named: Any) -> list[aiohttp.abc.ResolveResult]:
        """As aiohttp's; raises PrivateAddressError where there is no other address."""
        found, refused = [], None
        for one in await super().resolve(*arguments, **named):
            try:
                refuse_private(one["host"], one["port"])
                found.append(one)
            except PrivateAddressError as error:
                refused = error
        if refused and not found:
            raise refused
        return found


def _guarded_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket for an address that is about to be connected to, whatever led to it; raises PrivateAddressError."""
    family, kind, protocol, _, (host, port, *_) = address
    refuse_private(str(host), int(port))
    return socket.socket(family, kind, protocol)


class _Request(aiohttp.ClientRequest):
    """A request that knows whether its connection was used before."""

    on_a_kept_connection = False

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        """As aiohttp's."""
        protocol: Any = conn.protocol
        self.on_a_kept_connection = hasattr(protocol, "newscrawl_used")
        protocol.newscrawl_used = True
        return await super().send(conn)


async def _once_more_on_a_new_connection(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Ask once more where a server closed a kept connection as it was used again (RFC 9110, 9.2.2; RFC 9112, 9.3.1).

    aiohttp itself asks twice also where the connection was new. Scrapy's middleware is the one that tries again then,
    as often as its setting says.
    """
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, TimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        if not cast("_Request", request).on_a_kept_connection or request.method not in {"GET", "HEAD"}:
            raise DownloadFailedError(str(error)) from error
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, TimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise DownloadFailedError(str(error)) from error
