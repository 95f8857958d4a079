"""``python -m benchmarks.speed.server FOLDER [--port N]``: serves a generated site from its files on a loopback port.

Or ``--live KIND --pages N [--small]``: makes each page when it is asked for, for sites that are larger than a disk.
Keeps connections open, answers ``If-None-Match``, and prints its address as its first line; ends with its standard
input (so never outlives who started it) when ``--until-eof`` is given. ``--measure`` asks it for its own pages first,
over two connections, and prints how many a second it gives.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import cast

from benchmarks.speed.addresses import Web
from benchmarks.speed.generate import KINDS, addresses, web_of

__all__ = ["Folder", "Live", "Protocol"]

NOT_FOUND = b"<html><head><title>404</title></head><body>404</body></html>\n"


@dataclass
class Folder:
    """What :func:`benchmarks.speed.generate.generate` wrote."""

    folder: Path

    def __post_init__(self) -> None:
        rows = (line.rstrip("\n").split("\t") for line in (self.folder / "index.tsv").open(encoding="utf-8"))
        self.index = {path: (str(self.folder / file), kind, tag) for path, file, kind, tag in rows}

    def find(self, path: str) -> tuple[bytes, str, str] | None:
        """Body, media type and entity tag of an address."""
        if path not in self.index:
            return None
        file, kind, tag = self.index[path]
        with open(file, "rb", buffering=0) as opened:
            return opened.read(), kind, tag


@dataclass
class Live:
    """Pages made up as they are asked for."""

    web: Web

    def find(self, path: str) -> tuple[bytes, str, str] | None:
        """Body, media type and entity tag of an address."""
        answer = self.web.answer(path)
        if answer is None:
            return None
        return answer.body, answer.content_type, blake2b(answer.body, digest_size=12).hexdigest()


class Protocol(asyncio.Protocol):
    """HTTP/1.1, GET and HEAD: as much of it as a crawler needs."""

    def __init__(self, pages: Folder | Live) -> None:
        self.pages = pages
        self.unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.unread += data
        while (end := self.unread.find(b"\r\n\r\n")) >= 0:
            head, self.unread = self.unread[:end], self.unread[end + 4 :]
            lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            method, target, *_ = f"{lines[0]} ".split(" ")
            self.transport.write(self.answer(method, target, headers))
            if headers.get("connection", "").lower() == "close":
                self.transport.close()

    def answer(self, method: str, target: str, headers: dict[str, str]) -> bytes:
        """Head and body as they go out in one piece."""
        path = target.partition("?")[0]
        found = self.pages.find(path if path == "/" else path.rstrip("/"))
        status, (body, kind, tag) = ("200 OK", found) if found else ("404 Not Found", (NOT_FOUND, "text/html", "none"))
        if found and tag in headers.get("if-none-match", ""):
            status, body = "304 Not Modified", b""
        head = f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nETag: "{tag}"\r\n\r\n'
        return head.encode("latin-1") + (b"" if method == "HEAD" else body)


async def serve(pages: Folder | Live, port: int, until_eof: bool, measured: list[str]) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Protocol(pages), "127.0.0.1", port)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    if measured:
        began = time.perf_counter()
        await asyncio.gather(*(_ask(port, measured[part::2]) for part in range(2)))
        print(f"{len(measured) / (time.perf_counter() - began):.0f} pages/s, client included")
    elif until_eof:
        await loop.run_in_executor(None, sys.stdin.read)
    else:
        await server.serve_forever()


async def _ask(port: int, paths: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in paths:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.decode().split("\r\n") if line.startswith("Content-Length"))
        await reader.readexactly(int(length.partition(":")[2]))
    writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.server", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--live", choices=sorted(KINDS))
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--until-eof", action="store_true")
    parser.add_argument("--measure", action="store_true")
    chosen = parser.parse_args()
    pages: Folder | Live
    if chosen.live:
        pages = Live(web_of(chosen.live, chosen.pages, small=chosen.small))
        paths = [pages.web.article_path(number) for number in pages.web.numbers.all[:2000]]
    elif chosen.folder:
        pages, paths = Folder(chosen.folder), addresses(chosen.folder)[:5000]
    else:
        parser.error("name a folder, or a kind with --live")
    asyncio.run(serve(pages, chosen.port, chosen.until_eof, paths if chosen.measure else []))


if __name__ == "__main__":
    main()
