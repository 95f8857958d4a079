"""Which time belongs to which day of a line, which label to which date; and what only looks like a part of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipelines.date_machine import Stamp
from pipelines.date_scan import Item, word_kind
from pipelines.date_words import BARE_LABELS

__all__ = ["Entry", "entries_of"]

_MOMENTS = ("date", "ago", "dayword", "past")
_TIMES = ("clock", "weak")
_INSIDE = frozenset(["dans", "in", "en"])
"""Words before a newspaper's name: "Publié dans 24 Heures le 5 - 5 - 2020"."""


@dataclass(slots=True)
class Entry:
    """A date of the line with what belongs to it; positions are indices into the items."""

    at: int
    label: str = ""
    label_at: int = -1
    clock: Item | None = None
    zone: Item | None = None
    weekday: int | None = None
    clocks: int = 0
    """How many times of day claim it."""
    stamp: Stamp | None = None
    """What it means, once that is known."""


def entries_of(items: list[Item]) -> list[Entry]:
    """The dates of a line. Items that turn out to be plain words or numbers change their ``kind``."""
    if not any(item.kind in _MOMENTS for item in items):
        return []
    _join_years(items)
    _demote(items)
    walk = _Walk()
    for at, item in enumerate(items):
        walk.take(at, item, items)
    walk.give_time_back()
    for at, item in enumerate(items):
        if item.kind == "zone":
            for entry in walk.entries:
                entry.zone = item if entry.clock is items[at - 1] else entry.zone
    return walk.entries


@dataclass(slots=True)
class _Walk:
    """What has been read and waits for its date, or for its time."""

    entries: list[Entry] = field(default_factory=list)
    label: str = ""
    label_at: int = -1
    clock: Item | None = None
    weekday: int | None = None
    timeless: Entry | None = None
    """The date that takes a time or a weekday that follows it."""

    def take(self, at: int, item: Item, items: list[Item]) -> None:
        if item.kind in _MOMENTS:
            entry = Entry(at, self.label, self.label_at, self.clock, weekday=self.weekday, clocks=int(bool(self.clock)))
            self.entries.append(entry)
            self.label, self.label_at, self.clock, self.weekday, self.timeless = "", -1, None, None, entry
        elif item.kind == "label":
            self._take_label(at, item)
        elif item.kind in _TIMES:
            self._take_time(item)
        elif item.kind == "weekday":
            if self.timeless and self.timeless.weekday is None and not _date_follows(items, at):
                self.timeless.weekday = item.weekday
            else:
                self.weekday = item.weekday
        elif item.kind == "sep" and self.label == "other":
            self.label, self.label_at = "", -1

    def _take_label(self, at: int, item: Item) -> None:
        self.give_time_back()
        # "Publié dans Mise à Jour Hebdo le ...": a second label before the date is part of a name; and in
        # "departure date" the first one counts.
        if self.clock or not (self.label == "published" or (self.label == "other" and item.text in BARE_LABELS)):
            self.label, self.label_at = item.label[0], at
        self.clock = self.timeless = None

    def _take_time(self, item: Item) -> None:
        if self.timeless:
            first = self.timeless.clock
            self.timeless.clocks += first is None or first.clock != item.clock
            self.timeless.clock = self.timeless.clock or item
        else:
            self.clock = item

    def give_time_back(self) -> None:
        """In "5 mai 2024, publié à 10h30, mis à jour à 12h" the first time belongs to the day before it."""
        last = self.entries[-1] if self.entries else None
        if self.clock and self.label == "published" and last and not last.label and last.clock is None:
            last.clock = self.clock


def _date_follows(items: list[Item], at: int) -> bool:
    return any(item.kind == "date" for item in items[at + 1 :])


def _join_years(items: list[Item]) -> None:
    """``Wed Aug 05 12:00:00 UTC 2015``: the year stands behind the time."""
    for at, item in enumerate(items):
        if item.kind == "number" and len(item.text) == 4 and item.text[:2] in ("19", "20"):
            before = [other for other in items[max(0, at - 3) : at] if other.kind not in ("zone", "sep")]
            if len(before) > 1 and before[-1].kind == "clock" and (day := before[-2].date) and day.year is None:
                before[-2].date = replace(day, year=int(item.text), form="named")
                item.kind = "filler"


def _demote(items: list[Item]) -> None:
    """Turn into words and numbers what is none of a date: "Le Midi Libre", "24 heures", "Journal du Dimanche"."""
    dated = any(item.kind == "date" for item in items)
    for at, item in enumerate(items):
        if (
            (item.kind == "dayword" and dated)
            or (item.kind == "weekday" and not _beside(items, at, ("date", *_TIMES)))
            or (item.kind == "label" and not any(other.kind in (*_MOMENTS, *_TIMES) for other in items[at + 1 :]))
        ):
            item.kind = word_kind(item)
        elif item.kind in _TIMES and not _tells_time(items, at):
            item.kind = "number"


def _tells_time(items: list[Item], at: int) -> bool:
    """Whether a time is one: a clear one is, an hour alone only beside what it belongs to, and none in "dans 24 h"."""
    item = items[at]
    if at and items[at - 1].text in _INSIDE:
        return False
    if item.clock is None:
        return _beside(items, at, _MOMENTS)
    return item.kind == "clock" or _beside(items, at, (*_MOMENTS, "weekday", "label"))


def _beside(items: list[Item], at: int, kinds: tuple[str, ...]) -> bool:
    """Whether an item of these kinds stands next to this one, small words and punctuation apart.

    Behind a date only punctuation parts it from its weekday: in "12 mars, fête de la mer" nobody means Wednesday.
    """
    quiet = ("sep", "mark", "zone", "hijri", "filler")
    quiet_before = quiet[:4] if items[at].kind == "weekday" else quiet
    for side, apart in ((items[at + 1 :], quiet), (items[:at][::-1], quiet_before)):
        near = next((item for item in side if item.kind not in apart), None)
        if near is not None and near.kind in kinds:
            return True
    return False
