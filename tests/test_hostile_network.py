"""Servers that mean harm, on loopback: each ends with its outcome, and the rest of the crawl goes on."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawl.fetching.address_guard import is_private
from tests.command import SCRIPT, newscrawl
from tests.loopback_web import HTML, Answer, loopback_web, moved, self_signed
from tests.spider_process import run_spider

GOOD = Answer("<html><body><h1>Un titre</h1><p>Un texte assez long pour être lu.</p></body></html>".encode())
BOUNDS = {"DOWNLOAD_MAXSIZE": 200_000, "DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0}


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("0.0.0.0", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("224.0.0.1", True),
        ("255.255.255.255", True),
        ("::1", True),
        ("::", True),
        ("fe80::1%eth0", True),
        ("fd00:ec2::254", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::808:808", False),
        ("8.8.8.8", False),
        ("2606:4700:4700::1111", False),
        ("no address", True),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) is private


@contextmanager
def raw_server(sent: bytes, *, repeated: bytes = b"", pause: float = 0.0) -> Iterator[str]:
    """A server that sends these bytes to whoever connects, then ``repeated`` for ever, one every ``pause`` seconds."""
    listener = socket.create_server(("127.0.0.1", 0))
    closing = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection:
            asked = connection.recv(65536)
            if asked.startswith(b"GET /robots.txt"):
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            try:
                connection.sendall(sent)
                while repeated and not closing.wait(pause):
                    connection.sendall(repeated)
            except OSError:
                return

    def serve() -> None:
        while not closing.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/page"
    finally:
        closing.set()
        listener.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_hostile_answers_end_and_the_rest_goes_on() -> None:
    pages = {
        "/bomb": Answer(gzip.compress(b"x" * 5_000_000), headers={"Content-Type": HTML, "Content-Encoding": "gzip"}),
        "/loop/a": moved("/loop/b"),
        "/loop/b": moved("/loop/a"),
        "/elsewhere": moved("http://127.0.0.1:1/admin"),
        "/metadata": moved("http://169.254.169.254/latest/meta-data/"),
        "/decimal": moved("http://2130706433:1/"),
        "/file": moved("file:///etc/passwd"),
        "/odd": Answer(
            b"<html><body>\xff\xfe\x00\xd8 caf\xe9 \xed\xa0\x80", headers={"Content-Type": "text/html; charset=utf-99"}
        ),
        "/good": GOOD,
    }
    drip = raw_server(HEAD + b"Content-Length: 100000\r\n\r\n", repeated=b"x", pause=0.05)
    endless = raw_server(HEAD + b"\r\n", repeated=b"x" * 65536)
    chopped = raw_server(HEAD + b"Content-Length: 1000\r\n\r\nshort")
    with loopback_web(pages) as web, drip as dripping, endless as unending, chopped as short:
        urls = [*(web.base_url + path for path in pages if path != "/loop/b"), dripping, unending, short]
        crawl = run_spider("page", {"urls": " ".join(urls)}, BOUNDS)
        found = {url.replace(web.base_url, ""): word for url, word in crawl.outcomes.items()}
        assert found == {
            "/bomb": "too-large",
            "/loop/a": "redirect-loop",
            "/elsewhere": "private-address",
            "/metadata": "private-address",
            "/decimal": "private-address",
            "/file": "bad-url",
            dripping: "timeout",
            unending: "too-large",
            short: "connection",
        }
        assert sorted(page.url.replace(web.base_url, "") for page in crawl.pages) == ["/good", "/odd"]


def test_a_bomb_and_an_endless_body_do_not_fill_the_memory(tmp_path: Path) -> None:
    """With the bounds as they are by default; what other servers send meanwhile is stored."""
    bomb = gzip.compress(bytes(300_000_000))
    pages = {"/bomb": Answer(bomb, headers={"Content-Type": HTML, "Content-Encoding": "gzip"}), "/good": GOOD}
    with loopback_web(pages) as web, raw_server(HEAD + b"\r\n", repeated=b"x" * 65536) as unending:
        urls = [f"{web.base_url}/bomb", unending, f"{web.base_url}/good"]
        words, megabytes = peak("ingest", *urls, "-s", "NEWSCRAWL_WORKERS=0", "--db", str(tmp_path / "news.db"))
    assert words == {urls[0]: "too-large", urls[1]: "too-large", urls[2]: "stored"}
    assert megabytes < 300


_WATCH = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""A small process between: Linux counts to a program what the process that starts it had in memory (getrusage(2))."""


