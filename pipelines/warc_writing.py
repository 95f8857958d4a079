"""Pages as a WARC file (ISO 28500, version 1.1), which every web archive's tools read.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.items import Headline, Page
from pipelines.rows import exact_time

__all__ = ["ASKED", "HEADLINE", "ORIGINAL", "SITE", "write_warc"]

SITE, ASKED = "Newscrawl-Site", "Newscrawl-Asked-URI"
"""Named fields of our own, which the standard allows and other tools pass over: the spider, and the address that was
asked for where a redirect led to the record's."""
HEADLINE = "Newscrawl-Headline"
"""A metadata record with this field holds, as JSON, what promised the page of the record before: a feed's summary may
be an article's lead."""
ORIGINAL = "x-archive-orig-"
"""Before the name of a header that is not true of the body any more, which is kept decoded: a custom of archives."""
_OF_THE_WIRE = ("content-encoding", "transfer-encoding", "content-length")


class _WireHeaders(StatusAndHeaders):  # type: ignore[misc]
    """Headers byte for byte as they were sent, where warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        try:
            self.headers_buff = self.to_str().encode("latin-1") + b"\r\n"
        except UnicodeEncodeError:
            super().compute_headers_buffer(header_filter)


def write_warc(
    pages: Iterable[Page],
    stream: BinaryIO,
    *,
    filename: str = "",
    headline_of: Callable[[Page], Headline | None] = lambda page: None,
) -> Iterator[Page]:
    """Write every page as a response and, where it is known, the request; gives each page when it is written.

    gzip, one member a record. The same pages give the same bytes: ids are made from address, time and content.
    """
    writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
    opened = False
    for page in pages:
        if not opened:
            writer.write_record(_information(writer, page, filename))
            opened = True
        response = _response(writer, page)
        writer.write_record(response)
        if page.request_headers:
            writer.write_record(_request(writer, page))
        if headline := headline_of(page):
            writer.write_record(_headline(writer, page, headline))
        yield page


def _information(writer: WARCWriter, first: Page, filename: str) -> ArcWarcRecord:
    record = writer.create_warcinfo_record(
        filename, {"software": f"newscrawl/{version('newscrawl')}", "format": "WARC File Format 1.1"}
    )
    record.rec_headers.replace_header("WARC-Date", exact_time(first.fetched_at))
    record.rec_headers.replace_header("WARC-Record-ID", _id("warcinfo", first))
    return record


def _response(writer: WARCWriter, page: Page) -> ArcWarcRecord:
    named = {"WARC-Date": exact_time(page.fetched_at), "WARC-Record-ID": _id("response", page)}
    named |= {SITE: page.site} if page.site else {}
    named |= {ASKED: page.url} if page.url != page.final_url else {}
    reason = HTTPStatus(page.status).phrase if page.status in HTTPStatus._value2member_map_ else "Unknown"
    headers = [(_true_name(name, value, page), value) for name, value in page.headers]
    return writer.create_warc_record(
        page.final_url, "response", payload=BytesIO(page.body), length=len(page.body), warc_headers_dict=named,
        http_headers=_WireHeaders(f"{page.status} {reason}", _clean(headers), protocol="HTTP/1.1"),
    )  # fmt: skip


def _request(writer: WARCWriter, page: Page) -> ArcWarcRecord:
    address = urlsplit(page.final_url)
    target = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
    headers = [("host", address.netloc), *page.request_headers]
    return writer.create_warc_record(
        page.final_url, "request",
        warc_headers_dict={"WARC-Date": exact_time(page.fetched_at), "WARC-Record-ID": _id("request", page),
                           "WARC-Concurrent-To": _id("response", page)},
        http_headers=_WireHeaders(f"GET {target} HTTP/1.1", _clean(headers), is_http_request=True),
    )  # fmt: skip


def _headline(writer: WARCWriter, page: Page, headline: Headline) -> ArcWarcRecord:
    told = json.dumps(asdict(headline) | {"seen_at": exact_time(headline.seen_at)}, ensure_ascii=False).encode()
    named = {"WARC-Date": exact_time(page.fetched_at), "WARC-Record-ID": _id("metadata", page), HEADLINE: "1",
             "WARC-Concurrent-To": _id("response", page)}  # fmt: skip
    return writer.create_warc_record(
        page.final_url, "metadata", payload=BytesIO(told), length=len(told), warc_headers_dict=named,
        warc_content_type="application/json",
    )  # fmt: skip


def _id(kind: str, page: Page) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join([kind, page.url, exact_time(page.fetched_at)]))}>"


def _true_name(name: str, value: str, page: Page) -> str:
    untrue = name in _OF_THE_WIRE and not (name == "content-length" and value == str(len(page.body)))
    return ORIGINAL + name if untrue else name


def _clean(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without line breaks, which would end a header."""
    return [(name, " ".join(value.splitlines())) for name, value in headers if name.strip()]
