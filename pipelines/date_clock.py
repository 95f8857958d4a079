"""The time of day, as it is written beside a day."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.date_words import compose

__all__ = ["CLOCK", "WEAK_CLOCK", "Clock", "clock_of", "read_clock"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: 0-23, 0-59, 0-59."""

    hour: int
    minute: int
    second: int = 0


_HALF = r"""(?: \s? (?P<half>[ap]) \.? \s? m END \.?
    | \s? (?:du\s|de\sla\s|de\sl'|in\sthe\s)?
      (?P<part> matin|soir|apres-midi|manana|tarde|noche|morning|afternoon|evening|صباحا|مساء|ظهرا|ص|م ) END )?"""
_TAIL = r"(?: \s? (?:mn|min|m|hs|hrs?|h|horas|hours|heures) END \.? )?"

CLOCK = compose(
    r"""(?: (?<=\d)t | (?<=\d{4}:) | (?<![\d.:]) )
    (?P<hour>\d{1,2}) \s? (?: : | h | heures?\s | h\s ) \s? (?P<minute>\d{2}) (?!\d)
    (?: \s? (?: : | ' | m(?:i?n)?\s ) \s? (?P<second>\d{2}) (?!\d) (?:[.,]\d{1,9})? (?:\s?s(?:ec)?END)? )?
    HALF TAIL""",
    HALF=compose(_HALF),
    TAIL=compose(_TAIL),
)
"""``14:30``, ``14h30``, ``14 h 30 min``, ``2:30:15 p.m.``: a time wherever it stands."""

WEAK_CLOCK = compose(
    r"""(?<![\d.,:]) (?:
      (?P<hour12>\d{1,2}) (?:\.(?P<minute12>\d{2}))? \s? (?P<half12>[ap]) \.? \s? m END \.?
    | (?P<dothour>\d{1,2}) \. (?P<dotminute>\d{2}) (?! [\d%€$] | [.,]\d | \s?[%€$] ) TAIL
    | (?P<only>\d{1,2}) \s? (?:h|hs|hrs|heures?|horas) END \.?
    | (?P<four>[0-2]\d[0-5]\d) \s? (?=(?:gmt|utc|hrs|h)END) (?:h|hrs)?
    | START (?:a|\ufffd|at|las|12) \s? (?P<noon>minuit|midi|noon|midnight|mediodia|medianoche) END )""",
    TAIL=compose(_TAIL),
)
"""``3pm``, ``14.30``, ``18 h``, ``1430 GMT``, ``at noon``: a time only next to a day."""


def read_clock(found: dict[str, str | None]) -> Clock | None:
    """The time in the named groups of a :data:`CLOCK` or :data:`WEAK_CLOCK` match; None when there is no such time."""
    noon, four = found.get("noon"), found.get("four")
    if noon:
        return Clock(12 if noon in ("midi", "noon", "mediodia") else 0, 0)
    if four:
        return clock_of(four[:2], four[2:])
    hour = found.get("hour") or found.get("hour12") or found.get("dothour") or found.get("only") or ""
    minute = found.get("minute") or found.get("minute12") or found.get("dotminute")
    half = found.get("half") or found.get("half12") or _half_of(found.get("part") or "")
    return clock_of(hour, minute, found.get("second"), half)


def _half_of(part: str) -> str:
    if part in ("matin", "manana", "morning", "صباحا", "ص"):
        return "a"
    return "p" if part else ""


def clock_of(hour: str, minute: str | None, second: str | None = None, half: str = "") -> Clock | None:
    """The time these digits name, ``half`` being ``a`` or ``p`` on a twelve-hour clock; None when there is none.

    >>> clock_of("12", "05", None, "a"), clock_of("24", "00")
    (Clock(hour=0, minute=5, second=0), None)
    """
    h, m, s = int(hour), int(minute or 0), int(second or 0)
    if half and h == 12:
        h = 0 if half == "a" else 12
    elif half == "p" and 0 < h < 12:
        h += 12
    if h > 23 or m > 59 or s > 60:
        return None
    return Clock(h, m, min(s, 59))  # a leap second has no datetime
