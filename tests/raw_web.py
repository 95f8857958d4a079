"""Servers that send given bytes, whatever is asked, and keep what was asked as it came over the wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class RawWeb:
    """One server."""

    url: str
    asked: list[bytes] = field(default_factory=list)
    """The heads of requests, but for those of robots.txt."""


def read_head(connection: socket.socket) -> bytes:
    """The bytes of a request up to its empty line; what there is when the client hangs up."""
    head = b""
    while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
        head += more
    return head


@contextmanager
def raw_web(answer: bytes | Callable[[socket.socket, RawWeb], None]) -> Iterator[RawWeb]:
    """Sends ``answer`` and closes, or leaves a connection to a function; robots.txt is not there."""
    listener = socket.create_server(("127.0.0.1", 0))
    web = RawWeb(f"http://127.0.0.1:{listener.getsockname()[1]}/page")

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                if callable(answer):
                    answer(connection, web)
                    return
                head = read_head(connection)
                if head.startswith(b"GET /robots.txt"):
                    connection.sendall(NO_RULES)
                elif head:
                    web.asked.append(head)
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(1)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield web
    finally:
        listener.close()
