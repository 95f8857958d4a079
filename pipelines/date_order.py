"""Which day of the calendar written numbers mean: day or month first, two-digit years, a year left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipelines.date_machine import Stamp
from pipelines.date_scan import Written

__all__ = ["EARLIEST", "Setting", "resolve"]

EARLIEST = date(1990, 1, 1)
"""No news page is older than the web."""

_MONTH_FIRST_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"),
    *("America/Detroit", "America/Anchorage", "America/Indiana", "America/Kentucky", "Pacific/Honolulu", "US/"),
)
# Regions where English papers put the day first (CLDR short date formats of en-GB, en-IE, en-IN, en-AU, en-AE ...).
_DAY_FIRST_ZONES = ("Europe/", "Africa/", "Asia/", "Australia/", "Pacific/Auckland", "GB", "Eire")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a date is read against: the page's language, its site's zone, and the moment it was seen there."""

    language: str
    timezone: str
    """IANA name, or empty."""
    local: datetime
    """When the page was seen, in the site's zone (UTC when unknown)."""

    @property
    def latest(self) -> date:
        """The last day a text may speak of: clocks and zones differ by a day at most."""
        return (self.local + timedelta(days=1)).date()

    def believes(self, day: date) -> bool:
        """Whether a page seen then can have come out that day."""
        return EARLIEST <= day <= self.latest


def resolve(
    written: Written, weekday: int | None, setting: Setting, *, english: bool, american: bool | None = None
) -> Stamp | None:
    """The day (or month) that the numbers mean, or None when the calendar has no such day.

    ``english``: the line is, or may be, in English; ``american``: whether the zone that is written beside it is an
    American one (None: no zone that would tell). A weekday decides between two readings, and between years when none
    is written.
    """
    if written.year is None:
        return _stamp(_latest_year(written, weekday, setting, english))
    year = _full_year(written.year, setting.latest.year) if written.short_year else written.year
    if written.form == "month":
        return Stamp(year, written.second, None) if 1 <= written.second <= 12 else None
    day_first = _day(year, written.second, written.first)
    if written.form in ("named", "iso", " - ") or (day_first and "." in written.form):
        return _stamp(day_first)
    month_first = _day(year, written.first, written.second)
    if day_first is None or month_first is None or day_first == month_first:
        return _stamp(day_first or (month_first if english or "/" in written.form else None))
    if not english:
        return _stamp(day_first)
    decided = _decide(day_first, month_first, weekday, setting, american)
    # Where nothing decides, the day goes first: so do the aggregators, and all English papers but the American.
    return _stamp(decided or day_first, ambiguous=decided is None)


def _stamp(day: date | None, *, ambiguous: bool = False) -> Stamp | None:
    return Stamp(day.year, day.month, day.day, ambiguous=ambiguous) if day else None


def _decide(
    day_first: date, month_first: date, weekday: int | None, setting: Setting, american: bool | None
) -> date | None:
    """Which reading of ``03/04/2020`` it is, by its weekday, by what a page can know, or by where it was written."""
    if weekday is not None and (day_first.weekday() == weekday) != (month_first.weekday() == weekday):
        return day_first if day_first.weekday() == weekday else month_first
    if setting.believes(day_first) != setting.believes(month_first):
        return day_first if setting.believes(day_first) else month_first
    if american is not None:
        return month_first if american else day_first
    if setting.timezone.startswith(_MONTH_FIRST_ZONES):
        return month_first
    return day_first if setting.timezone.startswith(_DAY_FIRST_ZONES) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(short: int, latest: int) -> int:
    """``24`` is 2024, and ``97`` 1997: never a year that has not come."""
    return 2000 + short if 2000 + short <= latest else 1900 + short


def _latest_year(written: Written, weekday: int | None, setting: Setting, english: bool) -> date | None:
    """The last such day before the page was seen; with a weekday, the last that fell on it, within three years."""
    if written.form == "/" and english:
        return None
    if written.form == "month-first" and not english and weekday is None:
        return None  # "Marzo 3" is no way to write a date in Spanish
    for year in range(setting.latest.year, setting.latest.year - 4, -1):
        day = _day(year, written.second, written.first)
        if day is None or day > setting.latest:
            continue
        if weekday is None:
            return day if (setting.latest - day).days <= 366 else None
        if day.weekday() == weekday:
            return day
    return None
