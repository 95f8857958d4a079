"""The word of every way in which a request gets no response."""

from __future__ import annotations

import pytest
from OpenSSL import SSL
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
from twisted.internet.error import ConnectError, ConnectionLost, NoRouteError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from newscrawl.fetching.failures import RobotsUnreachable, failure_outcome


def caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (RobotsUnreachable("dns", "The host's name could not be resolved."), "dns"),
        (IgnoreRequest("Filtered offsite request to 'example.org'"), "offsite"),
        (IgnoreRequest("max redirections reached"), "redirect-loop"),
        (IgnoreRequest("its body exceeded DOWNLOAD_MAXSIZE (10485760 B) during decompression."), "too-large"),
        (IgnoreRequest(""), "refused"),
        (CannotResolveHostError("no such host"), "dns"),
        (DownloadTimeoutError("took longer than 60 seconds"), "timeout"),
        (DownloadConnectionRefusedError(""), "connection"),
        (DownloadCancelledError("Expected to receive 20000000 bytes"), "too-large"),
        (DownloadFailedError("connection lost"), "connection"),
        (caused_by(DownloadFailedError(""), ResponseFailed([Failure(SSL.Error([("a", "b", "c")]))])), "tls"),
        (ResponseDataLossError(), "connection"),
        (ConnectionLost(), "connection"),
        (NoRouteError(), "connection"),
        (ConnectError(), "connection"),
        (OSError("Not a gzipped file"), "connection"),
        (UnsupportedURLSchemeError("gopher"), "bad-url"),
        (NotSupported("Unsupported URL scheme 'file'"), "bad-url"),
        (RuntimeError("never seen before"), "failed"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else value,
)
def test_word(error: Exception, word: str) -> None:
    found, sentence = failure_outcome(error)
    assert found == word
    assert sentence
    assert "\n" not in sentence
