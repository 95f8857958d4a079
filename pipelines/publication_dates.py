"""When an article was published: the candidates of its page, and which of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from pipelines.beside_title import date_lines
from pipelines.dates import read_date
from pipelines.extraction import last_resort_date
from pipelines.items import Candidate, Page, ReadDate
from pipelines.url_dates import url_date
from pipelines.visible_text import one_line

__all__ = ["DateReading", "unstated_dates"]

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
    if not read.at or len(read.at) < 10:
        return False
    return abs((date.fromisoformat(read.at[:10]) - date.fromisoformat(day)).days) <= 1


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
