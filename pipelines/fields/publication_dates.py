"""When an article was published: the candidates of its page, and which of them is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from lxml.html import HtmlElement

from pipelines.dates import read_date
from pipelines.extraction import last_resort_date
from pipelines.fields.beside_title import date_lines, date_parts, has_machine_time
from pipelines.fields.url_dates import url_date
from pipelines.items import Candidate, Page, ReadDate
from pipelines.left_out import WHOLE, Gaps
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
            read = _read(raw, self.language, self.page.fetched_at, self.timezone)
            if read.at:
                return read
            unread = unread if unread.raw else read
        return unread


@lru_cache(maxsize=64)  # asked again for the same page when the language of its text is known
def _read(raw: str, language: str, seen: datetime, timezone: str) -> ReadDate:
    return read_date(raw, language=language, reference=seen, timezone=timezone)


def _is_about(read: ReadDate, day: str) -> bool:
    """Whether a date is the day or one beside it: an address names the site's own day, a time may be another zone's."""
    return bool(read.at) and len(read.at or "") >= 10 and _days_apart((read.at or "")[:10], day) <= 1


def publication_day(read: ReadDate, url: str) -> str | None:
    """The calendar day of publication where it was published, ``2024-03-01``; None when no day is known.

    It is the day that was written. A time that was written in UTC does not tell it: there the day that the article's
    address names counts, where it is the one before or after.

    >>> from datetime import UTC, datetime
    >>> stamp = read_date("2024-03-02T03:10:00Z", reference=datetime(2024, 4, 1, tzinfo=UTC))
    >>> publication_day(stamp, "https://example.org/2024/03/01/fog"), publication_day(stamp, "https://example.org/fog")
    ('2024-03-01', '2024-03-02')
    """
    if not read.day or not _IN_UTC.search(read.raw):
        return read.day
    named = url_date(url)
    return named if named and _days_apart(named, read.day) == 1 else read.day


_IN_UTC = re.compile(r"\d(?:Z|[+-]00:?00| ?(?:GMT|UTC))\s*$")


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def unstated_dates(
    tree: HtmlElement, lines: Sequence[str], reading: DateReading, gaps: Gaps = WHOLE
) -> list[Candidate]:
    """Dates of a page whose metadata names none that can be read: beside the title, in the address, in a ``time``.

    ``lines`` are those beside the title, ``gaps`` is what was left out of the tree. htmldate is asked last, when
    nothing of that is there.
    """
    gaps.reveal(has_machine_time)
    found = [Candidate("published", line, "visible") for line in date_lines(lines)]
    if day := url_date(reading.page.final_url):
        agreeing = [one for one in found if _is_about(reading.first([one.value]), day)]
        found = [*agreeing, Candidate("published", day, "url"), *(one for one in found if one not in agreeing)]
    stamps = (one_line(time.get("datetime") or "") for time in tree.iter("time"))
    found += [Candidate("published", stamp, "visible") for stamp in dict.fromkeys(stamps) if stamp][:1]
    if not reading.first([one.value for one in found]).at:
        found += [Candidate("published", part, "visible") for part in date_parts(date_lines(lines))]
    if not reading.first([one.value for one in found]).at:
        gaps.fill_all()
        day = last_resort_date(tree, reading.page.final_url, reading.page.fetched_at)
        found += [Candidate("published", day, "trafilatura")] if day else []
    return found
