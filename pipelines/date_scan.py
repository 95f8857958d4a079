"""A date line cut into what it is made of: days, times, zones, weekdays, labels, small words, and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from pipelines.date_clock import Clock, read_clock
from pipelines.date_patterns import CLOCK_RANGE, MONTH_NAME, SCANNER
from pipelines.date_words import BYLINE, FILLERS, MONTHS, WEEKDAYS, label_kind
from pipelines.date_zone import read_zone

__all__ = ["Item", "Written", "scan", "word_kind"]


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written, before anybody asks whether it exists."""

    year: int | None
    first: int
    second: int
    """``first`` and ``second``: the numbers of a numeric date as they stand, the day and the month of any other."""
    form: str
    """``named``; ``month-first`` ("June 14", no year); ``month`` (no day); ``iso`` (the year first); or the separator
    of a numeric date: ``/``, ``.``, ``-``, and `` - `` with a space before it."""
    short_year: bool = False


@dataclass(slots=True)
class Item:
    """A piece of a line; its kind says which of the values is filled in."""

    kind: str
    """``date clock weak zone weekday label ago past dayword hijri count filler by name word number sep colon mark``"""
    start: int
    end: int
    text: str
    """Folded, in lower case."""
    date: Written | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None
    weekday: int | None = None
    label: tuple[str, str] = ("", "")
    """Its kind and its language."""
    capital: bool = False
    """Written with a capital, or in a script that has none: a name rather than a word."""


def scan(low: str, shown: str) -> list[Item]:
    """Cut a folded text into items. ``shown`` is the same text with its capitals, position by position."""
    items: list[Item] = []
    for match in SCANNER.finditer(low):
        kind = match.lastgroup or "mark"
        written = shown[match.start() : match.end()]
        if kind == "zone" and not _is_zone(match, items, low):
            kind = "word" if match[0][0].isalpha() else "mark"
            if items and items[-1].date and written.isupper():
                kind = "filler"  # "April 28, 2023 GMT": a zone of no time
        item = _READERS.get(kind, _plain)(kind, match, written)
        item.capital = written != item.text or not written.isascii()
        if item.kind == "word":
            item.kind = word_kind(item)
        items.append(item)
    return items


def word_kind(item: Item) -> str:
    """What a word is that is part of no date: ``filler``, ``by``, ``name`` or ``word``."""
    if item.text in FILLERS:
        return "filler"
    if item.text in BYLINE:
        return "by"
    return "name" if item.capital or "." in item.text else "word"


def _is_zone(match: re.Match[str], before: list[Item], low: str) -> bool:
    """A zone stands behind a time; and "10:00-11:30" are opening hours, not a time in the Pacific."""
    if not before or before[-1].clock is None or low[before[-1].end : match.start()].strip():
        return False
    clock = before[-1].text
    return not (CLOCK_RANGE.fullmatch(match[0]) and clock.count(":") < 2 and not clock.startswith("t"))


def _plain(kind: str, match: re.Match[str], written: str) -> Item:
    return Item(kind, match.start(), match.end(), match[0])


def _numeric(kind: str, match: re.Match[str], written: str) -> Item:
    item = _plain("date", match, written)
    if kind == "iso":
        item.date = Written(int(match["isoy"]), int(match["isod"]), int(match["isom"]), "iso")
    elif kind == "numeric":
        short, separator = len(match["ny"]) == 2, match["ns"]
        form = f" {separator} " if match["gap"] else separator
        item.date = Written(int(match["ny"]), int(match["na"]), int(match["nb"]), form, short)
        if short and separator == "." and len(match["na"] + match["nb"]) < 4:
            item.kind = "number"  # 3.4.12 is a version
    elif len(match["sha"] + match["shb"]) == 6:
        item.date = Written(int(match["shb"]), 0, int(match["sha"]), "month")
    elif len(match["shb"]) == 2:
        item.date = Written(None, int(match["sha"]), int(match["shb"]), "/")
    else:
        item.kind = "number"
    return item


def _named(kind: str, match: re.Match[str], written: str) -> Item:
    item = _plain("date", match, written)
    month = MONTHS[match[kind + "m"].rstrip(".")]
    if any(MONTHS[name] != month for name in MONTH_NAME.findall(match[0])):
        item.kind = "number"  # "May/June 2013"
        return item
    short = (match["dmyt"] or match["dmyu"]) if kind == "dmy" else None
    year = short or (None if kind == "md" else match[kind + "y"])
    day = "0" if kind == "my" else match[kind + "d"]
    form = {"my": "month", "md": "month-first"}.get(kind, "named")
    item.date = Written(
        int(year) if year else None, int(day) if day.isdigit() else 1, month, form, short_year=short is not None
    )
    return item


def _timed(kind: str, match: re.Match[str], written: str) -> Item:
    item = _plain(kind, match, written)
    item.clock = read_clock(match.groupdict())
    return item


def _zoned(kind: str, match: re.Match[str], written: str) -> Item:
    zone, known = read_zone(match.groupdict(), written)
    item = _plain(kind if known else "word", match, written)
    item.zone = zone
    return item


def _weekday(kind: str, match: re.Match[str], written: str) -> Item:
    item = _plain(kind, match, written)
    item.weekday = WEEKDAYS[match[0].rstrip(".")]
    return item


def _labelled(kind: str, match: re.Match[str], written: str) -> Item:
    item = _plain(kind, match, written)
    item.label = label_kind(match[0])
    return item


_READERS: dict[str, Callable[[str, re.Match[str], str], Item]] = {
    **dict.fromkeys(("iso", "numeric", "short"), _numeric),
    **dict.fromkeys(("dmy", "ymd", "mdy", "my", "md"), _named),
    **dict.fromkeys(("clock", "weak"), _timed),
    "zone": _zoned,
    "weekday": _weekday,
    "label": _labelled,
}
