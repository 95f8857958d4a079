"""The webhook: one POST of JSON about what a crawl came to; what goes wrong is a warning."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer
from newscrawl.webhook import call, wanted
from tests.command import newscrawl


@contextmanager
def listener(status: int = 204, *, location: str = "", hang: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """An address that keeps what is posted to it."""
    posted: list[bytes] = []
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            if hang:
                closing.wait()
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def do_GET(self) -> None:
            posted.append(b"GET")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/T0KEN", posted
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


def test_it_is_posted_as_json() -> None:
    with listener() as (url, posted):
        assert call(url, {"sites": ["é"]}, timeout=30) == ""
    assert [json.loads(one) for one in posted] == [{"sites": ["é"]}]


@pytest.mark.parametrize(("status", "location"), [(500, ""), (403, ""), (302, "/elsewhere")])
def test_an_answer_that_is_no_success_is_said_without_the_secret(status: int, location: str) -> None:
    with listener(status, location=location) as (url, posted):
        assert call(url, {}, timeout=30) == f"the webhook at 127.0.0.1 answered HTTP {status}."
    assert posted == [b"{}"], "a redirect is not followed"


def test_nobody_there_and_nobody_answering() -> None:
    with listener(hang=True) as (url, _):
        assert "could not be called" in call(url, {}, timeout=0.05)
    sentence = call(url, {}, timeout=30)
    assert "the webhook at 127.0.0.1 could not be called (Connection refused)." in sentence


@pytest.mark.parametrize(
    ("when", "code", "alarming", "told"),
    [
        ("always", 0, False, True),
        ("trouble", 0, False, False),
        ("trouble", 1, False, True),
        ("trouble", 4, False, True),
        ("alarm", 1, False, False),
        ("alarm", 3, True, True),
        ("alarm", 130, False, False),
    ],
)
def test_when_it_is_called(when: str, code: int, alarming: bool, told: bool) -> None:
    assert wanted(when, code, alarming=alarming) is told


def test_a_crawl_tells_what_it_came_to_and_does_not_fail_when_nobody_listens(tmp_path: Path) -> None:
    with SampleServer() as server, listener() as (url, posted):
        crawl = ["crawl", "sample", "-a", f"base_url={server.base_url}", "-a", "max_pages=2", "--workers", "0"]
        done = newscrawl("--key", f"webhook.url={url}", *crawl, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        (told,) = map(json.loads, posted)
        nobody = newscrawl(*crawl, folder=tmp_path, NEWSCRAWL_WEBHOOK_URL="http://127.0.0.1:9/T0KEN")
    assert (told["event"], told["exit_code"]) == ("crawl", 0)
    (site,) = told["sites"]
    # Which two articles come first depends on the network; one of them may be in another language.
    assert (site["site"], site["exit_code"], site["figures"]["pages"]) == ("sample", 0, 2)
    assert site["outcomes"].get("stored", 0) == site["figures"]["articles"]
    assert site["verdict"] in ("ok", "quiet")
    assert nobody.returncode == 0
    assert "newscrawl: warning: the webhook at 127.0.0.1 could not be called" in nobody.stderr
    assert "T0KEN" not in nobody.stderr


def test_a_database_that_cannot_be_used_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_text("These are notes and no database at all, and long enough to be looked at." * 9)
    with listener() as (url, posted):
        key = ["--key", f"webhook.url={url}", "--key", "webhook.when=alarm"]
        done = newscrawl(*key, "crawl", "maghress", "--db", tmp_path / "news.db")
    (told,) = map(json.loads, posted)
    assert (done.returncode, told["exit_code"]) == (5, 5)
    assert told["error"] in done.stderr
    assert [site["reason"] for site in told["sites"]] == ["storage"]
