"""Why a request got no response, as an outcome's word and a sentence."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed, TimeoutError
from twisted.web.error import InfiniteRedirection

from newscrawl.fetching.address_guard import PrivateAddressError

__all__ = ["EndedError", "RobotsUnreachable", "failure_outcome"]


class EndedError(Exception):
    """The run was ended before the page was fetched."""


class RobotsUnreachable(IgnoreRequest):
    """A host's robots.txt could not be had; with the outcome's word and the sentence that say why."""

    def __init__(self, word: str, sentence: str) -> None:
        unread = "" if word == "private-address" else "robots.txt could not be read, so that nothing may be fetched. "
        super().__init__(unread + sentence)
        self.word = word


_WORDS: tuple[tuple[tuple[type[BaseException], ...], str, str], ...] = (
    ((CannotResolveHostError,), "dns", "The host's name could not be resolved."),
    ((DownloadTimeoutError, TimeoutError), "timeout", "The server did not answer in time."),
    ((DownloadCancelledError,), "too-large", "The page is larger than DOWNLOAD_MAXSIZE."),
    ((DownloadConnectionRefusedError,), "connection", "The server refused the connection."),
    ((ResponseDataLossError,), "connection", "The server closed the connection before the page was complete."),
    ((UnsupportedURLSchemeError, NotSupported), "bad-url", "Only http and https addresses are fetched."),
    ((InfiniteRedirection,), "redirect-loop", "The page redirects without end."),
    ((DownloadFailedError, ConnectError, ConnectionClosed), "connection", "The connection failed."),
    ((OSError,), "connection", "The answer could not be read."),
)
"""The first that matches counts: Scrapy's exceptions, then Twisted's and Python's that it lets through. Twisted's come
from hosts that :mod:`newscrawl.fetching.http_client` asks in the lenient way."""


def failure_outcome(error: BaseException) -> tuple[str, str]:
    """The word and the sentence for what a downloader or its middlewares raised.

    >>> failure_outcome(IgnoreRequest("Forbidden by robots.txt"))
    ('robots', "The site's robots.txt forbids it.")
    """
    if isinstance(error, RobotsUnreachable):
        return error.word, str(error)
    if isinstance(error, PrivateAddressError):
        return "private-address", str(error)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, EndedError):
        return "interrupted", "The run was ended before the page was fetched."
    if tls := _tls_problem(error):
        return "tls", tls
    for kinds, word, sentence in _WORDS:
        if isinstance(error, kinds):
            cause = str(error).strip()
            return word, f"{sentence} ({cause[:200]})" if cause else sentence
    return "failed", f"{type(error).__name__}: {error}"[:300]


def _ignored(message: str) -> tuple[str, str]:
    """Scrapy raises one exception for several reasons and tells them apart in its message alone."""
    if "robots.txt" in message:
        return "robots", "The site's robots.txt forbids it."
    if "DOWNLOAD_MAXSIZE" in message:
        return "too-large", "The page is larger than DOWNLOAD_MAXSIZE once it is decompressed."
    if "offsite" in message:
        return "offsite", "The address is on a host that does not belong to the site."
    if "redirections" in message:
        return "redirect-loop", "The page redirects without end."
    return "refused", message[:300] or "The request was refused before it was sent."


def _tls_problem(error: BaseException) -> str:
    """A sentence when a certificate or a TLS handshake is behind the error; empty when not."""
    todo: list[object] = [error]
    while todo:
        one = todo.pop()
        module, name = type(one).__module__, type(one).__name__
        if module.startswith(("OpenSSL", "service_identity", "ssl")) or name in {"VerificationError", "SSLError"}:
            return f"The server's certificate or TLS was not accepted: {one}"[:300]
        if isinstance(one, BaseException):
            todo += [one.__cause__, getattr(one, "value", None), *_reasons(one)]
    return ""


def _reasons(error: BaseException) -> list[object]:
    """Twisted keeps what went wrong on a connection as a list of failures; aiohttp's errors have a cause."""
    reasons = getattr(error, "reasons", None)
    return [getattr(one, "value", one) for one in reasons] if isinstance(reasons, list) else []
