"""From the dates of a line to the one moment it tells.

"Published" beats a date without a label, and that beats "updated", in whatever order they are printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.date_entries import Entry, entries_of
from pipelines.date_machine import Stamp
from pipelines.date_order import Setting, resolve
from pipelines.date_relative import read_ago, read_day_word, read_named_past
from pipelines.date_residue import fits
from pipelines.date_scan import Item, scan
from pipelines.date_text import fold
from pipelines.date_words import FOREIGN_TO_ENGLISH
from pipelines.date_zone import US_ZONES

__all__ = ["read_line"]

_RANK = ("published", "", "updated")
_MOST_DATES = 4
"""A line with more dates is a list."""
# Elements of a page joined without a space: "12 March 202410:30", "HaddadMarch 12", "Haddad12 March", "GMTUpdated".
_RUN_ON = re.compile(
    r"(?<=(?<!\d)(?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s?[^\W\d_]{3}))|(?<=[a-z])(?=[A-Z][a-z]{2})"
    r"|(?<=[A-Z]{3})(?=[A-Z][a-z]{2})|(?<=[A-Za-z]{3})(?=\d{1,2}[\s:/.-]\S|\d{4}-\d)"
)


def read_line(text: str, setting: Setting) -> tuple[Stamp | None, bool]:
    """The moment a date line tells, and whether the line held any date at all (if not, another reader may try).

    ``text`` comes from :func:`pipelines.date_text.one_line`.
    """
    shown = _RUN_ON.sub(" ", fold(text))
    items = scan(shown.lower(), shown)
    entries = entries_of(items)
    for rank in _RANK:
        ranked = [entry for entry in entries if entry.label == rank]
        if ranked and len(entries) <= _MOST_DATES:
            return _tell(ranked, entries, items, setting), True
    return None, bool(entries)


def _tell(ranked: list[Entry], entries: list[Entry], items: list[Item], setting: Setting) -> Stamp | None:
    for entry in ranked:
        entry.stamp = _stamp(items, entry, setting)
    chosen = ranked[0]
    if not chosen.label:
        sure = [entry for entry in ranked if entry.stamp is None or not entry.stamp.ambiguous] or ranked
        days = {entry.stamp and (entry.stamp.year, entry.stamp.month, entry.stamp.day) for entry in sure}
        if len(days) > 1:
            return None  # from one day to another: an event, or a list
        chosen = next((entry for entry in sure if entry.clock), sure[0])
    return chosen.stamp if chosen.stamp and fits(items, entries, chosen, chosen.stamp) else None


def _stamp(items: list[Item], entry: Entry, setting: Setting) -> Stamp | None:
    item = items[entry.at]
    if entry.clock is not None and entry.clock.clock is None:
        return None  # "25h61": whoever wrote that may have got the day wrong too
    zone = entry.zone.zone if entry.zone else None
    local = setting.local.astimezone(zone) if zone else setting.local
    if item.date is not None:
        named = entry.zone.text.strip("()").upper() if entry.zone else ""
        american = None if named in ("", "Z", "UTC") else named in US_ZONES
        english = _may_be_english(items, setting)
        stamp = resolve(item.date, entry.weekday, setting, english=english, american=american)
    elif item.kind == "ago":
        stamp = read_ago(item.text, local)
    else:
        stamp = read_day_word(item.text, local) if item.kind == "dayword" else read_named_past(item.text, local)
    if stamp is None or entry.clock is None or stamp.clock is not None or stamp.day is None:
        return stamp
    return replace(stamp, clock=entry.clock.clock, zone=zone)


def _may_be_english(items: list[Item], setting: Setting) -> bool:
    """Whether a numeric date may be in English order: by the page's language and by the words beside it."""
    if setting.language not in ("", "en"):
        return False
    return not any(
        (item.kind == "label" and item.label[1] != "en") or item.text in FOREIGN_TO_ENGLISH for item in items
    )
