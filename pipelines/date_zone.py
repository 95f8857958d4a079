"""Time zones as they are written behind a time: offsets, abbreviations, IANA names, "heure de Paris"."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from pipelines.date_words import alternatives, compose

__all__ = ["US_ZONES", "ZONE", "fixed_zone", "named_zone", "read_zone"]

# Minutes east of Greenwich, then the abbreviations of RFC 822 and of newsrooms. One with two meanings has its commonest
# one in the press (IST India, CST and EST America, BST Britain). What is written counts, even "CET" in summer.
_OFFSETS = """
0 UTC GMT Z UT TU WET
60 WEST BST CET MEZ WAT
120 CEST MESZ EET CAT SAST
180 EEST MSK EAT TRT
240 GST
300 PKT
330 IST
420 WIB
480 SGT HKT
540 JST KST
600 AEST
660 AEDT
720 NZST
780 NZDT
-180 ADT ART BRT
-240 AST CLT EDT HAE
-300 EST CDT HNE
-360 CST MDT
-420 MST PDT
-480 PST AKDT
-540 AKST
-600 HST
"""
# Names of a place, whose offset depends on the day.
_PLACES = """
America/New_York ET
America/Chicago CT
America/Denver MT
America/Los_Angeles PT
Europe/Paris paris
Europe/Madrid peninsular madrid
Europe/London london
Europe/Brussels bruxelles
Europe/Zurich geneve
Africa/Casablanca rabat casablanca maroc
Africa/Algiers alger
Africa/Tunis tunis
Africa/Cairo caire cairo
Asia/Beirut beyrouth beirut
"""
US_ZONES = frozenset(["ET", "CT", "MT", "PT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "HST"])
"""Written zones that show an American writer."""
_UNIVERSAL = ("UTC", "GMT", "UT", "TU")
_ANY_CASE = ("UTC", "GMT", "Z")


def _by_name(table: str) -> dict[str, str]:
    rows = [line.split() for line in table.strip().splitlines()]
    return {name: value for value, *names in rows for name in names}


_MINUTES = {name: int(minutes) for name, minutes in _by_name(_OFFSETS).items()}
_PLACE_ZONES = _by_name(_PLACES)

ZONE = compose(
    r"""START \(? (?:
      (?P<abbr>ABBREVIATION) END (?: \s? (?P<plus>[+-]) \s? (?P<plush>\d{1,2}) (?: :? (?P<plusm>\d{2}) )? (?!\d) )?
    | (?P<sign>[+-]) (?P<offh>\d{2}) :? (?P<offm>\d{2})? (?![\d:])
    | (?: heure\s(?:de\s|du\s) | hora\s(?:de\s)? ) (?P<place>PLACE) END
    | (?P<town>PLACE) \stime END
    | (?P<iana> (?:africa|america|asia|atlantic|australia|europe|indian|pacific) / [a-z_]+ (?:/[a-z_]+)? )
    | heure\slocale | hora\slocal | local\stime
    ) \)? (?: \s \( (?: ABBREVIATION | [^()]{0,40} (?:time|heure|hora) [^()]{0,20} ) \) )?""",
    ABBREVIATION=alternatives(name.lower() for name in {**_MINUTES, **_PLACE_ZONES} if name.isupper()),
    PLACE=alternatives(name for name in _PLACE_ZONES if name.islower()),
)
"""A zone; only where a time stands before it."""


def fixed_zone(sign: str, hours: str, minutes: str | None) -> timezone | None:
    """An offset such as ``+``, ``01``, ``00``; None beyond 14 hours, which no place on Earth has."""
    total = int(hours) * 60 + int(minutes or 0)
    if total > 14 * 60 or int(minutes or 0) > 59:
        return None
    return timezone(timedelta(minutes=-total if sign == "-" else total))


@lru_cache(maxsize=64)
def named_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name in any case, None when there is none of that name.

    >>> str(named_zone("europe/paris"))
    'Europe/Paris'
    """
    known = _iana_names().get(name.lower())
    return ZoneInfo(known) if known else None


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def read_zone(found: dict[str, str | None], shown: str) -> tuple[tzinfo | None, bool]:
    """The zone in the named groups of a :data:`ZONE` match, and whether the text is a zone at all.

    ``shown`` is the match as written: abbreviations count in capitals only ("est" and "et" are French words).
    "Local time" is a zone that says nothing: (None, True).
    """
    sign, name = found.get("sign"), found.get("abbr")
    if name:
        return _abbreviation(found, name.upper(), shown.lstrip("("))
    if sign:
        offset = fixed_zone(sign, found.get("offh") or "0", found.get("offm"))
        return offset, offset is not None
    place = found.get("place") or found.get("town")
    iana = _PLACE_ZONES[place] if place else found.get("iana")
    zone = named_zone(iana) if iana else None
    return zone, zone is not None or not iana


def _abbreviation(found: dict[str, str | None], name: str, shown: str) -> tuple[tzinfo | None, bool]:
    if name not in _ANY_CASE and not shown.startswith(name):
        return None, False
    if name in _PLACE_ZONES:
        return named_zone(_PLACE_ZONES[name]), True
    plus = found.get("plus")
    if plus and name in _UNIVERSAL:
        offset = fixed_zone(plus, found.get("plush") or "0", found.get("plusm"))
        return offset, offset is not None
    return timezone(timedelta(minutes=_MINUTES[name])), True
