"""Pages are fetched with aiohttp as Twisted's client fetched them: what is asked, what is read, what is refused."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from scrapy.core.downloader.handlers import _aiohttp, _base_streaming
from scrapy.utils import ssl as scrapy_ssl

from newscrawl.fetching import http_client
from newscrawl.fetching.http_client import LENIENT, HttpClient
from tests import private_names
from tests.command import newscrawl
from tests.loopback_web import Answer, loopback_web, self_signed
from tests.raw_web import RawWeb, raw_web, read_head
from tests.spider_process import Crawl, run_spider

BODY = b"<html><body><p>text</p></body></html>"
OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
REST = LENGTH + b"\r\n" + BODY
CHUNK = b"\r\n%x\r\n" % len(BODY) + BODY + b"\r\n"
PACKED = gzip.compress(BODY)
TWISTED = {"DOWNLOAD_HANDLERS": {"http": LENIENT, "https": LENIENT}}
QUICK = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 5}

SLOPPY: dict[str, tuple[bytes, int | str]] = {
    "a line that is no header": (OK + b"this is no header\r\n" + REST, 200),
    "a space in a header's name": (OK + b"X Bad: 1\r\n" + REST, "connection"),
    "latin-1 in a header": (OK + b"X-Town: caf\xe9\r\n" + REST, 200),
    "latin-1 in the reason": (b"HTTP/1.1 404 Non trouv\xe9\r\n" + REST, 404),
    "line feeds alone": (OK.replace(b"\r", b"") + REST.replace(b"\r", b""), 200),
    "a carriage return in a header": (OK + b"X: a\rb\r\n" + REST, 200),
    "a zero byte in a header": (OK + b"X: a\x00b\r\n" + REST, 200),
    "a folded header": (OK + b"X: a\r\n  b\r\n" + REST, 200),
    "a header of 10 KB": (OK + b"X: " + b"a" * 10_000 + b"\r\n" + REST, 200),
    "a status line of 10 KB": (b"HTTP/1.1 200 " + b"a" * 10_000 + b"\r\n" + REST, 200),
    "a thousand headers": (OK + b"".join(b"X-%d: a\r\n" % number for number in range(1000)) + REST, 200),
    "the length twice": (OK + LENGTH + REST, 200),
    "two lengths": (OK + b"Content-Length: 5\r\n" + REST, "connection"),
    "a length that is no number": (OK + b"Content-Length: abc\r\n\r\n" + BODY, "connection"),
    "a length and chunks": (OK + LENGTH + b"Transfer-Encoding: chunked\r\n" + CHUNK + b"0\r\n\r\n", 200),
    "chunks without an end": (OK + b"Transfer-Encoding: chunked\r\n" + CHUNK, "connection"),
    "chunks that are none": (OK + b"Transfer-Encoding: chunked\r\n\r\n" + BODY, "connection"),
    "no reason": (b"HTTP/1.1 200\r\n" + REST, 200),
    "HTTP/1.0 without a length": (b"HTTP/1.0 200 OK\r\n\r\n" + BODY, 200),
    "HTTP/1.1 without a length": (OK + b"\r\n" + BODY, 200),
    "HTTP/1.2": (b"HTTP/1.2 200 OK\r\n" + REST, 200),
    "http in small letters": (b"http/1.1 200 OK\r\n" + REST, 200),
    "no head at all": (BODY, "connection"),
    "a status of two digits": (b"HTTP/1.1 99 Odd\r\n" + REST, 99),
    "a body longer than announced": (OK + REST + b"and more", 200),
    "a body shorter than announced": (OK + b"Content-Length: 1000\r\n\r\n" + BODY, "connection"),
    "gzip that is none": (OK + b"Content-Encoding: gzip\r\n" + REST, "connection"),
    "gzip that breaks off": (OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-9], 200),
    "hints before the answer": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + REST, 200),
    "a body where there is none": (b"HTTP/1.1 204 No Content\r\n" + REST, 204),
    "cookies that are none": (OK + b"Set-Cookie: a b=\x01\xe9; path\r\nSet-Cookie: =\r\n" + REST, 200),
    "nothing": (b"", "connection"),
}
"""Each by what it is: the answer, and what came of it by Twisted's client (the status, or the outcome's word)."""


def ends(crawl: Crawl) -> dict[str, int | str]:
    return {**crawl.outcomes, **{page.url: page.status for page in crawl.pages}}


@pytest.mark.parametrize("settings", [{}, TWISTED], ids=["ours", "Twisted's"])
def test_sloppy_servers_are_read_as_ever(settings: dict[str, Any]) -> None:
    with ExitStack() as stack:
        webs = {name: stack.enter_context(raw_web(answer)) for name, (answer, _) in SLOPPY.items()}
        crawl = run_spider("page", {"urls": " ".join(web.url for web in webs.values())}, {**QUICK, **settings})
        found = ends(crawl)
        assert {name: found[web.url] for name, web in webs.items()} == {name: end for name, (_, end) in SLOPPY.items()}
        headers = {page.url: page.headers for page in crawl.pages}
        assert ("x-town", "café") in headers[webs["latin-1 in a header"].url]
        assert all(name != "transfer-encoding" for found in headers.values() for name, _ in found)


def test_a_host_is_asked_twice_once() -> None:
    """Its first answer is refused by aiohttp, and all that follow are Twisted's."""
    with raw_web(OK + b"this is no header\r\n" + REST) as web:
        urls = [f"{web.url}/{number}" for number in range(3)]
        crawl = run_spider("page", {"urls": " ".join(urls)}, {**QUICK, "CONCURRENT_REQUESTS": 1})
        assert sorted(page.url for page in crawl.pages) == urls
        assert len(web.asked) == 4