def peak(*arguments: str) -> tuple[dict[str, str], float]:
    """The outcomes that an ingest prints, and the megabytes that it had in memory at most."""
    command = [sys.executable, "-c", _WATCH, str(SCRIPT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return dict(line.split("\t")[:2][::-1] for line in done.stdout.splitlines()), int(done.stderr) / 1024


def test_a_name_that_leads_to_a_private_address(tmp_path: Path) -> None:
    with loopback_web({"/good": GOOD}) as web:
        port = web.base_url.rpartition(":")[2]
        url = f"http://innocent.example:{port}/good"
        settings = {"DOWNLOAD_HANDLERS": {"http": "tests.private_names.PrivateNames"}}
        assert run_spider("page", {"urls": url}, settings).outcomes == {url: "private-address"}
        assert web.asked == []
        allowed = run_spider("page", {"urls": url}, {**settings, "ALLOW_PRIVATE_ADDRESSES": True})
        assert [page.url for page in allowed.pages] == [url]


def test_a_name_that_leads_to_several_private_addresses() -> None:
    with loopback_web({"/good": GOOD}) as web:
        url = f"http://two.example:{web.base_url.rpartition(':')[2]}/good"
        settings = {"DOWNLOAD_HANDLERS": {"http": "tests.private_names.PrivateNames"}}
        assert run_spider("page", {"urls": url}, settings).outcomes == {url: "private-address"}
        assert web.asked == []


def test_a_base_url_on_loopback_is_meant_and_no_other_port_of_it() -> None:
    with loopback_web({"/secret": GOOD}) as other:
        pages = {"/fr/un/1": moved(f"{other.base_url}/secret"), "/fr/un/2": GOOD}
        listed = "".join(
            f'<div class="teasercontainer"><a class="teasertitle" href="{path}">T</a></div>' for path in pages
        )
        with loopback_web({**pages, "/fr": Answer(f"<html><body>{listed}</body></html>".encode())}) as web:
            crawl = run_spider("turess", {"base_url": web.base_url, "editions": "fr", "newspapers": "none"})
            assert [page.url for page in crawl.pages] == [f"{web.base_url}/fr/un/2"]
            assert crawl.outcomes[f"{web.base_url}/fr/un/1"] == "offsite"
        assert other.asked == []


def test_a_list_of_urls_may_not_name_private_addresses_unless_allowed(tmp_path: Path) -> None:
    with loopback_web({"/good": GOOD}) as web:
        url = f"{web.base_url}/good"
        done = newscrawl("ingest", "-", "--db", tmp_path / "news.db", stdin=url)
        assert (done.returncode, done.stdout.split("\t")[0], web.asked) == (1, "private-address", [])
        done = newscrawl("ingest", "-", "--allow-private", "--db", tmp_path / "news.db", stdin=url)
        assert "/good" in web.asked


def test_a_wrong_certificate_is_an_outcome(tmp_path: Path) -> None:
    with loopback_web({"/good": GOOD}, certificate=self_signed(tmp_path)) as web:
        assert run_spider("page", {"urls": f"{web.base_url}/good"}, BOUNDS).outcomes == {f"{web.base_url}/good": "tls"}


def test_pages_that_are_made_to_be_slow_or_false(tmp_path: Path) -> None:
    """Ten megabytes of ``<p>``, a robots.txt of status 500, and a page of status 200 that is an error."""
    pages = {
        "/flat": Answer(b"<html><body>" + b"<p>" * 3_300_000),
        "/error": Answer(b"<html><head><title>Error</title></head><body><h1>Service unavailable</h1></body></html>"),
        "/good": GOOD,
    }
    with loopback_web(pages) as web, loopback_web({"/robots.txt": Answer(b"", 500), "/x": GOOD}) as closed:
        urls = [*(web.base_url + path for path in pages), f"{closed.base_url}/x"]
        done = newscrawl("ingest", *urls, "-s", "NEWSCRAWL_WORKERS=1", "--db", tmp_path / "news.db")
        found = dict(line.split("\t")[:2][::-1] for line in done.stdout.splitlines())
        words = {url.replace(web.base_url, "").replace(closed.base_url, "closed"): word for url, word in found.items()}
        assert words["/flat"] == "too-large"
        assert words["/error"] == "no-text"
        assert words["closed/x"] == "robots"
        assert "/x" not in closed.asked
