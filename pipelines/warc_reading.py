"""Pages out of a WARC or ARC file, whoever wrote it: newscrawl, wget, Heritrix, browsertrix, Common Crawl."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from os import SEEK_END
from typing import BinaryIO, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException

from pipelines.items import Headline, Page
from pipelines.urls import is_web_url
from pipelines.warc_writing import ASKED, HEADLINE, ORIGINAL, SITE

__all__ = ["FoundPage", "WarcError", "read_warc"]

MOST_BYTES = 10 * 1024 * 1024
"""Of a body: as much as a crawl accepts. A few KB of gzip can unpack to any size."""
_SECRETS = ("authorization", "proxy-authorization", "cookie")
_WIRE = ("content-encoding", "transfer-encoding")


class WarcError(Exception):
    """A file that cannot be read further. The message is one sentence."""


class FoundPage(NamedTuple):
    """A response of the file."""

    page: Page
    offset: int
    """Where its record begins: reading may go on from here."""
    whole: bool = True
    """False when the body was longer than is read."""
    headline: Headline | None = None
    """What promised it, in a file of newscrawl's own."""


def read_warc(stream: BinaryIO, start: int = 0) -> Iterator[FoundPage]:
    """The file's responses in order, with the request's headers where the request is the record before or after.

    ``start`` is the offset of a record. Revisits, DNS records, metadata and what was no answer to an http address are
    passed over. :raises WarcError: when the file is no WARC, is damaged, or was compressed as a whole.
    """
    if start:
        stream.seek(start)
    records = ArchiveIterator(stream, arc2warc=True)
    asked: tuple[str, StatusAndHeaders] | None = None
    waiting: FoundPage | None = None
    damage: WarcError | None = None
    try:
        for record in _records(records, stream):
            address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
            if record.rec_type == "request" and record.http_headers:
                if waiting and not waiting.page.request_headers and waiting.page.final_url == address:
                    waiting = waiting._replace(page=_with_request(waiting.page, record.http_headers))
                else:
                    asked = (address, record.http_headers)
            elif record.rec_type == "metadata" and record.rec_headers.get_header(HEADLINE):
                if waiting and waiting.page.final_url == address:
                    waiting = waiting._replace(headline=_headline(record))
            elif record.rec_type in ("response", "resource") and is_web_url(address):
                if waiting:
                    yield waiting
                waiting = None
                waiting = _found(records, record, address)
                if asked and asked[0] == address:
                    waiting = waiting._replace(page=_with_request(waiting.page, asked[1]))
                asked = None
    except (WarcError, ValueError) as error:
        damage = error if isinstance(error, WarcError) else WarcError(f"it is damaged after byte {records.offset}.")
    if waiting:
        yield waiting
    if damage:
        raise damage


def _records(records: ArchiveIterator, stream: BinaryIO) -> Iterator[ArcWarcRecord]:
    """The records; a sentence for what stops them, also where warcio takes a record that was cut off for the end."""
    with _explained(records):
        yield from records
    if stream.seekable() and records.offset < stream.seek(0, SEEK_END):
        raise WarcError(f"it is damaged or cut off after byte {records.offset}.")


@contextmanager
def _explained(records: ArchiveIterator) -> Iterator[None]:
    try:
        yield
    except ArchiveLoadFailed as error:
        if "non-chunked" in str(error):
            raise WarcError("it was compressed as a whole: `warcio recompress FILE NEW` makes it readable.") from error
        raise WarcError(f"it is no WARC, or damaged, after byte {records.offset}.") from error
    except (zlib.error, EOFError, StatusAndHeadersParserException, UnicodeError, ValueError) as error:
        raise WarcError(f"it is damaged after byte {records.offset} ({error or type(error).__name__}).") from error


def _found(records: ArchiveIterator, record: ArcWarcRecord, address: str) -> FoundPage:
    fields, http = record.rec_headers, record.http_headers
    body = _read(record)
    page = Page(
        url=fields.get_header(ASKED) or address,
        final_url=address,
        status=_status(http) if record.rec_type == "response" else 200,
        headers=_headers(http) if http else (("content-type", record.content_type or ""),),
        body=body[:MOST_BYTES],
        fetched_at=_moment(fields.get_header("WARC-Date") or ""),
        site=fields.get_header(SITE) or "",
    )
    offset = records.get_record_offset()  # reads to the record's end
    if getattr(record.raw_stream, "limit", 0):  # warcio takes what cannot be decompressed for the file's end
        raise WarcError(f"it is damaged or cut off after byte {offset}.")
    return FoundPage(page, offset, len(body) <= MOST_BYTES)


def _read(record: ArcWarcRecord) -> bytes:
    """The decoded body, up to one byte more than is wanted."""
    stream = record.content_stream()
    parts, left = [], MOST_BYTES + 1
    while left > 0 and (part := stream.read(min(left, 1 << 16))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _headline(record: ArcWarcRecord) -> Headline:
    """:raises ValueError: when it is none."""
    told = json.loads(_read(record))
    if not isinstance(told, dict) or not {"url", "title", "aggregator", "seen_in", "seen_at"} <= told.keys():
        raise ValueError("no headline")
    known = {name: str(told[name]) for name in Headline.__slots__ if name in told}
    return Headline(**known | {"seen_at": _moment(known["seen_at"])})  # type: ignore[arg-type]


def _status(http: StatusAndHeaders | None) -> int:
    code = http.get_statuscode() if http else ""
    return int(code) if code and code.isdigit() else 0


def _headers(http: StatusAndHeaders) -> tuple[tuple[str, str], ...]:
    """Names in lower case; as the server sent them, where the file was written by :mod:`pipelines.warc_writing`.

    warcio reads what is not ASCII as UTF-8; everywhere else a header is its bytes as Latin-1.
    """
    named = [(name.lower(), value.encode().decode("latin-1")) for name, value in http.headers]
    return tuple((name.removeprefix(ORIGINAL), value) for name, value in named if name not in _WIRE)


def _with_request(page: Page, http: StatusAndHeaders) -> Page:
    shown = (pair for pair in _headers(http) if pair[0] not in (*_SECRETS, "host"))
    return replace(page, request_headers=tuple(shown))


def _moment(text: str) -> datetime:
    """WARC 1.0 dates are to the second, those of 1.1 to the nanosecond at most. :raises ValueError: for another."""
    whole, _, rest = text.rstrip("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{rest[:6]:0<6}").replace(tzinfo=UTC)
