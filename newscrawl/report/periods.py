"""Time cut into as many equal periods as a plot can show: days, months or years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

__all__ = ["Periods", "longest_gap"]

MOST_DAYS = 120
MOST_MONTHS = 72
FEW = 50
"""With fewer articles than this, every one is shown; with more, the outermost hundredth is counted beside the plot."""


@dataclass(frozen=True)
class Periods:
    """Names of the periods in order: ``2025-07-01``, ``2025-07`` or ``2025``."""

    names: tuple[str, ...]
    before: int
    """Articles before the first period: a few with old dates shall not flatten the rest."""
    after: int

    @classmethod
    def of(cls, days: Iterable[tuple[str, int]]) -> Periods:
        """The periods for articles by day (``2025-07-01``, number), in the order of the days."""
        counted = list(days)
        total = sum(count for _, count in counted)
        if not total:
            return cls((), 0, 0)
        margin = total // 100 if total >= FEW else 0
        first, before = _passed(counted, margin)
        last, after = _passed(counted[::-1], margin)
        return cls(tuple(_names(date.fromisoformat(first), date.fromisoformat(last))), before, after)

    def index(self, day: str) -> int | None:
        """Which period a day is in; None when it is outside."""
        name = day[: len(self.names[0])] if self.names else ""
        return self._places.get(name)

    @property
    def _places(self) -> dict[str, int]:
        if "places" not in self.__dict__:
            self.__dict__["places"] = {name: place for place, name in enumerate(self.names)}
        places: dict[str, int] = self.__dict__["places"]
        return places

    @property
    def unit(self) -> str:
        """``day``, ``month`` or ``year``."""
        return {10: "day", 7: "month", 4: "year"}[len(self.names[0])] if self.names else "day"


def _passed(counted: list[tuple[str, int]], margin: int) -> tuple[str, int]:
    """The first day with all but ``margin`` articles not before it, and how many are."""
    passed = 0
    for day, count in counted:
        if passed + count > margin:
            return day, passed
        passed += count
    return counted[-1][0], passed


def _names(first: date, last: date) -> list[str]:
    if (last - first).days < MOST_DAYS:
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_MONTHS:
        return [f"{first.year + m // 12:04}-{m % 12 + 1:02}" for m in range(first.month - 1, first.month - 1 + months)]
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


def longest_gap(days: list[str]) -> tuple[int, str, str]:
    """The most days in a row without an article, and the days before and after; ``days`` in order, each once.

    >>> longest_gap(["2025-07-01", "2025-07-02", "2025-07-06"])
    (3, '2025-07-02', '2025-07-06')
    """
    gaps = [
        ((date.fromisoformat(after) - date.fromisoformat(before)).days - 1, before, after)
        for before, after in pairwise(days)
    ]
    return max(gaps, key=lambda gap: gap[0], default=(0, "", ""))