def test_requests_are_the_same_on_the_wire() -> None:
    paths = ("", "/", "/a?", "/a?b=%26&&c=+#end", "/%7Euser/%2F/../b//c;d?e", "/caf%C3%A9?q=é", "/a%00b", "/|[]'!*")
    asked = []
    for settings in ({}, TWISTED):
        with raw_web(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") as web:
            port = web.url.split(":")[2].partition("/")[0]
            hosts = [f"http://127.0.0.1:{port}", f"http://localhost:{port}", f"http://2130706433:{port}"]
            urls = [*(hosts[0] + path for path in paths), *(f"{host}/host" for host in hosts)]
            run_spider("page", {"urls": " ".join(urls)}, {**QUICK, **settings, "ALLOW_PRIVATE_ADDRESSES": True})
            heads = [head.replace(port.encode(), b"80").split(b"\r\n") for head in web.asked]
            asked.append(sorted((head[0], *sorted(head[1:])) for head in heads))
    assert asked[0] == asked[1]
    assert len(asked[0]) == 10


def test_one_request_is_one_request() -> None:
    """Scrapy's middleware tries again, as often as it is told; the client does not, on a connection that is new."""
    with raw_web(b"") as web:
        assert ends(run_spider("page", {"urls": web.url}, {**QUICK, "RETRY_TIMES": 1})) == {web.url: "connection"}
        assert len(web.asked) == 2


def test_a_kept_connection_that_is_closed_as_it_is_used_again() -> None:
    def once_a_connection(connection: socket.socket, web: RawWeb) -> None:
        while head := read_head(connection):
            web.asked.append(head)
            if len(web.asked) == 3:  # robots.txt, a page, and no answer to the second page
                return
            connection.sendall(OK + REST)

    with raw_web(once_a_connection) as web:
        urls = [f"{web.url}/1", f"{web.url}/2"]
        crawl = run_spider("page", {"urls": " ".join(urls)}, {**QUICK, "CONCURRENT_REQUESTS": 1})
        assert ends(crawl) == dict.fromkeys(urls, 200)
        assert [head.split()[1] for head in web.asked] == [b"/robots.txt", b"/page/1", b"/page/2", b"/page/2"]


def test_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = self_signed(tmp_path)
    pages = {"/page": Answer(BODY)}
    with loopback_web(pages, certificate=signed) as secure, loopback_web(pages) as plain:
        urls = [f"{secure.base_url}/page", f"{plain.base_url}/page".replace("http:", "https:")]
        assert ends(run_spider("page", {"urls": " ".join(urls)}, QUICK)) == dict.fromkeys(urls, "tls")
        monkeypatch.setenv("SSL_CERT_FILE", str(signed))
        assert ends(run_spider("page", {"urls": urls[0]}, QUICK)) == {urls[0]: 200}


def test_proxies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One from the environment; it is a private address, too."""
    with raw_web(OK + REST) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/page").replace("//", "//me:secret@"))
        url = "http://news.example/page"
        settings = {**QUICK, "ROBOTSTXT_OBEY": False}
        assert ends(run_spider("page", {"urls": url}, settings)) == {url: "private-address"}
        assert ends(run_spider("page", {"urls": url}, {**settings, "ALLOW_PRIVATE_ADDRESSES": True})) == {url: 200}
        assert proxy.asked[0].startswith(b"GET http://news.example/page HTTP/1.1\r\n")
        assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in proxy.asked[0]


def test_a_tunnel_through_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(signed))
    with loopback_web({"/page": Answer(BODY)}, certificate=signed) as secure:
        port = int(secure.base_url.rpartition(":")[2])

        def tunnel(connection: socket.socket, web: RawWeb) -> None:
            web.asked.append(read_head(connection))
            with socket.create_connection(("127.0.0.1", port)) as server:
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                back = threading.Thread(target=_copy, args=(server, connection))
                back.start()
                _copy(connection, server)
                back.join()

        with raw_web(tunnel) as proxy:
            monkeypatch.setenv("https_proxy", proxy.url)
            url = f"{secure.base_url}/page"
            settings = {**QUICK, "ROBOTSTXT_OBEY": False, "ALLOW_PRIVATE_ADDRESSES": True}
            assert ends(run_spider("page", {"urls": url}, settings)) == {url: 200}
            assert proxy.asked[0].startswith(b"CONNECT 127.0.0.1:")


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while more := source.recv(65536):
            target.sendall(more)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def test_of_a_names_addresses_the_private_ones_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", private_names.getaddrinfo)

    async def resolve(name: str) -> list[str]:
        return [one["host"] for one in await http_client._Resolver().resolve(name, 80)]

    assert asyncio.run(resolve("mixed.example")) == ["93.184.215.14"]
    with pytest.raises(http_client.PrivateAddressError):
        asyncio.run(resolve("two.example"))


def test_a_user_hears_nothing_of_the_client(tmp_path: Path) -> None:
    with loopback_web({"/page": Answer(BODY)}) as web:
        done = newscrawl("ingest", f"{web.base_url}/page", "-v", "--db", tmp_path / "news.db")
        assert "experimental" not in done.stderr
        assert "nclosed" not in done.stderr


def test_scrapys_private_module_is_as_it_was() -> None:
    """It has no promise of Scrapy's. Where this fails, read its changes, and those of its base, before the client's."""
    assert issubclass(HttpClient, _base_streaming.BaseStreamingDownloadHandler)
    assert list(inspect.signature(_aiohttp.AiohttpDownloadHandler._make_request).parameters) == [
        "self",
        "request",
        "timeout",
    ]
    known = {"__init__", "_build_base_response_args", "_extract_headers", "_is_dataloss_exception"}
    known |= {"_iter_body_chunks", "_log_tls_info", "_make_request", "close"}
    assert {name for name, one in vars(_aiohttp.AiohttpDownloadHandler).items() if inspect.isroutine(one)} == known
    assert list(inspect.signature(scrapy_ssl._make_ssl_context).parameters) == ["settings"]
    for name in ("_bind_address", "_pool_size_total", "_pool_size_per_host", "_extract_proxy_url_with_creds"):
        assert name in inspect.getsource(_base_streaming), name
