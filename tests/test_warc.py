"""WARC files: what we write other tools accept, and what we or others wrote comes back as the pages it was."""

from __future__ import annotations

import gzip
import io
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines import warc_reading
from pipelines.items import Headline, Page
from pipelines.warc_reading import FoundPage, WarcError, read_warc
from pipelines.warc_writing import write_warc

NOON = datetime(2025, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://www.maghress.com/fr/challenge/1"
PAGE = Page(
    url="https://www.maghress.com/old/1",
    final_url=URL,
    status=200,
    headers=(("content-type", "text/html; charset=UTF-8"), ("content-encoding", "gzip"), ("set-cookie", "a=Ã©"),
             ("set-cookie", "b"), ("content-length", "77")),
    body="<p>Le port s'étend.</p>".encode() * 50,
    fetched_at=NOON,
    site="maghress",
    request_headers=(("user-agent", "newscrawl/0.1"), ("accept-language", "fr")),
)  # fmt: skip


def warc(*pages: Page) -> bytes:
    stream = io.BytesIO()
    assert list(write_warc(pages, stream, filename="pages.warc.gz")) == list(pages)
    return stream.getvalue()


def pages_of(data: bytes, start: int = 0) -> list[FoundPage]:
    return list(read_warc(io.BytesIO(data), start))


WORD = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12).map("x{}".format)
VALUE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)
HEADERS = st.lists(st.tuples(WORD, VALUE)).map(tuple)


@given(
    body=st.binary(max_size=300),
    status=st.sampled_from([200, 404, 503, 299]),
    headers=HEADERS,
    asked=HEADERS,
    at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    site=st.sampled_from(["", "maghress"]),
)
def test_any_page_comes_back(
    body: bytes,
    status: int,
    headers: tuple[tuple[str, str], ...],
    asked: tuple[tuple[str, str], ...],
    at: datetime,
    site: str,
) -> None:
    page = Page(URL, URL, status, headers, body, at, site, asked)
    assert [found.page for found in pages_of(warc(page, PAGE))] == [page, PAGE]


def test_warcio_finds_the_file_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(warc(PAGE, Page(URL, URL, 404, (), b"", NOON)))
    assert Checker(Namespace(inputs=[str(path)], verbose=True)).process_all() == 0
    assert capsys.readouterr().out.count("digest pass") == 4, "information, two responses and a request"


def test_the_same_pages_are_the_same_bytes() -> None:
    assert warc(PAGE) == warc(PAGE)


def test_reading_goes_on_from_any_record() -> None:
    pages = [Page(URL, f"{URL}{n}", 200, (), b"x" * n, NOON + timedelta(seconds=n)) for n in range(3)]
    data = warc(*pages)
    for number, found in enumerate(pages_of(data)):
        assert [one.page for one in pages_of(data, found.offset)] == [one.page for one in pages_of(data)[number:]]


def test_what_promised_a_page_goes_with_it() -> None:
    headline = Headline(URL, "Le port s'étend", "maghress", "feed", NOON, "https://www.maghress.com/rss", summary="Été")
    stream = io.BytesIO()
    pages = [PAGE, Page(URL, URL, 404, (), b"", NOON)]
    list(write_warc(pages, stream, headline_of=lambda page: headline if page is PAGE else None))
    assert [(found.page, found.headline) for found in pages_of(stream.getvalue())] == [
        (PAGE, headline),
        (pages[1], None),
    ]


def foreign(*records: tuple[str, str, bytes, dict[str, str]], gzip_members: bool = True) -> bytes:
    """A file as other tools write it: type, URL, HTTP message and named fields of each record."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzip_members)
    for kind, url, message, named in records:
        record = writer.create_warc_record(
            url, kind, payload=io.BytesIO(message), length=len(message),
            warc_headers_dict={"WARC-Date": "2025-07-01T12:00:00Z"} | named,
        )  # fmt: skip
        writer.write_record(record)
    return stream.getvalue()


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", *headers, "", ""]).encode() + body


def test_bodies_come_decoded_whatever_the_server_did_to_them() -> None:
    body = b"<p>Bonjour</p>" * 20
    squeezed = gzip.compress(body)
    chunked = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x}".encode() + b"\r\n" + body[5:] + b"\r\n0\r\n\r\n"
    data = foreign(
        ("response", URL, response(squeezed, "Content-Encoding: gzip"), {}),
        ("response", URL, response(chunked, "Transfer-Encoding: chunked"), {}),
        ("response", URL, response(body), {}),
        gzip_members=False,
    )
    assert [found.page.body for found in pages_of(data)] == [body] * 3
    assert [found.page.headers for found in pages_of(data)] == [(("content-type", "text/html"),)] * 3


@pytest.mark.parametrize("first", [True, False])
def test_the_request_may_stand_before_or_after_the_response(first: bool) -> None:
    sent = b"GET /fr/challenge/1 HTTP/1.1\r\nHost: x\r\nUser-Agent: wget\r\nCookie: secret\r\n\r\n"
    pair = [("request", URL, sent, {}), ("response", URL, response(b"<p>"), {})]
    other = ("response", f"{URL}2", response(b"<p>"), {})
    found = pages_of(foreign(*(pair if first else pair[::-1]), other))
    assert [one.page.request_headers for one in found] == [(("user-agent", "wget"),), ()]


def test_what_is_no_answer_to_a_web_address_is_passed_over() -> None:
    data = foreign(
        ("metadata", URL, b"a: b", {}),
        ("response", "dns:example.com", b"1.2.3.4", {"Content-Type": "text/dns"}),
        ("response", "<https://example.com/a>", response(b"<p>"), {}),
    )
    assert [found.page.final_url for found in pages_of(data)] == ["https://example.com/a"]


def test_a_bomb_is_read_no_further_than_a_crawl_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_reading, "MOST_BYTES", 1000)
    bomb = gzip.compress(b"x" * 100_000)
    found = pages_of(foreign(("response", URL, response(bomb, "Content-Encoding: gzip"), {}),
                             ("response", URL, response(b"y"), {})))  # fmt: skip
    assert [(len(one.page.body), one.whole) for one in found] == [(1000, False), (1, True)]


def test_what_is_damaged_is_said_after_what_is_whole_was_read() -> None:
    data = warc(PAGE, Page(URL, URL, 200, (), b"x" * 5000, NOON))
    for spoilt in (data[:-40], data[:-300]):
        pages = read_warc(io.BytesIO(spoilt))
        assert next(pages).page == PAGE
        with pytest.raises(WarcError, match="damaged"):
            next(pages)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html>no archive</html>", "no WARC"),
        (gzip.compress(foreign(("response", URL, response(b"a"), {}), ("response", URL, response(b"b"), {}),
                               gzip_members=False)), "compressed as a whole"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(data: bytes, sentence: str) -> None:
    with pytest.raises(WarcError, match=sentence):
        pages_of(data)


def test_headers_are_headers_of_warcio() -> None:
    """The subclass that writes header bytes as they are overrides what this version of warcio calls."""
    assert "compute_headers_buffer" in vars(StatusAndHeaders)
