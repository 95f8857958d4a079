"""The sample aggregator's server: conditional requests, overrides, the log, the command that runs it by hand."""

from __future__ import annotations

import doctest
import http.client
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from newscrawl.sample import SampleServer, SampleWeb, redirects, server


@pytest.fixture
def running() -> Iterator[SampleServer]:
    with SampleServer() as started:
        yield started


def ask(
    running: SampleServer, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(urlsplit(running.base_url).netloc)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def test_conditional_requests(running: SampleServer) -> None:
    path = "/fr/lerivage/41207"
    status, headers, body = ask(running, path)
    assert status == 200
    assert parsedate_to_datetime(headers["Last-Modified"]).date() == date(2025, 7, 1)
    assert ask(running, path, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert ask(running, path, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(running, path, If_None_Match='"another"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert ask(running, path, If_Modified_Since="yesterday")[0] == 200
    running.web.edit(path, title="Un autre titre")
    assert ask(running, path, If_None_Match=headers["ETag"])[0] == 200
    status, edited, body = ask(running, path, If_Modified_Since=headers["Last-Modified"])
    assert status == 200
    assert "Un autre titre" in body.decode()
    assert edited["ETag"] != headers["ETag"]


def test_head_sends_no_body_and_the_same_headers(running: SampleServer) -> None:
    _, got, body = ask(running, "/en/rss")
    status, headers, nothing = ask(running, "/en/rss", method="HEAD")
    assert (status, nothing) == (200, b"")
    assert headers["Content-Length"] == str(len(body)) == got["Content-Length"]
    assert headers["ETag"] == got["ETag"]


def test_host_header_decides_the_links(running: SampleServer) -> None:
    assert b"<link>http://other.test/en/" in ask(running, "/en/rss", Host="other.test")[2]
    old, new = next(iter(redirects().items()))
    status, headers, _ = ask(running, old)
    assert (status, headers["Location"]) == (301, running.base_url + new)


def test_overrides_add_and_replace_pages_while_the_server_runs(running: SampleServer) -> None:
    running.overrides["/fr/lerivage/41207"] = (503, {"Retry-After": "1"}, b"later")
    running.overrides["/new?page=2"] = (200, {"Content-Type": "text/plain"}, b"new")
    status, headers, body = ask(running, "/fr/lerivage/41207?utm_source=x")
    assert (status, headers["Retry-After"], body) == (503, "1", b"later")
    assert ask(running, "/new?page=2")[2] == b"new"
    assert ask(running, "/new")[0] == 404
    del running.overrides["/fr/lerivage/41207"]
    assert ask(running, "/fr/lerivage/41207")[0] == 200


def test_requests_are_logged(running: SampleServer) -> None:
    ask(running, "/robots.txt", User_Agent="newscrawl-test")
    ask(running, "/nothing?x=1", method="HEAD")
    assert [(each.method, each.path, each.status) for each in running.requests] == [
        ("GET", "/robots.txt", 200),
        ("HEAD", "/nothing?x=1", 404),
    ]
    assert running.requests[0].headers["user-agent"] == "newscrawl-test"


def _status_of(connection: http.client.HTTPConnection) -> int:
    connection.request("GET", "/robots.txt")
    return connection.getresponse().status


def test_stopping_closes_kept_connections() -> None:
    running = SampleServer().start()
    connection = http.client.HTTPConnection(urlsplit(running.base_url).netloc)
    connection.request("GET", "/robots.txt")
    assert connection.getresponse().read()
    running.stop()
    connection.auto_open = False
    with pytest.raises((OSError, http.client.HTTPException)):
        _status_of(connection)
    with pytest.raises(RuntimeError):
        _ = running.base_url


def test_edit_of_an_unknown_article() -> None:
    with pytest.raises(KeyError):
        SampleWeb().edit("/fr/lerivage/1", title="x")


def test_by_hand_a_port_that_is_taken_gets_a_sentence(running: SampleServer) -> None:
    port = urlsplit(running.base_url).port
    command = [sys.executable, "-m", "newscrawl.sample", "--port", str(port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert f"Port {port} cannot be opened" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_docstring_examples() -> None:
    assert doctest.testmod(server).failed == 0
