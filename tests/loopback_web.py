"""A web of a few pages on a loopback port: what a test puts in is what a spider gets, and what it asked is kept."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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
    moments: list[float] = field(default_factory=list)
    """When it was asked, in seconds of a clock that never goes back."""
    agents: set[str] = field(default_factory=set)


@contextmanager
def loopback_web(pages: Mapping[str, Answer], *, certificate: Path | None = None) -> Iterator[Web]:
    """Serve the pages on a free port, over TLS with a certificate; anything else is a 404."""
    web = Web("", dict(pages))
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.moments.append(time.monotonic())
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

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A client that hangs up on a page is what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    web.base_url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


def self_signed(folder: Path) -> Path:
    """A certificate of 127.0.0.1 that nobody has signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
    ).add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path
