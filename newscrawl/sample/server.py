"""The sample aggregator on a loopback port, for ``newscrawl demo`` and for tests."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any

from newscrawl.sample.web import SampleWeb

__all__ = ["Override", "Request", "SampleServer"]

Override = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body that an address answers instead of its own page."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in, and the status it was answered with."""

    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    status: int


class SampleServer:
    """Serves a :class:`newscrawl.sample.web.SampleWeb` until it is stopped.

    >>> from urllib.request import urlopen
    >>> with SampleServer(overrides={"/hello": (200, {"Content-Type": "text/plain"}, b"hello")}) as server:
    ...     body = urlopen(f"{server.base_url}/hello").read()
    >>> body, server.requests[0].path
    (b'hello', '/hello')
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        overrides: Mapping[str, Override] | None = None,
        web: SampleWeb | None = None,
    ) -> None:
        """Port 0 takes any free port. ``overrides`` are looked up with the query first, then by the bare path."""
        self.overrides: dict[str, Override] = dict(overrides or {})
        """May be changed while the server runs."""
        self.web = web or SampleWeb()
        """``server.web.edit(path, title=...)`` changes an article, ``server.web.moment += 1`` the ticker."""
        self.requests: list[Request] = []
        """Every request so far, in the order of their answers."""
        self._address = (host, port)
        self._listener: _Listener | None = None

    @property
    def base_url(self) -> str:
        """For example ``http://127.0.0.1:41234``, without a slash at the end. RuntimeError before the start."""
        if self._listener is None:
            raise RuntimeError("the sample server is not running")
        return f"http://{self._address[0]}:{self._listener.server_address[1]}"

    def start(self) -> SampleServer:
        """Open the port and serve in a thread. OSError when the port is taken."""
        self._listener = _Listener(self._address, self)
        Thread(target=self._listener.serve_forever, args=(0.05,), name="sample-server", daemon=True).start()
        return self

    def stop(self) -> None:
        """Close the port and every connection that is still open."""
        if self._listener is not None:
            self._listener.shutdown()
            self._listener.server_close()
            self._listener = None

    def __enter__(self) -> SampleServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], sample: SampleServer) -> None:
        self.sample = sample
        self.connections: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print the error, except that a client hung up in the middle of an answer, which is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: two small ones on a kept connection wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept in ``SampleServer.requests``, not printed."""

    def _answer(self) -> None:
        status, headers, body = self._respond()
        if status == 200 and self._is_fresh(headers):
            status, body = 304, b""
        asked = {name.lower(): value for name, value in self.headers.items()}
        self.server.sample.requests.append(Request(self.command, self.path, asked, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "content-length" not in {name.lower() for name in headers}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _respond(self) -> tuple[int, dict[str, str], bytes]:
        sample = self.server.sample
        override = sample.overrides.get(self.path) or sample.overrides.get(self.path.partition("?")[0])
        if override is not None:
            status, given, body = override
            headers = dict(given)
        else:
            answer = sample.web.answer(self.path, self._base_url())
            status, body, headers = answer.status, answer.body, {"Content-Type": answer.content_type}
            if answer.location:
                headers["Location"] = answer.location
            if answer.last_modified:
                headers["Last-Modified"] = format_datetime(answer.last_modified, usegmt=True)
        if status == 200:
            headers.setdefault("ETag", f'"{sha256(body).hexdigest()[:32]}"')
        return status, headers, body

    def _base_url(self) -> str:
        """The host as the client named it: a name that leads to this port is as good as the number."""
        return f"http://{self.headers['Host']}" if self.headers["Host"] else self.server.sample.base_url

    def _is_fresh(self, headers: Mapping[str, str]) -> bool:
        """Whether the client's copy is the current one; an ETag outranks a time (RFC 9110, section 13.2.2)."""
        known = self.headers["If-None-Match"]
        if known is not None:
            return known.strip() == "*" or headers.get("ETag") in [each.strip() for each in known.split(",")]
        since, modified = self.headers["If-Modified-Since"], headers.get("Last-Modified")
        if since is None or modified is None:
            return False
        try:
            return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # a date nobody can read, or one without a zone, counts as none
            return False
