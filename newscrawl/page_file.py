"""A page that somebody saved: a file or stdin becomes the Page that fetching it would have given."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from newscrawl.exit_codes import STORAGE, USAGE, fail
from pipelines.items import Page
from pipelines.urls import is_web_url

__all__ = ["read_page", "read_time"]

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?!//)|file://")
NOWHERE = "https://no-address.invalid/"
"""Stands in for the address of a page that has none; ``.invalid`` is reserved for this (RFC 2606)."""
TAG = re.compile(rb"<[a-zA-Z!?/]")


def read_page(path: str, url: str, seen_at: datetime) -> Page:
    """The saved page; ``-`` is stdin. Fails with a sentence when the file cannot be read or the URL is none.

    A file without a single tag counts as text as a browser shows it. A ``url`` of another scheme (``urn:``,
    ``file:``) names a page that has no address on the web: its relative links lead nowhere.
    """
    if not is_web_url(url):
        if not SCHEME.match(url):
            fail(f"--url {url!r} is no web address: write it as https://host/path.", USAGE)
        url = f"{NOWHERE}{quote(url)}"
    if path == "-":
        body = sys.stdin.buffer.read()
    else:
        file = Path(path)
        if file.is_dir():
            fail(f"{path} is a folder: name one saved page.", STORAGE)
        if not file.exists():
            fail(f"there is no file {path!r}.", STORAGE)
        body = file.read_bytes()
    kind = "text/html" if TAG.search(body) or not body.strip() else "text/plain"
    return Page(url, url, 200, (("content-type", kind),), body, seen_at)


def read_time(text: str | None, option: str = "--seen-at") -> datetime:
    """An ISO 8601 time as an aware datetime, in UTC, also where it names no zone; now when not given."""
    if text is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is no time: write it as 2026-01-31T12:00:00Z.", USAGE)
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
