"""Whether the rest of a text leaves it a date line: publisher, byline, place and counters may stand around a date,
running text may not. "Le rapport publié le 12 mars 2024 montre" is not the day that page came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pipelines.date_entries import Entry
from pipelines.date_machine import Stamp
from pipelines.date_scan import Item
from pipelines.date_words import BARE_LABELS

__all__ = ["fits"]

# "du 5 mai 2024", "of 5 May 2024": the date of something else that the text has just named.
_QUALIFIERS = frozenset(["du", "de", "del", "of", "des", "d'", "au", "al", "by", "par", "por"])
_ARTICLES = frozenset(["le", "la", "l'", "el", "the", "los", "las"])
_QUIET_MARKS = frozenset(".'*_~+&\ufffd")
_MOST_BETWEEN, _MOST_NAMES, _MOST_PROSE = 8, 12, 6


class _Rest:
    """What stands around the dates: in the chosen date's own stretch between separators, and elsewhere."""

    def __init__(self, items: list[Item], entries: Sequence[Entry], chosen: Entry) -> None:
        free = _between_labels_and_dates(entries) | _bylines(items)
        written = items[chosen.at].date
        if written is not None and written.year is not None:
            free |= _counters_at_the_end(items)
        left, right = _stretch(items, chosen.label_at if chosen.label_at >= 0 else chosen.at, chosen.at)
        self.own: list[Item] = []
        self.before_label: list[Item] = []
        self.after: list[Item] = []
        self.elsewhere: list[Item] = []
        for at, item in enumerate(items):
            if at in free or not _unknown(item):
                continue
            if left <= at < right:
                self.own.append(item)
                (self.before_label if at < chosen.at else self.after).append(item)
            else:
                self.elsewhere.append(item)
                if at > chosen.at:
                    self.after.append(item)

    @property
    def all(self) -> list[Item]:
        return self.own + self.elsewhere


def fits(items: list[Item], entries: Sequence[Entry], chosen: Entry, stamp: Stamp) -> bool:
    """Whether the line is about the date chosen from it."""
    rest = _Rest(items, entries, chosen)
    if chosen.label:
        between = sum(1 for item in items[chosen.label_at + 1 : chosen.at] if _unknown(item))
        return between <= _MOST_BETWEEN and _fits_labelled(items, chosen, rest)
    if chosen.clocks > 1:
        return False  # from one hour to another: an event
    written = items[chosen.at].date
    if not rest.all:
        helped = chosen.weekday is not None or chosen.clock is not None
        return helped or written is None or written.year is not None or written.form != "/"
    if written is None:
        # Arabic has no capitals to tell a name by.
        return items[chosen.at].kind == "ago" and _are_names(rest.all) and all(item.text.isascii() for item in rest.all)
    if written.year is None or stamp.day is None:
        return False
    return _fits_short_notice(items, chosen, rest, stamp) or _fits_unlabelled(items, chosen, rest)


def _fits_labelled(items: list[Item], chosen: Entry, rest: _Rest) -> bool:
    label = items[chosen.label_at]
    if rest.before_label and not (_are_names(rest.before_label) and label.capital and label.text not in BARE_LABELS):
        return False
    written = items[chosen.at].date
    if written is not None and written.year is None and any(item.kind == "number" for item in rest.after):
        return False  # the number may be a year that nobody understood
    prose = sum(1 for item in rest.all if item.kind == "word")
    return prose <= 1 and len(rest.all) <= _MOST_NAMES


def _fits_unlabelled(items: list[Item], chosen: Entry, rest: _Rest) -> bool:
    written = items[chosen.at].date
    assert written is not None
    if rest.all and _qualified(items, chosen.at):
        return False
    supported = written.form != "named" or chosen.clock is not None or chosen.weekday is not None
    most = 5 if chosen.clock else 2
    named = supported and len(rest.own) <= most and _are_names(rest.own)
    if rest.own and not (named or _is_signature(items, chosen.at, rest.own)):
        return False
    if any(item.kind == "colon" and before in rest.all for before, item in pairwise(items[: chosen.at])):
        return False  # "Anniversaire : 5 mai 1998" labels the date of something else
    prose = sum(1 for item in rest.elsewhere if item.kind == "word")
    strange = any(item.kind in ("mark", "number") for item in rest.all)
    return prose <= 1 and not strange and len(rest.elsewhere) <= _MOST_NAMES


def _fits_short_notice(items: list[Item], chosen: Entry, rest: _Rest, stamp: Stamp) -> bool:
    """A few words that end in a whole date, weekday and all: "Programme télé du jeudi 29 janvier 2026"."""
    written = items[chosen.at].date
    if written is None or written.form != "named" or stamp.day is None:
        return False
    weekday = date(stamp.year, stamp.month, stamp.day).weekday()
    words = all(item.kind in ("word", "name") for item in rest.all)
    return weekday == chosen.weekday and words and not rest.after and len(rest.all) <= _MOST_PROSE


def _unknown(item: Item) -> bool:
    if item.kind == "mark":
        return item.text not in _QUIET_MARKS
    return item.kind in ("word", "name", "number")


def _are_names(items: list[Item]) -> bool:
    return all(item.kind == "name" for item in items) and len(items) <= _MOST_NAMES


def _between_labels_and_dates(entries: Sequence[Entry]) -> set[int]:
    return {at for entry in entries if entry.label_at >= 0 for at in range(entry.label_at, entry.at)}


def _bylines(items: list[Item]) -> set[int]:
    """Positions of names behind "par", "by", "por"; the first may be written small."""
    free: set[int] = set()
    for at, item in enumerate(items):
        if item.kind == "by":
            for behind in range(at + 1, min(at + 6, len(items))):
                kind = items[behind].kind
                if kind == "name" or (kind == "word" and behind == at + 1):
                    free.add(behind)
                elif kind not in ("filler", "mark"):
                    break
    return free


def _counters_at_the_end(items: list[Item]) -> set[int]:
    """Positions of bare numbers that end the line: shares and comments, "March 5, 2024 | 0 | 12"."""
    free: set[int] = set()
    for at in range(len(items) - 1, -1, -1):
        if items[at].kind not in ("number", "sep") or not (items[at].kind == "sep" or items[at].text.isdigit()):
            break
        free.add(at)
    return free


def _is_signature(items: list[Item], at: int, names: list[Item]) -> bool:
    """Whether the names are those of one person, right before or right behind the date: "Lina Haddad March 5, 2024"."""
    if not 2 <= len(names) <= 3 or not _are_names(names):
        return False
    return items[at - len(names) : at] == names or items[at + 1 : at + 1 + len(names)] == names


def _stretch(items: list[Item], first: int, last: int) -> tuple[int, int]:
    """The indices between the separators around a label and its date."""
    left = next((at + 1 for at in range(first - 1, -1, -1) if items[at].kind == "sep"), 0)
    right = next((at for at in range(last + 1, len(items)) if items[at].kind == "sep"), len(items))
    return left, right


def _qualified(items: list[Item], at: int) -> bool:
    before = [item for item in items[:at] if item.kind != "weekday" and item.text not in _ARTICLES]
    return bool(before) and before[-1].text in _QUALIFIERS
