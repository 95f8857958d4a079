"""Headlines seen since the last commit, counted in memory: a ticker repeats the same fifty on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.items import Headline
from pipelines.urls import canonical_url

__all__ = ["BEST_FIRST", "Sighting", "Sightings", "preference"]

BEST_FIRST = ("feed", "listing", "sitemap")
"""Where a headline says most about its article: a feed has a date to the second. A ticker has a title alone."""


@dataclass(slots=True)
class Sighting:
    """One headline in one kind of place: as it was seen first, how often, and when last."""

    url_key: str
    headline: Headline
    last_seen: datetime
    times: int
    run_id: int | None


def preference(headline: Headline) -> tuple[int, datetime, str, str]:
    """A sort key: of several headlines of one URL the least is the one to use, whatever order they came in."""
    return BEST_FIRST.index(headline.seen_in), headline.seen_at, headline.aggregator, headline.title


class Sightings:
    """What was seen and is not written yet."""

    def __init__(self) -> None:
        self._by_url: dict[str, dict[tuple[str, str, str], Sighting]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, url_key: str, headline: Headline, run_id: int | None) -> None:
        """Count a headline."""
        of_url = self._by_url.setdefault(url_key, {})
        identity = (headline.title, headline.aggregator, headline.seen_in)
        known = of_url.get(identity)
        if known is None:
            of_url[identity] = Sighting(url_key, headline, headline.seen_at, 1, run_id)
            self._size += 1
            return
        known.times += 1
        known.last_seen = max(known.last_seen, headline.seen_at)
        if headline.seen_at < known.headline.seen_at:
            known.headline = headline

    def best(self, url_key: str, written: Iterable[Headline], not_after: datetime) -> Headline | None:
        """Of a URL's headlines, ``written`` before or seen since, the one to use; see :func:`preference`."""
        seen = [
            replace(sighting.headline, url=canonical_url(sighting.headline.url))
            for sighting in self._by_url.get(url_key, {}).values()
        ]
        in_time = (one for one in (*written, *seen) if one.seen_in in BEST_FIRST and one.seen_at <= not_after)
        return min(in_time, key=preference, default=None)

    def __iter__(self) -> Iterator[Sighting]:
        for of_url in self._by_url.values():
            yield from of_url.values()

    def clear(self) -> None:
        """Forget all: they are written."""
        self._by_url.clear()
        self._size = 0
