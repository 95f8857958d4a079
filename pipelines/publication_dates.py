"""When an article was published: the candidates of its page, and which of them is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from pipelines.beside_title import date_lines
from pipelines.dates import read_date
from pipelines.extraction import last_resort_date
from pipelines.items import Article, Candidate, Page, ReadDate
from pipelines.url_dates import url_date
from pipelines.visible_text import one_line

__all__ = ["DateReading", "publication_day", "unstated_dates"]

NO_DATE = ReadDate("", None, None, None)


@dataclass(frozen=True, slots=True)
class DateReading:
    """How the dates of one page are read: its language, when it was seen (aware), its site's time zone or nothing."""

    page: Page
    language: str
    timezone: str

    def first(self, raws: Sequence[str]) -> ReadDate:
        """The first text that can be read as a date; else the first as written, unread."""
        unread = NO_DATE
        for raw in raws:
            read = read_date(raw, language=self.language, reference=self.page.fetched_at, timezone=self.timezone)
            if read.at:
                return read
            unread = unread if unread.raw else read
        return unread


def _is_about(read: ReadDate, day: str) -> bool:
    """Whether a date is the day or one beside it: an address names the site's own day, a time may be another zone's."""
    return bool(read.at) and len(read.at or "") >= 10 and _days_apart((read.at or "")[:10], day) <= 1


def publication_day(article: Article) -> str:
    """The day of publication where it was published, in ISO form; empty when no day is known.

    ``published_at`` is in UTC, where an evening in America is the next day: the day is the one that was written with a
    time, or the one that the address names where it is a day from the UTC one.

    >>> stored = {"site": "", "title": "", "body": "", "language": "en", "language_confidence": 1.0}
    >>> evening = {"published_raw": "2024-03-01T22:10:00-05:00", "published_at": "2024-03-02T03:10:00Z"}
    >>> evening["published_precision"] = "minute"
    >>> publication_day(Article(canonical_url="https://example.org/a", **stored, **evening))
    '2024-03-01'
    """
    at = (article.published_at or "")[:10]
    if article.published_precision != "minute":
        return at if len(at) == 10 else ""
    stamp = _LOCAL_STAMP.match(article.published_raw.strip())
    day = stamp[1] if stamp else url_date(article.canonical_url)
    return day if day and _days_apart(day, at) == 1 else at


_LOCAL_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d[\d:.]*\s*[+-](?!00:?00)\d\d:?\d\d$")
"""An ISO time with an offset other than UTC's."""


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def unstated_dates(tree: HtmlElement, lines: Sequence[str], reading: DateReading) -> list[Candidate]:
    """Dates of a page whose metadata names none that can be read: beside the title, in the address, in a ``time``.

    ``lines`` are those beside the title. htmldate is asked last, when nothing of that is there.
    """
    found = [Candidate("published", line, "visible") for line in date_lines(lines)]
    if day := url_date(reading.page.final_url):
        agreeing = [one for one in found if _is_about(reading.first([one.value]), day)]
        found = [*agreeing, Candidate("published", day, "url"), *(one for one in found if one not in agreeing)]
    stamps = (one_line(time.get("datetime") or "") for time in tree.iter("time"))
    found += [Candidate("published", stamp, "visible") for stamp in dict.fromkeys(stamps) if stamp][:1]
    if not reading.first([one.value for one in found]).at:
        day = last_resort_date(tree, reading.page.final_url, reading.page.fetched_at)
        found += [Candidate("published", day, "trafilatura")] if day else []
    return found
