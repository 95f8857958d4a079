"""A web of a few pages on a loopback port: what a test puts in is what a spider gets, and what it asked is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """One response; ``hang`` accepts the connection and says nothing until the web closes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": HTML})
    hang: bool = False


def moved(location: str, status: int = 301) -> Answer:
    return Answer(b"", status, {"Location": location})


@dataclass
class Web:
    """What is served and what was asked for (``/path?query``, in order)."""

    base_url: str
    pages: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@contextmanager
def loopback_web(pages: Mapping[str, Answer]) -> Iterator[Web]:
    """Serve the pages on a free port; anything else is a 404."""
    web = Web("", dict(pages))
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.agents.add(self.headers.get("User-Agent", ""))
            answer = web.pages.get(self.path, Answer(b"<html><body>nothing here</body></html>", 404))
            if answer.hang:
                closing.wait()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
