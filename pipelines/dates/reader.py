"""Dates as newspapers and aggregators print them, in French, English, Spanish and Arabic, read or left unread.

The order of the readers: machine formats, then our own reading of written dates (labels, months, clocks, zones,
relative dates), then dateparser for what neither knows. A date is never invented: a text that is no date line, an
impossible day, a day in the future or before 1990 gives ``at=None``, and a day never becomes a midnight.
"""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser

from pipelines.dates.clock import Clock
from pipelines.dates.line import read_line
from pipelines.dates.machine import Stamp, read_machine
from pipelines.dates.order import EARLIEST, Setting
from pipelines.dates.text import one_line
from pipelines.dates.zone import named_zone
from pipelines.items import ReadDate, ZoneSource

__all__ = ["read_date", "warm_up"]

_LONGEST = 200
"""Characters of a date line; whatever is longer is running text."""


def read_date(raw: str, *, language: str = "", reference: datetime, timezone: str = "") -> ReadDate:
    """Read the date (and time) that a text tells.

    ``language`` is the page's ISO 639-1 code or empty; ``reference`` when the page was seen (aware): relative dates
    count from it and nothing later than a day after it is believed; ``timezone`` the IANA name of the site's zone.
    No text raises; a naive reference or an unknown zone name is a ``ValueError``.

    ``zone_source`` of a time: ``written`` where the text itself fixes the instant (a zone, an epoch number, "3 hours
    ago"), ``site`` where ``timezone`` was used, ``assumed`` where neither is known and UTC stands in.

    >>> from datetime import UTC, datetime
    >>> seen = datetime(2025, 7, 2, 12, tzinfo=UTC)
    >>> read_date("Publié le 1er juillet 2025 à 10h30", language="fr", reference=seen, timezone="Europe/Paris").at
    '2025-07-01T08:30:00Z'
    >>> read_date("Published in Challenge on 01 - 07 - 2025", language="en", reference=seen).at
    '2025-07-01'
    """
    if reference.tzinfo is None:
        raise ValueError("reference must be timezone-aware")
    site = _site_zone(timezone)
    setting = Setting("" if language == "und" else language.lower()[:2], timezone, reference.astimezone(site or UTC))
    stamp = _read(raw, setting)
    return _settled(raw, stamp, setting, site) if stamp else ReadDate(raw, None, None, None)


def _site_zone(timezone: str) -> tzinfo | None:
    zone = named_zone(timezone) if timezone else None
    if timezone and zone is None:
        raise ValueError(f"no time zone of this name: {timezone}")
    return zone


def _read(raw: str, setting: Setting) -> Stamp | None:
    text = one_line(raw) if len(raw) <= 20 * _LONGEST else ""
    if not text or len(text) > _LONGEST:
        return None
    stamp = read_machine(text)
    if stamp is not None:
        return stamp if isinstance(stamp, Stamp) else None
    stamp, seen = read_line(text, setting)
    return stamp if seen else _last_resort(text, setting)


def _settled(raw: str, stamp: Stamp, setting: Setting, site: tzinfo | None) -> ReadDate:
    """The stamp as it is stored, if it lies within bounds."""
    nothing = ReadDate(raw, None, None, None)
    if not EARLIEST.year <= stamp.year <= setting.latest.year:
        return nothing
    if stamp.day is None:
        month = f"{stamp.year:04}-{stamp.month:02}"
        return ReadDate(raw, month, "month", None) if month <= setting.latest.isoformat()[:7] else nothing
    if stamp.clock is None:
        day = f"{stamp.year:04}-{stamp.month:02}-{stamp.day:02}"
        return ReadDate(raw, day, "day", None, stamp.ambiguous, day) if day <= setting.latest.isoformat() else nothing
    clock, zone = stamp.clock, stamp.zone or site or UTC
    source: ZoneSource = "written" if stamp.zone else "site" if site else "assumed"
    wall = datetime(stamp.year, stamp.month, stamp.day, clock.hour, clock.minute, clock.second, tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant > setting.local + timedelta(days=1) or instant.date() < EARLIEST:
        return nothing
    at = instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    return ReadDate(raw, at, "minute", source, stamp.ambiguous, wall.date().isoformat())


_LOCK = threading.Lock()
"""dateparser keeps caches that its older versions fill without a lock."""
_OURS = frozenset(("", "fr", "en", "es", "ar"))
"""Languages whose written dates are ours alone: what our readers leave unread there is no date."""
_AGO = re.compile(r"(?:il y a|hace|منذ|قبل)\s.{1,30}|.{1,30}\sago", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MOST_WORDS = 8


def _last_resort(text: str, setting: Setting) -> Stamp | None:
    """dateparser, within bounds: "2.5 hours ago" in our languages, short date lines in other ones."""
    words = len(text.split())
    ours = setting.language in _OURS
    if words > _MOST_WORDS or not (_AGO.fullmatch(text) if ours else any(map(str.isdigit, text))):
        return None
    if _YEAR.search(text):
        stamp = None if ours else _ask_dateparser(text, (setting.language,), setting, "absolute-time")
        numbers = [number.lstrip("0") for number in re.findall(r"\d+", text)]
        # Day and year must stand in the text: dateparser fills in what it misses.
        return stamp if stamp and {str(stamp.day), str(stamp.year)} <= set(numbers) else None
    if words < 3:
        return None  # "3 Minuten" is a reading time
    languages = (setting.language,) if setting.language else ("fr", "en", "es")
    return _ask_dateparser(text, languages, setting, "relative-time")


def _ask_dateparser(text: str, languages: tuple[str, ...], setting: Setting, parser: str) -> Stamp | None:
    if not set(languages) <= _known_languages():
        return None
    try:
        with _LOCK:
            data = _dateparser(languages, setting, parser).get_date_data(text)
    except Exception:  # a library that meets hostile text: whatever it trips over, the text is no date
        return None
    found = data.date_obj
    if found is None or data.period not in ("time", "day", "week"):
        return None
    if data.period != "time":
        return Stamp(found.year, found.month, found.day)
    zone = found.tzinfo or (setting.local.tzinfo if parser == "relative-time" else None)
    return Stamp(found.year, found.month, found.day, Clock(found.hour, found.minute, found.second), zone)


def _dateparser(languages: tuple[str, ...], setting: Setting, parser: str) -> DateDataParser:
    return DateDataParser(
        languages=list(languages),
        try_previous_locales=False,
        use_given_order=True,
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "RELATIVE_BASE": setting.local.replace(tzinfo=None),
            "RETURN_TIME_AS_PERIOD": True,
            "PARSERS": [parser],
        },
    )


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(language_order)


def warm_up() -> None:
    """Load what the first date would load, the zones' names: once a process.

    Not dateparser's languages: it takes a seventh of a second, and few sites have a date that only dateparser reads.
    """
    read_date("2025-01-01", reference=datetime(2025, 1, 1, 12, tzinfo=UTC), timezone="Europe/Paris")
