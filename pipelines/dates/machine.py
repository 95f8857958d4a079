"""Dates that machines write: ISO 8601 in all its forms, epoch seconds and milliseconds, digits run together.

RFC 822 and its relatives have month names and are read with the other written dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from pipelines.dates.clock import Clock, clock_of
from pipelines.dates.zone import fixed_zone

__all__ = ["Stamp", "read_machine"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a text says about a moment, before bounds and the site's zone."""

    year: int
    month: int
    day: int | None
    clock: Clock | None = None
    zone: tzinfo | None = None
    ambiguous: bool = False


_ZONE = r"(?P<zone>[Zz]|\s?(?:UTC|GMT)|\s?(?P<sign>[+-])(?P<zh>\d\d)(?::?(?P<zm>\d\d))?)?(?:\[[\w/+-]*\])?"
_ISO = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d\d)-(?P<d>\d\d)|(?P<cm>\d\d)(?P<cd>\d\d)|-?W(?P<week>\d\d)-?(?P<wday>\d)|-(?P<yday>\d{3}))"
    r"(?:(?P<t>[Tt ])(?P<H>\d\d)(?::?(?P<M>\d\d)(?::?(?P<S>\d\d)(?:[.,]\d+)?)?)?" + _ZONE + ")?"
)
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_EPOCH = re.compile(r"(?:/Date\()?([1-9]\d{9})(\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
# 20240305221500, 202403052215; EXIF's 2024:03:05 22:15:00; PDF's D:20240305221500+01'00'
_RUN_TOGETHER = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+-])(\d\d)'?(\d\d)'?|Z)?")
_EXIF = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")


def read_machine(text: str) -> Stamp | Literal["impossible"] | None:
    """Read a machine format that fills the whole text.

    None: it is no machine format, other readers may try. ``"impossible"``: it is one, and names no moment
    (hour 24, 31 June), or it is a bare number; nobody else may guess at it.

    >>> read_machine("2024-03-05T22:15Z").clock
    Clock(hour=22, minute=15, second=0)
    >>> read_machine("2024-03-05T24:00:00")
    'impossible'
    """
    if not text[:1].isdigit() and not text.startswith(("/Date(", "D:")):
        return None
    try:
        stamp = _read_iso(text) or _read_month(text) or _read_epoch(text) or _read_run(text)
    except ValueError:  # a form that matched with numbers no calendar has
        return "impossible"
    return stamp or ("impossible" if text.isdigit() else None)


def _read_iso(text: str) -> Stamp | None:
    match = _ISO.fullmatch(text)
    if not match or (match["t"] == " " and not match["M"]):
        return None
    day = _calendar_day(match)
    if not match["H"]:
        return Stamp(day.year, day.month, day.day)
    clock = _clock(match["H"], match["M"], match["S"])
    if match["sign"]:
        zone: tzinfo | None = fixed_zone(match["sign"], match["zh"], match["zm"])
        if zone is None:
            raise ValueError("no such offset")
    else:
        zone = UTC if match["zone"] else None
    return Stamp(day.year, day.month, day.day, clock, zone)


def _calendar_day(match: re.Match[str]) -> date:
    year = int(match["y"])
    if match["week"]:
        return date.fromisocalendar(year, int(match["week"]), int(match["wday"]))
    if match["yday"]:
        day = date(year, 1, 1) + timedelta(days=int(match["yday"]) - 1)
        if day.year != year:
            raise ValueError("no such day of the year")
        return day
    return date(year, int(match["m"] or match["cm"]), int(match["d"] or match["cd"]))


def _clock(hour: str, minute: str | None, second: str | None) -> Clock:
    clock = clock_of(hour, minute, second)
    if clock is None:
        raise ValueError("no such time")
    return clock


def _read_month(text: str) -> Stamp | None:
    match = _MONTH.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    if (int(match[1]) + 1) % 100 == int(match[2]):
        return None  # "2010-11" is as likely a season as a November
    return Stamp(int(match[1]), int(match[2]), None)


def _read_epoch(text: str) -> Stamp | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    return Stamp(moment.year, moment.month, moment.day, Clock(moment.hour, moment.minute, moment.second), UTC)


def _read_run(text: str) -> Stamp | None:
    match = _RUN_TOGETHER.fullmatch(text)
    exif = None if match else _EXIF.fullmatch(text)
    found = match or exif
    if not found:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3]))
    zone: tzinfo | None = None
    if match:
        zone = fixed_zone(match[7], match[8], match[9]) if match[7] else (UTC if text.endswith("Z") else None)
    return Stamp(day.year, day.month, day.day, _clock(found[4], found[5], found[6]), zone)
